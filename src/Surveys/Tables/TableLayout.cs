using Shanhuo.Surveys.Responses;

namespace Shanhuo.Surveys.Tables;

/// <summary>Why a response is in no base of a table.</summary>
internal enum LeftOut
{
    /// <summary>The form led past the question, and nothing stands there.</summary>
    NotAsked,

    /// <summary>The form led past the question, and yet an answer stands there.</summary>
    AnsweredThoughNotAsked,

    /// <summary>What decides whether it was asked is blank.</summary>
    RoutingUnknown,

    /// <summary>The question of the columns was not asked.</summary>
    ColumnNotAsked,

    /// <summary>The question of the columns was not answered, or nobody knows whether it was asked.</summary>
    ColumnUnknown,

    /// <summary>Asked and not answered: in the base of people asked, not in that of people who answered.</summary>
    NoAnswer,
}

/// <summary>The numbers that a table is made of: which variable is which cell or base, and what each response has of them.</summary>
internal sealed class TableLayout
{
    private readonly TableQuestion rows;
    private readonly TableQuestion? columns;
    private readonly int[] given, across;

    /// <param name="rows">The question of the rows.</param>
    /// <param name="columns">Null: one column of everybody.</param>
    public TableLayout(TableQuestion rows, TableQuestion? columns)
    {
        (this.rows, this.columns, Rows, Columns) = (rows, columns, rows.Options.Count, columns?.Options.Count ?? 1);
        (given, across) = (new int[Math.Max(1, Rows)], new int[Math.Max(1, Columns)]);
    }

    public int Rows { get; }
    public int Columns { get; }
    public bool IsTwoWay => columns is not null;
    public bool SeveralRows => rows.IsSeveral;
    public bool SeveralColumns => columns?.IsSeveral == true;
    public int Size => Rows * Columns + 3 * Columns + Rows + 1;

    /// <summary>Responses left out, by reason.</summary>
    public long[] LeftOut { get; } = new long[Enum.GetValues<LeftOut>().Length];

    public int Cell(int row, int column) => row * Columns + column;

    /// <summary>People of a column who were asked the question of the rows.</summary>
    public int Asked(int column) => Rows * Columns + column;

    /// <summary>People of a column who answered the question of the rows.</summary>
    public int Answered(int column) => Rows * Columns + Columns + column;

    /// <summary>Answers that the people of a column gave.</summary>
    public int Answers(int column) => Rows * Columns + 2 * Columns + column;

    /// <summary>People with an answer who also answered the question of the columns.</summary>
    public int WithRow(int row) => Rows * Columns + 3 * Columns + row;

    /// <summary>People who answered both.</summary>
    public int All => Rows * Columns + 3 * Columns + Rows;

    /// <summary>What a response has, for <see cref="TotalsCovariance.Of"/>.</summary>
    public int Fill(int row, int[] variables, int[] values)
    {
        if (Why(row) is { } why)
        {
            LeftOut[(int)why]++;
            if (why != Tables.LeftOut.NoAnswer) return 0;
        }
        var count = 0;
        var wide = 1;
        if (columns is null) across[0] = 0; else wide = columns.Given(row, across);
        var answered = !rows.IsBlank(row);
        var high = answered ? rows.Given(row, given) : 0;
        for (var j = 0; j < wide; j++)
        {
            var column = across[j];
            Add(Asked(column), 1);
            if (!answered) continue;
            Add(Answered(column), 1);
            if (high > 0) Add(Answers(column), high);
            for (var i = 0; i < high; i++) Add(Cell(given[i], column), 1);
        }
        if (!answered) return count;
        Add(All, 1);
        for (var i = 0; i < high; i++) Add(WithRow(given[i]), 1);
        return count;

        void Add(int variable, int value) => (variables[count], values[count++]) = (variable, value);
    }

    private LeftOut? Why(int row)
    {
        var blank = rows.IsBlank(row);
        switch (rows.Asked(row))
        {
            case Responses.Asked.No: return blank ? Tables.LeftOut.NotAsked : Tables.LeftOut.AnsweredThoughNotAsked;
            case Responses.Asked.Unknown: return Tables.LeftOut.RoutingUnknown;
        }
        if (columns is not null)
        {
            var asked = columns.Asked(row);
            if (asked == Responses.Asked.No) return Tables.LeftOut.ColumnNotAsked;
            if (asked == Responses.Asked.Unknown || columns.IsBlank(row)) return Tables.LeftOut.ColumnUnknown;
        }
        return blank ? Tables.LeftOut.NoAnswer : null;
    }
}
