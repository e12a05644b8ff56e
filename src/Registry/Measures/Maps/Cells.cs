using Shanhuo.Kernel.Pages;

namespace Shanhuo.Registry.Measures.Maps;

/// <summary>Cells around points: each holds what is nearer to its point than to any other (Voronoi), cut off a little outside the outermost points. They are no boundaries.</summary>
internal static class Cells
{
    /// <summary>How far beyond the outermost points the drawing goes, as a part of their distance from the middle.</summary>
    private const double Beyond = 0.3;

    /// <param name="points">In a plane; equal points get the same cell.</param>
    /// <returns>An outline for each.</returns>
    public static IReadOnlyList<IReadOnlyList<MapPlace>> Around(IReadOnlyList<MapPlace> points)
    {
        var hull = Outline(points);
        var cells = new List<IReadOnlyList<MapPlace>>();
        foreach (var own in points)
        {
            IReadOnlyList<MapPlace> cell = hull;
            foreach (var other in points)
                if (other != own) cell = Nearer(cell, own, other);
            cells.Add(cell);
        }
        return cells;
    }

    /// <summary>The convex hull (Andrew 1979, monotone chain), a little larger; a square around points on one line.</summary>
    internal static List<MapPlace> Outline(IReadOnlyList<MapPlace> points)
    {
        var sorted = points.Distinct().OrderBy(p => p.X).ThenBy(p => p.Y).ToList();
        List<MapPlace> hull = [.. Half(sorted), .. Half([.. sorted.AsEnumerable().Reverse()])];
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        if (hull.Count < 3 || Area(hull) < 1e-9)
        {
            var reach = Math.Max(points.Max(p => Math.Max(Math.Abs(p.X - x), Math.Abs(p.Y - y))) * (1 + Beyond), 0.02);
            return [new(x - reach, y - reach), new(x + reach, y - reach), new(x + reach, y + reach), new(x - reach, y + reach)];
        }
        return [.. hull.Select(p => new MapPlace(x + (p.X - x) * (1 + Beyond), y + (p.Y - y) * (1 + Beyond)))];
    }

    private static List<MapPlace> Half(List<MapPlace> sorted)
    {
        var half = new List<MapPlace>();
        foreach (var point in sorted)
        {
            while (half.Count >= 2 && Turn(half[^2], half[^1], point) <= 0) half.RemoveAt(half.Count - 1);
            half.Add(point);
        }
        half.RemoveAt(half.Count - 1);
        return half;
    }

    private static double Turn(MapPlace a, MapPlace b, MapPlace c) => (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);

    /// <summary>Twice the half of what an outline encloses; above zero where it runs against the clock.</summary>
    public static double Area(IReadOnlyList<MapPlace> ring)
    {
        var sum = 0d;
        for (var i = 0; i < ring.Count; i++) sum += ring[i].X * ring[(i + 1) % ring.Count].Y - ring[(i + 1) % ring.Count].X * ring[i].Y;
        return sum / 2;
    }

    // Sutherland & Hodgman (1974): keeps the side of the perpendicular bisector on which own lies.
    private static List<MapPlace> Nearer(IReadOnlyList<MapPlace> cell, MapPlace own, MapPlace other)
    {
        var kept = new List<MapPlace>();
        for (var i = 0; i < cell.Count; i++)
        {
            var (from, to) = (cell[i], cell[(i + 1) % cell.Count]);
            var (a, b) = (Side(from), Side(to));
            if (a >= 0) kept.Add(from);
            if (a >= 0 != b >= 0) kept.Add(new MapPlace(from.X + (to.X - from.X) * a / (a - b), from.Y + (to.Y - from.Y) * a / (a - b)));
        }
        return kept;

        double Side(MapPlace p) => (other.X - p.X) * (other.X - p.X) + (other.Y - p.Y) * (other.Y - p.Y) - (own.X - p.X) * (own.X - p.X) - (own.Y - p.Y) * (own.Y - p.Y);
    }
}
