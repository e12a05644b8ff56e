using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Agreements;

/// <summary>An agreement with what was delivered under it and what was broken.</summary>
internal sealed record AgreementStanding(Agreement Agreement, List<AgreementPrice> Prices, List<AgreementDelivery> Plan, List<Delivered> Deliveries, List<ShortDelivery> Short, List<Underpaid> Under)
{
    /// <summary>Grams or pieces of confirmed intakes.</summary>
    public long Came => Deliveries.Sum(d => d.Quantity);

    /// <summary>Standings of some agreements of one county, in their order; three queries however many.</summary>
    public static async Task<List<AgreementStanding>> Of(ShanhuoDb db, IReadOnlyList<Agreement> agreements, DateOnly today, CancellationToken cancel)
    {
        if (agreements.Count == 0) return [];
        var (county, ids) = (agreements[0].County, agreements.Select(a => a.Id).ToList());
        var prices = await db.AgreementPrices.AsNoTracking().Where(p => ids.Contains(p.AgreementId)).ToListAsync(cancel);
        var plans = await db.AgreementDeliveries.AsNoTracking().Where(d => ids.Contains(d.AgreementId)).OrderBy(d => d.Day).ToListAsync(cancel);
        var intakes = await db.Unfiltered<Intake>("what counts under an agreement is all that came, at whatever station; the caller may read the agreement")
            .Where(i => i.County == county && i.AgreementId != null && ids.Contains(i.AgreementId.Value) && i.State == IntakeState.Confirmed).Select(i => new { i.AgreementId, i.Id, i.Day, i.Net, i.Pieces, i.Grade, i.Price }).ToListAsync(cancel);
        return [.. agreements.Select(a =>
        {
            var own = prices.Where(p => p.AgreementId == a.Id).ToList();
            var plan = plans.Where(d => d.AgreementId == a.Id).ToList();
            var came = intakes.Where(i => i.AgreementId == a.Id).Select(i => new Delivered(i.Id, i.Day, i.Pieces > 0 ? i.Pieces : i.Net.Value, i.Grade, i.Price)).OrderBy(d => d.Day).ToList();
            var until = a.EndedDay is { } ended && ended < today ? ended : today;
            return new AgreementStanding(a, own, plan, came, [.. AgreementProgress.Short(plan.Select(p => (p.Day, p.Quantity)), came, until)], [.. AgreementProgress.Under(own.ToDictionary(p => p.Grade, p => p.Price), came)]);
        })];
    }
}
