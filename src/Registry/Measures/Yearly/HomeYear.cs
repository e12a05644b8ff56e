using Shanhuo.Kernel;

namespace Shanhuo.Registry.Measures.Yearly;

/// <summary>What the register knows of a household's net income per head in a year.</summary>
/// <param name="Village">Where it lives today.</param>
/// <param name="People">Members at the end of the year, at least 1.</param>
/// <param name="Low">The least that it can be, yuan: no income that is unknown is below zero.</param>
/// <param name="High">The greatest; infinite where a kind of income is not recorded at all.</param>
internal readonly record struct HomeYear(AreaCode Village, int People, double Low, double High)
{
    /// <summary>Are all kinds of income recorded, with their costs?</summary>
    public bool IsKnown => Low.Equals(High);

    /// <summary>Weighs what was recorded.</summary>
    /// <param name="village">Where it lives.</param>
    /// <param name="people">At least 1.</param>
    /// <param name="netFen">Receipts less costs of the kinds of which both are known.</param>
    /// <param name="openFen">Receipts of the kinds whose costs are not known: of these between nothing and all is left.</param>
    /// <param name="kinds">How many kinds are recorded.</param>
    /// <param name="ofKinds">How many there are.</param>
    public static HomeYear Of(AreaCode village, int people, long netFen, long openFen, int kinds, int ofKinds) =>
        new(village, people, netFen / 100d / people, kinds < ofKinds ? double.PositiveInfinity : (netFen + openFen) / 100d / people);
}
