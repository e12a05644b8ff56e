using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Registry.Measures;

/// <summary>Learns a <see cref="SampleDesign"/> row by row. Clusters are numbered within their stratum: the same name in two strata is two clusters (<c>nest=TRUE</c> of R's survey).</summary>
internal sealed class DesignBuilder
{
    private readonly Dictionary<string, int> strata = new(StringComparer.Ordinal);
    private readonly Dictionary<(int, string), int> clusters = [];
    private readonly List<int> stratumOf = [];
    private readonly List<int> sizes = [];
    private readonly List<(string Name, double Fpc, Place Where)> known = [];

    /// <summary>Adds a row and returns its cluster.</summary>
    /// <param name="stratum">Its name; "" where there are none.</param>
    /// <param name="cluster">Its name; null: the row is a cluster of its own.</param>
    /// <param name="fpc">Population of the stratum in clusters, or share drawn; NaN: endless.</param>
    /// <param name="row">For refusals.</param>
    /// <param name="faults">Takes <c>measure.fpc-differs</c>.</param>
    public int Add(string stratum, string? cluster, double fpc, SheetRow row, MeasureFaults faults)
    {
        if (!strata.TryGetValue(stratum, out var h))
        {
            h = strata[stratum] = known.Count;
            known.Add((stratum, fpc, row.At("fpc")));
            sizes.Add(0);
        }
        else if (known[h].Fpc != fpc && !double.IsNaN(fpc)) faults.Add(new Refusal("measure.fpc-differs", row.At("fpc"), known[h].Name, known[h].Fpc, fpc));
        if (cluster is null) return New(h);
        if (!clusters.TryGetValue((h, cluster), out var c)) c = clusters[(h, cluster)] = New(h);
        return c;
    }

    /// <summary>The design, once all rows are in; <c>measure.fpc-below</c> where a population is smaller than its sample, <c>measure.fpc-mixed</c> where some are shares and others numbers.</summary>
    /// <param name="needsVariance">Then a stratum of one cluster is refused (<c>measure.lonely</c>), unless it is its whole population.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public SampleDesign Build(bool needsVariance, MeasureFaults faults)
    {
        var shares = new double[known.Count];
        var areShares = known.All(k => k.Fpc <= 1);
        for (var h = 0; h < shares.Length; h++)
        {
            var (name, fpc, where) = known[h];
            if (!double.IsNaN(fpc))
            {
                if (!areShares && fpc <= 1) faults.Add(new Refusal("measure.fpc-mixed", where, name, fpc));
                else if (!areShares && fpc < sizes[h]) faults.Add(new Refusal("measure.fpc-below", where, name, fpc, sizes[h]));
                shares[h] = areShares ? fpc : Math.Min(1, sizes[h] / fpc);
            }
            if (needsVariance && sizes[h] == 1 && shares[h] < 1) faults.Add(new Refusal("measure.lonely", where with { Column = null }, name));
        }
        return new SampleDesign([.. stratumOf], [.. sizes], shares);
    }

    private int New(int stratum)
    {
        stratumOf.Add(stratum);
        sizes[stratum]++;
        return stratumOf.Count - 1;
    }
}
