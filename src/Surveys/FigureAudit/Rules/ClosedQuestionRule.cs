using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>The percentages of a question with one answer add up to 100 %, give or take half a unit of the last digit for each option. Less: options were left out; more: they overlap. A blank option makes "less" unknown.</summary>
internal sealed class ClosedQuestionRule : FigureRule
{
    public override string Id => "closed-sum";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        var questions = book.All.Where(f => f is { GroupKind: FigureGroupKind.Closed, Kind: FigureKind.Percent or FigureKind.Rate, Group.Length: > 0 }).GroupBy(f => (f.Source, f.Place, f.Year, f.Group));
        foreach (var question in questions)
        {
            book.Cancel.ThrowIfCancellationRequested();
            var (sum, printed, blank) = (Span.Exactly(0), 0m, false);
            foreach (var option in question)
                if (FigureBook.ValueOf(option) is { } value) (sum, printed) = (sum + value, printed + option.Printed!.Value);
                else blank = true;
            var ids = question.Select(f => f.Id);
            if (sum.Low > 100) yield return Found("closed-over", ids, question.Key.Group, Say(printed), Say(printed - 100));
            else if (sum.High < 100 && !blank) yield return Found("closed-under", ids, question.Key.Group, Say(printed), Say(100 - printed));
        }
    }
}
