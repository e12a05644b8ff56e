using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Channels.Statements;

internal sealed class ShowPage(ShanhuoDb db, StatementBook book, TakeStatementHandler take, Say say) : PageModel
{
    public const int Most = 200;

    public PlatformStatement Statement { get; private set; } = null!;
    public IReadOnlyList<ReconciledOrder> Rows { get; private set; } = [];
    /// <summary>Rows that stand in another file too.</summary>
    public int Twice { get; private set; }
    public bool MayTake => db.Scope.Role == Role.CountyStaff;
    public IReadOnlyList<ReconciledOrder> Open => [.. Rows.Where(r => r.Verdict != Verdict.Matched)];

    /// <summary>What the platform kept, by kind; together what the statement says.</summary>
    public IReadOnlyList<(string Kind, Fen Amount)> Kept { get; private set; } = [];

    /// <summary>A share of a whole cannot be below zero.</summary>
    public bool CanDraw => Statement.PaidOut > Fen.Zero && Kept.All(k => k.Amount >= Fen.Zero);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await Load(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetSheetAsync(long id, SheetFormat format, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        var output = new MemoryStream();
        using (var sheet = SheetWriter.Begin(format, output, "orders", [new SheetColumn(say["out.order"], Width: 22), new SheetColumn(say["pstate.verdict"]), new SheetColumn(say["pstate.expected"], SheetColumnKind.Money), new SheetColumn(say["pstate.paid-out"], SheetColumnKind.Money), new SheetColumn(say["pstate.off"], SheetColumnKind.Money), .. Deduction.Kinds.Select(k => new SheetColumn(say["pstate.kind-" + k], SheetColumnKind.Money)), new SheetColumn(say["pstate.which"], Width: 40)]))
            foreach (var row in Rows)
                sheet.Row([row.Number, say["pstate.verdict-" + row.Verdict.ToString().ToLowerInvariant()], row.Ours is { } ours ? ours.Expected : "", row.Theirs is { } theirs ? theirs.PaidOut : "", row.Off, .. Deduction.Kinds.Select((_, i) => row.Theirs is { } of ? (SheetValue)of.Deductions[i] : ""), Which(row)]);
        return File(output.ToArray(), SheetWriter.ContentType(format), $"{Statement.Channel}-statement{SheetWriter.Extension(format)}");
    }

    public async Task<IActionResult> OnPostBackAsync(long id, CancellationToken cancel)
    {
        if (!MayTake) return Forbid();
        return await take.TakeBack(db.Scope.County, id, cancel) is null ? RedirectToPage("Index") : NotFound();
    }

    /// <summary>Which amounts differ, in words.</summary>
    public string Which(ReconciledOrder row) => string.Join(say["pstate.and"], row.Differences.Select(d => say["pstate.difference", say["pstate.kind-" + d.Kind], d.Ours, d.Theirs]));

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await db.PlatformStatements.AsNoTracking().SingleOrDefaultAsync(s => s.County == county && s.Id == id, cancel) is not { } statement) return false;
        Statement = statement;
        (Rows, Twice) = await book.Compare(statement, cancel);
        var kept = await db.PlatformStatementLines.Where(l => l.County == county && l.StatementId == id).GroupBy(l => l.StatementId)
            .Select(g => new { Commission = g.Sum(l => (long)l.Commission), Service = g.Sum(l => (long)l.Service), Promotion = g.Sum(l => (long)l.Promotion), Freight = g.Sum(l => (long)l.Freight), Other = g.Sum(l => (long)l.Other) }).SingleAsync(cancel);
        Kept = [.. Deduction.Kinds.Zip([kept.Commission, kept.Service, kept.Promotion, kept.Freight, kept.Other], (kind, fen) => (kind, new Fen(fen)))];
        return true;
    }
}
