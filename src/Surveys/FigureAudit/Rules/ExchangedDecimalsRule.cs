using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>Two impossible percentages of one question that both become possible when their decimals change places: 28.31 and 18.17 were 28.17 and 18.31. A hint, not a proof.</summary>
internal sealed class ExchangedDecimalsRule : FigureRule
{
    public override string Id => "decimals-exchanged";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var study in book.Studies)
        {
            var odd = study.Percents.Where(p => p.Figure.Group.Length > 0 && p.Percent.Decimals > 0 && Grim.Fit(p.Percent, study.Ruling) == GrimFit.None);
            foreach (var question in odd.GroupBy(p => (p.Figure.Source, p.Figure.Group, p.Percent.Decimals)))
            {
                var unit = question.First().Percent.Whole / 100;
                var waiting = new Dictionary<long, StudiedPercent>();
                foreach (var one in question)
                {
                    // Only the decimals that would mend this one are looked up, so a long list stays linear.
                    var other = Mending(one.Percent, study.Ruling, unit).Select(f => waiting.GetValueOrDefault(f)).FirstOrDefault(o => o is not null && Fits(o.Percent, one.Percent.Digits % unit, study.Ruling, unit));
                    if (other is null) waiting.TryAdd(one.Percent.Digits % unit, one);
                    else
                    {
                        waiting.Remove(other.Percent.Digits % unit);
                        yield return Found("decimals-exchanged", [other.Figure.Id, one.Figure.Id], Printed(other.Figure), Printed(one.Figure), study.Ruling,
                            Swapped(other, one, unit), Swapped(one, other, unit));
                    }
                }
            }
        }
    }

    private static IEnumerable<long> Mending(PrintedPercent percent, long n, long unit)
    {
        var whole = percent.Digits / unit;
        var first = Math.Max(0, whole * n / 100 - 1);
        for (var k = first; k <= Math.Min(n, first + Math.Min(n / 100 + 3, 1000)); k++)
        {
            var digits = Kernel.Rounding.HalfEven(k * percent.Whole, n);
            if (digits / unit == whole && digits != percent.Digits) yield return digits % unit;
        }
    }

    private static bool Fits(PrintedPercent percent, long decimals, long n, long unit) => (Grim.Fit(percent with { Digits = percent.Digits / unit * unit + decimals }, n) & GrimFit.Rounded) != 0;

    private static string Swapped(StudiedPercent whole, StudiedPercent decimals, long unit) =>
        Printed(whole.Figure with { Printed = (whole.Percent.Digits / unit * unit + decimals.Percent.Digits % unit) * FigureBook.Unit(whole.Percent.Decimals) });
}
