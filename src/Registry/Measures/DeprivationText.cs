using System.Numerics;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Measures;

/// <summary>Reads indicators and cutoff as they are typed: <c>school=1/6,water=1/18</c> and <c>1/3</c>. Fractions and decimals are exact.</summary>
internal static class DeprivationText
{
    /// <summary>The columns and their weights; refused with <c>measure.indicators</c> or <c>measure.cutoff</c>.</summary>
    public static Outcome<(string[] Names, DeprivationWeights Weights)> Read(string indicators, string cutoff)
    {
        var wrong = new Refusal("measure.indicators", Place.None, indicators);
        var items = indicators.Split([',', '，'], StringSplitOptions.TrimEntries);
        var names = new string[items.Length];
        var fractions = new (BigInteger Above, BigInteger Below)[items.Length];
        var weighed = 0;
        for (var i = 0; i < items.Length; i++)
        {
            var at = items[i].LastIndexOf('=');
            names[i] = (at < 0 ? items[i] : items[i][..at]).Trim();
            if (at >= 0) weighed++;
            if (names[i].Length == 0 || !TryFraction(at < 0 ? "1" : items[i][(at + 1)..], out fractions[i])) return wrong;
        }
        if (items.Length > 64 || (weighed > 0 && weighed < items.Length) || names.Distinct(StringComparer.Ordinal).Count() < names.Length) return wrong;
        if (!TryFraction(cutoff, out var k) || k.Above > k.Below) return new Refusal("measure.cutoff", Place.None, cutoff);
        var below = fractions.Aggregate(BigInteger.One, (all, f) => all / BigInteger.GreatestCommonDivisor(all, f.Below) * f.Below);
        var parts = fractions.Select(f => f.Above * (below / f.Below)).ToArray();
        if (parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part) > 1_000_000_000_000) return wrong;
        return (names, new DeprivationWeights([.. parts.Select(p => (long)p)], (long)k.Above, (long)k.Below));
    }

    // Above zero: 1/3, 0.25, 2.
    private static bool TryFraction(string text, out (BigInteger Above, BigInteger Below) fraction)
    {
        fraction = default;
        var sides = text.Split('/');
        if (sides.Length > 2 || !Numerals.TryParseFixed(sides[0], 6, out var above) || above <= 0) return false;
        var below = 1_000_000L;
        if (sides.Length == 2 && (!Numerals.TryParseFixed(sides[1], 6, out below) || below <= 0)) return false;
        var common = BigInteger.GreatestCommonDivisor(above, below);
        fraction = (above / common, below / common);
        return true;
    }
}
