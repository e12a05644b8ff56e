using System.Collections.Immutable;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

/// <summary>How a cooperative divides its surplus. Reserve is of the surplus after past losses, the rest of what remains after the reserve.</summary>
/// <param name="Patronage">Never under the legal floor of <see cref="LegalFloor"/>.</param>
internal sealed record CloseTerms(Rate Reserve, Rate Patronage, Rate Welfare, Rate Labour);

/// <summary>How the money of a sale is split: a checked, immutable document. Made by <see cref="SchemeReader"/> only, so every instance keeps the rules.</summary>
internal sealed class Scheme
{
    /// <summary>Steps in a scheme, at most: it must be readable aloud.</summary>
    public const int MostSteps = 64;

    internal Scheme(string name, ImmutableArray<Step> steps, SchemeRole refundBearer, CloseTerms? close)
    {
        (Name, RefundBearer, Close) = (name, refundBearer, close);
        var places = 0;
        Steps = [.. steps.Select(step => step.Measure == Measure.Fixed && step.Per is Per.Order or Per.Parcel ? step with { OrderPlace = places++ } : step)];
        OrderSteps = [.. Steps.Where(step => step.OrderPlace >= 0)];
        OrderBits = [.. Enumerable.Range(0, Steps.Length).Where(i => Steps[i].OrderPlace >= 0).Select(i => 1UL << i)];
        MostParts = Steps.Sum(step => 2 + step.Bearers.Length + step.Shares.Length);
        Match = new StepMatch(Steps);
        Json = SchemeWriter.Write(this);
    }

    /// <summary>Not empty.</summary>
    public string Name { get; }

    /// <summary>In order; exactly the last takes the rest.</summary>
    public ImmutableArray<Step> Steps { get; }

    /// <summary>Who gives back what went through sunk steps.</summary>
    public SchemeRole RefundBearer { get; }

    /// <summary>Null: this scheme says nothing about a close.</summary>
    public CloseTerms? Close { get; }

    /// <summary>The document in its canonical form: the same scheme is the same text, whatever the spaces and the order of keys were.</summary>
    public string Json { get; }

    /// <summary>The steps whose amount is apportioned over the lines of an order.</summary>
    public ImmutableArray<Step> OrderSteps { get; }

    /// <summary>The bit of each of <see cref="OrderSteps"/> in <see cref="StepMatch"/>.</summary>
    public ImmutableArray<ulong> OrderBits { get; }

    /// <summary>The most parts that a line can have.</summary>
    public int MostParts { get; }

    /// <summary>Which steps apply to a line.</summary>
    public StepMatch Match { get; }

    /// <summary>Must a line to which these steps apply name its lot?</summary>
    /// <param name="applies">One bit per step, as <see cref="StepMatch"/> gives it.</param>
    public bool NeedsLot(ulong applies) => (applies & Match.NeedLot) != 0;
}
