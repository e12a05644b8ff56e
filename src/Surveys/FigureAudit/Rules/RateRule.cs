using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit.Rules;

/// <summary>A rate and the headcount beside it imply a base; none of the stated populations lies in it. Implied base = headcount / rate, by intervals (Moore 1966).</summary>
internal sealed class RateRule : FigureRule
{
    public override string Id => "rate-base";

    public override IEnumerable<FigureFinding> Judge(FigureBook book)
    {
        foreach (var rate in book.All.Where(f => f is { Kind: FigureKind.Percent or FigureKind.Rate, Numerator: not null, Bases.Count: > 0 }))
        {
            if (Implied(book, rate) is not { } implied || book.Value(rate.Numerator) is not { } head) continue;
            var stated = rate.Bases.Select(b => (Id: b, Value: book.Value(b))).ToList();
            // An unknown population could be the one that fits.
            if (stated.Any(s => s.Value is null || s.Value.Value.Meets(implied))) continue;
            var gives = stated.Select(s => Span.Divide(head, s.Value!.Value) is { } part ? $"{s.Id} {Say(s.Value!.Value.Middle)} → {Percent((double)(100 * part.Middle))} %" : s.Id);
            // The stated populations are named in the reason only: nothing is wrong with them.
            yield return Found("rate-base", new[] { rate.Id, rate.Numerator! }.Where(id => book.Find(id) is not null),
                Say(head.Middle), Printed(rate), Say(head.Middle / rate.Printed!.Value * 100), Say(implied), string.Join("; ", gives));
        }
    }

    /// <summary>The bases that headcount and rate allow together; null: one of them is unknown or the rate can be zero.</summary>
    public static Span? Implied(FigureBook book, ReportedFigure rate) =>
        FigureBook.ValueOf(rate) is { Low: > 0 } value && book.Value(rate.Numerator) is { High: < Span.Endless } head ? Span.Divide(head * Span.Exactly(100), value) : null;
}
