using System.Globalization;

namespace Shanhuo.Kernel;

/// <summary>An exact rate in parts per million, 0 to 1 000 000 (0% to 100%): <c>2.5%</c> is 25 000.</summary>
/// <param name="PartsPerMillion">0 to 1 000 000.</param>
public readonly record struct Rate(int PartsPerMillion)
{
    /// <summary>100%.</summary>
    public const int Whole = 1_000_000;

    /// <summary>Reads <c>2.5%</c>: ASCII digits, at most four decimals, a percent sign, 0 to 100.</summary>
    public static bool TryParse(string? text, out Rate rate)
    {
        rate = default;
        if (text is null || text.Length > 16 || !text.EndsWith('%')) return false;
        if (!text[..^1].All(c => char.IsAsciiDigit(c) || c == '.')) return false;
        if (!Numerals.TryParseFixed(text[..^1], 4, out var value) || value > Whole) return false;
        rate = new Rate((int)value);
        return true;
    }

    /// <summary>Amount × rate, rounded once, half to even, on the exact quotient.</summary>
    public Fen Of(Fen amount) => new(Rounding.HalfEven((Int128)amount.Value * PartsPerMillion, Whole));

    /// <summary><c>2.5%</c>.</summary>
    public override string ToString() => (PartsPerMillion / 10_000m).ToString("0.####", CultureInfo.InvariantCulture) + "%";
}
