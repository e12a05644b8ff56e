using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Tables;

/// <summary>One share of a table.</summary>
/// <param name="Row">Index of the row's option.</param>
/// <param name="Column">Index of the column's option; 0 where there are no columns.</param>
/// <param name="Base">What the share is of: <c>asked</c>, <c>answered</c>, <c>answers</c>; with columns <c>column-…</c> of these, <c>row-answered</c>, <c>all-answered</c>.</param>
/// <param name="Value">The share.</param>
internal sealed record TableShare(int Row, int Column, string Base, Share Value);

/// <summary>A test of a table, or of one option of a question with several answers against the other question.</summary>
/// <param name="Row">The option of the rows; null: all rows.</param>
/// <param name="Column">The option of the columns; null: all columns.</param>
/// <param name="Test">The test.</param>
internal sealed record TableTest(int? Row, int? Column, Association Test);

/// <summary>A table with its shares, errors and tests.</summary>
internal sealed class Tabulation
{
    /// <summary>Cells of a table at most.</summary>
    public const int MostCells = 1_000;

    public required TableQuestion Rows { get; init; }
    public required TableQuestion? Columns { get; init; }
    public required SampleDesign Design { get; init; }
    public required IReadOnlyList<TableShare> Shares { get; init; }
    public required IReadOnlyList<TableTest> Tests { get; init; }

    /// <summary>The numbers of people behind the shares.</summary>
    public required TableCounts Counts { get; init; }

    /// <summary>Responses left out, by reason.</summary>
    public IReadOnlyList<long> LeftOut => Counts.LeftOut;

    /// <summary>Makes a table.</summary>
    /// <param name="rows">The question of the rows.</param>
    /// <param name="columns">Null: a table of one question.</param>
    /// <param name="design">How the people were chosen.</param>
    /// <param name="level">Of the intervals, such as 0.95.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The table, or <c>table.big</c>.</returns>
    public static Outcome<Tabulation> Make(TableQuestion rows, TableQuestion? columns, SampleDesign design, double level, CancellationToken cancel)
    {
        var layout = new TableLayout(rows, columns);
        if (layout.Rows * (long)layout.Columns > MostCells) return new Refusal("table.big", Place.None, layout.Rows, layout.Columns, MostCells);
        var totals = TotalsCovariance.Of(design, layout.Size, layout.Fill, cancel);
        var shares = new List<TableShare>();
        for (var r = 0; r < layout.Rows; r++)
            for (var c = 0; c < layout.Columns; c++)
            {
                var side = columns is null ? "" : "column-";
                Add(r, c, side + "asked", layout.Asked(c));
                Add(r, c, side + "answered", layout.Answered(c));
                if (rows.IsSeveral) Add(r, c, side + "answers", layout.Answers(c), ofPeople: false);
                if (columns is null) continue;
                Add(r, c, "row-answered", layout.WithRow(r));
                Add(r, c, "all-answered", layout.All);
            }
        return new Tabulation { Rows = rows, Columns = columns, Design = design, Shares = shares, Counts = new(layout, totals.Sums, layout.LeftOut), Tests = columns is null ? [] : [.. new TableTests(layout, totals, design.IsPlain).Of(rows.IsSeveral, columns.IsSeveral, cancel)] };

        void Add(int r, int c, string of, int whole, bool ofPeople = true) =>
            shares.Add(new(r, c, of, Tables.Shares.Of(totals, layout.Cell(r, c), whole, ofPeople, design.IsPlain, level)));
    }
}
