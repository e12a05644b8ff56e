using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>Before and after on different bases: the bases that both rates imply (or state) differ by more than a tenth, so the change is not a change of the thing. The tenth is ours: a county's population moves less between two surveys.</summary>
internal sealed class BaseChangeRule : FigureRule
{
    private const decimal Tolerance = 1.1m;

    public override string Id => "base-change";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var after in book.All.Where(f => f is { Kind: FigureKind.Percent or FigureKind.Rate, Before: not null }))
        {
            if (book.Find(after.Before) is not { } before || Base(book, before) is not { } old || Base(book, after) is not { } now || old.Low <= 0 || now.Low <= 0) continue;
            if (now.Low <= old.High * Tolerance && old.Low <= now.High * Tolerance) continue;
            if (after.Printed is not { } rate || before.Printed is not { } earlier || earlier <= 0) continue;
            var heads = book.Value(before.Numerator) is { } a && book.Value(after.Numerator) is { } b && a.Middle != 0 ? Change(b.Middle, a.Middle) : "?";
            yield return Found("base-change", new[] { after.Id, before.Id, after.Numerator, before.Numerator }.OfType<string>().Where(id => book.Find(id) is not null),
                Printed(before), Centre(book, before, old), Printed(after), Centre(book, after, now), Change(rate, earlier), heads);
        }
    }

    private static Span? Base(FigureBook book, ReportedFigure rate) => RateRule.Implied(book, rate) ?? (rate.Bases.Count == 1 ? book.Value(rate.Bases[0]) : null);

    // As one would compute it from the printed figures; the middle of an interval lies a little off.
    private static string Centre(FigureBook book, ReportedFigure rate, Span implied) => Say(book.Value(rate.Numerator) is { } head ? head.Middle / rate.Printed!.Value * 100 : implied.Middle);

    private static string Change(decimal now, decimal old) => ((double)((now - old) / old) * 100).ToString("+0.0;-0.0;0.0", System.Globalization.CultureInfo.InvariantCulture);
}
