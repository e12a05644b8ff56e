using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>One report both rounds and cuts: some percentages fit their base only when cut, others only when rounded. Where both print the same count, they are named together.</summary>
internal sealed class TwoRoundingsRule : FigureRule
{
    public override string Id => "two-roundings";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var study in book.Studies)
        {
            var n = study.Ruling;
            var rounded = new Dictionary<(long Count, int Decimals), StudiedPercent>();
            var cut = new List<(StudiedPercent Percent, long Count)>();
            foreach (var percent in study.Percents.Where(p => !p.Percent.IsTrivial && n < p.Percent.Whole))
            {
                var fit = Grim.Fit(percent.Percent, n);
                var nearest = Grim.Nearest(percent.Percent, n);
                if (fit == GrimFit.Truncated) cut.Add((percent, Grim.At(percent.Percent, nearest, n) != GrimFit.None ? nearest : nearest + 1));
                else if (fit != GrimFit.None && (fit & GrimFit.Truncated) == 0) rounded.TryAdd((nearest, percent.Percent.Decimals), percent);
            }
            if (rounded.Count == 0) continue;
            foreach (var (percent, count) in cut)
                if (rounded.TryGetValue((count, percent.Percent.Decimals), out var twin))
                    yield return Found("two-roundings", [percent.Figure.Id, twin.Figure.Id], Printed(percent.Figure), Printed(twin.Figure), count, n);
                else yield return Found("cut", [percent.Figure.Id], Printed(percent.Figure), count, n, Percent(100.0 * count / n));
        }
    }
}
