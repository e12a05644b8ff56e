using Shanhuo.Kernel;

namespace Shanhuo.Registry.Measures.Yearly;

/// <summary>What may be shown of a table of areas to readers who may not see its households: numbers of fewer than five people are hidden, and as many others as it takes that no hidden one follows from the sums.</summary>
internal sealed class SafeAreas
{
    /// <summary>Numbers of 1 to 4 people are hidden.</summary>
    public const int Least = 5;

    private readonly bool[] hidden;
    private readonly HashSet<AreaCode> closed;

    private SafeAreas(bool[] hidden, HashSet<AreaCode> closed) => (this.hidden, this.closed) = (hidden, closed);

    /// <summary>May the figures of all areas together be shown?</summary>
    public bool ShowsWhole => !hidden[^1];

    /// <summary>Is any figure hidden?</summary>
    public bool AnyHidden => hidden.Contains(true);

    /// <summary>May the figures of a part be shown?</summary>
    public bool Shows(AreaCode part) => !closed.Contains(part);

    /// <param name="table">Of each part the numbers of people of several kinds, which exclude each other: poor, not poor, not known.</param>
    /// <param name="hides">False: the reader may see each household, and so each number.</param>
    public static SafeAreas Of(IReadOnlyList<(AreaCode Area, int[] People)> table, bool hides)
    {
        var rows = new bool[table.Count + 1];
        if (!hides || table.Count == 0) return new SafeAreas(rows, []);
        var kinds = table[0].People.Length;
        var (ofRows, ofColumns) = (1 + table.Count + kinds, 2 + table.Count + kinds);
        var numbers = new List<Published>();
        for (var r = 0; r < table.Count; r++)
            for (var k = 0; k < kinds; k++) numbers.Add(new(1 + r, 1 + table.Count + k, table[r].People[k], Small: IsSmall(table[r].People[k])));
        for (var r = 0; r < table.Count; r++) numbers.Add(new(1 + r, ofRows, table[r].People.Sum(), IsSumOfA: true, Small: IsSmall(table[r].People.Sum())));
        for (var k = 0; k < kinds; k++) numbers.Add(new(ofColumns, 1 + table.Count + k, table.Sum(t => t.People[k]), IsSumOfB: true, Small: IsSmall(table.Sum(t => t.People[k]))));
        numbers.Add(new(ofColumns, ofRows, table.Sum(t => t.People.Sum()), true, true, Small: IsSmall(table.Sum(t => t.People.Sum()))));
        if (Suppression.Hide(numbers, Least) is not { } hide)
        {
            Array.Fill(rows, true);
            return new SafeAreas(rows, [.. table.Select(t => t.Area)]);
        }
        // Rates tell of all numbers of their row: where one is hidden the whole row is.
        for (var r = 0; r < table.Count; r++) rows[r] = hide[table.Count * kinds + r] || Enumerable.Range(0, kinds).Any(k => hide[r * kinds + k]);
        rows[^1] = Enumerable.Range(table.Count * (kinds + 1), kinds + 1).Any(i => hide[i]);
        return new SafeAreas(rows, [.. table.Where((_, r) => rows[r]).Select(t => t.Area)]);
    }

    /// <summary>For figures of income.</summary>
    public static SafeAreas Of(IReadOnlyList<AreaFigures> parts, bool hides) => Of([.. parts.Select(p => (p.Area, new[] { p.PoorPeople, p.KnownPeople - p.PoorPeople, p.People - p.KnownPeople }))], hides);

    private static bool IsSmall(int count) => count is > 0 and < Least;
}
