using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>A percentage that no base up to the number of people asked gives, rounded or cut: a slip of the pen or of a chart, not data. GRIM over all bases (Brown and Heathers 2017).</summary>
internal sealed class NoBaseRule : FigureRule
{
    public override string Id => "grim-none";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        var known = new Dictionary<(PrintedPercent, long), bool>();
        foreach (var study in book.Studies)
        {
            // Beyond, one base in five fits any two-decimal percentage by chance and the question says nothing.
            var most = Math.Min(study.AtMost, BaseStudy.LargestTried);
            foreach (var misfit in study.Misfits)
            {
                book.Cancel.ThrowIfCancellationRequested();
                if (!known.TryGetValue((misfit.Percent, most), out var fits)) known[(misfit.Percent, most)] = fits = FitsAny(misfit.Percent, most);
                if (!fits) yield return Found("grim-none", [misfit.Figure.Id], Printed(misfit.Figure), most);
            }
        }
    }

    private static bool FitsAny(PrintedPercent percent, long most)
    {
        for (long n = 1; n <= most; n++)
            if (Grim.Fit(percent, n) != GrimFit.None) return true;
        return false;
    }
}
