using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Simulations;

namespace Shanhuo.Registry.Targeting.Ways;

/// <summary>A household a year after its way was chosen.</summary>
/// <param name="Way">The chosen way.</param>
/// <param name="Then">As it was, one row.</param>
/// <param name="Now">All households today.</param>
/// <param name="Row">Its row among them.</param>
internal sealed record FollowedHousehold(Way Way, HouseholdFeatures Then, HouseholdFeatures Now, int Row)
{
    private static readonly Feature Net = HouseholdFeature.Of("net-income"), Received = HouseholdFeature.Of("received"), People = HouseholdFeature.Of("people");

    /// <summary>Fen a year more than then for the whole household: net income, and what was received through settlement where that is known. Null: not known both times.</summary>
    public long? Gained => Income(Now, Row) - Income(Then, 0);

    /// <summary>Did it gain at least what was expected at least?</summary>
    public bool? Reached => Gained is { } gained ? gained >= Way.ExpectedFrom : null;

    /// <summary>Needs of the way that do not hold any more.</summary>
    public IEnumerable<Comparison> Failed => Way.Needs.Of(Now, Row) == Truth.No ? Way.Needs.Why(Now, Row).Where(c => c.Of(Now, Row) != Truth.Unknown) : [];

    private static long? Income(HouseholdFeatures features, int row)
    {
        var ((netLow, netHigh), (low, high), (fewest, most)) = (features[Net, row], features[Received, row], features[People, row]);
        if (netLow != netHigh || fewest != most) return null;
        // Where nothing settles in this installation, the stated incomes are all there is.
        return (long)netLow * fewest + (low == high ? low : Received.IsUnknown(low, high) ? 0 : null);
    }
}

/// <summary>What was expected and what came, for one way.</summary>
/// <param name="Way">Its key.</param>
/// <param name="Chosen">Households for which it was chosen.</param>
/// <param name="Known">Of whom both incomes are known; the figures are theirs.</param>
/// <param name="ExpectedFrom">Mean fen a household was expected to gain, at least.</param>
/// <param name="ExpectedTo">At most.</param>
/// <param name="Gained">Mean fen gained.</param>
/// <param name="Reached">Share that gained at least what was expected at least.</param>
/// <param name="Low">95 % interval of that share.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Failed">What most often did not hold any more for those who missed it, most often first.</param>
internal sealed record WayResult(string Way, int Chosen, int Known, long ExpectedFrom, long ExpectedTo, long Gained, double Reached, double Low, double High, IReadOnlyList<(Comparison What, int Households)> Failed)
{
    /// <summary>Results by way, in the order of all ways.</summary>
    public static IReadOnlyList<WayResult> Of(IEnumerable<FollowedHousehold> households) =>
        [.. households.GroupBy(h => h.Way.Key).OrderBy(g => WaysDocument.Keys.ToList().IndexOf(g.Key)).Select(g => Of(g.Key, [.. g]))];

    private static WayResult Of(string way, List<FollowedHousehold> all)
    {
        var known = all.Where(h => h.Gained is not null).ToList();
        if (known.Count == 0) return new(way, all.Count, 0, 0, 0, 0, double.NaN, double.NaN, double.NaN, []);
        var reached = known.Count(h => h.Reached == true) / (double)known.Count;
        var (low, high) = Wilson.Of(reached, known.Count);
        var failed = known.Where(h => h.Reached == false).SelectMany(h => h.Failed.DistinctBy(c => c.Path)).GroupBy(c => c.Path).Select(g => (g.First(), g.Count())).OrderByDescending(f => f.Item2).ThenBy(f => f.Item1.Path, StringComparer.Ordinal).ToList();
        return new(way, all.Count, known.Count, Mean(h => h.Way.ExpectedFrom), Mean(h => h.Way.ExpectedTo), Mean(h => h.Gained!.Value), reached, low, high, failed);

        long Mean(Func<FollowedHousehold, long> of) => (long)Math.Round(known.Sum(h => (decimal)of(h)) / known.Count, MidpointRounding.ToEven);
    }
}
