using Shanhuo.Registry.Measures;
using Shanhuo.Registry.Targeting.Rules;

namespace Shanhuo.Registry.Targeting.Simulations;

/// <summary>A share with its bounds, since undecided households may still fall either way, and its 95 % interval around both.</summary>
/// <param name="Least">If the undecided fall so that it is least; not-a-number where nobody is in the base.</param>
/// <param name="Most">If they fall so that it is greatest.</param>
/// <param name="Low">Lower end of the interval of <paramref name="Least"/>.</param>
/// <param name="High">Upper end of that of <paramref name="Most"/>.</param>
internal readonly record struct ErrorShare(double Least, double Most, double Low, double High);

/// <summary>What a rule gets wrong in one group.</summary>
/// <param name="Households">Of whom the truth is known.</param>
/// <param name="Poor">Of these, who are poor in truth.</param>
/// <param name="Picked">Whom the rule surely picks.</param>
/// <param name="Undecided">Whom it cannot decide.</param>
/// <param name="TruthUnknown">Of whom the truth is not known; they are in no other count.</param>
/// <param name="Leakage">Of the picked, who are not poor (inclusion error).</param>
/// <param name="Undercoverage">Of the poor, who are not picked (exclusion error).</param>
internal sealed record SimulationCell(int Households, int Poor, int Picked, int Undecided, int TruthUnknown, ErrorShare Leakage, ErrorShare Undercoverage)
{
    /// <summary>Fewer households than this are not shown.</summary>
    public const int Fewest = 5;

    /// <summary>Is it so small that somebody could be made out?</summary>
    public bool IsSmall => Households < Fewest || Poor is > 0 and < Fewest || Picked is > 0 and < Fewest;
}

/// <summary>Holds the answers of a rule against the truth. Without weights each household counts once and as drawn alone.</summary>
/// <param name="answers">A <see cref="Truth"/> for each household.</param>
/// <param name="truth">Is it poor? A <see cref="Truth"/> for each.</param>
/// <param name="weights">One per household, above 0; null: 1.</param>
/// <param name="design">Strata and clusters; null: everyone drawn alone.</param>
/// <param name="clusters">Cluster of each household, with <paramref name="design"/>.</param>
internal sealed class Simulation(byte[] answers, byte[] truth, double[]? weights = null, SampleDesign? design = null, int[]? clusters = null)
{
    private const byte Yes = (byte)Truth.Yes, No = (byte)Truth.No, Unknown = (byte)Truth.Unknown;

    /// <summary>The errors among some households.</summary>
    public SimulationCell Of(IReadOnlyList<int> group)
    {
        var rows = group.Where(r => truth[r] != Unknown).ToList();
        return new SimulationCell(rows.Count, rows.Count(r => truth[r] == Yes), rows.Count(r => answers[r] == Yes), rows.Count(r => answers[r] == Unknown), group.Count - rows.Count,
            Share(rows, r => answers[r] == Yes || (answers[r] == Unknown && truth[r] == Yes), r => answers[r] == Yes && truth[r] == No, r => answers[r] == Yes || (answers[r] == Unknown && truth[r] == No), r => answers[r] != No && truth[r] == No),
            Share(rows, r => truth[r] == Yes, r => answers[r] == No, r => truth[r] == Yes, r => answers[r] != Yes));
    }

    private ErrorShare Share(List<int> rows, Func<int, bool> leastBase, Func<int, bool> leastHit, Func<int, bool> mostBase, Func<int, bool> mostHit)
    {
        var (least, low, _) = One(rows, leastBase, leastHit);
        var (most, _, high) = One(rows, mostBase, mostHit);
        return new(least, most, low, high);
    }

    private (double Share, double Low, double High) One(List<int> rows, Func<int, bool> inBase, Func<int, bool> hit)
    {
        var (all, hits, n) = (0d, 0d, 0);
        foreach (var row in rows)
        {
            if (!inBase(row)) continue;
            var weight = weights?[row] ?? 1;
            (all, n) = (all + weight, n + 1);
            if (hit(row)) hits += weight;
        }
        if (n == 0) return (double.NaN, double.NaN, double.NaN);
        var share = hits / all;
        var (low, high) = Wilson.Of(share, Size(rows, inBase, hit, share, all, n));
        return (share, low, high);
    }

    // The size of a simple sample whose share would vary as much: p(1 - p) over the linearised variance of the ratio.
    private double Size(List<int> rows, Func<int, bool> inBase, Func<int, bool> hit, double share, double all, int n)
    {
        if (weights is null && design is null) return n;
        var variance = 0d;
        foreach (var row in rows)
        {
            if (!inBase(row)) continue;
            var part = (weights?[row] ?? 1) * ((hit(row) ? 1 : 0) - share) / all;
            if (design is null) variance += part * part;
            else design.Add(clusters![row], part);
        }
        if (design is not null) variance = design.Take();
        return variance > 0 && share is > 0 and < 1 ? share * (1 - share) / variance : n;
    }
}
