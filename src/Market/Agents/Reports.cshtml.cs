using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

/// <summary>The county's answer as it was typed.</summary>
internal sealed record TypedAnswer(long Id, string? Finding, string? Refund, string? Note, string? Step);

/// <summary>A report with what it is about.</summary>
internal sealed record ReportRow(SupplyReport Report, string Goods, string Household, string Supplier, string Licence, Fen Paid);

internal sealed class ReportsPage(ShanhuoDb db, TimeProvider clock, ReportHandler reports) : PageModel
{
    public List<ReportRow> Rows { get; private set; } = [];
    public bool MayWrite => db.Scope.Role == Role.CountyStaff;

    /// <summary>An answer that was refused, to be put right; null: none.</summary>
    public TypedAnswer? Typed { get; private set; }

    /// <summary>Answered, late or open.</summary>
    public string Standing(SupplyReport report) => report.ClosedDay is not null ? "closed" : report.DueDay < clock.Today ? "late" : "waits";

    public string Mark(SupplyReport report) => Standing(report) switch { "closed" => "ok", "late" => "stop", _ => "wait" };

    public async Task OnGetAsync(CancellationToken cancel)
    {
        // Unanswered ones first, the most urgent of them on top.
        var open = await Read(db.ReportsForMe.Where(r => r.ClosedDay == null).OrderBy(r => r.DueDay).ThenBy(r => r.Id).Take(50), cancel);
        var since = clock.Today.AddMonths(-3);
        Rows = [.. open, .. await Read(db.ReportsForMe.Where(r => r.ClosedDay >= since).OrderByDescending(r => r.ClosedDay).ThenBy(r => r.Id).Take(50), cancel)];
    }

    public async Task<IActionResult> OnPostAsync(long id, string? finding, string? refund, string? note, string? step, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        var no = Fen.TryParseYuan(refund, out var amount) ? await reports.Close(new CloseReport(id, finding, amount, note, step), cancel) : new Refusal("agents.price", Place.Input("Refund"));
        if (no is null) return Redirect("/market/agents/reports");
        Typed = new TypedAnswer(id, finding, refund, note, step);
        await OnGetAsync(cancel);
        return this.Refuse(no, "");
    }

    private async Task<List<ReportRow>> Read(IQueryable<SupplyReport> asked, CancellationToken cancel)
    {
        var found = await asked.AsNoTracking().ToListAsync(cancel);
        var (slips, households, county) = (found.Select(r => r.SlipId).ToList(), found.Select(r => r.HouseholdId).Distinct().ToList(), db.Scope.County);
        var names = await db.HouseholdFacts.Where(h => households.Contains(h.Id)).ToDictionaryAsync(h => h.Id, h => $"{h.HeadName} {h.Code}", cancel);
        var about = await (from slip in db.AgentSlips join supply in db.Supplies on new { slip.County, SlipId = slip.Id } equals new { supply.County, supply.SlipId } join supplier in db.Suppliers on new { supply.County, Id = supply.SupplierId } equals new { supplier.County, supplier.Id }
                           where slip.County == county && EF.Parameter(slips).Contains(slip.Id) select new { slip.Id, slip.Amount, supply.Goods, supplier.Name, supplier.Licence }).ToDictionaryAsync(a => a.Id, cancel);
        return [.. found.Where(r => about.ContainsKey(r.SlipId)).Select(r => new ReportRow(r, about[r.SlipId].Goods, names.GetValueOrDefault(r.HouseholdId) ?? "—", about[r.SlipId].Name, about[r.SlipId].Licence, about[r.SlipId].Amount))];
    }
}
