using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shanhuo.Kernel;

/// <summary>How deep an area lies: province to village, or the whole country.</summary>
public enum AreaLevel { Country, Province, Prefecture, County, Township, Village }

/// <summary>A national statistical division code: always 12 digits, shorter levels padded with zeros (province 2, prefecture 4, county 6, township 9, village 12 significant digits).</summary>
/// <param name="Value">0 (the whole country) to 999 999 999 999.</param>
[JsonConverter(typeof(AreaCodeJson))]
public readonly record struct AreaCode(long Value) : IComparable<AreaCode>
{
    /// <summary>The whole country.</summary>
    public static AreaCode Country => default;

    /// <summary>Reads 2, 4, 6, 9 or 12 digits.</summary>
    public static bool TryParse(string? text, out AreaCode code)
    {
        code = default;
        if (text is null || text.Length is not (2 or 4 or 6 or 9 or 12) || !text.All(char.IsAsciiDigit)) return false;
        code = new AreaCode(long.Parse(text.PadRight(12, '0'), CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Reads a code that is known to be right, such as a constant of ours.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static AreaCode Parse(string text) => TryParse(text, out var code) ? code : throw new FormatException($"'{text}' is not an area code.");

    /// <summary>The level, by the zeros at the end.</summary>
    public AreaLevel Level => Value == 0 ? AreaLevel.Country
        : Value % 10_000_000_000 == 0 ? AreaLevel.Province
        : Value % 100_000_000 == 0 ? AreaLevel.Prefecture
        : Value % 1_000_000 == 0 ? AreaLevel.County
        : Value % 1_000 == 0 ? AreaLevel.Township
        : AreaLevel.Village;

    /// <summary>This area or the one above it at <paramref name="level"/>.</summary>
    public AreaCode At(AreaLevel level) => new(Value / Size(level) * Size(level));

    /// <summary>The county this area lies in.</summary>
    public AreaCode County => At(AreaLevel.County);

    /// <summary>The largest code within this area, for range filters.</summary>
    public AreaCode Last => new(Value + Size(Level) - 1);

    /// <summary>Does <paramref name="other"/> lie in this area, or is it this area?</summary>
    public bool Contains(AreaCode other) => other.Value >= Value && other.Value <= Last.Value;

    /// <summary>The number behind the code, for ranges in queries.</summary>
    public static explicit operator long(AreaCode code) => code.Value;

    /// <summary>Order by code.</summary>
    public static bool operator <(AreaCode a, AreaCode b) => a.Value < b.Value;

    /// <summary>Order by code.</summary>
    public static bool operator >(AreaCode a, AreaCode b) => a.Value > b.Value;

    /// <summary>Order by code.</summary>
    public static bool operator <=(AreaCode a, AreaCode b) => a.Value <= b.Value;

    /// <summary>Order by code.</summary>
    public static bool operator >=(AreaCode a, AreaCode b) => a.Value >= b.Value;

    /// <inheritdoc/>
    public int CompareTo(AreaCode other) => Value.CompareTo(other.Value);

    /// <summary>The significant digits: <c>620525</c> for a county, 12 for a village.</summary>
    public override string ToString()
    {
        var digits = Value.ToString("000000000000", CultureInfo.InvariantCulture);
        return Level switch
        {
            AreaLevel.Country => "",
            AreaLevel.Province => digits[..2],
            AreaLevel.Prefecture => digits[..4],
            AreaLevel.County => digits[..6],
            AreaLevel.Township => digits[..9],
            _ => digits,
        };
    }

    private static long Size(AreaLevel level) => level switch
    {
        AreaLevel.Country => 1_000_000_000_000,
        AreaLevel.Province => 10_000_000_000,
        AreaLevel.Prefecture => 100_000_000,
        AreaLevel.County => 1_000_000,
        AreaLevel.Township => 1_000,
        _ => 1,
    };
}

/// <summary>An area code in JSON: its digits as text.</summary>
internal sealed class AreaCodeJson : JsonConverter<AreaCode>
{
    public override AreaCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => AreaCode.TryParse(reader.GetString(), out var code) ? code : throw new JsonException("Not an area code.");

    public override void Write(Utf8JsonWriter writer, AreaCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
