using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Tables;

/// <summary>Which numbers of a table are hidden, so that no number of fewer than so many people can be read or computed.</summary>
internal sealed class Hiding
{
    private readonly TableCounts table;
    private readonly int least;
    private readonly bool[]? numbers, people;

    private Hiding(TableCounts t, int least)
    {
        (table, this.least) = (t, least);
        (Cells, Rows, Columns, Answers) = (new bool[t.Rows, t.Columns], new bool[t.Rows], new bool[t.Columns], new bool[t.Columns]);
        if (least <= 1) return;
        Asked = Each(t.Columns, c => Silents(t, c)).Any(counts => counts.Any(IsSmall));
        LeftOut = Asked || t.LeftOut.Any(IsSmall);
        (numbers, people) = (HideAll(t), OfPeople(t) is { } own ? Suppression.Hide(own, least) : []);
        IsRefused = IsSmall(t.All) || numbers is null || people is null;
        if (IsRefused) return;
        var at = 0;
        for (var r = 0; r < t.Rows; r++)
            for (var c = 0; c < t.Columns; c++) Cells[r, c] = numbers![at++];
        for (var r = 0; r < t.Rows; r++) Rows[r] = numbers![at++];
        for (var c = 0; c < t.Columns; c++) (t.SeveralRows ? Answers : Columns)[c] = numbers![at++];
        All = !t.SeveralRows && t.IsTwoWay && numbers![at];
        if (people!.Length > 0)
        {
            people.AsSpan(0, t.Columns).CopyTo(Columns);
            All = people[^1];
        }
        else if (t.SeveralRows && t.SeveralColumns) Columns = [.. Each(t.Columns, c => IsSmallColumn(t, c))];
        Any = All || t.IsTwoWay && Rows.Contains(true) || Columns.Contains(true) || Answers.Contains(true) || Cells.Cast<bool>().Contains(true);
    }

    /// <summary>Too few people, or nothing can be shown without giving the hidden away.</summary>
    public bool IsRefused { get; }

    /// <summary>Is any number of people who answered hidden?</summary>
    public bool Any { get; }

    public bool[,] Cells { get; }

    /// <summary>People with the row's answer.</summary>
    public bool[] Rows { get; }

    /// <summary>People of the column who answered.</summary>
    public bool[] Columns { get; }

    /// <summary>Answers that the people of the column gave.</summary>
    public bool[] Answers { get; }

    /// <summary>People who answered both.</summary>
    public bool All { get; }

    /// <summary>All numbers of people asked.</summary>
    public bool Asked { get; }

    /// <summary>All numbers of people left out.</summary>
    public bool LeftOut { get; }

    public static Hiding Of(TableCounts table, int least) => new(table, least);

    /// <summary>Can tables of parts of an area be shown beside that of the area itself? What they leave, together with any of the parts, must give nothing small away.</summary>
    /// <param name="rest">The people of the area who are in none of the parts.</param>
    /// <param name="parts">Those that shall be shown.</param>
    /// <remarks>
    /// The rest is never shown, so what a part hides can be exchanged with it: every number that some part hides and the area shows has at least as many people in the rest, and every other number has none there or enough.
    /// What the area itself hides must stay hidden in the rest. Then each difference of the area and some parts is a sum of zeros, of large enough numbers, and of what is hidden.
    /// </remarks>
    public bool Keeps(TableCounts rest, IReadOnlyCollection<Hiding> parts)
    {
        if (parts.Count == 0) return true;
        if (!Suppression.Holds(Numbers(rest), numbers!, least) || OfPeople(rest) is { } own && !Suppression.Holds(own, people!, least)) return false;
        // What the area gives away of a line without one of its cells must not be few in the rest either.
        if (Others(rest).Any(o => IsSmall(o.Count) && Suppression.Beside(Numbers(table), numbers!, o.Line, o.Some) is not { Count: 0 })) return false;
        var (mine, left, theirs) = (Places(table).ToList(), Places(rest).ToList(), parts.Select(p => p.Places(p.table).ToList()).ToList());
        for (var i = 0; i < mine.Count; i++)
        {
            if (mine[i].Hidden) continue;
            var hiding = theirs.Where(p => p[i].Hidden).ToList();
            for (var n = 0; n < left[i].Counts.Length; n++)
                if (!mine[i].InLine ? IsSmall(left[i].Counts[n] + hiding.Sum(p => p[i].Counts[n])) : hiding.Count > 0 ? left[i].Counts[n] < least : IsSmall(left[i].Counts[n])) return false;
        }
        return true;
    }

    // Hides until neither a small number follows nor the few of a line who are not in one of its cells.
    private bool[]? HideAll(TableCounts t)
    {
        var list = Numbers(t);
        while (Suppression.Hide(list, least) is { } hidden)
        {
            var more = new HashSet<int>();
            foreach (var (line, some, count) in Others(t))
                if (IsSmall(count))
                    if (Suppression.Beside(list, hidden, line, some) is not { } beside) return null;
                    else more.UnionWith(beside);
            if (more.Count == 0) return hidden;
            foreach (var i in more) list[i] = list[i] with { Small = true };
        }
        return null;
    }

