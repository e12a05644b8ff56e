using System.Text;
using Shanhuo.Kernel.Pages;
using Shanhuo.Registry.Measures.Maps;

namespace Shanhuo.Tests.Registry.Measures.Maps;

public sealed class GeoJsonTests
{
    private const string Ring = "[[106.1,34.9],[106.3,34.9],[106.3,35.1],[106.1,35.1],[106.1,34.9]]";

    [Theory]
    [InlineData("{", "boundary.json")]
    [InlineData("""{"type":"Feature"}""", "boundary.collection")]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", "boundary.collection")]
    [InlineData("""{"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:4490"}},"features":[{}]}""", "boundary.crs")]
    public void A_file_that_is_none_is_refused(string text, string code) => Assert.Equal(code, Assert.Single(GeoJson.Read(Encoding.UTF8.GetBytes(text), "f").Bad).Code);

    [Theory]
    [InlineData("""{"name":"x"}""", "Polygon", "[R]", "boundary.code")]
    [InlineData("""{"code":"62"}""", "Polygon", "[R]", "boundary.code-wrong")]
    [InlineData("""{"code":"6205251"}""", "Polygon", "[R]", "boundary.code-wrong")]
    [InlineData("""{"code":620525100}""", "Point", "[106,35]", "boundary.geometry")]
    [InlineData("""{"code":620525100}""", "Polygon", "[]", "boundary.geometry")]
    [InlineData("""{"code":620525100}""", "MultiPolygon", "[]", "boundary.geometry")]
    [InlineData("""{"code":620525100}""", "Polygon", "[[[106.1,34.9],[106.3,34.9],[106.1,34.9]]]", "boundary.ring")]
    [InlineData("""{"code":620525100}""", "Polygon", "[[[106.1,34.9],[106.3,34.9],[106.3,35.1],[106.1,35.1]]]", "boundary.open")]
    [InlineData("""{"code":620525100}""", "Polygon", "[[[106.1,34.9],[106.2,34.9],[106.3,34.9],[106.1,34.9]]]", "boundary.flat")]
    [InlineData("""{"code":620525100}""", "Polygon", "[[[34.9,106.1],[34.9,106.3],[35.1,106.3],[34.9,106.1]]]", "boundary.outside")]
    [InlineData("""{"code":620525100}""", "Polygon", "[[[\"a\",34.9],[106.3,34.9],[106.3,35.1],[106.1,34.9]]]", "boundary.ring")]
    public void A_feature_that_is_wrong_is_named_with_what_is_wrong(string properties, string type, string coordinates, string code)
    {
        var (_, bad) = GeoJson.Read(Encoding.UTF8.GetBytes($$$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{{{properties}}},"geometry":{"type":"{{{type}}}","coordinates":{{{coordinates.Replace("R", Ring, StringComparison.Ordinal)}}} }}]}"""), "f");
        var no = Assert.Single(bad);
        Assert.Equal((code, 1), (no.Code, no.Where.Row));
    }

    [Fact]
    public void Twice_the_same_area_is_refused_and_holes_and_parts_are_kept()
    {
        var feature = $$$"""{"type":"Feature","properties":{"code":"620525100"},"geometry":{"type":"MultiPolygon","coordinates":[[{{{Ring}}},[[106.15,34.95],[106.2,34.95],[106.2,35],[106.15,34.95]]],[{{{Ring}}}]]}}""";
        Assert.Equal("boundary.twice", Assert.Single(GeoJson.Read(Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{feature}},{{feature}}]}"""), "f").Bad).Code);
        var outline = Assert.Single(GeoJson.Read(Encoding.UTF8.GetBytes($$"""{"type":"FeatureCollection","features":[{{feature}}]}"""), "f").Outlines);
        Assert.Equal([5, 4, 5], GeoJson.Rings(outline.Rings).Select(r => r.Count));
        Assert.Equal(new MapPlace(106.1, 34.9), GeoJson.Rings(outline.Rings)[0][0]);
    }

    [Fact]
    public void Every_place_lies_in_the_cell_of_its_nearest_seat_and_cells_cover_the_drawing_once()
    {
        var chance = new Random(5);
        for (var run = 0; run < 20; run++)
        {
            var seats = Enumerable.Range(0, chance.Next(3, 30)).Select(_ => new MapPlace(chance.NextDouble(), chance.NextDouble())).ToList();
            var cells = Cells.Around(seats);
            for (var i = 0; i < seats.Count; i++)
                for (var t = 0; t < 10; t++)
                {
                    // A mean of the corners of a convex cell lies within it.
                    var weights = cells[i].Select(_ => chance.NextDouble()).ToList();
                    var place = new MapPlace(cells[i].Zip(weights).Sum(c => c.First.X * c.Second) / weights.Sum(), cells[i].Zip(weights).Sum(c => c.First.Y * c.Second) / weights.Sum());
                    Assert.Equal(i, Enumerable.Range(0, seats.Count).MinBy(s => Math.Pow(seats[s].X - place.X, 2) + Math.Pow(seats[s].Y - place.Y, 2)));
                }
            Assert.Equal(Cells.Area(Cells.Outline(seats)), cells.Sum(Cells.Area), 9);
        }
    }
}
