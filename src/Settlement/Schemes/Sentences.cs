using System.Collections.Immutable;
using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Settlement.Schemes;

/// <summary>A scheme in plain sentences, one a step, as they can be read aloud in an assembly.</summary>
internal static class Sentences
{
    /// <summary>The key of a role's name.</summary>
    public static string Key(SchemeRole role) => "scheme.role-" + role.Name();

    /// <summary>What a step says: who gets how much, who pays, when, and what happens when it does not reach.</summary>
    public static string Of(Step step, Say say)
    {
        var said = new List<string> { Amount(step, say) };
        if (step.From is { } payer) said.Add(say["scheme.say-from", say[Key(payer)]]);
        if (step.When is { } when) said.Add(When(when, say));
        if (step.Bearers.Length == 1) said.Add(say["scheme.say-bearer", say[Key(step.Bearers[0].To)]]);
        else if (step.Bearers.Length > 1) said.Add(say["scheme.say-bearers", Shares(step.Bearers, say)]);
        else if (step is { Measure: Measure.Price, From: null }) said.Add(say["scheme.say-reduce"]);
        if (step.Sunk) said.Add(say["scheme.say-sunk"]);
        return Join(said, say);
    }

    /// <summary>What the scheme says about refunds and about the close of the year.</summary>
    public static IEnumerable<string> After(Scheme scheme, Say say)
    {
        yield return say["scheme.say-refunds", say[Key(scheme.RefundBearer)]];
        if (scheme.Close is not { } close) yield break;
        yield return say["scheme.say-close", close.Reserve.ToString(), close.Patronage.ToString()];
        if (close.Welfare.PartsPerMillion > 0) yield return say["scheme.say-welfare", close.Welfare.ToString()];
        if (close.Labour.PartsPerMillion > 0) yield return say["scheme.say-labour", close.Labour.ToString()];
    }

    /// <summary>All of it, for reading aloud.</summary>
    public static string Aloud(Scheme scheme, Say say) => Join(scheme.Steps.SelectMany((step, i) => new[] { say["scheme.step", i + 1], Of(step, say) }).Concat(After(scheme, say)), say);

    private static string Amount(Step step, Say say)
    {
        var to = step.Measure == Measure.Split ? "" : say[Key(step.To)];
        return step.Measure switch
        {
            Measure.Rate => say[step.From is null ? "scheme.say-rate" : "scheme.say-rate-on-top", to, say["scheme.base-" + step.Of.Word()], step.Rate.ToString()],
            Measure.Contained => say["scheme.say-contained", to, say["scheme.base-" + step.Of.Word()], step.Rate.ToString()],
            Measure.Fixed => say["scheme.say-fixed", to, step.Fixed.ToString(), say["scheme.each-" + step.Per.Word()]],
            Measure.Price => say[step.Price == PriceKind.Contract ? "scheme.say-contract" : "scheme.say-price", to],
            Measure.Actual => say["scheme.say-actual", to, say["scheme.cost-" + step.Actual.Word()]],
            Measure.Rest => say["scheme.say-rest", to],
            Measure.Split => say["scheme.say-split", Shares(step.Shares, say)],
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
    }

    private static string When(Condition when, Say say)
    {
        var parts = new List<string>();
        if (when.Channel.Length > 0) parts.Add(say["scheme.when-channel", List(when.Channel.Select(c => Channel(c, say)), say)]);
        if (when.Station.Length > 0) parts.Add(say["scheme.when-station", List(when.Station, say)]);
        if (when.Campaign.Length > 0) parts.Add(say["scheme.when-campaign", List(when.Campaign, say)]);
        if (when.Product.Length > 0) parts.Add(say["scheme.when-product", List(when.Product, say)]);
        if (when.Poor) parts.Add(say["scheme.when-poor"]);
        return parts.Count == 0 ? "" : say["scheme.say-when", string.Join(say.Language == Language.En ? $" {say["scheme.and"]} " : say["scheme.and"], parts)];
    }

    /// <summary>A channel by its name where we know one.</summary>
    public static string Channel(string code, Say say) => KnownChannels.Contains(code) ? say["scheme.channel-" + code] : code;

    /// <summary>The channels that have names.</summary>
    public static readonly ImmutableArray<string> KnownChannels = [.. OwnChannel.AllCodes];

    private static string Shares(ImmutableArray<Share> shares, Say say) =>
        List(shares.Select(share => say["scheme.share", say[Key(share.To)], share.Weight.ToString(CultureInfo.InvariantCulture)]), say);

    private static string List(IEnumerable<string> values, Say say) => string.Join(say.Language == Language.En ? ", " : "、", values);

    // English sentences stand apart, Chinese ones do not.
    private static string Join(IEnumerable<string> sentences, Say say) => string.Join(say.Language == Language.En ? " " : "", sentences.Where(sentence => sentence.Length > 0));
}
