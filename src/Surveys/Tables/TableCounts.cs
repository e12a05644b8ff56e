using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Tables;

/// <summary>The numbers of people in a table, without weights.</summary>
internal sealed class TableCounts
{
    private readonly TableLayout layout;
    private readonly long[] sums;

    /// <param name="layout">Which number is what.</param>
    /// <param name="sums">The numbers.</param>
    /// <param name="leftOut">Responses in no base, by reason.</param>
    public TableCounts(TableLayout layout, long[] sums, IReadOnlyList<long> leftOut) => (this.layout, this.sums, LeftOut) = (layout, sums, leftOut);

    public int Rows => layout.Rows;
    public int Columns => layout.Columns;
    public bool IsTwoWay => layout.IsTwoWay;
    public bool SeveralRows => layout.SeveralRows;
    public bool SeveralColumns => layout.SeveralColumns;
    public IReadOnlyList<long> LeftOut { get; }
    public long All => sums[layout.All];

    public long Cell(int row, int column) => sums[layout.Cell(row, column)];
    public long WithRow(int row) => sums[layout.WithRow(row)];
    public long Answered(int column) => sums[layout.Answered(column)];
    public long Answers(int column) => sums[layout.Answers(column)];

    /// <summary>Asked, and did not answer.</summary>
    public long Silent(int column) => sums[layout.Asked(column)] - sums[layout.Answered(column)];

    /// <summary>The table of the people of several tables of the same questions.</summary>
    public static TableCounts Sum(IReadOnlyCollection<TableCounts> tables) => new(tables.First().layout,
        [.. Enumerable.Range(0, tables.First().sums.Length).Select(i => tables.Sum(t => t.sums[i]))], [.. Enumerable.Range(0, tables.First().LeftOut.Count).Select(i => tables.Sum(t => t.LeftOut[i]))]);

    /// <summary>The same table of nobody.</summary>
    public TableCounts None() => new(layout, new long[sums.Length], new long[LeftOut.Count]);

    /// <summary>A table for each area in which somebody lives.</summary>
    /// <param name="rows">The question of the rows.</param>
    /// <param name="columns">Null: none.</param>
    /// <param name="areas">Of each response.</param>
    public static IReadOnlyDictionary<AreaCode, TableCounts> ByArea(TableQuestion rows, TableQuestion? columns, IReadOnlyList<AreaCode> areas)
    {
        var tables = new Dictionary<AreaCode, (TableLayout Layout, long[] Sums)>();
        var size = new TableLayout(rows, columns).Size;
        var (variables, values) = (new int[size], new int[size]);
        for (var row = 0; row < areas.Count; row++)
        {
            if (!tables.TryGetValue(areas[row], out var table)) tables.Add(areas[row], table = (new TableLayout(rows, columns), new long[size]));
            var count = table.Layout.Fill(row, variables, values);
            for (var i = 0; i < count; i++) table.Sums[variables[i]] += values[i];
        }
        return tables.ToDictionary(t => t.Key, t => new TableCounts(t.Value.Layout, t.Value.Sums, t.Value.Layout.LeftOut));
    }
}
