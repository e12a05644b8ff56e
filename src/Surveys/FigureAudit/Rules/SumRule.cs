using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>Parts that do not add up to their total, whatever their rounding allows (an edit rule of I. P. Fellegi and D. Holt, JASA 71, 1976). A part without a number leaves the sum unknown.</summary>
internal sealed class SumRule : FigureRule
{
    public override string Id => "sum";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var total in book.All.Where(f => f.Parts.Count > 0))
            if (FigureBook.ValueOf(total) is { } whole && book.Sum(total.Parts) is { } sum && !whole.Meets(sum))
                yield return Found("sum", total.Parts.Prepend(total.Id), Say(sum), Say(whole), Say(Math.Abs(sum.Middle - whole.Middle)), string.Join(" + ", total.Parts));
    }
}
