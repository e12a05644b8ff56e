using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>A place that the report puts in the wrong larger place, calls by the wrong kind, or lists where no such place is. What the gazetteer does not know is not judged, but for the counties of a prefecture that it knows whole.</summary>
internal sealed class PlaceRule : FigureRule
{
    public override string Id => "place";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        // One finding for a place said wrongly, however many figures say it.
        var named = book.All.Where(f => book.Places.Find(f.Place).Count > 0);
        foreach (var same in named.Where(f => book.Places.Find(f.Within).Count > 0 && !book.Places.Find(f.Place).Any(p => p.LiesIn(f.Within))).GroupBy(f => (f.Place, f.Within)))
            yield return Found("place-within", same.Select(f => f.Id), same.Key.Place, same.Key.Within, Zh(same.Key.Place), En(same.Key.Place));
        foreach (var same in named.Where(f => Gazetteer.LevelOf(f.PlaceKind) is { } said && book.Places.Find(f.Place).All(p => p.Level != said)).GroupBy(f => (f.Place, f.PlaceKind)))
            yield return Found("place-kind", same.Select(f => f.Id), same.Key.Place, same.Key.PlaceKind, Zh(same.Key.Place), En(same.Key.Place));
        foreach (var figure in named.Where(f => f.Kind == FigureKind.Count && Gazetteer.LevelOf(f.Unit) is { } counted && book.Places.Find(f.Place).All(p => p.Level >= counted)))
            yield return Found("place-unit", [figure.Id], Printed(figure), figure.Unit, Zh(figure.Place), En(figure.Place));
        foreach (var figure in book.All.Where(f => f.Listed.Count > 0))
            if (Gazetteer.LevelOf(figure.Unit) == PlaceLevel.County && book.Places.KnowsCountiesOf(figure.Place) is { } counties)
                foreach (var name in figure.Listed)
                    if (!book.Places.Find(name).Any(p => p.Level == PlaceLevel.County && p.LiesIn(figure.Place)))
                        yield return Found("place-listed", [figure.Id], name, figure.Place, counties);

        string Zh(string place) => book.Places.Find(place)[0].Zh;
        string En(string place) => book.Places.Find(place)[0].En;
    }
}
