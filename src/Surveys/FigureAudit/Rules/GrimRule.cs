using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>A percentage that no whole number of the stated base gives, whether rounded (halves up or to even) or cut. See <see cref="Grim"/>.</summary>
internal sealed class GrimRule : FigureRule
{
    public override string Id => "grim";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var study in book.Studies)
            foreach (var misfit in study.Misfits)
            {
                var nearest = Grim.Nearest(misfit.Percent, study.Stated);
                yield return Found("grim", study.BaseId is null ? [misfit.Figure.Id] : [misfit.Figure.Id, study.BaseId],
                    Printed(misfit.Figure), study.Stated, nearest, Percent(100.0 * nearest / study.Stated));
            }
    }
}
