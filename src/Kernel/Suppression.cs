namespace Shanhuo.Kernel;

/// <summary>A published number of people. It stands in at most two sums, the lines of a table: A and B are their numbers, 0 for none.</summary>
/// <param name="A">One line.</param>
/// <param name="B">The other line.</param>
/// <param name="Count">People.</param>
/// <param name="IsSumOfA">Is it what line A adds up to?</param>
/// <param name="IsSumOfB">Is it what line B adds up to?</param>
/// <param name="Small">Must it be hidden?</param>
/// <param name="Unpublished">It is never shown, and may be found out.</param>
public readonly record struct Published(int A, int B, long Count, bool IsSumOfA = false, bool IsSumOfB = false, bool Small = false, bool Unpublished = false);

/// <summary>Hides small numbers of a table, and as many others as it takes that no hidden one can be had by adding and subtracting what is shown.</summary>
/// <remarks>
/// Lines are nodes and numbers are edges of a graph. With each line's sum known, a hidden number can be computed exactly when its edge is a bridge of the hidden edges (Gusfield 1988, SIAM Journal on Computing 17, 552-571);
/// each bridge is closed to a circle along the cheapest path, counting the people whose numbers are lost. Zeros are shown and close no circle: only numbers that could be one more or one less protect each other.
/// </remarks>
public static class Suppression
{
    /// <summary>Decides what is hidden.</summary>
    /// <param name="numbers">All numbers of a table.</param>
    /// <param name="least">What is shown of a line's hidden numbers together stays at least this, too.</param>
    /// <returns>For each number: is it hidden? Null: the table cannot be shown so that what is hidden stays hidden.</returns>
    public static bool[]? Hide(IReadOnlyList<Published> numbers, int least)
    {
        var hidden = numbers.Select(n => n.Small || n.Unpublished).ToArray();
        while (true)
        {
            if (Bridge(numbers, hidden) is { } bridge)
            {
                if (Path(numbers, hidden, bridge) is not { } path) return null;
                foreach (var edge in path) hidden[edge] = true;
            }
            else if (SmallLine(numbers, hidden, least) is { } line)
            {
                var more = Enumerable.Range(0, numbers.Count).Where(i => !hidden[i] && numbers[i].Count > 0 && (numbers[i].A == line || numbers[i].B == line)).OrderBy(i => numbers[i].Count).ToList();
                if (more.Count == 0) return null;
                hidden[more[0]] = true;
            }
            else return hidden;
        }
    }

    /// <summary>Would the same numbers, hidden in another table of the same shape, stay hidden there?</summary>
    /// <param name="numbers">Of the other table.</param>
    /// <param name="hidden">What is hidden.</param>
    /// <param name="least">What is hidden of a line is at least this together.</param>
    public static bool Holds(IReadOnlyList<Published> numbers, bool[] hidden, int least) =>
        Bridge(numbers, hidden) is null && ClosedLines(numbers, hidden).Values.All(sum => sum >= least);

    /// <summary>What must be hidden beside so that some numbers of a line cannot be had together: the line is taken apart into these and the rest, and what joins both is a number like any other, which is known when no path of hidden numbers goes around it.</summary>
    /// <param name="numbers">All numbers of a table.</param>
    /// <param name="hidden">What is hidden so far.</param>
    /// <param name="line">The line.</param>
    /// <param name="some">Those of its numbers whose sum is small.</param>
    /// <returns>Empty: it is safe as it is. Null: nothing that could be hidden keeps it.</returns>
    public static IReadOnlyList<int>? Beside(IReadOnlyList<Published> numbers, bool[] hidden, int line, IReadOnlyCollection<int> some)
    {
        var apart = numbers.Max(n => Math.Max(n.A, n.B)) + 1;
        var split = numbers.Select((n, i) => !some.Contains(i) ? n : n.A == line ? n with { A = apart } : n with { B = apart }).Append(new Published(apart, line, 1)).ToList();
        return Path(split, [.. hidden, true], numbers.Count) is { } path ? [.. path.Where(i => !hidden[i])] : null;
    }

