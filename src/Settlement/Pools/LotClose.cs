using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;
using Role = Shanhuo.Settlement.Schemes.Role;

namespace Shanhuo.Settlement.Pools;

/// <summary>What a guarantee costs when a lot is closed and part of it was never sold.</summary>
internal static class LotClose
{
    /// <summary>Pays the growers the contract price of guaranteed goods that nobody bought, spoiled and lost ones included; the bearers of the scheme put it in.</summary>
    /// <param name="scheme">Its steps that pay growers the contract price guarantee the goods; other steps guarantee nothing.</param>
    /// <param name="lot">With its contract price. Not one bought at intake: there the buyer has paid and carries the loss.</param>
    /// <param name="unsold">Grams or pieces.</param>
    /// <returns>Parts that sum to zero: growers above, bearers below 0. Empty where nothing is guaranteed.</returns>
    public static IReadOnlyList<Part> PayGuaranteed(Scheme scheme, LotTerms lot, long unsold)
    {
        var parts = new List<Part>();
        for (var i = 0; i < scheme.Steps.Length; i++)
        {
            var step = scheme.Steps[i];
            if (step is not { Measure: Measure.Price, Price: PriceKind.Contract, To: Role.Growers } || lot.BoughtBy is not null || lot.Contract is not { } price) continue;
            var due = price.Of(unsold);
            if (due == 0) continue;
            if (due > Amounts.Largest) throw new OverflowException("The guaranteed goods cost more than can be posted.");
            var shares = new long[step.Bearers.Length];
            Webster.Apportion(due, [.. step.Bearers.Select(bearer => bearer.Weight)], shares);
            parts.Add(new Part(i, Role.Growers, due, Sunk: false));
            for (var b = 0; b < shares.Length; b++)
                if (shares[b] > 0) parts.Add(new Part(i, step.Bearers[b].To, -shares[b], Sunk: false));
        }
        return parts;
    }
}
