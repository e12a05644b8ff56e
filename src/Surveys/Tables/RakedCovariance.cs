namespace Shanhuo.Surveys.Tables;

/// <summary>Covariances of totals whose weights were raked: of each variable only what the margins leave unexplained counts (residual linearisation).</summary>
/// <remarks>
/// The total is Σ w y with raked weights w; its linearised variable is w (y − fit), the fit being the regression of y on the categories of all margins, without interaction (Deville and Särndal 1992, 3.4, as R survey's
/// svyrecvar does for raking: alternating projections, each response counting once). Then as without raking, by strata and clusters.
/// </remarks>
internal sealed class RakedCovariance(SampleDesign design, int size)
{
    private readonly List<(int Row, int From, int Count)> rows = [];
    private readonly List<int> variables = [], values = [];

    /// <summary>Keeps what a response has; called in the design's order.</summary>
    public void Take(int row, ReadOnlySpan<int> has, int[] of)
    {
        rows.Add((row, variables.Count, has.Length));
        for (var i = 0; i < has.Length; i++)
        {
            variables.Add(has[i]);
            values.Add(of[i]);
        }
    }

    /// <summary>Fills the upper triangle.</summary>
    public void Fill(double[] covariance, CancellationToken cancel)
    {
        Array.Clear(covariance);
        var groups = Groups(out var groupOf);
        var fit = Fit(groups, groupOf, cancel);
        if (design.Drawn.Sum() == rows.Count)
        {
            FillAlone(covariance, fit, groupOf, groups.Count, cancel);
            return;
        }
        var (cluster, stratum, products) = (new double[size], new double[size], new double[size * size]);
        for (var at = 0; at < rows.Count; at++)
        {
            if ((at & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
            var (row, from, count) = rows[at];
            var weight = design.Weights[row];
            if (weight > 0)
            {
                for (int v = 0, f = groupOf[row] * size; v < size; v++) cluster[v] -= weight * fit[f + v];
                for (var i = from; i < from + count; i++) cluster[variables[i]] += weight * values[i];
            }
            var next = at + 1 == rows.Count ? -1 : rows[at + 1].Row;
            var stratumEnds = next < 0 || design.Strata[next] != design.Strata[row];
            if (stratumEnds || design.Clusters[next] != design.Clusters[row]) EndCluster(cluster, stratum, products);
            if (stratumEnds) EndStratum(stratum, products, covariance, design.Fractions[design.Strata[row]], design.Drawn[design.Strata[row]]);
        }
    }

    // Where everybody was drawn alone, Σ w² (y − f)(y − f)' is taken apart, so that of each response only what it has is visited: Σ w² yy' by response, the rest by group.
    private void FillAlone(double[] covariance, double[] fit, int[] groupOf, int groups, CancellationToken cancel)
    {
        var (stratum, products, weights, squares, parts) = (new double[size], new double[size * size], new double[groups], new double[groups], new double[groups * size]);
        for (var at = 0; at < rows.Count; at++)
        {
            if ((at & 0x3FFF) == 0) cancel.ThrowIfCancellationRequested();
            var (row, from, count) = rows[at];
            var (weight, group) = (design.Weights[row], groupOf[row]);
            weights[group] += weight;
            squares[group] += weight * weight;
            for (var i = from; i < from + count; i++)
            {
                var (a, value) = (variables[i], weight * values[i]);
                stratum[a] += value;
                parts[group * size + a] += weight * value;
                for (var j = i; j < from + count; j++) products[a <= variables[j] ? a * size + variables[j] : variables[j] * size + a] += value * weight * values[j];
            }
            if (at + 1 < rows.Count && design.Strata[rows[at + 1].Row] == design.Strata[row]) continue;
            for (var g = 0; g < groups; g++)
                if (weights[g] > 0)
                    for (int a = 0, f = g * size; a < size; a++)
                    {
                        stratum[a] -= weights[g] * fit[f + a];
                        for (var b = a; b < size; b++) products[a * size + b] += squares[g] * fit[f + a] * fit[f + b] - parts[f + a] * fit[f + b] - fit[f + a] * parts[f + b];
                    }
            EndStratum(stratum, products, covariance, design.Fractions[design.Strata[row]], design.Drawn[design.Strata[row]]);
            Array.Clear(weights);
            Array.Clear(squares);
            Array.Clear(parts);
        }
    }

    private void EndCluster(double[] cluster, double[] stratum, double[] products)
    {
        for (var a = 0; a < size; a++)
        {
            var value = cluster[a];
            stratum[a] += value;
            if (value == 0) continue;
            for (var b = a; b < size; b++) products[a * size + b] += value * cluster[b];
        }
        Array.Clear(cluster);
    }

    private void EndStratum(double[] stratum, double[] products, double[] covariance, double fraction, int drawn)
    {
        var factor = drawn > 1 ? (1 - fraction) * drawn / (drawn - 1) : 0;
        for (var a = 0; a < size; a++)
            for (var b = a; b < size; b++) covariance[a * size + b] += factor * (products[a * size + b] - stratum[a] * stratum[b] / drawn);
        Array.Clear(stratum);
        Array.Clear(products);
    }

    // Responses that are alike in all margins have the same fit.
    private List<int[]> Groups(out int[] groupOf)
    {
        var (ids, groups) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<int[]>());
        groupOf = new int[design.Count];
        for (var row = 0; row < design.Count; row++)
        {
            var categories = design.Raked!.Categories.Select(m => m[row]).ToArray();
            var name = string.Join(' ', categories);
            if (!ids.TryGetValue(name, out var id))
            {
                ids.Add(name, id = groups.Count);
                groups.Add(categories);
            }
            groupOf[row] = id;
        }
        return groups;
    }

    private double[] Fit(List<int[]> groups, int[] groupOf, CancellationToken cancel)
    {
        var (people, mean) = (new int[groups.Count], new double[groups.Count * size]);
        foreach (var (row, from, count) in rows.Where(r => design.Weights[r.Row] > 0))
        {
            people[groupOf[row]]++;
            for (var i = from; i < from + count; i++) mean[groupOf[row] * size + variables[i]] += values[i];
        }
        for (var i = 0; i < mean.Length; i++) mean[i] /= Math.Max(1, people[i / size]);
        var left = (double[])mean.Clone();
        var margins = design.Raked!.Categories.Count;
        for (var (round, moved) = (0, 1.0); round < 1_000 && moved > 1e-13; round++)
        {
            cancel.ThrowIfCancellationRequested();
            moved = 0;
            for (var m = 0; m < margins; m++)
                foreach (var category in Enumerable.Range(0, groups.Count).GroupBy(g => groups[g][m]))
                {
                    var of = category.Sum(g => people[g]);
                    if (of == 0) continue;
                    for (var v = 0; v < size; v++)
                    {
                        var shift = category.Sum(g => people[g] * left[g * size + v]) / of;
                        moved = Math.Max(moved, Math.Abs(shift));
                        foreach (var g in category) left[g * size + v] -= shift;
                    }
                }
        }
        for (var i = 0; i < mean.Length; i++) mean[i] -= left[i];
        return mean;
    }
}
