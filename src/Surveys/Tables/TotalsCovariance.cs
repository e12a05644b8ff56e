using System.Runtime.InteropServices;

namespace Shanhuo.Surveys.Tables;

/// <summary>Estimated totals of many variables with their covariances, from which every share, its error and the Rao-Scott test follow.</summary>
/// <remarks>
/// Total: Σ w y. Covariance: Σ_h (1 − f_h) n_h/(n_h − 1) Σ_i (t_hi − t̄_h)(t_hi − t̄_h)', where t_hi are the weighted totals of cluster i of stratum h
/// (Cochran, Sampling Techniques, 3rd ed. 1977, 9A.8 and 11.1; with replacement as R survey's svyrecvar for one stage). A response outside of a variable's domain has zero and its cluster still counts,
/// so domains are right (as subset() in R survey). Only what a cluster touches is visited, so the work is small for large and sparse tables.
/// </remarks>
internal sealed class TotalsCovariance
{
    private readonly double[] covariance;
    private readonly int size;

    private TotalsCovariance(int size)
    {
        this.size = size;
        (covariance, Totals, Sums, Weighing, ClustersWith, StrataWith) = (new double[size * size], new double[size], new long[size], new int[size], new int[size], new int[size]);
    }

    /// <summary>Weighted totals.</summary>
    public double[] Totals { get; }

    /// <summary>The same without weights.</summary>
    public long[] Sums { get; }

    /// <summary>Responses that have the variable and a weight above zero.</summary>
    public int[] Weighing { get; }

    /// <summary>Clusters in which a response with a weight has the variable.</summary>
    public int[] ClustersWith { get; }

    /// <summary>Strata in which a response with a weight has the variable.</summary>
    public int[] StrataWith { get; }

    /// <summary>Covariance of two totals.</summary>
    public double this[int a, int b] => covariance[a <= b ? a * size + b : b * size + a];

    /// <summary>Takes what a response has.</summary>
    /// <param name="variables">Filled with the variables, each once.</param>
    /// <param name="values">Filled with their values, above zero.</param>
    /// <returns>How many.</returns>
    public delegate int Fill(int row, int[] variables, int[] values);

    /// <summary>Goes through all responses once.</summary>
    /// <param name="design">Weights, strata, clusters.</param>
    /// <param name="size">Number of variables.</param>
    /// <param name="fill">Says what a response has.</param>
    /// <param name="cancel">Stops.</param>
    public static TotalsCovariance Of(SampleDesign design, int size, Fill fill, CancellationToken cancel)
    {
        var result = new TotalsCovariance(size);
        var (variables, values, step) = (new int[size], new int[size], new Step(size));
        var raked = design.Raked is null ? null : new RakedCovariance(design, size);
        var order = design.Order;
        for (var at = 0; at < order.Length; at++)
        {
            if ((at & 0x3FFF) == 0) cancel.ThrowIfCancellationRequested();
            var row = order[at];
            var count = fill(row, variables, values);
            var weight = design.Weights[row];
            raked?.Take(row, variables.AsSpan(0, count), values);
            for (var i = 0; i < count; i++)
            {
                result.Sums[variables[i]] += values[i];
                if (weight > 0)
                {
                    result.Weighing[variables[i]]++;
                    step.Add(variables[i], weight * values[i]);
                }
            }
            var last = at + 1 == order.Length;
            var next = last ? -1 : order[at + 1];
            if (last || design.Clusters[next] != design.Clusters[row] || design.Strata[next] != design.Strata[row]) step.EndCluster(result);
            if (last || design.Strata[next] != design.Strata[row])
                step.EndStratum(result, design.Fractions[design.Strata[row]], design.Drawn[design.Strata[row]]);
        }
        raked?.Fill(result.covariance, cancel);
        return result;
    }

    /// <summary>The sums of the cluster and the stratum at hand.</summary>
    private sealed class Step(int size)
    {
        private readonly double[] cluster = new double[size], stratum = new double[size], products = new double[size * size];
        private readonly List<int> inCluster = [], inStratum = [];
        private readonly bool[] isInCluster = new bool[size], isInStratum = new bool[size];

        public void Add(int variable, double value)
        {
            if (!isInCluster[variable])
            {
                isInCluster[variable] = true;
                inCluster.Add(variable);
            }
            cluster[variable] += value;
        }

        public void EndCluster(TotalsCovariance result)
        {
            foreach (var a in inCluster)
            {
                result.ClustersWith[a]++;
                stratum[a] += cluster[a];
                if (!isInStratum[a])
                {
                    isInStratum[a] = true;
                    inStratum.Add(a);
                }
            }
            // The inmost loop of every table: each pair once, in either order.
            var touched = CollectionsMarshal.AsSpan(inCluster);
            for (var i = 0; i < touched.Length; i++)
            {
                var (a, value) = (touched[i], cluster[touched[i]]);
                for (var j = i; j < touched.Length; j++)
                {
                    var b = touched[j];
                    products[unchecked(a <= b ? a * size + b : b * size + a)] += value * cluster[b];
                }
            }
            foreach (var a in inCluster) (cluster[a], isInCluster[a]) = (0, false);
            inCluster.Clear();
        }

        public void EndStratum(TotalsCovariance result, double fraction, int drawn)
        {
            var factor = drawn > 1 ? (1 - fraction) * drawn / (drawn - 1) : 0;
            foreach (var a in inStratum)
            {
                result.StrataWith[a]++;
                result.Totals[a] += stratum[a];
                foreach (var b in inStratum)
                    if (a <= b)
                    {
                        result.covariance[a * size + b] += factor * (products[a * size + b] - stratum[a] * stratum[b] / drawn);
                        products[a * size + b] = 0;
                    }
            }
            foreach (var a in inStratum) (stratum[a], isInStratum[a]) = (0, false);
            inStratum.Clear();
        }
    }
}
