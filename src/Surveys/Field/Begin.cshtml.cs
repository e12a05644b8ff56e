using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Surveys.Field;

internal sealed class BeginPage(ShanhuoDb db, TimeProvider clock, Interviews interviews) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty(SupportsGet = true)] public bool Paper { get; set; }
    [BindProperty] public Guid RequestId { get; set; } = Guid.NewGuid();
    [BindProperty] public string? Area { get; set; }
    [BindProperty] public bool ByProxy { get; set; }
    [BindProperty] public string? Proxy { get; set; }
    [BindProperty] public string? Interviewer { get; set; }
    [BindProperty] public DateOnly? Day { get; set; }

    public Survey Survey { get; private set; } = null!;
    public IReadOnlyList<AreaFact> Places { get; private set; } = [];
    public DateOnly Today => clock.Today;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (!AreaCode.TryParse(Area, out var area)) return this.Refuse(new Refusal("survey.area", Place.Input("Area"), Area ?? ""), "");
        var proxy = (Proxy ?? "").Trim();
        if (ByProxy && proxy.Length == 0) return this.Refuse(new Refusal("survey.proxy", Place.Input("Proxy")), "");
        var outcome = await interviews.Begin(new BeginInterview(RequestId, Id, area, ByProxy ? proxy : "", Paper ? ((Interviewer ?? "").Trim(), Day ?? Today) : null), cancel);
        return outcome.Ok(out var response, out var no) ? RedirectToPage("Answer", new { response.Id }) : this.Refuse(no, "");
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.Surveys.AsNoTracking().SingleOrDefaultAsync(s => s.Id == Id, cancel) is not { } survey) return false;
        Survey = survey;
        var today = clock.Today;
        var open = await db.SurveyOpenings.Where(o => o.SurveyId == Id && o.Until >= today).Select(o => o.Area).ToListAsync(cancel);
        var villages = await db.AreaFacts.Where(a => a.Code >= db.Scope.FirstArea && a.Code <= db.Scope.LastArea && a.Level == AreaLevel.Village).OrderBy(a => a.Code).Take(1_000).ToListAsync(cancel);
        Places = [.. villages.Where(v => open.Exists(o => o.Contains(v.Code)))];
        return true;
    }
}
