using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Tables;

namespace Shanhuo.Surveys.Field;

internal sealed class SurveyPage(ShanhuoDb db, Say say, TimeProvider clock, PutSurvey put, TakeFile take, FormShelf forms) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public string? Area { get; set; }
    [BindProperty] public DateOnly? Until { get; set; }
    [BindProperty] public IFormFile? Upload { get; set; }
    [BindProperty] public Guid RequestId { get; set; } = Guid.NewGuid();
    [BindProperty] public int? SmallBelow { get; set; }

    public Survey Survey { get; private set; } = null!;
    public SurveyVersion Version { get; private set; } = null!;
    public Questionnaire Form { get; private set; } = null!;
    public IReadOnlyList<(AreaCode Area, string Name, DateOnly Until)> Openings { get; private set; } = [];
    public IReadOnlyList<AreaFact> Places { get; private set; } = [];
    public IReadOnlyList<Refusal> Bad { get; private set; } = [];

    /// <summary>Complete responses. Where small numbers are hidden only in steps: the exact number less those in a table would tell of the few that the table leaves out.</summary>
    public string Complete { get; private set; } = "";
    public int Drafts { get; private set; }
    public DateOnly Today => clock.Today;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostOpenAsync(CancellationToken cancel) => Do(async () =>
        !AreaCode.TryParse(Area, out var area) ? new Refusal("survey.area", Place.Input("Area"), Area ?? "") : Until is not { } until ? new Refusal("survey.until", Place.Input("Until")) : (await put.Open(Id, area, until, cancel)).Refused, cancel);

    public async Task<IActionResult> OnPostVersionAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (await NewPage.Bytes(Upload, cancel) is not { } content) return this.Refuse(new Refusal("survey.no-file", Place.Input("Upload")), "");
        (var survey, Bad) = await put.Handle(new SentForm(RequestId, Id, content, Path.GetFileName(Upload!.FileName)), cancel);
        if (survey is not null) return RedirectToPage(new { Id });
        Response.StatusCode = 422;
        return Page();
    }

    public async Task<IActionResult> OnPostAnswersAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (await NewPage.Bytes(Upload, cancel) is not { } content) return this.Refuse(new Refusal("survey.no-file", Place.Input("Upload")), "");
        if (!AreaCode.TryParse(Area, out var area)) return this.Refuse(new Refusal("survey.area", Place.Input("Area"), Area ?? ""), "");
        return (await take.Keep(Id, area, content, Path.GetFileName(Upload!.FileName), cancel)).Ok(out var file, out var no) ? RedirectToPage("File", new { file.Id }) : this.Refuse(no, "");
    }

    public Task<IActionResult> OnPostMarginsAsync(CancellationToken cancel) => Do(async () =>
    {
        if (await NewPage.Bytes(Upload, cancel) is not { } content) return new Refusal("survey.no-file", Place.Input("Upload"));
        if (!(await Raking.Read(new MemoryStream(content), Upload!.FileName, cancel)).Ok(out var known, out var no)) return no;
        var csv = new StringBuilder("question,option,population\n");
        foreach (var margin in known)
        {
            if (Form.Find(margin.Question)?.Choices.Any(c => c.Name == margin.Option) != true) return new Refusal("rake.option", margin.At, margin.Option, margin.Question);
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{margin.Question},{margin.Option},{margin.Population:R}\n");
        }
        var survey = await db.Surveys.SingleAsync(s => s.Id == Id, cancel);
        survey.Margins = csv.ToString();
        await db.SaveChangesAsync(cancel);
        return null;
    }, cancel);

    public Task<IActionResult> OnPostSmallAsync(CancellationToken cancel) => Do(async () =>
    {
        if (SmallBelow is not (>= 1 and <= 100)) return new Refusal("survey.small-range", Place.Input("SmallBelow"));
        var survey = await db.Surveys.SingleAsync(s => s.Id == Id, cancel);
        survey.SmallBelow = SmallBelow.Value;
        await db.SaveChangesAsync(cancel);
        return null;
    }, cancel);

    private async Task<IActionResult> Do(Func<Task<Refusal?>> step, CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        return await step() is { } no ? this.Refuse(no, "") : RedirectToPage(new { Id });
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.Surveys.AsNoTracking().SingleOrDefaultAsync(s => s.Id == Id, cancel) is not { } survey) return false;
        Survey = survey;
        Version = await db.SurveyVersions.AsNoTracking().SingleAsync(v => v.SurveyId == Id && v.Number == survey.Latest, cancel);
        Form = await forms.Of(Version, cancel);
        Places = await db.AreaFacts.Where(a => a.Code >= db.Scope.FirstArea && a.Code <= db.Scope.LastArea && (a.Level == AreaLevel.County || a.Level == AreaLevel.Township)).OrderBy(a => a.Code).ToListAsync(cancel);
        var open = await db.SurveyOpenings.AsNoTracking().Where(o => o.SurveyId == Id).OrderBy(o => o.Area).ToListAsync(cancel);
        var codes = open.Select(o => o.Area).ToList();
        var names = await db.AreaFacts.Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, cancel);
        Openings = [.. open.Select(o => (o.Area, names.TryGetValue(o.Area, out var a) ? say.Pick(a.Name, a.NameEn) : o.Area.ToString(), o.Until))];
        var complete = await db.Responses.CountAsync(r => r.County == survey.County && r.SurveyId == Id && r.Version == survey.Latest && r.State == ResponseState.Complete, cancel);
        var step = Math.Max(1, survey.SmallBelow);
        Complete = step == 1 || complete == 0 ? complete.ToString(System.Globalization.CultureInfo.InvariantCulture) : complete < step ? say["survey.fewer", step] : say["survey.at-least", complete / step * step];
        Drafts = await db.Responses.CountAsync(r => r.County == survey.County && r.SurveyId == Id && r.Version == survey.Latest && r.State == ResponseState.Draft, cancel);
        return true;
    }
}
