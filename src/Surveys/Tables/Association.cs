using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Shanhuo.Surveys.Tables;

/// <summary>A test whether rows and columns of a table have to do with each other.</summary>
/// <param name="Method"><c>pearson</c> or <c>rao-scott-f</c>.</param>
/// <param name="Statistic">Chi-square or F.</param>
/// <param name="Df1">Degrees of freedom, of the numerator.</param>
/// <param name="Df2">Of the denominator; not-a-number for chi-square.</param>
/// <param name="P">Chance of a statistic as large where nothing is behind it.</param>
/// <param name="SmallCells">Cells in which fewer than five are expected without weights (Cochran 1954): the more there are, the less P can be trusted.</param>
internal sealed record Association(string Method, double Statistic, double Df1, double Df2, double P, int SmallCells)
{
    /// <summary>Pearson's chi-square (1900) without continuity correction, for a sample without a design. Empty rows and columns are left out.</summary>
    /// <returns>Null: fewer than two rows or columns hold something.</returns>
    public static Association? Pearson(double[,] counts)
    {
        var (rows, columns) = Filled(counts);
        if (rows.Length < 2 || columns.Length < 2) return null;
        var statistic = ChiSquare(counts, rows, columns, out _);
        var df = (rows.Length - 1) * (columns.Length - 1);
        return new("pearson", statistic, df, double.NaN, SpecialFunctions.GammaUpperRegularized(df / 2.0, statistic / 2), Small(counts, rows, columns));
    }

    /// <summary>Rao and Scott's second-order correction of Pearson's chi-square as an F (Rao and Scott 1984, Annals of Statistics 12, 46-60; Thomas and Rao 1987, JASA 82, 630-636): equal to R survey's svychisq(statistic = "F").</summary>
    /// <param name="totals">Estimated totals of the cells.</param>
    /// <param name="covariance">Covariance of the totals of cells (r, c) and (s, d).</param>
    /// <param name="counts">The cells without weights.</param>
    /// <param name="degrees">Clusters less strata.</param>
    /// <returns>Null: fewer than two rows or columns hold something, there are no degrees of freedom, or a whole rectangle of cells is empty.</returns>
    public static Association? RaoScott(double[,] totals, Func<int, int, int, int, double> covariance, double[,] counts, int degrees)
    {
        var (rows, columns) = Filled(totals);
        var (nr, nc) = (rows.Length, columns.Length);
        if (nr < 2 || nc < 2 || degrees <= 0) return null;
        var phi = ChiSquare(totals, rows, columns, out var sum) / sum;
        var cells = rows.SelectMany(r => columns.Select(c => (r, c))).ToArray();
        var p = cells.Select(cell => totals[cell.r, cell.c] / sum).ToArray();
        // Covariance of the shares: the linearised ratio of each cell to the sum of all.
        var v = Matrix<double>.Build.Dense(cells.Length, cells.Length, (a, b) => covariance(cells[a].r, cells[a].c, cells[b].r, cells[b].c));
        var withSum = v.RowSums();
        var ofSum = withSum.Sum();
        v.MapIndexedInplace((a, b, value) => (value - p[b] * withSum[a] - p[a] * withSum[b] + p[a] * p[b] * ofSum) / (sum * sum));
        // The interaction contrasts, orthogonal to rows and columns. Any basis gives the same eigenvalues.
        var contrasts = Contrasts(nr).KroneckerProduct(Contrasts(nc));
        var scaled = contrasts.Clone();
        for (var i = 0; i < cells.Length; i++) scaled.SetRow(i, p[i] > 0 ? contrasts.Row(i) / p[i] : contrasts.Row(i) * 0);
        var simple = contrasts.TransposeThisAndMultiply(scaled);
        // Where a whole rectangle of cells is empty some contrasts say nothing, and the correction has no value.
        if (!IsDefinite(simple)) return null;
        var delta = simple.Cholesky().Solve(scaled.TransposeThisAndMultiply(v * scaled));
        var trace = delta.Trace();
        if (!(trace > 0) || !double.IsFinite(trace)) return null;
        var squares = delta.PointwiseMultiply(delta.Transpose()).RowSums().Sum();
        var d0 = trace * trace / squares;
        var f = phi / trace;
        return new("rao-scott-f", f, d0, d0 * degrees, UpperF(f, d0, d0 * degrees), Small(counts, rows, columns));
    }

    // Cholesky's pivots against the largest: what is left of rounding is no pivot.
    private static bool IsDefinite(Matrix<double> matrix)
    {
        try
        {
            var pivots = matrix.Cholesky().Factor.Diagonal();
            return pivots.Minimum() > 1e-7 * pivots.Maximum();
        }
        catch (ArgumentException) { return false; }
    }

    private static double UpperF(double f, double df1, double df2) => f <= 0 ? 1 : SpecialFunctions.BetaRegularized(df2 / 2, df1 / 2, df2 / (df2 + df1 * f));

    private static Matrix<double> Contrasts(int n)
    {
        // Helmert: level k against the mean of those before it.
        return Matrix<double>.Build.Dense(n, n - 1, (level, k) => level <= k ? -1.0 / Math.Sqrt((k + 1.0) * (k + 2)) : level == k + 1 ? (k + 1) / Math.Sqrt((k + 1.0) * (k + 2)) : 0);
    }

    private static double ChiSquare(double[,] table, int[] rows, int[] columns, out double sum)
    {
        var ofRow = rows.Select(r => columns.Sum(c => table[r, c])).ToArray();
        var ofColumn = columns.Select(c => rows.Sum(r => table[r, c])).ToArray();
        sum = ofRow.Sum();
        var statistic = 0.0;
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < columns.Length; j++)
            {
                var expected = ofRow[i] * ofColumn[j] / sum;
                var off = table[rows[i], columns[j]] - expected;
                statistic += off * off / expected;
            }
        return statistic;
    }

    private static int Small(double[,] counts, int[] rows, int[] columns)
    {
        var sum = rows.Sum(r => columns.Sum(c => counts[r, c]));
        return rows.Sum(r => columns.Count(c => columns.Sum(d => counts[r, d]) * rows.Sum(s => counts[s, c]) < 5 * sum));
    }

    private static (int[] Rows, int[] Columns) Filled(double[,] table)
    {
        var (nr, nc) = (table.GetLength(0), table.GetLength(1));
        return ([.. Enumerable.Range(0, nr).Where(r => Enumerable.Range(0, nc).Any(c => table[r, c] > 0))], [.. Enumerable.Range(0, nc).Where(c => Enumerable.Range(0, nr).Any(r => table[r, c] > 0))]);
    }
}