    // A hidden number that no other path of hidden numbers goes around (Tarjan 1974: nothing behind the edge reaches before it).
    private static int? Bridge(IReadOnlyList<Published> numbers, bool[] hidden)
    {
        var at = Enumerable.Range(0, numbers.Count).Where(i => hidden[i] && (numbers[i].Count > 0 || numbers[i].Unpublished) && numbers[i].A != numbers[i].B)
            .SelectMany(i => new[] { (Line: numbers[i].A, Edge: i), (Line: numbers[i].B, Edge: i) }).ToLookup(p => p.Line, p => p.Edge);
        var (order, low, found) = (new Dictionary<int, int>(), new Dictionary<int, int>(), (int?)null);
        foreach (var line in at)
            if (!order.ContainsKey(line.Key)) Visit(line.Key, -1);
        return found;

        void Visit(int line, int by)
        {
            order[line] = low[line] = order.Count;
            foreach (var edge in at[line])
            {
                if (edge == by || found is not null) continue;
                var other = Other(numbers[edge], line);
                if (order.TryGetValue(other, out var before)) low[line] = Math.Min(low[line], before);
                else
                {
                    Visit(other, edge);
                    low[line] = Math.Min(low[line], low[other]);
                    if (low[other] > order[line] && !numbers[edge].Unpublished) found ??= edge;
                }
            }
        }
    }

    // Dijkstra's shortest path from one line of the edge to the other.
    private static List<int>? Path(IReadOnlyList<Published> numbers, bool[] hidden, int edge)
    {
        var at = Enumerable.Range(0, numbers.Count).Where(i => i != edge && (numbers[i].Count > 0 || numbers[i].Unpublished)).SelectMany(i => new[] { (Line: numbers[i].A, Edge: i), (Line: numbers[i].B, Edge: i) }).ToLookup(p => p.Line, p => p.Edge);
        var (cost, by) = (new Dictionary<int, long> { [numbers[edge].A] = 0 }, new Dictionary<int, int>());
        var waiting = new PriorityQueue<int, long>([(numbers[edge].A, 0)]);
        while (waiting.TryDequeue(out var line, out var so))
        {
            if (so > cost[line]) continue;
            foreach (var next in at[line])
            {
                var (there, sum) = (Other(numbers[next], line), so + (hidden[next] ? 0 : numbers[next].Count));
                if (cost.TryGetValue(there, out var known) && known <= sum) continue;
                (cost[there], by[there]) = (sum, next);
                waiting.Enqueue(there, sum);
            }
        }
        if (!by.ContainsKey(numbers[edge].B)) return null;
        var path = new List<int>();
        for (var line = numbers[edge].B; line != numbers[edge].A; line = Other(numbers[by[line]], line)) path.Add(by[line]);
        return path;
    }

    private static int? SmallLine(IReadOnlyList<Published> numbers, bool[] hidden, int least)
    {
        foreach (var (line, sum) in ClosedLines(numbers, hidden))
            if (sum > 0 && sum < least) return line;
        return null;
    }

    // A line whose sum is shown gives away how many its hidden numbers are together.
    private static Dictionary<int, long> ClosedLines(IReadOnlyList<Published> numbers, bool[] hidden)
    {
        var (sums, open) = (new Dictionary<int, long>(), new HashSet<int>());
        for (var i = 0; i < numbers.Count; i++)
            if (hidden[i])
                foreach (var (line, isSum) in new[] { (numbers[i].A, numbers[i].IsSumOfA), (numbers[i].B, numbers[i].IsSumOfB) })
                    if (isSum || numbers[i].Unpublished) open.Add(line);
                    else if (line != 0) sums[line] = sums.GetValueOrDefault(line) + numbers[i].Count;
        foreach (var line in open) sums.Remove(line);
        return sums;
    }

    private static int Other(Published number, int line) => number.A == line ? number.B : number.A;
}
