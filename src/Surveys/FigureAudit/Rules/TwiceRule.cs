using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>The same thing said twice and differently: another value, another unit, another place. Which rows say the same is stated (text against table), or they share label, place, year, unit and base.</summary>
internal sealed class TwiceRule : FigureRule
{
    public override string Id => "twice";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var second in book.All.Where(f => f.SameAs is not null))
            if (book.Find(second.SameAs) is { } first)
                foreach (var finding in Compare(first, second)) yield return finding;

        var firsts = new Dictionary<(string, string, string, string, string, string), ReportedFigure>();
        foreach (var figure in book.All.Where(f => f.Label.Length > 0 && f.Kind != FigureKind.Text))
        {
            var key = (figure.Label, figure.Place, figure.Year, figure.Unit, figure.BaseLabel, figure.Group);
            if (firsts.TryAdd(key, figure) || figure.SameAs is not null) continue;
            if (FigureBook.ValueOf(firsts[key]) is { } a && FigureBook.ValueOf(figure) is { } b && !a.Meets(b)) yield return Value(firsts[key], figure, a, b);
        }
    }

    private IEnumerable<FigureFinding> Compare(ReportedFigure first, ReportedFigure second)
    {
        if (FigureBook.ValueOf(first) is not { } a || FigureBook.ValueOf(second) is not { } b) yield break;
        if (!a.Meets(b)) yield return Value(first, second, a, b);
        if (Differ(first.Unit, second.Unit)) yield return Found("twice-unit", [second.Id, first.Id], Say(a.Middle), first.Unit, second.Unit);
        if (Differ(first.Place, second.Place)) yield return Found("twice-place", [second.Id, first.Id], Say(a.Middle), first.Place, second.Place);
    }

    private FigureFinding Value(ReportedFigure first, ReportedFigure second, Span a, Span b) =>
        Found("twice", [second.Id, first.Id], Say(a.Middle), first.Locus, Say(b.Middle), second.Locus, Say(Math.Abs(b.Middle - a.Middle)));

    private static bool Differ(string a, string b) => a.Length > 0 && b.Length > 0 && !string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
