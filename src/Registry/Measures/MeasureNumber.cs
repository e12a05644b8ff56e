using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Registry.Measures;

/// <summary>What a cell that should hold a number holds.</summary>
internal enum NumberKind { Known, Unknown, Wrong }

/// <summary>Reads numbers of surveys: yuan, weights, sizes. An unknown one is never zero.</summary>
internal static class MeasureNumber
{
    /// <summary>The largest amount taken, 10^12, either way.</summary>
    public const double Largest = Numerals.Largest;

    // As people and R, Stata or Excel write that something is not known. A word such as 无 may mean nothing at all and is refused.
    private static readonly HashSet<string> Unknown = new(StringComparer.OrdinalIgnoreCase) { "NA", "N/A", "NaN", "不详", "未知", "不知道", "不清楚", "缺失" };

    /// <summary>Reads a cell: digits with an optional sign, exponent, thousands commas, currency sign, also full-width. Empty, <c>NA</c>, <c>不详</c> and the like are unknown.</summary>
    public static NumberKind Read(SheetCell cell, out double value)
    {
        value = double.NaN;
        if (cell.IsEmpty || Unknown.Contains(cell.Text)) return NumberKind.Unknown;
        if (cell.Kind is CellKind.Date or CellKind.Boolean or CellKind.Error) return NumberKind.Wrong;
        return TryParse(cell.Text, out value) ? NumberKind.Known : NumberKind.Wrong;
    }

    /// <summary>Reads a number as <see cref="Read"/> does.</summary>
    public static bool TryParse(string? text, out double value)
    {
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, styles, CultureInfo.InvariantCulture, out value)) return Math.Abs(value) <= Largest;
        var ok = Numerals.TryParseFixed(text, 6, out var millionths);
        value = ok ? millionths / 1e6 : double.NaN;
        return ok;
    }
}
