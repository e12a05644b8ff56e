using System.Globalization;

namespace Shanhuo.Settlement.Ledger;

/// <summary>How a row id stands as the key of a cause: its digits.</summary>
internal static class LineKey
{
    public static string Of(long id) => id.ToString(CultureInfo.InvariantCulture);
}
