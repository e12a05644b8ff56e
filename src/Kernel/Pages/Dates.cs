using System.Globalization;

namespace Shanhuo.Kernel.Pages;

/// <summary>Days and months as people read them.</summary>
public static class Dates
{
    /// <summary>2026年11月21日, or 21 Nov 2026.</summary>
    public static string Day(DateOnly day, Language language) => language == Language.Zh
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日")
        : day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>2026年11月, or Nov 2026.</summary>
    public static string Month(DateOnly day, Language language) => language == Language.Zh
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月")
        : day.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The month without its year, for the axis of a chart: 11月, or Nov.</summary>
    public static string MonthOnly(DateOnly day, Language language) => language == Language.Zh
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Month}月")
        : day.ToString("MMM", CultureInfo.InvariantCulture);
}
