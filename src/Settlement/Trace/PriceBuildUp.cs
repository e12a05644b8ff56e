using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Trace;

/// <summary>Whose hands the buyer's money went into, in the few groups that a buyer or a household can take in.</summary>
internal enum Hand
{
    /// <summary>Growers and those who worked by the day.</summary>
    Growers,

    /// <summary>Village fund and village collective.</summary>
    Village,

    /// <summary>Taking in, sorting, packing and processing at stations and centre.</summary>
    Handling,

    /// <summary>The cooperative or enterprise that sells.</summary>
    Seller,

    /// <summary>Carriers.</summary>
    Transport,

    /// <summary>Platforms, hosts and promotion.</summary>
    Channel,

    /// <summary>Funds against risk.</summary>
    Funds,

    /// <summary>Taxes.</summary>
    Tax,
}

/// <summary>One hand's part.</summary>
/// <param name="Hand">Whose.</param>
/// <param name="OfUnit">Of the price of one unit; all parts together are exactly that price.</param>
/// <param name="OfAll">Of all that buyers paid for the lot.</param>
internal readonly record struct HandPart(Hand Hand, Fen OfUnit, Fen OfAll);

/// <summary>How the price of a lot is made: the buyer's yuan by hand.</summary>
/// <remarks>
/// Roles are merged into hands, and whatever some role puts in on top of a sale is taken off the growers' part, which is so far the buyer's money only.
/// So a step that pays for registered poor households shows neither as a payer nor as a receiver: two lots of one scheme look alike.
/// </remarks>
internal sealed class PriceBuildUp
{
    private PriceBuildUp(Fen paid, Fen unit, IReadOnlyList<HandPart> parts) => (Paid, Unit, Parts) = (paid, unit, parts);

    /// <summary>All that buyers paid, goods and freight, after refunds.</summary>
    public Fen Paid { get; }

    /// <summary>What one unit cost them on average, rounded half to even.</summary>
    public Fen Unit { get; }

    /// <summary>In the order of <see cref="Hand"/>, none of zero for the whole lot.</summary>
    public IReadOnlyList<HandPart> Parts { get; }

    /// <summary>The growers' part of one unit.</summary>
    public Fen Growers => Parts.Where(p => p.Hand == Hand.Growers).Select(p => p.OfUnit).FirstOrDefault();

    /// <summary>The build-up from the sums of a lot.</summary>
    /// <param name="sums">Net amount by role; together zero.</param>
    /// <param name="quantity">Grams or pieces sold, after refunds of whole lines none taken off.</param>
    /// <param name="unitSize">Grams or pieces of one unit, such as 500 for a 斤.</param>
    /// <returns>Null while nothing was paid.</returns>
    public static PriceBuildUp? Of(IEnumerable<KeyValuePair<string, Fen>> sums, long quantity, long unitSize)
    {
        var hands = new long[Enum.GetValues<Hand>().Length];
        var paid = 0L;
        foreach (var (role, amount) in sums)
            if (role == "buyer") paid = checked(paid - amount.Value);
            else if (HandOf(role) is { } hand) hands[(int)hand] = checked(hands[(int)hand] + amount.Value);
        if (paid <= 0 || quantity <= 0) return null;

        for (var i = 1; i < hands.Length; i++) hands[i] = Math.Max(hands[i], 0);
        var others = hands.Skip(1).Sum();
        hands[0] = Math.Max(paid - others, 0);
        var whole = new long[hands.Length];
        Webster.Apportion(paid, hands, whole);
        var unit = Rounding.HalfEven((Int128)paid * unitSize, quantity);
        var parts = new long[hands.Length];
        Webster.Apportion(unit, whole, parts);
        return new PriceBuildUp(new Fen(paid), new Fen(unit), [.. Enum.GetValues<Hand>().Where(h => whole[(int)h] > 0).Select(h => new HandPart(h, new Fen(parts[(int)h]), new Fen(whole[(int)h])))]);
    }

    /// <summary>The hand of a role; null for accounts that no sale moves.</summary>
    public static Hand? HandOf(string role) => role switch
    {
        "growers" or "workers" => Hand.Growers,
        "village-fund" or "collective" => Hand.Village,
        "intake-station" or "station" or "centre" or "packaging" or "processing" => Hand.Handling,
        "cooperative" or "enterprise" => Hand.Seller,
        "carrier" => Hand.Transport,
        "platform" or "host" or "promotion" => Hand.Channel,
        "risk-fund" or "programme" => Hand.Funds,
        "tax" => Hand.Tax,
        _ => null,
    };
}
