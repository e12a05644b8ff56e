using System.Globalization;

namespace Shanhuo.Market.Sense;

/// <summary>How figures of the market are said.</summary>
internal static class SenseWords
{
    /// <summary>Tenths of a percent: 31.5%.</summary>
    public static string Percent(long perMille) => string.Create(CultureInfo.InvariantCulture, $"{perMille / 10m:0.#}%");

    /// <summary>The Monday of a week, short: 11-16.</summary>
    public static string Week(DateOnly monday) => monday.ToString("MM-dd", CultureInfo.InvariantCulture);
}
