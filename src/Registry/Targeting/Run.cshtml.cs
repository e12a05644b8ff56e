using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Runs;
using Shanhuo.Registry.Targeting.Ways;

namespace Shanhuo.Registry.Targeting;

internal sealed class RunPage(ShanhuoDb db, Say say, Ids ids, TimeProvider clock) : PageModel
{
    private const int Size = 20;

    [BindProperty(SupportsGet = true)] public long Id { get; set; }

    /// <summary>Which answers: <c>picked</c>, <c>undecided</c> or <c>not</c>.</summary>
    [BindProperty(SupportsGet = true)] public string? Show { get; set; }

    /// <summary>Village and household after which the page begins, with a dot between.</summary>
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    public TargetingRun Run { get; private set; } = null!;
    public TargetingRule Rule { get; private set; } = null!;
    public List<TownshipCount> Counts { get; private set; } = [];
    public List<(string Way, int Households)> ByWay { get; private set; } = [];
    public List<Row> Rows { get; private set; } = [];
    public string? Next { get; private set; }
    public Truth Shows => Show switch { "undecided" => Truth.Unknown, "not" => Truth.No, _ => Truth.Yes };
    public bool MayExport => RuleAccess.MayWrite(db.Scope);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await Explainer(cancel) is not { } explain) return NotFound();
        var all = db.TargetingAnswers.AsNoTracking().Where(a => a.County == Run.County && a.RunId == Id);
        var counts = await all.GroupBy(a => new { a.Area, a.Answer }).Select(g => new { g.Key.Area, g.Key.Answer, Count = g.Count() }).ToListAsync(cancel);
        Counts = await TownshipCount.Of(db, say, counts.Select(c => (c.Area, c.Answer, c.Count)), cancel);
        if (Run.Kind == RuleKind.Ways) ByWay = [.. (await all.Where(a => a.Way != null).GroupBy(a => a.Way!).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel)).OrderBy(w => WaysDocument.Keys.ToList().IndexOf(w.Key)).Select(w => (w.Key, w.Count))];
        var (shows, page) = (Shows, all);
        if (After?.Split('.') is [var village, var household] && AreaCode.TryParse(village, out var area) && long.TryParse(household, NumberStyles.None, CultureInfo.InvariantCulture, out var last)) page = page.Where(a => a.Area > area || (a.Area == area && a.HouseholdId > last));
        var answers = await page.Where(a => a.Answer == shows).OrderBy(a => a.Area).ThenBy(a => a.HouseholdId).Take(Size + 1).ToListAsync(cancel);
        if (answers.Count > Size) Next = string.Create(CultureInfo.InvariantCulture, $"{answers[Size - 1].Area}.{answers[Size - 1].HouseholdId}");
        Rows = await Name([.. answers.Take(Size)], explain, cancel);
        // Reasons speak of health and debts, so each household on the page was looked at.
        foreach (var row in Rows) db.RecordLook(ids, clock, row.Id, "targeting");
        if (Rows.Count > 0) await db.SaveChangesAsync(cancel);
        return Page();
    }

    /// <summary>All answers of one kind as a sheet.</summary>
    public async Task<IActionResult> OnGetSheetAsync(string? format, CancellationToken cancel)
    {
        if (!MayExport) return Forbid();
        if (await Explainer(cancel) is not { } explain) return NotFound();
        var form = format == "xlsx" ? SheetFormat.Xlsx : SheetFormat.Csv;
        db.Record(ids, clock, "export", "targeting", 0, reason: string.Create(CultureInfo.InvariantCulture, $"run {Id} {Shown.Key(Shows)} {form}"));
        await db.SaveChangesAsync(cancel);
        var (output, shows) = (new MemoryStream(), Shows);
        using (var sheet = SheetWriter.Begin(form, output, say["targeting.title"], new SheetColumn(say["targeting.household-code"], Width: 18), new SheetColumn(say["targeting.head"]), new SheetColumn(say["targeting.village"], Width: 18), new SheetColumn(say["targeting.answer"]),
            new SheetColumn(say["targeting.score-low"], SheetColumnKind.Decimal), new SheetColumn(say["targeting.score-high"], SheetColumnKind.Decimal), new SheetColumn(say["targeting.way"]), new SheetColumn(say["targeting.why"], Width: 60), new SheetColumn(say["targeting.ask"], Width: 30)))
        {
            var (area, last) = (AreaCode.Country, 0L);
            while (true)
            {
                var part = await db.TargetingAnswers.AsNoTracking().Where(a => a.County == Run.County && a.RunId == Id && a.Answer == shows && (a.Area > area || (a.Area == area && a.HouseholdId > last))).OrderBy(a => a.Area).ThenBy(a => a.HouseholdId).Take(500).ToListAsync(cancel);
                if (part.Count == 0) break;
                (area, last) = (part[^1].Area, part[^1].HouseholdId);
                foreach (var row in await Name(part, explain, cancel))
                    sheet.Row(row.Code, row.Head, row.Village, say[Shown.Word(Run.Kind, row.Answer)], Points(row.Low), Points(row.High), row.Way is { } way ? say["targeting.way-" + way] : "", string.Join("; ", row.Why), string.Join("; ", row.Ask));
            }
        }
        return File(output.ToArray(), SheetWriter.ContentType(form), $"shanhuo-targeting-{Run.Day:yyyy-MM-dd}-{Shown.Key(Shows)}{SheetWriter.Extension(form)}");

        static SheetValue Points(long? points) => points is { } p ? SheetValue.Figure((double)p / Score.Point) : "";
    }

    private async Task<Func<TargetingAnswer, (IReadOnlyList<string> Why, IReadOnlyList<string> Ask)>?> Explainer(CancellationToken cancel)
    {
        if (await db.TargetingRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == Id, cancel) is not { } run) return null;
        Run = run;
        var version = await db.TargetingVersions.AsNoTracking().SingleAsync(v => v.Id == run.VersionId, cancel);
        Rule = await db.TargetingRules.AsNoTracking().SingleAsync(r => r.Id == version.RuleId, cancel);
        var words = new RuleWords(say);
        if (run.Kind == RuleKind.Picks)
        {
            var rule = RuleReader.Read(version.Document);
            return answer => Shown.Explain(rule, answer, words);
        }
        var ways = WaysDocument.Read(version.Document);
        return answer => Shown.Explain(ways, answer, words);
    }

    private async Task<List<Row>> Name(List<TargetingAnswer> answers, Func<TargetingAnswer, (IReadOnlyList<string> Why, IReadOnlyList<string> Ask)> explain, CancellationToken cancel)
    {
        var homes = answers.Select(a => a.HouseholdId).ToList();
        var names = await db.Households.Where(h => homes.Contains(h.Id)).ToDictionaryAsync(h => h.Id, h => new { h.Code, h.HeadName }, cancel);
        var villages = await TownshipCount.Names(db, say, answers.Select(a => a.Area), cancel);
        return [.. answers.Select(a => explain(a) is var (why, ask) ? new Row(a.HouseholdId, names.GetValueOrDefault(a.HouseholdId)?.Code ?? "", names.GetValueOrDefault(a.HouseholdId)?.HeadName ?? "", villages[a.Area], a.Answer, a.ScoreLow, a.ScoreHigh, a.Way, why, ask) : null!)];
    }

    internal sealed record Row(long Id, string Code, string Head, string Village, Truth Answer, long? Low, long? High, string? Way, IReadOnlyList<string> Why, IReadOnlyList<string> Ask);
}
