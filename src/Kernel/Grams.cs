using System.Globalization;

namespace Shanhuo.Kernel;

/// <summary>Weight in whole grams. 1 斤 (jin) = 500 g. Overflow throws.</summary>
/// <param name="Value">Grams.</param>
public readonly record struct Grams(long Value) : IComparable<Grams>
{
    /// <summary>No weight.</summary>
    public static Grams Zero => default;

    /// <summary>The sum.</summary>
    public static Grams operator +(Grams a, Grams b) => new(checked(a.Value + b.Value));

    /// <summary>The difference.</summary>
    public static Grams operator -(Grams a, Grams b) => new(checked(a.Value - b.Value));

    /// <summary>Whole grams for sums in queries, where the database knows only numbers.</summary>
    public static explicit operator long(Grams grams) => grams.Value;

    /// <summary>Less than.</summary>
    public static bool operator <(Grams a, Grams b) => a.Value < b.Value;

    /// <summary>More than.</summary>
    public static bool operator >(Grams a, Grams b) => a.Value > b.Value;

    /// <summary>At most.</summary>
    public static bool operator <=(Grams a, Grams b) => a.Value <= b.Value;

    /// <summary>At least.</summary>
    public static bool operator >=(Grams a, Grams b) => a.Value >= b.Value;

    /// <inheritdoc/>
    public int CompareTo(Grams other) => Value.CompareTo(other.Value);

    /// <summary>Reads kilograms (at most three decimals) as people write them; see <see cref="Fen.TryParseYuan"/>.</summary>
    public static bool TryParseKilograms(string? text, out Grams grams)
    {
        var ok = Numerals.TryParseFixed(text, 3, out var value);
        grams = new Grams(value);
        return ok;
    }

    /// <summary>Reads 斤 (500 g each; at most two decimals, which is 5 g) as people write them.</summary>
    public static bool TryParseJin(string? text, out Grams grams)
    {
        grams = default;
        if (!Numerals.TryParseFixed(text, 2, out var hundredths)) return false;
        grams = new Grams(hundredths * 5);
        return true;
    }

    /// <summary>Kilograms with up to three decimals, for files: <c>12.5</c>.</summary>
    public string ToKilograms() => (Value / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>斤 with up to three decimals: <c>25</c> for 12.5 kg.</summary>
    public string ToJin() => (Value / 500m).ToString("#,##0.###", CultureInfo.InvariantCulture);
}
