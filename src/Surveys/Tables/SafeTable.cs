using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Tables;

/// <summary>What may be shown of a table when numbers of fewer than so many people are hidden.</summary>
internal sealed class SafeTable
{
    private readonly bool[,] cells;
    private readonly bool[] rows, columns, answers;
    private readonly bool all;

    private SafeTable(Tabulation table, int least)
    {
        Table = table;
        var counts = new TableCounts(table);
        (cells, rows, columns, answers) = (new bool[counts.Rows, counts.Columns], new bool[counts.Rows], new bool[counts.Columns], new bool[counts.Columns]);
        HidesAsked = Enumerable.Range(0, counts.Columns).Any(c => IsSmall(counts.Asked[c] - counts.Answered[c], least));
        HidesLeftOut = HidesAsked || table.LeftOut.Any(n => IsSmall(n, least));
        if (least <= 1) return;
        if (counts.All > 0 && counts.All < least || !Decide(counts, least, out all)) IsRefused = true;
        AnyHidden = all || rows.Contains(true) || columns.Contains(true) || answers.Contains(true) || cells.Cast<bool>().Contains(true);
    }

    public Tabulation Table { get; }

    /// <summary>Too few people, or nothing can be shown without giving the hidden away.</summary>
    public bool IsRefused { get; }

    /// <summary>Is a number of people who answered hidden? Then tests are hidden too: they are computed of all cells.</summary>
    public bool AnyHidden { get; }

    /// <summary>So few were asked and did not answer that no number of people asked is shown.</summary>
    public bool HidesAsked { get; }

    /// <summary>So few were left out for some reason that the reasons are not counted.</summary>
    public bool HidesLeftOut { get; }

    /// <param name="table">With all its numbers.</param>
    /// <param name="least">5: numbers of 1 to 4 people are hidden; 1 or less: none.</param>
    public static SafeTable Of(Tabulation table, int least) => new(table, least);

    /// <summary>May the number of a cell be shown?</summary>
    public bool ShowsCell(int row, int column) => !cells[row, column];

    /// <summary>May the number of people of a base be shown?</summary>
    public bool ShowsBase(TableShare share) => share.Base switch
    {
        "asked" or "column-asked" => !HidesAsked && !columns[share.Column],
        "answers" or "column-answers" => !answers[share.Column],
        "row-answered" => !rows[share.Row],
        "all-answered" => !all,
        _ => !columns[share.Column],
    };

    /// <summary>May a share, with its error, be shown?</summary>
    public bool Shows(TableShare share) => ShowsCell(share.Row, share.Column) && ShowsBase(share);

