namespace Shanhuo.Settlement.Schemes;

/// <summary>Reads the numbers of machine files: ASCII digits and nothing else, exactly, without rounding.</summary>
internal static class PlainNumber
{
    /// <summary>No cell is over this: 10^12 (yuan, grams, pieces, parcels).</summary>
    public const long Largest = 1_000_000_000_000;

    /// <summary>A whole number: digits only, 0 to <see cref="Largest"/>.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.IsEmpty) return false;
        foreach (var digit in text)
        {
            var d = unchecked((uint)(digit - '0'));
            if (d > 9) return false;
            value = value * 10 + d;
            if (value > Largest) return false;
        }
        return true;
    }

    /// <summary>Yuan with at most two decimals, as fen: <c>58</c>, <c>58.9</c>, <c>58.90</c>; not <c>.5</c>, not <c>58.</c>, no sign; 0 to <see cref="Largest"/> yuan.</summary>
    public static bool TryMoney(ReadOnlySpan<byte> text, out long fen)
    {
        var dot = text.IndexOf((byte)'.');
        var whole = dot < 0 ? text : text[..dot];
        if (!TryWhole(whole, out fen)) return false;
        fen *= 100;
        if (dot < 0) return true;
        var part = text[(dot + 1)..];
        if (part.Length is 0 or > 2 || !TryWhole(part, out var decimals)) return false;
        fen += part.Length == 1 ? decimals * 10 : decimals;
        return fen <= Largest * 100;
    }

    /// <summary>A real day: <c>2026-11-21</c>, years 0001 to 9999.</summary>
    public static bool IsDay(ReadOnlySpan<byte> text)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-') return false;
        if (!TryWhole(text[..4], out var year) || !TryWhole(text.Slice(5, 2), out var month) || !TryWhole(text[8..], out var day)) return false;
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month);
    }
}