    // Of each line that adds up to people: its other cells beside one.
    private static IEnumerable<(int Line, IReadOnlyCollection<int> Some, long Count)> Others(TableCounts t)
    {
        if (!t.IsTwoWay) yield break;
        for (var r = 0; r < t.Rows; r++)
            for (var c = 0; c < t.Columns; c++)
            {
                if (!t.SeveralColumns) yield return (1 + r, [.. Enumerable.Range(0, t.Columns).Where(o => o != c).Select(o => r * t.Columns + o)], t.WithRow(r) - t.Cell(r, c));
                if (!t.SeveralRows) yield return (1 + t.Rows + c, [.. Enumerable.Range(0, t.Rows).Where(o => o != r).Select(o => o * t.Columns + c)], t.Answered(c) - t.Cell(r, c));
            }
    }

    // All that is shown, with what else its number tells of; InLine: it also stands in sums with others that are hidden.
    private IEnumerable<(bool Hidden, bool InLine, long[] Counts)> Places(TableCounts t)
    {
        for (var r = 0; r < t.Rows; r++)
            for (var c = 0; c < t.Columns; c++) yield return (Cells[r, c], true, OfCell(t, r, c));
        for (var r = 0; r < t.Rows && t.IsTwoWay; r++) yield return (Rows[r], true, OfRow(t, r));
        for (var c = 0; c < t.Columns; c++) yield return (Columns[c], true, OfColumn(t, c));
        for (var c = 0; c < t.Columns && t.SeveralRows; c++) yield return (Answers[c], true, [t.Answers(c)]);
        yield return (All, true, [t.All]);
        for (var c = 0; c < t.Columns; c++) yield return (Asked, false, Silents(t, c));
        yield return (LeftOut, false, [.. t.LeftOut]);
    }

    private List<Published> Numbers(TableCounts t)
    {
        var (list, several, across) = (new List<Published>(), t.SeveralRows, t.SeveralColumns);
        // Lines: 1…R the rows, then the columns, then the line of row sums and the line of column sums.
        int Row(int r) => t.IsTwoWay && !across ? 1 + r : 0;
        int Column(int c) => 1 + t.Rows + c;
        var (ofRows, ofColumns) = (1 + t.Rows + t.Columns, 2 + t.Rows + t.Columns);
        for (var r = 0; r < t.Rows; r++)
            for (var c = 0; c < t.Columns; c++) list.Add(new(Row(r), Column(c), t.Cell(r, c), Small: OfCell(t, r, c).Any(IsSmall)));
        for (var r = 0; r < t.Rows; r++) list.Add(new(Row(r), several && across ? 0 : ofRows, t.WithRow(r), IsSumOfA: Row(r) > 0, Small: OfRow(t, r).Any(IsSmall), Unpublished: !t.IsTwoWay));
        // Where people give several answers, a column adds up to its answers and not to its people.
        for (var c = 0; c < t.Columns; c++)
            list.Add(new(across || !t.IsTwoWay ? 0 : ofColumns, Column(c), several ? t.Answers(c) : t.Answered(c), IsSumOfB: true, Small: IsSmallColumn(t, c)));
        var sum = several ? Enumerable.Range(0, t.Columns).Sum(t.Answers) : t.All;
        list.Add(new(t.IsTwoWay && !across ? ofColumns : 0, several && across || !t.IsTwoWay ? 0 : ofRows, sum, true, true, Unpublished: several || !t.IsTwoWay));
        return list;
    }

    // Of several answers the people of the columns are sums of their own: together all people, where each stands in one column.
    private List<Published>? OfPeople(TableCounts t) => !t.SeveralRows || !t.IsTwoWay || t.SeveralColumns ? null
        : [.. Each(t.Columns, c => new Published(1, 0, t.Answered(c), Small: IsSmallColumn(t, c))), new Published(1, 0, t.All, true)];

    // Beside a number stand those without it: 98 of 100 tells of two.
    private static long[] OfCell(TableCounts t, int r, int c) => (t.SeveralRows, t.SeveralColumns) switch
    {
        (false, false) => [t.Cell(r, c)],
        (true, false) => [t.Cell(r, c), t.Answered(c) - t.Cell(r, c)],
        (false, true) => [t.Cell(r, c), t.WithRow(r) - t.Cell(r, c)],
        _ => [t.Cell(r, c), t.Answered(c) - t.Cell(r, c), t.WithRow(r) - t.Cell(r, c), t.All - t.WithRow(r) - t.Answered(c) + t.Cell(r, c)],
    };

    private static long[] OfRow(TableCounts t, int r) => t.SeveralRows ? [t.WithRow(r), t.All - t.WithRow(r)] : [t.WithRow(r)];

    private static long[] OfColumn(TableCounts t, int c) => t.SeveralColumns ? [t.Answered(c), t.All - t.Answered(c)] : [t.Answered(c)];

    private static long[] Silents(TableCounts t, int c) => t.SeveralColumns ? [t.Silent(c), t.LeftOut[(int)Tables.LeftOut.NoAnswer] - t.Silent(c)] : [t.Silent(c)];

    private bool IsSmallColumn(TableCounts t, int c) => OfColumn(t, c).Any(IsSmall);

    private static IEnumerable<T> Each<T>(int count, Func<int, T> of) => Enumerable.Range(0, count).Select(of);

    private bool IsSmall(long count) => count > 0 && count < least;
}
