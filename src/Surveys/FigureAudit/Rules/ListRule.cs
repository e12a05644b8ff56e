using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>The names that are listed are not as many as the number says; with "more than" there may be no fewer, with a name twice they are counted once.</summary>
internal sealed class ListRule : FigureRule
{
    public override string Id => "list";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var figure in book.All.Where(f => f.Listed.Count > 0))
        {
            var names = figure.Listed.Distinct(StringComparer.OrdinalIgnoreCase).Count();
            if (FigureBook.ValueOf(figure) is { } said && !said.Meets(Span.Exactly(names)))
                yield return Found("list", [figure.Id], Say(said), names, string.Join(", ", figure.Listed.Take(20)));
        }
    }
}
