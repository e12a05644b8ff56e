using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Procedure;

internal sealed class NewPage(ShanhuoDb db, Policies policies, TimeProvider clock, OpenCaseHandler open) : PageModel
{
    [BindProperty] public StepForm Form { get; set; } = new();
    [BindProperty(SupportsGet = true)] public string? Household { get; set; }
    [BindProperty] public string? Category { get; set; }
    public List<KindInForce> Kinds { get; private set; } = [];
    public KindInForce? Chosen { get; private set; }
    public IncomeLine? Line { get; private set; }
    public string AreaName { get; private set; } = "";

    public async Task OnGetAsync(string? kind, CancellationToken cancel) => await Load(kind, cancel);

    public async Task<IActionResult> OnPostAsync(string? kind, CancellationToken cancel)
    {
        await Load(kind, cancel);
        if (Chosen is not { } rule) return NotFound();
        var code = Numerals.Narrow(Household ?? "").Trim().ToUpperInvariant();
        var home = await db.Households.Where(h => h.Code == code).Select(h => (long?)h.Id).SingleOrDefaultAsync(cancel);
        if (!Form.ToEvidence(rule.Kind.Steps[0]).Ok(out var evidence, out var wrong)) return this.Refuse(wrong);
        var area = rule.Kind.Subject == "household" ? (AreaCode?)null : db.Scope.Area;
        return (await open.Handle(new OpenCase(Form.RequestId, rule.Kind.Key, rule.Kind.Subject == "household" ? home : null, area, Category, evidence), cancel)).Ok(out var id, out var no)
            ? LocalRedirect($"/registry/procedure/case/{id}") : this.Refuse(no);
    }

    private async Task Load(string? kind, CancellationToken cancel)
    {
        Kinds = [.. policies.On(clock.Today).Where(k => k.Kind.Steps[0].Who.Any(w => w.Role == db.Scope.Role))];
        Chosen = Kinds.FirstOrDefault(k => k.Kind.Key == kind);
        Line = Chosen?.Kind.IncomeLine is { } line ? policies.Line(line, clock.Today) : null;
        AreaName = await db.Areas.Where(a => a.Code == db.Scope.Area).Select(a => a.Name).SingleOrDefaultAsync(cancel) ?? "";
    }
}
