namespace Shanhuo.Registry.Measures;

/// <summary>Strata, clusters (first stage) and finite populations of a sample, and the variance of a total under it.</summary>
/// <param name="stratumOf">The stratum of each cluster.</param>
/// <param name="sizes">How many clusters were drawn in each stratum, also those in which nobody of a group was met.</param>
/// <param name="shares">What share of a stratum's clusters was drawn, 0 to 1; 0: the population is taken as endless.</param>
internal sealed class SampleDesign(int[] stratumOf, int[] sizes, double[] shares)
{
    private readonly double[] totals = new double[stratumOf.Length];
    private readonly bool[] isMet = new bool[stratumOf.Length];
    private readonly List<int> met = [];
    private readonly (double Sum, double Squares, int Met)[] strata = new (double, double, int)[sizes.Length];

    public int Clusters => stratumOf.Length;

    public int Strata => sizes.Length;

    /// <summary>What share of the clusters of a cluster's stratum was drawn; 0: endless.</summary>
    public double ShareOf(int cluster) => shares[stratumOf[cluster]];

    /// <summary>Adds weight times influence of a household.</summary>
    public void Add(int cluster, double part)
    {
        if (!isMet[cluster])
        {
            isMet[cluster] = true;
            met.Add(cluster);
        }
        totals[cluster] += part;
    }

    /// <summary>
    /// The variance of the total of what was added, V = Σ_h (1 − f_h) n_h/(n_h − 1) Σ_c (t_hc − mean of h)²: clusters within strata drawn with replacement, or by simple sampling with a finite population
    /// (Cochran (1977), Sampling Techniques, 3rd ed.; R's survey, <c>svyrecvar</c> with one stage). Clusters in which nothing was added count as zero. Begins anew.
    /// </summary>
    public double Take()
    {
        foreach (var cluster in met)
        {
            ref var stratum = ref strata[stratumOf[cluster]];
            stratum.Sum += totals[cluster];
            stratum.Met++;
        }
        foreach (var cluster in met)
        {
            ref var stratum = ref strata[stratumOf[cluster]];
            var away = totals[cluster] - stratum.Sum / sizes[stratumOf[cluster]];
            stratum.Squares += away * away;
        }
        var variance = 0d;
        foreach (var cluster in met)
        {
            var h = stratumOf[cluster];
            ref var stratum = ref strata[h];
            if (stratum.Met > 0 && sizes[h] > 1)
            {
                var mean = stratum.Sum / sizes[h];
                variance += (1 - shares[h]) * sizes[h] / (sizes[h] - 1) * (stratum.Squares + (sizes[h] - stratum.Met) * mean * mean);
            }
            stratum = default;
            (totals[cluster], isMet[cluster]) = (0, false);
        }
        met.Clear();
        return variance;
    }
}
