using System.Globalization;
using System.Text.RegularExpressions;

namespace Shanhuo.Kernel.Sheets;

/// <summary>What a cell was in the file.</summary>
public enum CellKind
{
    /// <summary>Nothing, or spaces only.</summary>
    Empty,

    /// <summary>Text; every filled cell of a CSV file.</summary>
    Text,

    /// <summary>A number of a workbook. Excel keeps 15 digits of it.</summary>
    Number,

    /// <summary>A date of a workbook; its text is <c>2026-11-21</c> or <c>2026-11-21 10:22:33</c>.</summary>
    Date,

    /// <summary>TRUE or FALSE.</summary>
    Boolean,

    /// <summary>An error such as #N/A.</summary>
    Error,
}

/// <summary>One cell, as text and as what it can be read as. The default is an empty cell.</summary>
/// <param name="Text">Without spaces at both ends; never null in use.</param>
/// <param name="Kind">What it was in the file.</param>
/// <param name="IsFormula">The stored value of a formula; the formula itself is never computed.</param>
public readonly partial record struct SheetCell(string Text, CellKind Kind, bool IsFormula = false)
{
    private static readonly string[] DayFormats =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日",
        "yyyy-M-d H:m", "yyyy/M/d H:m", "yyyy-M-d H:m:s", "yyyy/M/d H:m:s", "yyyy年M月d日 H:m:s", "yyyy年M月d日 H:m", "yyyy.M.d H:m:s", "yyyyMMddHHmmss", "yyyyMMdd H:m:s",
        "yyyy-M-dTH:m:s", "yyyy-M-d H:m:s.FFF", "yyyy/M/d H:m:s.FFF", "yyyy-M-dTH:m:s.FFF",
    ];

    /// <summary>An empty cell.</summary>
    public static SheetCell None { get; } = new("", CellKind.Empty);

    /// <summary>Is there nothing in it?</summary>
    public bool IsEmpty => string.IsNullOrEmpty(Text);

    /// <summary>Yuan with at most two decimals, as people write them (see <see cref="Fen.TryParseYuan"/>).</summary>
    public bool TryMoney(out Fen fen) => Fen.TryParseYuan(Text, out fen);

    /// <summary>A whole number; <c>3</c>, <c>３</c>, <c>3.0</c>, <c>1,200</c>.</summary>
    public bool TryWhole(out long value) => Numerals.TryParseFixed(Text, 0, out value);

    /// <summary>A day, from text in the usual spellings, a date cell, or the serial number that Excel shows when a date loses its format.</summary>
    public bool TryDay(out DateOnly day)
    {
        var ok = TryTime(out var time);
        day = DateOnly.FromDateTime(time);
        return ok;
    }

    /// <summary>A day with its time, China time as written; see <see cref="TryDay"/>.</summary>
    public bool TryTime(out DateTime time)
    {
        time = default;
        if (IsEmpty) return false;
        var text = Numerals.Narrow(Text);
        if (DateTime.TryParseExact(text, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out time)) return time.Year is >= 1990 and <= 2200;
        // 32 874 is the first day of 1990: a smaller number is a quantity that slipped into the wrong column.
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= 32_874 and < 110_000 && TrySerial(serial, false, out time);
    }

    /// <summary>An order number or other code, with what exporters wrap around it (<c>="…"</c>, a leading apostrophe, tabs) taken off.</summary>
    /// <param name="code">The code; what is left of it when it is damaged.</param>
    /// <returns>False when Excel has damaged it: <c>6.2E+17</c>, or a number of more than 15 digits kept as a number. The digits are lost and must come from a fresh export.</returns>
    public bool TryCode(out string code)
    {
        code = Numerals.Narrow(Text ?? "");
        if (code.StartsWith("=\"", StringComparison.Ordinal) && code.EndsWith('"') && code.Length > 2) code = code[2..^1].Trim();
        code = code.TrimStart('\'', '`').Trim();
        if (Scientific().IsMatch(code)) return false;
        return Kind != CellKind.Number || code.TrimStart('-').Length <= 15 || !code.All(char.IsAsciiDigit);
    }

    /// <summary>Could a text of 16 to 20 digits be one that Excel cut at 15 and filled with zeros? True of one right number in a thousand too, so judge by the whole column.</summary>
    public bool LooksCut => Text is { Length: >= 18 and <= 20 } && Text.All(char.IsAsciiDigit) && Text.AsSpan(15).Trim('0').IsEmpty;

    /// <summary>Excel's day number as a time: 1 is 1900-01-01 (with its 29 February 1900 that never was), or in the other system 0 is 1904-01-01.</summary>
    internal static bool TrySerial(decimal serial, bool from1904, out DateTime time)
    {
        time = default;
        if (serial is < 0 or >= 2_958_466) return false;
        var start = from1904 ? new DateTime(1904, 1, 1) : serial < 60 ? new DateTime(1899, 12, 31) : new DateTime(1899, 12, 30);
        time = start.AddDays((double)decimal.Floor(serial)).AddSeconds((double)decimal.Round((serial - decimal.Floor(serial)) * 86_400m));
        return true;
    }

    /// <summary>A number of a workbook as people see it: 15 digits, without exponent where that is possible. Excel keeps doubles, so 12.4 may stand as 12.399999999999999.</summary>
    internal static string PlainNumber(string raw)
    {
        if (!decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return raw;
        var size = decimal.Abs(value);
        var digits = 0;
        for (var whole = decimal.Truncate(size); whole >= 1; whole = decimal.Truncate(whole / 10)) digits++;
        if (digits < 15) value = decimal.Round(value, Math.Min(15 - digits, 15));
        return value.ToString("0.###############", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\d(\.\d+)?[eE]\+\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Scientific();
}
