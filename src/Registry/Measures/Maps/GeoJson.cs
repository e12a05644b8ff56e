using System.Globalization;
using System.Text;
using System.Text.Json;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Registry.Measures.Maps;

/// <summary>An outline that was read.</summary>
/// <param name="Area">By the code in its properties.</param>
/// <param name="Rings">As <see cref="Boundary.Rings"/>.</param>
internal sealed record Outline(AreaCode Area, string Rings);

/// <summary>Reads boundaries from GeoJSON (RFC 7946): a FeatureCollection of Polygon and MultiPolygon in WGS84, each feature with its division code of 6, 9 or 12 digits.</summary>
internal static class GeoJson
{
    /// <summary>Places of one file together, so that a drawing stays small.</summary>
    public const int MostPlaces = 200_000;

    // Within these the country lies, with its islands; outside, the two numbers of a place are mostly exchanged.
    private const double West = 73, East = 136, South = 3, North = 54;

    /// <summary>Properties that hold the code, in the order asked.</summary>
    private static readonly string[] CodeNames = ["code", "adcode", "area_code", "xzqdm", "区划代码", "代码"];

    /// <returns>The outlines, or all that is wrong with the file, each with the number of its feature.</returns>
    public static (IReadOnlyList<Outline> Outlines, IReadOnlyList<Refusal> Bad) Read(byte[] content, string file)
    {
        JsonDocument document;
        try { document = JsonDocument.Parse(content.AsMemory(content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), new JsonDocumentOptions { MaxDepth = 16 }); }
        catch (JsonException e) { return ([], [new("boundary.json", new Place { File = file, Row = (int)(e.LineNumber ?? 0) + 1 })]); }
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "type") != "FeatureCollection" || !root.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array || features.GetArrayLength() == 0)
                return ([], [new("boundary.collection", new Place { File = file })]);
            if (root.TryGetProperty("crs", out var crs) && crs.ToString() is var named && !named.Contains("CRS84", StringComparison.OrdinalIgnoreCase) && !named.Contains("4326", StringComparison.Ordinal))
                return ([], [new("boundary.crs", new Place { File = file })]);
            var (outlines, bad, places) = (new List<Outline>(), new List<Refusal>(), 0);
            var number = 0;
            foreach (var feature in features.EnumerateArray())
            {
                number++;
                var at = new Place { File = file, Row = number };
                if (Feature(feature, at, ref places).Ok(out var outline, out var no))
                {
                    if (outlines.Exists(o => o.Area == outline.Area)) bad.Add(new Refusal("boundary.twice", at, outline.Area.ToString()));
                    outlines.Add(outline);
                }
                else bad.Add(no);
                if (places > MostPlaces) return ([], [new("boundary.places", new Place { File = file }, MostPlaces)]);
            }
            return (outlines, bad);
        }
    }

    /// <summary>The rings of a stored outline, in degrees.</summary>
    public static IReadOnlyList<IReadOnlyList<MapPlace>> Rings(string stored) =>
        [.. stored.Split(';').Select(ring =>
        {
            var numbers = ring.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture) / 100_000d).ToArray();
            return (IReadOnlyList<MapPlace>)[.. Enumerable.Range(0, numbers.Length / 2).Select(i => new MapPlace(numbers[2 * i], numbers[2 * i + 1]))];
        })];

    private static Outcome<Outline> Feature(JsonElement feature, Place at, ref int places)
    {
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object || Code(properties) is not { } code) return new Refusal("boundary.code", at, string.Join(", ", CodeNames));
        if (!AreaCode.TryParse(code, out var area) || area.Level < AreaLevel.County) return new Refusal("boundary.code-wrong", at, code);
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object || Text(geometry, "type") is not ("Polygon" or "MultiPolygon") || !geometry.TryGetProperty("coordinates", out var coordinates)) return new Refusal("boundary.geometry", at, code);
        var text = new StringBuilder();
        IEnumerable<JsonElement> polygons = Text(geometry, "type") == "Polygon" ? [coordinates] : coordinates.ValueKind == JsonValueKind.Array ? coordinates.EnumerateArray() : [];
        foreach (var polygon in polygons)
        {
            if (polygon.ValueKind != JsonValueKind.Array || polygon.GetArrayLength() == 0) return new Refusal("boundary.geometry", at, code);
            foreach (var ring in polygon.EnumerateArray())
                if (Ring(ring, at, code, text, ref places) is { } no) return no;
        }
        return text.Length == 0 ? new Refusal("boundary.geometry", at, code) : new Outline(area, text.ToString());
    }

    private static Refusal? Ring(JsonElement ring, Place at, string code, StringBuilder text, ref int places)
    {
        if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() < 4) return new Refusal("boundary.ring", at, code);
        var all = new List<MapPlace>(ring.GetArrayLength());
        foreach (var place in ring.EnumerateArray())
        {
            if (place.ValueKind != JsonValueKind.Array || place.GetArrayLength() < 2 || place[0].ValueKind != JsonValueKind.Number || place[1].ValueKind != JsonValueKind.Number) return new Refusal("boundary.ring", at, code);
            var (x, y) = (place[0].GetDouble(), place[1].GetDouble());
            if (!(x is >= West and <= East && y is >= South and <= North)) return new Refusal("boundary.outside", at, code, $"{place[0].GetRawText()}, {place[1].GetRawText()}");
            all.Add(new MapPlace(x, y));
        }
        places += all.Count;
        if (all[0] != all[^1]) return new Refusal("boundary.open", at, code);
        if (Math.Abs(Cells.Area(all)) < 1e-9) return new Refusal("boundary.flat", at, code);
        if (text.Length > 0) text.Append(';');
        text.AppendJoin(' ', all.Select(p => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(p.X * 100_000):0} {Math.Round(p.Y * 100_000):0}")));
        return null;
    }

    private static string? Code(JsonElement properties)
    {
        foreach (var name in CodeNames)
            if (properties.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number) return value.ToString().Trim();
        return null;
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
