using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Statements;

/// <summary>What was received in a year beside what it cost: gross and net always stand side by side.</summary>
internal sealed record NetIncome
{
    /// <summary>Paid out to the household.</summary>
    public required Fen Received { get; init; }

    /// <summary>Costs that were written down.</summary>
    public required Fen Recorded { get; init; }

    /// <summary>By the norm, where nothing was written down; null: no norm either, or something was.</summary>
    public Fen? Estimated { get; init; }

    /// <summary>Where the norm comes from; null where none is used.</summary>
    public CostNorm? Norm { get; init; }

    /// <summary>People in the household; null: not known, and then nothing per head is said.</summary>
    public int? Members { get; init; }

    /// <summary>What is left; null where the costs are not known.</summary>
    public Fen? Net => Recorded > Fen.Zero ? Received - Recorded : Estimated is { } estimate ? Received - estimate : null;

    /// <summary>Per head, half to even; null where either is not known.</summary>
    public Fen? NetPerHead => Net is { } net && Members is > 0 and var heads ? new Fen(Rounding.HalfEven(net.Value, heads)) : null;
}

/// <summary>Reckons a household's year.</summary>
internal sealed class NetIncomeReader(ShanhuoDb db, StatementReader statements, CostNorms norms, TimeProvider clock)
{
    public async Task<NetIncome> ThisYear(HouseholdFact household, CancellationToken cancel)
    {
        var first = new DateOnly(clock.Today.Year, 1, 1);
        var received = (await statements.Money(household, cancel)).PaidThisYear;
        var recorded = new Fen(await db.HouseholdCosts.Where(c => c.HouseholdId == household.Id && !c.IsCrossedOut && c.Day >= first).SumAsync(c => (long)c.Amount, cancel));
        var size = await db.HouseholdSizes.SingleOrDefaultAsync(s => s.HouseholdId == household.Id, cancel);
        var (estimate, norm) = recorded > Fen.Zero || received <= Fen.Zero ? (null, null) : await Estimate(household, received, first, cancel);
        return new NetIncome { Received = received, Recorded = recorded, Estimated = estimate, Norm = norm, Members = size?.Members };
    }

    // Receipts are not kept by product, so each product's norm weighs as much as the household handed in of it, by value.
    private async Task<(Fen?, CostNorm?)> Estimate(HouseholdFact household, Fen received, DateOnly first, CancellationToken cancel)
    {
        var intakes = await db.IntakesOf(household.Area.County, household.Id).Where(i => i.IsConfirmed && i.Day >= first)
            .Join(db.ProductFacts, i => i.ProductId, p => p.Id, (i, p) => new { p.Code, i.Net, i.Pieces, i.Price }).ToListAsync(cancel);
        var values = intakes.GroupBy(i => i.Code).Select(g => (Norm: norms.For(g.Key, first.AddYears(1).AddDays(-1)), Value: g.Aggregate(Int128.Zero, (sum, i) => sum + (Int128)(i.Pieces > 0 ? i.Pieces * 1000 : i.Net.Value) * i.Price.Value))).Where(v => v.Value > 0).ToList();
        if (values.Count == 0 || values.Any(v => v.Norm is null)) return (null, null);
        var (whole, weighed) = (Int128.Zero, Int128.Zero);
        foreach (var (norm, value) in values) (whole, weighed) = (whole + value, weighed + value * norm!.Rate.PartsPerMillion);
        // The mean rate first, rounded to parts per million, so that the product with the receipts stays within 128 bits.
        var rate = new Rate((int)Rounding.HalfEven(weighed, whole));
        return (rate.Of(received), values.MaxBy(v => v.Value).Norm);
    }
}