    private bool Decide(TableCounts t, int least, out bool hidesAll)
    {
        var numbers = new List<Published>();
        var (several, across) = (t.SeveralRows, t.SeveralColumns);
        // Lines: 1…R the rows, then the columns, then the line of row sums and the line of column sums.
        int Row(int r) => t.IsTwoWay && !across ? 1 + r : 0;
        int Column(int c) => 1 + t.Rows + c;
        var (ofRows, ofColumns) = (1 + t.Rows + t.Columns, 2 + t.Rows + t.Columns);
        for (var r = 0; r < t.Rows; r++)
            for (var c = 0; c < t.Columns; c++) numbers.Add(new(Row(r), Column(c), t.Cells[r, c], Small: IsSmallCell(t, r, c, least)));
        for (var r = 0; r < t.Rows; r++) numbers.Add(new(Row(r), several && across ? 0 : ofRows, t.WithRow[r], IsSumOfA: Row(r) > 0, Small: IsSmall(t.WithRow[r], least) || several && IsSmall(t.All - t.WithRow[r], least), Unpublished: !t.IsTwoWay));
        // Where people give several answers, a column adds up to its answers and not to its people.
        for (var c = 0; c < t.Columns; c++)
            numbers.Add(new(across || !t.IsTwoWay ? 0 : ofColumns, Column(c), several ? t.Answers[c] : t.Answered[c], IsSumOfB: true, Small: IsSmall(t.Answered[c], least) || across && IsSmall(t.All - t.Answered[c], least)));
        var sum = several ? Enumerable.Range(0, t.Columns).Sum(c => t.Answers[c]) : t.All;
        numbers.Add(new(t.IsTwoWay && !across ? ofColumns : 0, several && across || !t.IsTwoWay ? 0 : ofRows, sum, true, true, Unpublished: several || !t.IsTwoWay));
        var hidden = Suppression.Hide(numbers, least);
        hidesAll = false;
        if (hidden is null) return false;
        var at = 0;
        for (var r = 0; r < t.Rows; r++)
            for (var c = 0; c < t.Columns; c++) cells[r, c] = hidden[at++];
        for (var r = 0; r < t.Rows; r++) rows[r] = hidden[at++];
        for (var c = 0; c < t.Columns; c++) (several ? answers : columns)[c] = hidden[at++];
        hidesAll = !several && t.IsTwoWay && hidden[at];
        if (!several) return true;
        // The people of the columns are sums of their own: together all people, where each stands in one column.
        var people = Enumerable.Range(0, t.Columns).Select(c => new Published(across || !t.IsTwoWay ? 0 : 1, 0, t.Answered[c], Small: IsSmall(t.Answered[c], least) || across && IsSmall(t.All - t.Answered[c], least))).Append(new Published(1, 0, t.All, true)).ToList();
        if (!t.IsTwoWay) return true;
        if (across)
        {
            for (var c = 0; c < t.Columns; c++) columns[c] = people[c].Small;
            return true;
        }
        if (Suppression.Hide(people, least) is not { } hides) return false;
        for (var c = 0; c < t.Columns; c++) columns[c] = hides[c];
        hidesAll = hides[^1];
        return true;
    }

    // Beside a number stand those without it: 98 of 100 tells of two.
    private static bool IsSmallCell(TableCounts t, int r, int c, int least)
    {
        var n = t.Cells[r, c];
        if (IsSmall(n, least)) return true;
        if (t.SeveralRows && IsSmall(t.Answered[c] - n, least)) return true;
        return t.SeveralColumns && (IsSmall(t.WithRow[r] - n, least) || t.SeveralRows && IsSmall(t.All - t.WithRow[r] - t.Answered[c] + n, least));
    }

    private static bool IsSmall(long count, int least) => count > 0 && count < least;
}

/// <summary>The numbers of people in a table.</summary>
internal sealed class TableCounts
{
    public TableCounts(Tabulation table)
    {
        (Rows, Columns, IsTwoWay) = (table.Rows.Options.Count, table.Columns?.Options.Count ?? 1, table.Columns is not null);
        (SeveralRows, SeveralColumns) = (table.Rows.IsSeveral, table.Columns?.IsSeveral == true);
        (Cells, WithRow, Asked, Answered, Answers) = (new long[Rows, Columns], new long[Rows], new long[Columns], new long[Columns], new long[Columns]);
        foreach (var share in table.Shares)
        {
            Cells[share.Row, share.Column] = share.Value.Count;
            switch (share.Base)
            {
                case "asked" or "column-asked": Asked[share.Column] = share.Value.BaseCount; break;
                case "answered" or "column-answered": Answered[share.Column] = share.Value.BaseCount; break;
                case "answers" or "column-answers": Answers[share.Column] = share.Value.BaseCount; break;
                case "row-answered": WithRow[share.Row] = share.Value.BaseCount; break;
                default: All = share.Value.BaseCount; break;
            }
        }
        if (IsTwoWay) return;
        All = Answered[0];
        for (var r = 0; r < Rows; r++) WithRow[r] = Cells[r, 0];
    }

    public int Rows { get; }
    public int Columns { get; }
    public bool IsTwoWay { get; }
    public bool SeveralRows { get; }
    public bool SeveralColumns { get; }
    public long[,] Cells { get; }
    public long[] WithRow { get; }
    public long[] Asked { get; }
    public long[] Answered { get; }
    public long[] Answers { get; }
    public long All { get; }
}
