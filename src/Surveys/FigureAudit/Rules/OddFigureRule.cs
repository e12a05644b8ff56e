using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>A percentage that does not even fit the base that its neighbours speak for (see <see cref="BestBaseRule"/>). Names the nearest possible value and its 95 % Wilson interval.</summary>
internal sealed class OddFigureRule : FigureRule
{
    public override string Id => "grim-odd";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var study in book.Studies.Where(s => s.HasBetterBase))
            foreach (var odd in study.Percents.Where(p => Grim.Fit(p.Percent, study.Ruling) == GrimFit.None))
            {
                var k = Grim.Nearest(odd.Percent, study.Ruling);
                var (low, high) = Grim.Wilson(k, study.Ruling);
                yield return Found("grim-odd", [odd.Figure.Id], Printed(odd.Figure), study.Ruling, k, Percent(100.0 * k / study.Ruling), Tenth(low), Tenth(high));
            }
    }

    private static string Tenth(double value) => value.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
}
