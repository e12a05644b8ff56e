using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Features;

namespace Shanhuo.Registry.Targeting.Rules;

/// <summary>Rules and their reasons in words, in the language of the texts it is given.</summary>
/// <param name="say">Text of a key with its arguments.</param>
internal sealed class RuleWords(Func<string, object[], string> say)
{
    public RuleWords(Say t) : this((key, arguments) => t[key, arguments]) { }

    public string Name(Feature feature) => T(feature.TextKey);

    /// <summary>A value with its unit: 1.2 亩, 是, C 级.</summary>
    public string Value(Feature feature, int value) => feature.Kind switch
    {
        FeatureKind.YesNo => T(value == 1 ? "register.yes" : "register.no"),
        FeatureKind.Choice => T($"{feature.ChoiceKey}.{feature.Choices[value]}"),
        _ => T("targeting.unit-" + feature.Unit, ((decimal)value / feature.Scale).ToString("0.##", CultureInfo.InvariantCulture)),
    };

    /// <summary>What is known: a value, "1 to 3", "at most 3", or unknown.</summary>
    public string Known(Feature feature, int low, int high) =>
        feature.IsUnknown(low, high) ? T("register.unknown")
        : low == high ? Value(feature, low)
        : feature.Kind == FeatureKind.Number && high >= feature.Most ? T("targeting.or-more", Value(feature, low))
        : feature.Kind == FeatureKind.Number && low <= feature.Least && feature.Least < 0 ? T("targeting.or-less", Value(feature, high))
        : T("targeting.from-to", Value(feature, low), Value(feature, high));

    /// <summary>What a comparison asks: 少于 2 亩.</summary>
    public string Asks(Comparison comparison) => comparison.Feature.Kind == FeatureKind.YesNo ? Value(comparison.Feature, comparison.Values[0])
        : comparison.Comparer is Comparer.Is or Comparer.In ? T("targeting.c-is", comparison.Values.Select(v => Value(comparison.Feature, v)).Aggregate((all, one) => T("targeting.or", all, one)))
        : T("targeting.c-" + Key(comparison.Comparer), [.. comparison.Values.Select(v => (object)Value(comparison.Feature, v))]);

    /// <summary>A comparison by itself: 耕地少于 2 亩.</summary>
    public string Sentence(Comparison comparison) => T(comparison.Feature.Kind == FeatureKind.YesNo ? "targeting.asks-yes-no" : "targeting.asks", Name(comparison.Feature), Asks(comparison));

    /// <summary>A comparison with what is known of a household: 耕地 1.2 亩，少于 2 亩.</summary>
    public string Reason(Comparison comparison, HouseholdFeatures features, int row)
    {
        var (low, high) = features[comparison.Feature, row];
        var truth = comparison.Of(features, row);
        var known = Known(comparison.Feature, low, high);
        if (truth == Truth.Unknown) return T("targeting.reason-unknown", Name(comparison.Feature), known, Asks(comparison));
        if (comparison.Feature.Kind == FeatureKind.YesNo) return T("targeting.reason-yes-no", Name(comparison.Feature), known);
        return T(truth == Truth.Yes ? "targeting.reason-yes" : "targeting.reason-no", Name(comparison.Feature), known, Asks(comparison));
    }

    /// <summary>A term of a score: 在家帮手 2 人：20 分.</summary>
    public string Reason(Term term, HouseholdFeatures features, int row)
    {
        var (low, high) = features[term.Feature, row];
        var (least, most) = term.Of(low, high);
        return T("targeting.reason-points", Name(term.Feature), Known(term.Feature, low, high), Points(least, most));
    }

    /// <summary>A band of points: 少于 2000 米 15 分.</summary>
    public string Band(Bands bands, int band)
    {
        var points = Score.Write(bands.Points[band]);
        if (bands.Feature.Kind != FeatureKind.Number) return T("targeting.band", Value(bands.Feature, band), points);
        return band < bands.Edges.Count ? T("targeting.band", T("targeting.c-below", Value(bands.Feature, bands.Edges[band])), points) : T("targeting.band", T(bands.Edges.Count == 0 ? "targeting.any-value" : "targeting.else"), points);
    }

    /// <summary>12.5, or 10 to 15.</summary>
    public string Points(long least, long most) => least == most ? Score.Write(least) : T("targeting.from-to", Score.Write(least), Score.Write(most));

    private string T(string key, params object[] arguments) => say(key, arguments);

    private static string Key(Comparer comparer) => comparer switch { Comparer.Below => "below", Comparer.AtMost => "at-most", Comparer.Above => "above", Comparer.AtLeast => "at-least", _ => "between" };
}
