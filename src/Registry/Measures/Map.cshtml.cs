using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Measures.Maps;
using Shanhuo.Registry.Measures.Yearly;

namespace Shanhuo.Registry.Measures;

/// <summary>Incidence of the parts of an area on a map: points of seats, cells around them, or real boundaries where a county brought them in. Villages have no known coordinates: they stand as tiles in rows.</summary>
internal sealed class MapPage(ShanhuoDb db, Ids ids, TimeProvider clock, Say say) : FigurePage(db, ids, clock, say)
{
    /// <summary><c>points</c> or <c>cells</c>.</summary>
    [BindProperty(SupportsGet = true)] public string? Kind { get; set; }

    public MeasuredPlace Place { get; private set; } = null!;

    /// <summary>What is drawn: <c>points</c>, <c>cells</c>, <c>boundaries</c>, <c>tiles</c>.</summary>
    public string Drawn { get; private set; } = "points";

    public Markup? Map { get; private set; }

    /// <summary>Parts that the map lacks: no coordinate or outline is known.</summary>
    public IReadOnlyList<string> Lacking { get; private set; } = [];

    /// <summary>Of the boundaries.</summary>
    public IReadOnlyList<string> Sources { get; private set; } = [];

    protected override async Task<Outcome<bool>> Load(CancellationToken cancel)
    {
        if (await MeasuredPlace.Find(Db, Area, cancel) is not { } place) return false;
        Place = place;
        if (!(await YearView.Of(Db, place, AskedYear, AskedLine, Clock.Today, cancel)).Ok(out var view, out var no)) return no;
        var figures = view.Parts.ToDictionary(p => p.Area);
        double Share(AreaCode area) => view.Safe.Shows(area) && figures.TryGetValue(area, out var of) ? of.Known.P0 : double.NaN;
        var parts = place.Parts.Select((a, i) => new MapPart(i + 1, a, Say.Pick(a.Name, a.NameEn), Share(a.Code), view.Safe.Shows(a.Code) ? figures.GetValueOrDefault(a.Code)?.KnownPeople ?? 0 : null)).ToList();
        await Draw(parts, cancel);
        var hidden = Say["measures.hidden"];
        Tables =
        [
            new FigureTable("map", Say["measures.map-table"], [new(Say["measures.number"], SheetColumnKind.Whole, 8), new(Say["measures.area"], Width: 24), new(Say["measures.incidence"], SheetColumnKind.Decimal), new(Say["measures.known"], SheetColumnKind.Whole), new(Say["measures.class"])],
                [.. parts.Select(p => (IReadOnlyList<FigureCell>)
                [
                    new FigureCell($"{p.Number}", p.Number), new(p.Name, p.Name, p.Known is null ? null : p.Area.Level == AreaLevel.Village ? To("", p.Area.Code.ToString()) : To("/map", p.Area.Code.ToString())),
                    p.Known is null ? (FigureCell)hidden : new FigureCell(Shown.Percent(p.Share), SheetValue.Figure(p.Share)), p.Known is { } known ? new FigureCell(Shown.Count(known), known) : (FigureCell)hidden, new(Say[$"measures.class-{p.Class}"], Say[$"measures.class-{p.Class}"], null, p.Class),
                ])], Say["measures.source", AskedYear, Say["measures.line-" + AskedLine] + $" {view.Line.Yuan}. ", Say.Day(YearRead.EndOf(AskedYear, Clock.Today))]),
        ];
        return true;
    }

    /// <summary>Can the parts be drawn in both ways?</summary>
    public bool HasPoints => Place.PartLevel < AreaLevel.Village;

    private async Task Draw(List<MapPart> parts, CancellationToken cancel)
    {
        var codes = parts.Select(p => p.Area.Code).ToList();
        var outlines = await Db.Boundaries.AsNoTracking().Where(b => codes.Contains(b.Area)).ToDictionaryAsync(b => b.Area, cancel);
        List<MapShape> shapes;
        if (outlines.Count > 0 && Kind != "points")
        {
            Drawn = "boundaries";
            Sources = [.. outlines.Values.Select(o => o.Source).Distinct()];
            shapes = [.. parts.Where(p => outlines.ContainsKey(p.Area.Code)).Select(p => Shape(p, GeoJson.Rings(outlines[p.Area.Code].Rings)))];
        }
        else if (!HasPoints)
        {
            Drawn = "tiles";
            const int across = 6;
            shapes = [.. parts.Select((p, i) => Shape(p, [Tile(i % across, -(i / across))]))];
        }
        else
        {
            Drawn = Kind == "cells" ? "cells" : "points";
            // Only real points: a stand-in is never drawn as a place.
            var seats = parts.Where(p => p.Area.Coordinates == CoordinateSource.Gazetteer).ToList();
            var narrow = seats.Count == 0 ? 1 : Math.Cos(seats.Average(s => s.Seat.Y) * Math.PI / 180);
            var cells = Drawn == "cells" && seats.Count > 0 ? Cells.Around([.. seats.Select(s => s.Seat with { X = s.Seat.X * narrow })]) : [];
            shapes = [.. seats.Select((s, i) => Drawn == "cells" ? Shape(s, [[.. cells[i].Select(p => p with { X = p.X / narrow })]], s.Seat) : Shape(s, [[s.Seat]], s.Seat))];
        }
        Lacking = [.. parts.Where(p => !shapes.Exists(s => s.Number == p.Number)).Select(p => p.Name)];
        if (shapes.Count == 0) return;
        var worst = parts.Where(p => !double.IsNaN(p.Share)).MaxBy(p => p.Share);
        Map = MapDrawing.Draw(shapes, Drawn != "tiles", new ChartHead(Say["measures.map-of", Say.Pick(Place.Here.Name, Place.Here.NameEn), AskedYear], worst is null ? "" : Say["measures.map-says", worst.Name, Shown.Percent(worst.Share)], Say.Language));
    }

    private static IReadOnlyList<MapPlace> Tile(int x, int y) => [new(x, y), new(x + 0.94, y), new(x + 0.94, y + 0.94), new(x, y + 0.94)];

    private MapShape Shape(MapPart part, IReadOnlyList<IReadOnlyList<MapPlace>> rings, MapPlace? middle = null)
    {
        var widest = rings.MaxBy(r => Math.Abs(Cells.Area(r)))!;
        return new MapShape(part.Number, $"{part.Number} {part.Name} {(part.Known is null ? Say["measures.hidden"] : Shown.Percent(part.Share))}", part.Class, rings,
            middle ?? new MapPlace((widest.Min(p => p.X) + widest.Max(p => p.X)) / 2, (widest.Min(p => p.Y) + widest.Max(p => p.Y)) / 2), part.Known is null ? null : To(part.Area.Level == AreaLevel.Village ? "" : "/map", part.Area.Code.ToString()));
    }

    private sealed record MapPart(int Number, Area Area, string Name, double Share, int? Known)
    {
        public int Class => MapClass.OfShare(Share);

        public MapPlace Seat => new(Area.LongitudeMicro!.Value / 1e6, Area.LatitudeMicro!.Value / 1e6);
    }
}
