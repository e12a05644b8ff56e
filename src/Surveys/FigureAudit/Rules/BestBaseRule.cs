using System.Globalization;
using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>The percentages of one base fit another base far better than chance allows: they were computed on that one. Fits counted by rounding; those by cutting are named apart.</summary>
/// <remarks>The base with the smallest bound on chance (<see cref="Grim.LogChance"/>) is named, so a multiple that fits as many loses to the base itself.</remarks>
internal sealed class BestBaseRule : FigureRule
{
    public override string Id => "grim-base";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var study in book.Studies.Where(s => s.HasBetterBase))
        {
            var told = study.Percents.Where(p => !p.Percent.IsTrivial).ToList();
            var rounded = study.FitsRuling.Count(f => (f & GrimFit.Rounded) != 0);
            yield return Found("grim-base", study.Ids(study.Percents),
                told.Count, study.Stated, told.Count(p => (p.AtStated & GrimFit.Rounded) != 0), told.Count(p => p.AtStated == GrimFit.Truncated),
                study.Ruling, study.FitsRuling.Count(f => f != GrimFit.None), rounded, study.FitsRuling.Count(f => f == GrimFit.Truncated),
                (-Math.Ceiling(study.LogChance)).ToString("0", CultureInfo.InvariantCulture), WholeQuestions(study),
                (100.0 * study.Ruling / study.Stated).ToString("0.0", CultureInfo.InvariantCulture), Math.Max(0, study.Stated - study.Ruling));
        }
    }

    /// <summary>Questions with one answer whose nearest counts add up to the found base exactly.</summary>
    private static int WholeQuestions(BaseStudy study) => study.Percents
        .Where(p => p.Figure.GroupKind == FigureGroupKind.Closed && p.Figure.Group.Length > 0)
        .GroupBy(p => (p.Figure.Source, p.Figure.Group)).Count(g => g.Sum(p => Grim.Nearest(p.Percent, study.Ruling)) == study.Ruling);
}
