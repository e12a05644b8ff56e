using Shanhuo.Surveys.Tables;

namespace Shanhuo.Tests.Surveys.Tables;

/// <summary>What a person can have said, as far as one table goes: left out for a reason, silent, or with answers (bits of options).</summary>
internal sealed record Pattern(LeftOut? Why, int Rows, int Columns)
{
    public bool Answered => Why is null;
    public bool Asked => Why is null or LeftOut.NoAnswer;
    public bool Row(int r) => Answered && (Rows >> r & 1) == 1;
    public bool Column(int c) => Asked && (Columns >> c & 1) == 1;

    /// <summary>All patterns that a table's questions leave possible.</summary>
    public static IReadOnlyList<Pattern> Of(Tabulation table)
    {
        var (rows, columns) = (Sets(table.Rows), table.Columns is { } c ? Sets(c) : [1]);
        return [.. Enum.GetValues<LeftOut>().Where(w => w != LeftOut.NoAnswer).Select(w => new Pattern(w, 0, 0)), .. columns.Select(c => new Pattern(LeftOut.NoAnswer, 0, c)), .. rows.SelectMany(r => columns.Select(c => new Pattern(null, r, c)))];
    }

    private static int[] Sets(TableQuestion question) => question.IsSeveral ? [.. Enumerable.Range(0, 1 << question.Options.Count)] : [.. Enumerable.Range(0, question.Options.Count).Select(o => 1 << o)];
}

/// <summary>What follows from the numbers that somebody has seen, by elimination: each number is a sum over kinds of people, and a sum is known when it can be written with the sums that were seen.</summary>
internal sealed class Knowledge
{
    private readonly List<(int Pivot, double[] Row)> rows = [];

    public void See(double[] sum)
    {
        var rest = Reduce(sum);
        var pivot = Array.FindIndex(rest, v => Math.Abs(v) > 1e-7);
        if (pivot < 0) return;
        var by = rest[pivot];
        for (var i = 0; i < rest.Length; i++) rest[i] /= by;
        rows.Add((pivot, rest));
    }

    public bool Tells(double[] sum) => Reduce(sum).All(v => Math.Abs(v) < 1e-7);

    /// <summary>What a table shows, as sums over patterns.</summary>
    public static IEnumerable<Func<Pattern, double>> Shown(SafeTable safe)
    {
        foreach (var share in safe.Table.Shares)
        {
            var (r, c) = (share.Row, share.Column);
            if (safe.ShowsCell(r, c)) yield return p => p.Row(r) && p.Column(c) ? 1 : 0;
            if (!safe.ShowsBase(share)) continue;
            yield return share.Base switch
            {
                "asked" or "column-asked" => p => p.Column(c) ? 1 : 0,
                "answered" or "column-answered" => p => p.Answered && p.Column(c) ? 1 : 0,
                "answers" or "column-answers" => p => p.Answered && p.Column(c) ? System.Numerics.BitOperations.PopCount((uint)p.Rows) : 0,
                "row-answered" => p => p.Row(r) ? 1 : 0,
                _ => p => p.Answered ? 1 : 0,
            };
        }
        if (!safe.HidesLeftOut)
            foreach (var why in Enum.GetValues<LeftOut>()) yield return p => p.Why == why ? 1 : 0;
    }

    /// <summary>Groups of people of whom nobody may learn that they are few.</summary>
    public static IEnumerable<(string Name, Func<Pattern, double> Of)> Groups(Tabulation table)
    {
        var (rows, columns) = (table.Rows.Options.Count, table.Columns?.Options.Count ?? 1);
        for (var c = 0; c < columns; c++)
        {
            var column = c;
            for (var r = 0; r < rows; r++)
            {
                var row = r;
                yield return ($"row {r} column {c}", p => p.Row(row) && p.Column(column) ? 1 : 0);
                yield return ($"column {c} without row {r}", p => p.Answered && p.Column(column) && !p.Row(row) ? 1 : 0);
                yield return ($"row {r} without column {c}", p => p.Row(row) && !p.Column(column) ? 1 : 0);
                if (table.Rows.IsSeveral && table.Columns?.IsSeveral == true) yield return ($"neither row {r} nor column {c}", p => p.Answered && !p.Row(row) && !p.Column(column) ? 1 : 0);
            }
            yield return ($"column {c}", p => p.Answered && p.Column(column) ? 1 : 0);
            yield return ($"not column {c}", p => p.Answered && !p.Column(column) ? 1 : 0);
            yield return ($"silent in column {c}", p => p.Why == LeftOut.NoAnswer && p.Column(column) ? 1 : 0);
            yield return ($"silent and not in column {c}", p => p.Why == LeftOut.NoAnswer && !p.Column(column) ? 1 : 0);
        }
        for (var r = 0; r < rows; r++)
        {
            var row = r;
            yield return ($"row {r}", p => p.Row(row) ? 1 : 0);
            yield return ($"not row {r}", p => p.Answered && !p.Row(row) ? 1 : 0);
        }
        foreach (var why in Enum.GetValues<LeftOut>()) yield return ($"left out: {why}", p => p.Why == why ? 1 : 0);
        yield return ("all", p => p.Answered ? 1 : 0);
    }

    private double[] Reduce(double[] sum)
    {
        var rest = (double[])sum.Clone();
        foreach (var (pivot, row) in rows)
            if (rest[pivot] is var factor && Math.Abs(factor) > 1e-12)
                for (var i = 0; i < rest.Length; i++) rest[i] -= factor * row[i];
        return rest;
    }
}
