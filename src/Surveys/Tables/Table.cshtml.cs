using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;
using Shanhuo.Surveys.Field;
using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Tables;

internal sealed class TablePage(ShanhuoDb db, Say say, MakeTable make, FormShelf forms) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty(SupportsGet = true)] public int? Version { get; set; }
    [BindProperty(SupportsGet = true)] public string? Rows { get; set; }
    [BindProperty(SupportsGet = true)] public string? Columns { get; set; }
    [BindProperty(SupportsGet = true)] public string? Weight { get; set; }
    [BindProperty(SupportsGet = true)] public string? Area { get; set; }
    [BindProperty(SupportsGet = true)] public bool Rake { get; set; }
    [BindProperty(SupportsGet = true)] public string? Strata { get; set; }
    [BindProperty(SupportsGet = true)] public string? Cluster { get; set; }

    public Survey Survey { get; private set; } = null!;
    public Questionnaire Form { get; private set; } = null!;
    public IReadOnlyList<(int Number, DateOnly Day)> Versions { get; private set; } = [];
    public IReadOnlyList<AreaFact> Areas { get; private set; } = [];
    public SafeTable? Table { get; private set; }
    public Refusal? No { get; private set; }

    public IEnumerable<FormItem> Questions => Form.Items.Where(i => i.HasAnswer);
    public IEnumerable<FormItem> Weights => Form.Items.Where(i => i.Kind is ItemKind.Integer or ItemKind.Decimal or ItemKind.Calculate);
    public IEnumerable<FormItem> Groups => Form.Items.Where(i => i.Kind is ItemKind.SelectOne or ItemKind.Integer or ItemKind.Text or ItemKind.Calculate);
    public IReadOnlyList<string> Bases => Table is null ? [] : [.. Table.Table.Shares.Select(s => s.Base).Distinct()];
    public string Query(string file) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString($"/surveys/tables/table/{Id}",
        new Dictionary<string, string?> { ["handler"] = file, ["Rows"] = Rows, ["Columns"] = Columns, ["Weight"] = Weight, ["Area"] = Area, ["Rake"] = Rake ? "true" : null, ["Strata"] = Strata, ["Cluster"] = Cluster, ["Version"] = Version?.ToString(System.Globalization.CultureInfo.InvariantCulture) });

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public Task<IActionResult> OnGetCsvAsync(CancellationToken cancel) => Export(SheetFormat.Csv, cancel);

    public Task<IActionResult> OnGetXlsxAsync(CancellationToken cancel) => Export(SheetFormat.Xlsx, cancel);

    /// <summary>The test in a sentence.</summary>
    public string Tested()
    {
        if (Table!.AnyHidden) return say["survey.test-hidden"];
        if (Table.Table.Tests.Count == 0) return say["survey.test-none"];
        // Several tests at once: each p times their number (Bonferroni).
        var p = Math.Min(1, Table.Table.Tests.Min(t => t.Test.P) * Table.Table.Tests.Count);
        var small = Table.Table.Tests.Sum(t => t.Test.SmallCells);
        var shown = p < 0.001 ? "< 0.001" : p.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
        return say[p < 0.05 ? "survey.test-yes" : "survey.test-no", shown] + (small > 0 ? " " + say["survey.test-small", small] : "");
    }

    private async Task<IActionResult> Export(SheetFormat format, CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (Table is null)
        {
            Response.StatusCode = 422;
            return Page();
        }
        return File(TableExport.Write(Table, format, say), SheetWriter.ContentType(format), $"survey-{Rows}{SheetWriter.Extension(format)}");
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.Surveys.AsNoTracking().SingleOrDefaultAsync(s => s.Id == Id, cancel) is not { } survey) return false;
        Survey = survey;
        var number = Version ??= survey.Latest;
        Versions = [.. (await db.SurveyVersions.AsNoTracking().Where(v => v.SurveyId == Id).OrderBy(v => v.Number).Select(v => new { v.Number, v.Day }).ToListAsync(cancel)).Select(v => (v.Number, v.Day))];
        if (await db.SurveyVersions.AsNoTracking().SingleOrDefaultAsync(v => v.SurveyId == Id && v.Number == number, cancel) is not { } version) return false;
        Form = await forms.Of(version, cancel);
        var shown = await make.Areas(survey, number, Form, cancel);
        Areas = await db.AreaFacts.Where(a => shown.Contains(a.Code)).OrderBy(a => a.Code).ToListAsync(cancel);
        if (string.IsNullOrEmpty(Rows)) return true;
        AreaCode? area = AreaCode.TryParse(Area, out var code) ? code : null;
        if ((await make.Handle(new TableRequest(Id, number, Rows, Columns, Weight, area, Rake, Strata, Cluster), say.Language, cancel)).Ok(out var table, out var no)) Table = table;
        else
        {
            No = no;
            Response.StatusCode = 422;
        }
        return true;
    }
}
