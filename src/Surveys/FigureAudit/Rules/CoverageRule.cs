using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>More places are called covered than there are stations to cover one each.</summary>
internal sealed class CoverageRule : FigureRule
{
    public override string Id => "coverage";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var covered in book.All.Where(f => f.CoveredBy.Count > 0))
            if (FigureBook.ValueOf(covered) is { } places && book.Sum(covered.CoveredBy) is { } servers && places.Low > servers.High)
                yield return Found("coverage", covered.CoveredBy.Prepend(covered.Id), Say(places), Say(servers), Say(places.Middle - servers.Middle));
    }
}
