namespace Shanhuo.Kernel.Pages;

/// <summary>A place on a drawing: longitude and latitude, or any plane.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
public readonly record struct MapPlace(double X, double Y);

/// <summary>An area of a map.</summary>
/// <param name="Number">Its row in the table beside the map.</param>
/// <param name="Title">Name and figure, for those who point at it or hear it.</param>
/// <param name="Class">0: not known or not shown; 1 to 5: lowest to highest.</param>
/// <param name="Rings">Outlines; inside an odd number of them is inside. One place alone is drawn as a point.</param>
/// <param name="Middle">Where the number stands.</param>
/// <param name="Link">Where a click leads, or null.</param>
public sealed record MapShape(int Number, string Title, int Class, IReadOnlyList<IReadOnlyList<MapPlace>> Rings, MapPlace Middle, string? Link);

/// <summary>Maps drawn on the server. Each class has its own depth and its own pattern, so that it is told apart in grey print too; numbers name the rows of the table that stands beside.</summary>
public static class MapDrawing
{
    /// <summary>Classes above 0.</summary>
    public const int Classes = 5;

    private const double Width = 360, Margin = 30;

    /// <summary>Draws the shapes so that all are seen.</summary>
    /// <param name="shapes">At least one.</param>
    /// <param name="isOnEarth">Are places longitude and latitude in degrees? Then a degree of longitude is narrowed by the cosine of the middle latitude.</param>
    /// <param name="head">Title, description, language.</param>
    public static Markup Draw(IReadOnlyList<MapShape> shapes, bool isOnEarth, ChartHead head)
    {
        var all = shapes.SelectMany(s => s.Rings).SelectMany(r => r).ToList();
        var (left, right, low, high) = (all.Min(p => p.X), all.Max(p => p.X), all.Min(p => p.Y), all.Max(p => p.Y));
        var narrow = isOnEarth ? Math.Cos((low + high) / 2 * Math.PI / 180) : 1;
        var scale = Math.Min((Width - 2 * Margin) / Math.Max((right - left) * narrow, 1e-6), 600 / Math.Max(high - low, 1e-6));
        var height = (high - low) * scale + 2 * Margin;
        var shift = (Width - (right - left) * narrow * scale) / 2;
        var (ground, numbers) = (new Markup(), new Markup());
        foreach (var shape in shapes)
        {
            var form = new Markup();
            if (shape.Rings is [[var point]]) Point(form, shape.Class, At(point));
            else Area(form, shape, At);
            var (x, y) = At(shape.Middle);
            ground.Add($"{Open(shape)}<title>{shape.Title}</title>{form}{Close(shape)}");
            numbers.Add($"<text class=\"mid\" x=\"{x}\" y=\"{y + (shape.Rings is [[_]] ? -9 - 2 * shape.Class : 7)}\">{shape.Number}</text>");
        }
        return new Markup().Add($"<svg class=\"chart map\" width=\"100%\" viewBox=\"0 0 {(int)Width} {Round(height)}\" role=\"group\" aria-label=\"{head.Title}\"><title>{head.Title}</title><desc>{head.Description}</desc>{Patterns}{ground}{numbers}</svg>");

        (decimal X, decimal Y) At(MapPlace place) => (Round(shift + (place.X - left) * narrow * scale), Round(Margin + (high - place.Y) * scale));
    }

    /// <summary>A sample of a class, for legends and cells of tables. The page holds a map, or <see cref="Hidden"/>.</summary>
    public static Markup Swatch(int of) => new Markup().Add($"<svg width=\"26\" height=\"18\" aria-hidden=\"true\">{Filled(of, new Markup().Add($"rect width=\"26\" height=\"18\""))}</svg>");

    /// <summary>The patterns alone, for a page without a map.</summary>
    public static Markup Hidden => new Markup().Add($"<svg width=\"0\" height=\"0\" aria-hidden=\"true\">{Patterns}</svg>");

    // Dots, then lines, then crossed lines: the darker the more.
    private static Markup Patterns => new Markup().Add($"<defs>{Pattern(0, 8, "M0 8L8 0", 0)}{Pattern(1, 8, "", 0.06m)}{Pattern(2, 10, "M2 5h2", 0.2m)}{Pattern(3, 9, "M0 9L9 0", 0.35m)}{Pattern(4, 6, "M0 3h6", 0.5m)}{Pattern(5, 6, "M0 3h6M3 0v6", 0.65m)}</defs>");

    private static Markup Pattern(int number, int size, string path, decimal depth) => new Markup().Add(
        $"<pattern id=\"m{number}\" width=\"{size}\" height=\"{size}\" patternUnits=\"userSpaceOnUse\"><rect class=\"c1\" fill-opacity=\"{depth}\" width=\"{size}\" height=\"{size}\"/><path class=\"pen\" d=\"{path}\"/></pattern>");

    private static Markup Filled(int of, Markup element) => new Markup().Add($"<{element} class=\"rim\" fill=\"url(#m{of})\"/>");

    private static void Point(Markup form, int of, (decimal X, decimal Y) at) => form.Add($"{Filled(of, new Markup().Add($"circle cx=\"{at.X}\" cy=\"{at.Y}\" r=\"{7 + 2 * of}\""))}");

    private static void Area(Markup form, MapShape shape, Func<MapPlace, (decimal, decimal)> at)
    {
        var path = new Markup();
        foreach (var ring in shape.Rings)
        {
            // What is nearer than a third of a unit is one place on the screen.
            (decimal X, decimal Y)? before = null;
            foreach (var place in ring)
            {
                var (x, y) = at(place);
                if (before is { } b && Math.Abs(b.X - x) + Math.Abs(b.Y - y) < 0.3m) continue;
                path.Add($"{(before is null ? "M" : "L")}{x} {y}");
                before = (x, y);
            }
            path.Add($"Z");
        }
        form.Add($"{Filled(shape.Class, new Markup().Add($"path fill-rule=\"evenodd\" d=\"{path}\""))}");
    }

    private static Markup Open(MapShape shape) => shape.Link is null ? new Markup().Add($"<g>") : new Markup().Add($"<a href=\"{shape.Link}\" aria-label=\"{shape.Title}\">");

    private static Markup Close(MapShape shape) => shape.Link is null ? new Markup().Add($"</g>") : new Markup().Add($"</a>");

    private static decimal Round(double value) => Math.Round((decimal)value, 1);
}
