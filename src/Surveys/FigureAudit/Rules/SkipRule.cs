using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>More people answered than were sent on to the question: the skip was not kept, or the base is not the one that the text lets the reader believe.</summary>
internal sealed class SkipRule : FigureRule
{
    public override string Id => "skip";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        var ruling = book.Studies.Where(s => s.BaseId is not null).ToDictionary(s => s.BaseId!, s => s.Ruling, StringComparer.Ordinal);
        foreach (var answer in book.All.Where(f => f.RoutedFrom is not null))
        {
            if (book.Find(answer.RoutedFrom) is not { } sent || FigureBook.ValueOf(answer) is not { } said || FigureBook.ValueOf(sent) is not { } routed) continue;
            var percents = answer.Kind == FigureKind.Percent && sent.Kind == FigureKind.Percent;
            // A share of those routed is no part of the share that was routed.
            if (percents ? !answer.Bases.SequenceEqual(sent.Bases) : answer.Kind != sent.Kind) continue;
            if (said.Low <= routed.High) continue;
            if (percents && sent.Bases.Count == 1 && ruling.TryGetValue(sent.Bases[0], out var n))
                yield return Found("skip-people", [answer.Id, sent.Id], Printed(answer), Printed(sent), Math.Round((double)said.Middle * n / 100), Math.Round((double)routed.Middle * n / 100), n);
            else yield return Found("skip", [answer.Id, sent.Id], Printed(answer), Printed(sent));
        }
    }
}
