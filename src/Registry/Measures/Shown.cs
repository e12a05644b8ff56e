using System.Globalization;

namespace Shanhuo.Registry.Measures;

/// <summary>Figures as people read them; what is not defined is a dash.</summary>
internal static class Shown
{
    public static string Percent(double share) => double.IsNaN(share) ? "—" : (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    public static string Index(double index) => double.IsNaN(index) ? "—" : index.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Yuan(double yuan) => double.IsNaN(yuan) ? "—" : "¥" + yuan.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A figure and between which bounds it lies, where these differ.</summary>
    public static string Bounds(double low, double high, Func<double, string> shown) => low.Equals(high) || double.IsNaN(low) ? shown(low) : $"{shown(low)}–{shown(high)}";
}
