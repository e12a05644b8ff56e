using Shanhuo.Registry.Targeting.Features;

namespace Shanhuo.Registry.Targeting.Rules;

/// <summary>Points for one feature: so many per unit, or by the band in which the value lies.</summary>
internal abstract record Term(Feature Feature)
{
    public required string Path { get; init; }

    /// <summary>The fewest and the most points that the possible values give, in hundred-millionths of a point.</summary>
    public abstract (long Low, long High) Of(int low, int high);
}

/// <summary>So many points per unit; a value outside the span counts as its end.</summary>
/// <param name="Feature">A number.</param>
/// <param name="PerMicro">Millionths of a point per unit that people use.</param>
/// <param name="From">Smallest units.</param>
/// <param name="To">Smallest units, at least <paramref name="From"/>.</param>
internal sealed record PerUnit(Feature Feature, long PerMicro, int From, int To) : Term(Feature)
{
    public override (long Low, long High) Of(int low, int high)
    {
        var (a, b) = (At(low), At(high));
        return a <= b ? (a, b) : (b, a);
    }

    private long At(int value) => PerMicro * Math.Clamp(value, From, To) * (100 / Feature.Scale);
}

/// <summary>Points of the band in which the value lies.</summary>
/// <param name="Feature">Any.</param>
/// <param name="Edges">First value of each band but the first, ascending, smallest units.</param>
/// <param name="Points">One more than edges, in hundred-millionths of a point.</param>
internal sealed record Bands(Feature Feature, IReadOnlyList<int> Edges, IReadOnlyList<long> Points) : Term(Feature)
{
    private readonly int[] edges = [.. Edges];
    private readonly long[] points = [.. Points];

    public override (long Low, long High) Of(int low, int high)
    {
        var first = Band(low);
        var (least, most) = (points[first], points[first]);
        for (var band = first + 1; band < points.Length && edges[band - 1] <= high; band++)
        {
            least = Math.Min(least, points[band]);
            most = Math.Max(most, points[band]);
        }
        return (least, most);
    }

    private int Band(int value)
    {
        var band = 0;
        while (band < edges.Length && edges[band] <= value) band++;
        return band;
    }
}

/// <summary>A sum of points: a start and its terms. What is unknown gives a least and a greatest sum, never a guess.</summary>
internal sealed record Score(long Start, IReadOnlyList<Term> Terms)
{
    /// <summary>Hundred-millionths in a point.</summary>
    public const long Point = 100_000_000;

    /// <summary>Sums for rows <paramref name="start"/> and after.</summary>
    public void Sum(HouseholdFeatures features, int start, Span<long> lows, Span<long> highs)
    {
        lows.Fill(Start);
        highs.Fill(Start);
        foreach (var term in Terms)
        {
            var low = features.Low(term.Feature).Slice(start, lows.Length);
            var high = features.High(term.Feature).Slice(start, lows.Length);
            for (var i = 0; i < lows.Length; i++)
            {
                var (least, most) = term.Of(low[i], high[i]);
                lows[i] += least;
                highs[i] += most;
            }
        }
    }

    public (long Low, long High) Of(HouseholdFeatures features, int row)
    {
        Span<long> low = [0], high = [0];
        Sum(features, row, low, high);
        return (low[0], high[0]);
    }

    /// <summary>Points as people write them, with at most eight decimals and no zeros at the end.</summary>
    public static string Write(long points) => ((decimal)points / Point).ToString("0.########", System.Globalization.CultureInfo.InvariantCulture);
}
