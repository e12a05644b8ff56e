using System.Collections.Immutable;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

/// <summary>How a step finds its amount.</summary>
internal enum Measure { Rate, Contained, Fixed, Price, Actual, Rest, Split }

/// <summary>What a percentage is taken of. Rest is what is left when the step runs.</summary>
internal enum Base { Gross, Goods, Rest }

/// <summary>What a fixed amount is paid for. Order and parcel amounts are apportioned over the lines of the order.</summary>
internal enum Per { Order, Line, Kg, Piece, Parcel }

/// <summary>Which price of the lot: agreed at intake, or guaranteed by contract.</summary>
internal enum PriceKind { Intake, Contract }

/// <summary>A cost recorded on the line.</summary>
internal enum Cost { Freight, Packaging, Processing, Commission, Promotion }

/// <summary>One of several who receive or bear, by weight.</summary>
/// <param name="To">Once in a list.</param>
/// <param name="Weight">At least 1.</param>
internal readonly record struct Share(SchemeRole To, long Weight);

/// <summary>When a step applies: every list that is not empty must hold the line's value, and <see cref="Poor"/> asks for a lot of registered poor households.</summary>
internal sealed record Condition
{
    public ImmutableArray<string> Channel { get; init; } = [];
    public ImmutableArray<string> Station { get; init; } = [];
    public ImmutableArray<string> Campaign { get; init; } = [];
    public ImmutableArray<string> Product { get; init; } = [];
    public bool Poor { get; init; }
}

/// <summary>One step of a scheme: who is paid, how much, by whom, when.</summary>
/// <remarks>Only what belongs to <see cref="Measure"/> has a meaning: <see cref="Rate"/> and <see cref="Of"/> to Rate and Contained, and so on.</remarks>
internal sealed record Step
{
    public required Measure Measure { get; init; }

    /// <summary>Who receives; not for Split, which names its own.</summary>
    public SchemeRole To { get; init; }

    public Rate Rate { get; init; }
    public Base Of { get; init; }

    /// <summary>At least 0.</summary>
    public Fen Fixed { get; init; }

    public Per Per { get; init; }
    public PriceKind Price { get; init; }
    public Cost Actual { get; init; }

    /// <summary>Who receives all that is left, ordinal by role; for Split only.</summary>
    public ImmutableArray<Share> Shares { get; init; } = [];

    /// <summary>Who pays on top; null: paid out of the sale.</summary>
    public SchemeRole? From { get; init; }

    /// <summary>Null: always.</summary>
    public Condition? When { get; init; }

    /// <summary>Who top up what the rest does not reach, ordinal by role; empty: the step is reduced.</summary>
    public ImmutableArray<Share> Bearers { get; init; } = [];

    /// <summary>Spent, not given back on a refund.</summary>
    public bool Sunk { get; init; }

    /// <summary>Place among the steps that are apportioned over an order; -1 for all others.</summary>
    public int OrderPlace { get; init; } = -1;

    /// <summary>The roles that receive.</summary>
    public IEnumerable<SchemeRole> Receivers => Measure == Measure.Split ? Shares.Select(share => share.To) : [To];

    /// <summary>Must the line name its lot for this step?</summary>
    public bool NeedsLot => Measure == Measure.Price || Receivers.Any(role => role is SchemeRole.Growers or SchemeRole.VillageFund);

    /// <summary>Is it the last, which takes all that is left?</summary>
    public bool TakesRest => Measure is Measure.Rest or Measure.Split;
}
