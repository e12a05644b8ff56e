namespace Shanhuo.Surveys.Tables;

/// <summary>How the people were chosen: a weight for each response, strata, clusters drawn in them, and how much of each stratum was drawn.</summary>
/// <remarks>Variances take the clusters of the first stage as drawn with replacement unless a population size is given, as R survey's svydesign does.</remarks>
internal sealed class SampleDesign
{
    /// <summary>Weights, at least 0, one for each response.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Stratum of each response, from 0.</summary>
    public required int[] Strata { get; init; }

    /// <summary>First-stage cluster of each response, from 0, counted through all strata; without clusters each response is its own.</summary>
    public required int[] Clusters { get; init; }

    /// <summary>Part of each stratum's clusters that was drawn, 0 to 1; 0 where the population is large or unknown.</summary>
    public required double[] Fractions { get; init; }

    /// <summary>Clusters drawn in each stratum.</summary>
    public required IReadOnlyList<int> Drawn { get; init; }

    /// <summary>Responses ordered by stratum, then cluster.</summary>
    public required int[] Order { get; init; }

    /// <summary>Nothing was said of a design: everybody counts once and was drawn alone.</summary>
    public required bool IsPlain { get; init; }

    /// <summary>The known margins that the weights were raked to; null: they were not.</summary>
    public RakedMargins? Raked { get; init; }

    public int Count => Weights.Length;

    /// <summary>The same sample with weights raked to known margins.</summary>
    public SampleDesign With(double[] weights, RakedMargins raked) =>
        new() { Weights = weights, Strata = Strata, Clusters = Clusters, Fractions = Fractions, Drawn = Drawn, Order = Order, IsPlain = false, Raked = raked };

    /// <summary>A sample in which everybody counts once and was drawn alone.</summary>
    public static SampleDesign Plain(int count) => new()
    {
        Weights = [.. Enumerable.Repeat(1.0, count)], Strata = new int[count], Clusters = [.. Enumerable.Range(0, count)], Fractions = [0], Drawn = [count], Order = [.. Enumerable.Range(0, count)], IsPlain = true,
    };

    /// <summary>A design of columns.</summary>
    /// <param name="weights">Null: everybody counts once.</param>
    /// <param name="strata">Names; null: one stratum.</param>
    /// <param name="clusters">Names, which may come again in another stratum; null: everybody was drawn alone.</param>
    /// <param name="fraction">Fraction drawn of a stratum, by its index and number of clusters; null: 0.</param>
    /// <param name="count">How many responses.</param>
    public static SampleDesign Of(int count, double[]? weights, IReadOnlyList<string>? strata, IReadOnlyList<string>? clusters, Func<int, int, double>? fraction)
    {
        var stratumIds = new Dictionary<string, int>(StringComparer.Ordinal);
        var clusterIds = new Dictionary<(int, string), int>();
        var (stratum, cluster, drawn) = (new int[count], new int[count], new List<int>());
        for (var row = 0; row < count; row++)
        {
            var before = clusterIds.Count;
            stratum[row] = strata is null ? 0 : Id(stratumIds, strata[row]);
            cluster[row] = clusters is null ? row : Id(clusterIds, (stratum[row], clusters[row]));
            if (stratum[row] == drawn.Count) drawn.Add(0);
            if (clusters is null || clusterIds.Count > before) drawn[stratum[row]]++;
        }
        var order = Enumerable.Range(0, count).ToArray();
        if (strata is not null || clusters is not null) Array.Sort(order.Select(row => ((long)stratum[row] << 32) | (uint)cluster[row]).ToArray(), order);
        return new SampleDesign
        {
            Weights = weights ?? [.. Enumerable.Repeat(1.0, count)], Strata = stratum, Clusters = cluster, Order = order,
            Drawn = drawn,
            Fractions = [.. drawn.Select((n, h) => fraction?.Invoke(h, n) ?? 0)],
            IsPlain = weights is null && strata is null && clusters is null && fraction is null,
        };
    }

    private static int Id<T>(Dictionary<T, int> ids, T name) where T : notnull
    {
        if (!ids.TryGetValue(name, out var id)) ids.Add(name, id = ids.Count);
        return id;
    }
}
