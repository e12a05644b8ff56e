using Shanhuo.Kernel;
using Shanhuo.Surveys.Tables;

namespace Shanhuo.Tests.Surveys.Tables;

/// <summary>What is hidden stays hidden: held against elimination (can a hidden number be written as a sum of shown ones?) and against trying out every table that fits.</summary>
public sealed class SuppressionTests
{
    [Fact]
    public void No_hidden_number_of_a_random_table_can_be_computed_from_what_is_shown()
    {
        var chance = new Random(20261122);
        var (decided, hiding) = (0, 0);
        for (var run = 0; run < 400; run++)
        {
            var table = Random(chance, chance.Next(1, 7), chance.Next(1, 7), chance.Next(2, 30));
            if (Suppression.Hide(table, 5) is not { } hidden) continue;
            decided++;
            for (var i = 0; i < table.Count; i++)
            {
                if (table[i].Small) Assert.True(hidden[i]);
                if (!hidden[i]) continue;
                hiding++;
                Assert.False(IsDetermined(table, hidden, i), $"run {run}, number {i}");
            }
            foreach (var line in table.SelectMany(n => new[] { n.A, n.B }).Distinct().Where(l => l > 0))
            {
                var inLine = Enumerable.Range(0, table.Count).Where(i => hidden[i] && (table[i].A == line || table[i].B == line)).ToList();
                if (inLine.Count == 0 || inLine.Exists(i => table[i].A == line && table[i].IsSumOfA || table[i].B == line && table[i].IsSumOfB)) continue;
                Assert.True(inLine.Sum(i => table[i].Count) >= 5);
            }
        }
        Assert.True(decided > 200 && hiding > 500, $"{decided} tables, {hiding} numbers");
    }

    [Fact]
    public void Of_every_small_table_more_than_one_fits_what_is_shown_for_each_hidden_number()
    {
        var chance = new Random(7);
        for (var run = 0; run < 20; run++)
        {
            var table = Random(chance, 2, 3, 7);
            if (Suppression.Hide(table, 3) is not { } hidden) continue;
            var seen = Enumerable.Range(0, table.Count).Select(_ => new HashSet<long>()).ToArray();
            // All 2 by 3 tables with cells of 0 to 7; those at hand have at most 6.
            foreach (var cells in Cells(6, 7))
            {
                var numbers = Sums(cells, 2, 3);
                if (Enumerable.Range(0, table.Count).All(i => hidden[i] || numbers[i] == table[i].Count))
                    for (var i = 0; i < numbers.Length; i++) seen[i].Add(numbers[i]);
            }
            for (var i = 0; i < table.Count; i++)
                if (hidden[i]) Assert.True(seen[i].Count > 1, $"run {run}: number {i} can only be {string.Join(", ", seen[i])}");
        }
    }

    [Fact]
    public void The_areas_shown_never_differ_by_few_people()
    {
        var chance = new Random(3);
        for (var run = 0; run < 300; run++)
        {
            var people = new Dictionary<AreaCode, int>();
            for (var i = chance.Next(1, 14); i > 0; i--) people[AreaCode.Parse($"6205251{chance.Next(0, 3):00}20{chance.Next(1, 5)}")] = chance.Next(1, 12);
            var shown = AreaGuard.Shown(people, AreaCode.Parse("620525"), 5);
            foreach (var area in shown)
                Assert.True(Of(area) >= 5);
            // Any area less any set of areas within it that do not overlap.
            foreach (var area in shown)
            {
                var within = shown.Where(a => a != area && area.Contains(a)).ToList();
                for (var set = 0; set < 1 << Math.Min(14, within.Count); set++)
                {
                    var taken = within.Where((_, i) => i < 14 && (set >> i & 1) == 1).ToList();
                    if (taken.Exists(a => taken.Exists(b => a != b && a.Contains(b)))) continue;
                    var left = Of(area) - taken.Sum(Of);
                    Assert.True(left is 0 or >= 5, $"run {run}: {area} less {string.Join(", ", taken)} leaves {left}");
                }
            }

            int Of(AreaCode area) => people.Where(p => area.Contains(p.Key)).Sum(p => p.Value);
        }
    }

    private static List<Published> Random(Random chance, int rows, int columns, int largest)
    {
        var cells = Enumerable.Range(0, rows * columns).Select(_ => (long)(chance.Next(4) == 0 ? chance.Next(5) : chance.Next(largest))).ToArray();
        return Table(Sums(cells, rows, columns), rows, columns, 5 < largest ? 5 : 3);
    }

    // Cells, sums of rows, sums of columns, all.
    private static long[] Sums(long[] cells, int rows, int columns) =>
    [
        .. cells, .. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, columns).Sum(c => cells[r * columns + c])),
        .. Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, rows).Sum(r => cells[r * columns + c])), cells.Sum(),
    ];

    private static List<Published> Table(long[] numbers, int rows, int columns, int least)
    {
        var (table, at) = (new List<Published>(), 0);
        bool Small() => numbers[at] > 0 && numbers[at] < least;
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++, at++) table.Add(new(1 + r, 1 + rows + c, numbers[at], Small: Small()));
        for (var r = 0; r < rows; r++, at++) table.Add(new(1 + r, 1 + rows + columns, numbers[at], IsSumOfA: true, Small: Small()));
        for (var c = 0; c < columns; c++, at++) table.Add(new(2 + rows + columns, 1 + rows + c, numbers[at], IsSumOfB: true, Small: Small()));
        table.Add(new(2 + rows + columns, 1 + rows + columns, numbers[at], true, true, Small: Small()));
        return table;
    }

    private static IEnumerable<long[]> Cells(int count, long most)
    {
        var cells = new long[count];
        while (true)
        {
            yield return cells;
            var at = 0;
            while (at < count && cells[at] == most) cells[at++] = 0;
            if (at == count) yield break;
            cells[at]++;
        }
    }

    // Is the unit vector of a hidden number in the space of the lines' equations over the hidden numbers? By elimination.
    private static bool IsDetermined(List<Published> table, bool[] hidden, int wanted)
    {
        var unknown = Enumerable.Range(0, table.Count).Where(i => hidden[i]).ToList();
        var rows = table.SelectMany(n => new[] { n.A, n.B }).Distinct().Where(l => l > 0).Select(line => unknown.Select(i =>
            (table[i].A == line ? table[i].IsSumOfA ? -1.0 : 1.0 : 0) + (table[i].B == line ? table[i].IsSumOfB ? -1.0 : 1.0 : 0)).ToArray()).ToList();
        var goal = unknown.Select(i => i == wanted ? 1.0 : 0.0).ToArray();
        for (var column = 0; column < unknown.Count; column++)
        {
            var pivot = rows.Find(r => Math.Abs(r[column]) > 1e-9 && r.Take(column).All(v => Math.Abs(v) < 1e-9));
            if (pivot is null) continue;
            foreach (var row in rows.Append(goal).Where(r => r != pivot))
            {
                var factor = row[column] / pivot[column];
                for (var i = 0; i < row.Length; i++) row[i] -= factor * pivot[i];
            }
        }
        return goal.All(v => Math.Abs(v) < 1e-9);
    }
}
