namespace Shanhuo.Registry.Measures;

/// <summary>Weight, group and cluster of each row of a sample, and the rows of each group.</summary>
internal sealed class SampleRows(double[] weights, int[] groups, int[] clusters, int groupCount)
{
    private int[]? byGroup;
    private int[]? starts;

    public double[] Weights => weights;

    public int[] Clusters => clusters;

    /// <summary>All rows, as an array of the caller's own.</summary>
    public int[] All() => [.. Enumerable.Range(0, weights.Length)];

    /// <summary>The rows of a group in their order, as an array of the caller's own. The first call sorts all rows into groups.</summary>
    public int[] Of(int group)
    {
        if (byGroup is null || starts is null)
        {
            starts = new int[groupCount + 1];
            foreach (var g in groups) starts[g + 1]++;
            for (var g = 0; g < groupCount; g++) starts[g + 1] += starts[g];
            var next = starts[..^1];
            byGroup = new int[groups.Length];
            for (var row = 0; row < groups.Length; row++) byGroup[next[groups[row]]++] = row;
        }
        return byGroup[starts[group]..starts[group + 1]];
    }
}
