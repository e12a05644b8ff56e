using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Agents;

/// <summary>What the station did for the household, and what came of a report.</summary>
internal sealed record MineRow(AgentSlip Slip, string Words, SupplyReport? Report);

internal sealed class MinePage(ShanhuoDb db, Say say) : PageModel
{
    private const int Most = 20;

    public List<MineRow> Rows { get; private set; } = [];

    /// <summary>A report in one sentence, plainly.</summary>
    public string Said(SupplyReport report) => report.ClosedDay is null
        ? say["agents.said-waits", say.Day(report.DueDay)]
        : say["agents.said-closed", say["agents.finding-" + report.Finding], AmountWords.Spoken(report.Refund, say.Language), report.Note];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var slips = await db.SlipsForMe.AsNoTracking().OrderByDescending(s => s.AtMs).Take(Most).ToListAsync(cancel);
        var (county, ids) = (db.Scope.County, slips.Select(s => s.Id).ToList());
        var lines = (await (from line in db.AgentSlipLines join offer in db.Unfiltered<Offer>("titles of public offers on one's own slips") on new { line.County, Id = line.OfferId } equals new { offer.County, offer.Id }
                            where line.County == county && EF.Parameter(ids).Contains(line.SlipId) select new { line.SlipId, line.Number, offer.Title, offer.TitleEn, line.Units }).ToListAsync(cancel)).ToLookup(l => l.SlipId);
        var supplies = await db.Supplies.Where(s => s.County == county && EF.Parameter(ids).Contains(s.SlipId)).ToDictionaryAsync(s => s.SlipId, s => s.Goods, cancel);
        var reports = (await db.SupplyReports.AsNoTracking().Where(r => r.County == county && EF.Parameter(ids).Contains(r.SlipId)).OrderByDescending(r => r.Id).ToListAsync(cancel)).ToLookup(r => r.SlipId);
        Rows = [.. slips.Select(s => new MineRow(s, supplies.GetValueOrDefault(s.Id) ?? string.Join(say["agents.comma"], lines[s.Id].OrderBy(l => l.Number).Select(l => $"{say.Pick(l.Title, l.TitleEn)} × {l.Units}")), reports[s.Id].FirstOrDefault()))];
    }
}
