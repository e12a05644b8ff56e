using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>A relation that the table itself states does not hold for any values that would be printed so. See <see cref="Relation"/>.</summary>
internal sealed class RelationRule : FigureRule
{
    public override string Id => "relation";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var figure in book.All.Where(f => f.MustBe.Length > 0))
        {
            var (holds, left, right, sign) = Relation.Judge(figure.MustBe, FigureBook.ValueOf(figure), id => book.Value(id));
            if (holds != false) continue;
            var named = Relation.TryParse(figure.MustBe, out var ids) ? ids : [];
            yield return Found("relation", named.Prepend(figure.Id), figure.MustBe, Say(left), sign, Say(right)) with { Because = figure.Because };
        }
    }
}
