using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>A part that is larger than the whole it is a part of.</summary>
internal sealed class SubsetRule : FigureRule
{
    public override string Id => "subset";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var part in book.All.Where(f => f.SubsetOf is not null))
            if (FigureBook.ValueOf(part) is { } value && book.Value(part.SubsetOf) is { } whole && value.Low > whole.High)
                yield return Found("subset", [part.Id, part.SubsetOf!], Say(value), Say(whole), Say(value.Middle - whole.Middle));
    }
}
