using System.Text;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

/// <summary>The words of a scheme document and how its amounts are written.</summary>
internal static class Words
{
    public static readonly Dictionary<string, Base> Bases = Of<Base>();
    public static readonly Dictionary<string, Per> Pers = Of<Per>();
    public static readonly Dictionary<string, PriceKind> Prices = Of<PriceKind>();
    public static readonly Dictionary<string, Cost> Costs = Of<Cost>();

    /// <summary>The word of an enumerated value: its name in small letters.</summary>
#pragma warning disable CA1308 // The words of the document are in small letters.
    public static string Word<T>(this T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>Reads <c>2.5%</c>: ASCII digits, at most four decimals, a percent sign, 0% to 100%.</summary>
    public static bool TryRate(string text, out Rate rate)
    {
        rate = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 || text.Length - dot <= 6) && Rate.TryParse(text, out rate);
    }

    /// <summary>Reads yuan as <see cref="PlainNumber.TryMoney"/> does.</summary>
    public static bool TryMoney(string text, out Fen fen)
    {
        var ok = PlainNumber.TryMoney(Encoding.UTF8.GetBytes(text), out var value);
        fen = new Fen(value);
        return ok;
    }

    private static Dictionary<string, T> Of<T>() where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => value.Word(), StringComparer.Ordinal);
}
