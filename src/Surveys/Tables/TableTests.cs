namespace Shanhuo.Surveys.Tables;

/// <summary>The tests that fit a table. Where people give several answers, rows do not exclude each other and the table as a whole is no table of people: each option, chosen or not, is tested against the other question.</summary>
internal sealed class TableTests(TableLayout layout, TotalsCovariance totals, bool plain)
{
    /// <summary>A side of a table of people: names a cell as a sum of variables with signs.</summary>
    private delegate (int Variable, int Sign)[] CellOf(int row, int column);

    public IEnumerable<TableTest> Of(bool severalRows, bool severalColumns, CancellationToken cancel)
    {
        for (var r = 0; r < (severalRows ? layout.Rows : 1); r++)
            for (var c = 0; c < (severalColumns ? layout.Columns : 1); c++)
            {
                cancel.ThrowIfCancellationRequested();
                var (row, column) = (r, c);
                var test = (severalRows, severalColumns) switch
                {
                    (false, false) => Test(layout.Rows, layout.Columns, (i, j) => [(layout.Cell(i, j), 1)]),
                    (true, false) => Test(2, layout.Columns, (i, j) => i == 0 ? [(layout.Cell(row, j), 1)] : [(layout.Answered(j), 1), (layout.Cell(row, j), -1)]),
                    (false, true) => Test(layout.Rows, 2, (i, j) => j == 0 ? [(layout.Cell(i, column), 1)] : [(layout.WithRow(i), 1), (layout.Cell(i, column), -1)]),
                    _ => Test(2, 2, (i, j) => (i, j) switch
                    {
                        (0, 0) => [(layout.Cell(row, column), 1)],
                        (0, 1) => [(layout.WithRow(row), 1), (layout.Cell(row, column), -1)],
                        (1, 0) => [(layout.Answered(column), 1), (layout.Cell(row, column), -1)],
                        _ => [(layout.All, 1), (layout.WithRow(row), -1), (layout.Answered(column), -1), (layout.Cell(row, column), 1)],
                    }),
                };
                if (test is not null) yield return new(severalRows ? r : null, severalColumns ? c : null, test);
            }
    }

    private Association? Test(int rows, int columns, CellOf cell)
    {
        var (counts, weighted, parts) = (new double[rows, columns], new double[rows, columns], new (int Variable, int Sign)[rows, columns][]);
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
            {
                parts[i, j] = cell(i, j);
                counts[i, j] = parts[i, j].Sum(part => part.Sign * totals.Sums[part.Variable]);
                weighted[i, j] = counts[i, j] == 0 ? 0 : Math.Max(0, parts[i, j].Sum(part => part.Sign * totals.Totals[part.Variable]));
            }
        if (plain) return Association.Pearson(counts);
        return Association.RaoScott(weighted, Covariance, counts, totals.ClustersWith[layout.All] - totals.StrataWith[layout.All]);

        double Covariance(int r, int c, int s, int d)
        {
            var sum = 0.0;
            foreach (var (a, signA) in parts[r, c])
                foreach (var (b, signB) in parts[s, d]) sum += signA * signB * totals[a, b];
            return sum;
        }
    }
}
