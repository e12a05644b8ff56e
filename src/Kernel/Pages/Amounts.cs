using System.Globalization;

namespace Shanhuo.Kernel.Pages;

/// <summary>In what a weight is shown.</summary>
public enum WeightUnit
{
    /// <summary>斤, 500 g: as weights are called at a station.</summary>
    Jin,

    /// <summary>公斤, kg.</summary>
    Kilogram,
}

/// <summary>Weights with their unit, and short amounts for charts.</summary>
public static class Amounts
{
    /// <summary>25 斤, 12.5 公斤; 25 jin, 12.5 kg; up to three decimals.</summary>
    public static string Weight(Grams weight, WeightUnit unit, Language language)
    {
        var number = (weight.Value / (unit == WeightUnit.Jin ? 500m : 1000m)).ToString("#,##0.###", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);
        return number + "\u00A0" + (unit, language) switch
        {
            (WeightUnit.Jin, Language.Zh) => "斤",
            (WeightUnit.Jin, _) => "jin",
            (_, Language.Zh) => "公斤",
            _ => "kg",
        };
    }

    /// <summary>A rounded amount for a chart, whose table holds the exact one: ¥8,640, 12.86万, 1.29亿; ¥128.6k, ¥1.29m.</summary>
    public static string Brief(Fen amount, Language language)
    {
        var yuan = amount.Value / 100m;
        var size = Math.Abs(yuan);
        return (language, size) switch
        {
            (_, < 100) => amount.ToDisplay(),
            (Language.Zh, >= 100_000_000) => Show(yuan / 100_000_000, "0.##", "", "亿"),
            (Language.Zh, >= 10_000) => Show(yuan / 10_000, "0.##", "", "万"),
            (Language.En, >= 1_000_000) => Show(yuan / 1_000_000, "#,##0.##", "¥", "m"),
            (Language.En, >= 10_000) => Show(yuan / 1_000, "0.#", "¥", "k"),
            _ => Show(yuan, "#,##0", "¥", ""),
        };

        static string Show(decimal value, string format, string before, string after) =>
            (value < 0 ? "−" : "") + before + Math.Abs(value).ToString(format, CultureInfo.InvariantCulture) + after;
    }
}
