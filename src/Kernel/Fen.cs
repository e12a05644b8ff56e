using System.Globalization;

namespace Shanhuo.Kernel;

/// <summary>Money in whole fen (1 yuan = 100 fen), positive or negative. Overflow throws, it never wraps.</summary>
/// <param name="Value">Fen.</param>
public readonly record struct Fen(long Value) : IComparable<Fen>
{
    /// <summary>No money.</summary>
    public static Fen Zero => default;

    /// <summary>The sum; throws <see cref="OverflowException"/> beyond 64 bits.</summary>
    public static Fen operator +(Fen a, Fen b) => new(checked(a.Value + b.Value));

    /// <summary>The difference; throws <see cref="OverflowException"/> beyond 64 bits.</summary>
    public static Fen operator -(Fen a, Fen b) => new(checked(a.Value - b.Value));

    /// <summary>The same amount the other way.</summary>
    public static Fen operator -(Fen a) => new(checked(-a.Value));

    /// <summary>Whole fen for sums in queries, where the database knows only numbers.</summary>
    public static explicit operator long(Fen fen) => fen.Value;

    /// <summary>Is <paramref name="a"/> less than <paramref name="b"/>?</summary>
    public static bool operator <(Fen a, Fen b) => a.Value < b.Value;

    /// <summary>Is <paramref name="a"/> more than <paramref name="b"/>?</summary>
    public static bool operator >(Fen a, Fen b) => a.Value > b.Value;

    /// <summary>Is <paramref name="a"/> at most <paramref name="b"/>?</summary>
    public static bool operator <=(Fen a, Fen b) => a.Value <= b.Value;

    /// <summary>Is <paramref name="a"/> at least <paramref name="b"/>?</summary>
    public static bool operator >=(Fen a, Fen b) => a.Value >= b.Value;

    /// <inheritdoc/>
    public int CompareTo(Fen other) => Value.CompareTo(other.Value);

    /// <summary>Reads yuan as people write them: full-width digits, spaces, thousands commas, a currency sign or 元 are all taken; at most two decimals.</summary>
    /// <param name="text">For example <c>58</c>, <c>58.9</c>, <c>￥1,058.90</c>, <c>５８元</c>.</param>
    /// <param name="fen">The amount, at most 10^12 yuan either way.</param>
    /// <returns>False when it is no such amount.</returns>
    public static bool TryParseYuan(string? text, out Fen fen)
    {
        var ok = Numerals.TryParseFixed(text, 2, out var value);
        fen = new Fen(value);
        return ok;
    }

    /// <summary>Plain yuan with two decimals and a dot, for files and inputs: <c>-12.40</c>.</summary>
    public override string ToString()
    {
        var v = Math.Abs((decimal)Value);
        return (Value < 0 ? "-" : "") + (v / 100m).ToString("0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>For people: sign, thousands separators, two decimals: <c>¥1,258.90</c>.</summary>
    public string ToDisplay()
    {
        var v = Math.Abs((decimal)Value);
        return (Value < 0 ? "−" : "") + "¥" + (v / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
    }
}
