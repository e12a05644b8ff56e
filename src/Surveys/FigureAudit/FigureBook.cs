using System.Globalization;
using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit;

/// <summary>The figures of a table, by id, with the values each can stand for; and the percentages by their base.</summary>
internal sealed class FigureBook
{
    private readonly Dictionary<string, ReportedFigure> byId;
    private IReadOnlyList<BaseStudy>? studies;

    public FigureBook(IReadOnlyList<ReportedFigure> figures, Gazetteer places, CancellationToken cancel)
    {
        (All, Places, Cancel) = (figures, places, cancel);
        byId = figures.ToDictionary(f => f.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<ReportedFigure> All { get; }

    public Gazetteer Places { get; }

    public CancellationToken Cancel { get; }

    /// <summary>The percentages of each counted base, studied once.</summary>
    public IReadOnlyList<BaseStudy> Studies => studies ??= BaseStudy.Of(this);

    public ReportedFigure? Find(string? id) => id is not null && byId.TryGetValue(id, out var figure) ? figure : null;

    /// <summary>What the figure with this id, or this bare number, can stand for; null: unknown.</summary>
    public Span? Value(string? idOrNumber) => idOrNumber is null ? null
        : Find(idOrNumber) is { } figure ? ValueOf(figure)
        : decimal.TryParse(idOrNumber, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Span.Exactly(number) : null;

    /// <summary>All together; null as soon as one is unknown.</summary>
    public Span? Sum(IReadOnlyList<string> ids)
    {
        var sum = Span.Exactly(0);
        foreach (var id in ids)
        {
            if (Value(id) is not { } part) return null;
            sum += part;
        }
        return sum;
    }

    /// <summary>The values that would have been printed so: half a unit of the last digit either way, and what "more than" and "about" add.</summary>
    public static Span? ValueOf(ReportedFigure figure)
    {
        if (figure.Printed is not { } printed || figure.Kind == FigureKind.Text) return null;
        var half = figure.Bound == FigureBound.About && !figure.IsRounded ? LastDigit(printed) / 2
            : figure.IsRounded || figure.Times != 1 || figure.Kind is FigureKind.Percent or FigureKind.Rate or FigureKind.Measure ? Unit(figure.Decimals) / 2 : 0;
        var span = new Span((printed - half) * figure.Times, (printed + half) * figure.Times);
        return figure.Bound switch
        {
            FigureBound.Over => new Span(span.Low, Span.Endless),
            FigureBound.Below => new Span(Math.Min(0, span.Low), span.High),
            _ => span,
        };
    }

    /// <summary>10^-decimals.</summary>
    public static decimal Unit(int decimals)
    {
        var unit = 1m;
        for (var i = 0; i < Math.Abs(decimals); i++) unit = decimals > 0 ? unit / 10 : unit * 10;
        return unit;
    }

    private static decimal LastDigit(decimal value)
    {
        var unit = 1m;
        if (value == 0) return unit;
        while (decimal.Truncate(value / unit) != value / unit) unit /= 10;
        while (decimal.Truncate(value / (unit * 10)) == value / (unit * 10)) unit *= 10;
        return unit;
    }
}
