using System.Globalization;
using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Surveys.FigureAudit;

/// <summary>One question that is asked of a table of figures.</summary>
internal abstract class FigureRule
{
    /// <summary>Stable id, as printed.</summary>
    public abstract string Id { get; }

    /// <summary>What is wrong; nothing about what is unknown.</summary>
    public abstract IEnumerable<FigureFinding> Judge(FigureBook book);

    /// <summary>A finding of this rule; its texts are <c>audit.{what}</c> and <c>audit.{what}-mend</c>, both filled with the same arguments.</summary>
    protected FigureFinding Found(string what, IEnumerable<string> figures, params object[] arguments) =>
        new(Id, [.. figures.Distinct(StringComparer.Ordinal)], new FindingText($"figures.{what}", arguments), new FindingText($"figures.{what}-mend", arguments));

    /// <summary>A number for people.</summary>
    protected static string Say(decimal value) => Math.Abs(value) >= 1000 ? decimal.Round(value).ToString("#,0", CultureInfo.InvariantCulture) : value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A value, or the two ends between which it lies.</summary>
    protected static string Say(Span span) => span.IsExact ? Say(span.Low) : span.High >= Span.Endless ? $"≥ {Say(span.Low)}" : $"{Say(span.Low)}–{Say(span.High)}";

    /// <summary>As printed, with its decimals.</summary>
    protected static string Printed(ReportedFigure figure) => figure.Printed is { } value ? value.ToString("#,0." + new string('0', Math.Max(0, figure.Decimals)), CultureInfo.InvariantCulture) : "";

    /// <summary>Percent with two decimals.</summary>
    protected static string Percent(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
