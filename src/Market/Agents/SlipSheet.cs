using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

/// <summary>A line of a slip as it is shown.</summary>
internal sealed record SheetLine(string Zh, string En, int Units, Fen Goods);

/// <summary>Everything that stands on a slip.</summary>
internal sealed record SlipSheet(AgentSlip Slip, HouseholdFact? Household, OrganisationFact Station, IReadOnlyList<SheetLine> Lines, Supply? Supply, Supplier? Supplier, string? OrderNumber)
{
    /// <summary>The slip, if the asker may see it.</summary>
    public static async Task<SlipSheet?> Of(ShanhuoDb db, long id, CancellationToken cancel)
    {
        var slip = await db.SlipsForMe.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel);
        if (slip is null) return null;
        const string why = "what stands on one's own slip: titles of public offers and the number of the order";
        var lines = await (from line in db.AgentSlipLines join offer in db.Unfiltered<Offer>(why) on new { line.County, Id = line.OfferId } equals new { offer.County, offer.Id }
                           where line.County == slip.County && line.SlipId == slip.Id orderby line.Number select new SheetLine(offer.Title, offer.TitleEn, line.Units, line.Goods)).ToListAsync(cancel);
        var supply = await db.Supplies.AsNoTracking().SingleOrDefaultAsync(s => s.County == slip.County && s.SlipId == slip.Id, cancel);
        return new SlipSheet(slip,
            await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == slip.HouseholdId, cancel),
            await db.OrganisationFacts.SingleAsync(o => o.Id == slip.StationId, cancel),
            lines, supply,
            supply is null ? null : await db.Suppliers.AsNoTracking().SingleAsync(s => s.County == slip.County && s.Id == supply.SupplierId, cancel),
            slip.OrderId is null ? null : await db.Unfiltered<Orders.Order>(why).Where(o => o.County == slip.County && o.Id == slip.OrderId).Select(o => o.Number).SingleOrDefaultAsync(cancel));
    }

    /// <summary>What it is about, in a few words, to be read out.</summary>
    public string Words(Say say) => Supply is { } supply ? supply.Goods : string.Join(say["agents.comma"], Lines.Select(l => $"{say.Pick(l.Zh, l.En)} × {l.Units}"));
}
