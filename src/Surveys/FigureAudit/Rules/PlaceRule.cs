using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>A place that the report puts in the wrong larger place, calls by the wrong kind, or lists where no such place is. What the gazetteer does not know is not judged, but for the counties of a prefecture that it knows whole.</summary>
internal sealed class PlaceRule : FigureRule
{
    public override string Id => "place";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var figure in book.All)
        {
            var known = book.Places.Find(figure.Place);
            if (known.Count > 0)
            {
                if (figure.Within.Length > 0 && book.Places.Find(figure.Within).Count > 0 && !known.Any(p => p.LiesIn(figure.Within)))
                    yield return Found("place-within", [figure.Id], figure.Place, figure.Within, known[0].Zh, known[0].En);
                if (Gazetteer.LevelOf(figure.PlaceKind) is { } said && known.All(p => p.Level != said))
                    yield return Found("place-kind", [figure.Id], figure.Place, figure.PlaceKind, known[0].Zh, known[0].En);
                if (Gazetteer.LevelOf(figure.Unit) is { } counted && figure.Kind == FigureKind.Count && known.All(p => p.Level >= counted))
                    yield return Found("place-unit", [figure.Id], Printed(figure), figure.Unit, known[0].Zh, known[0].En);
            }
            if (Gazetteer.LevelOf(figure.Unit) == PlaceLevel.County && book.Places.KnowsCountiesOf(figure.Place) is { } counties)
                foreach (var name in figure.Listed)
                    if (!book.Places.Find(name).Any(p => p.Level == PlaceLevel.County && p.LiesIn(figure.Place)))
                        yield return Found("place-listed", [figure.Id], name, figure.Place, counties);
        }
    }
}
