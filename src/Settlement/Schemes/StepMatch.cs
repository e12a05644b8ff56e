using System.Collections.Immutable;

namespace Shanhuo.Settlement.Schemes;

/// <summary>Which steps of a scheme apply to a line: one bit per step, the first step lowest.</summary>
internal sealed class StepMatch
{
    public StepMatch(ImmutableArray<Step> steps)
    {
        All = steps.Length == 64 ? ulong.MaxValue : (1UL << steps.Length) - 1;
        Channel = new Key(steps, All, when => when.Channel);
        Station = new Key(steps, All, when => when.Station);
        Campaign = new Key(steps, All, when => when.Campaign);
        Product = new Key(steps, All, when => when.Product);
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].When is { Poor: true }) Poor |= 1UL << i;
            if (steps[i].NeedsLot) NeedLot |= 1UL << i;
        }
    }

    /// <summary>Every step.</summary>
    public ulong All { get; }

    /// <summary>The steps that ask for a lot of registered poor households.</summary>
    public ulong Poor { get; }

    /// <summary>The steps that need the line's lot.</summary>
    public ulong NeedLot { get; }

    public Key Channel { get; }
    public Key Station { get; }
    public Key Campaign { get; }
    public Key Product { get; }

    /// <summary>The steps that apply to a line with these values.</summary>
    /// <param name="poor">Is it of a lot for which steps with <c>poor</c> are meant?</param>
    public ulong Of(string? channel, string? station, string? campaign, string? product, bool poor) =>
        Channel.Of(channel) & Station.Of(station) & Campaign.Of(campaign) & Product.Of(product) & (poor ? All : ~Poor) & All;

    /// <summary>One key of <c>when</c> over all steps.</summary>
    public sealed class Key
    {
        private readonly Dictionary<string, ulong> named = new(StringComparer.Ordinal);

        internal Key(ImmutableArray<Step> steps, ulong all, Func<Condition, ImmutableArray<string>> values)
        {
            Other = all;
            for (var i = 0; i < steps.Length; i++)
                if (steps[i].When is { } when && values(when).Length > 0) Other &= ~(1UL << i);
            for (var i = 0; i < steps.Length; i++)
                foreach (var value in steps[i].When is { } when ? values(when) : [])
                    named[value] = named.GetValueOrDefault(value, Other) | 1UL << i;
        }

        /// <summary>The steps that ask nothing of this key.</summary>
        public ulong Other { get; }

        /// <summary>The values that some step names, with the steps that take them.</summary>
        public IReadOnlyDictionary<string, ulong> Named => named;

        /// <summary>The steps that take this value.</summary>
        public ulong Of(string? value) => named.GetValueOrDefault(value ?? "", Other);
    }
}
