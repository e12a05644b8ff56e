using System.Globalization;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Tests.Registry.Files;

/// <summary>A county's sheet of invented households, four people each, of any size; identity numbers carry an area that does not exist.</summary>
public static class CountySheet
{
    public static readonly string[] Columns =
        ["book", "village", "group", "relation", "name", "identity", "ethnicity", "schooling", "labour", "health", "insurance", "away-months", "phone", "housing", "safe-water", "farmland", "sheep", "smartphone", "causes", "income-year", "income-wages", "income-business", "business-costs"];

    /// <summary>Writes the sheet.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="format">CSV or XLSX.</param>
    /// <param name="households">How many.</param>
    /// <param name="people">In all; the last households have one fewer or more so that it comes out.</param>
    /// <param name="villages">Their codes.</param>
    /// <param name="faultEvery">Every so many rows the identity number has a wrong last character; 0: none.</param>
    public static void Write(Stream output, SheetFormat format, int households, int people, IReadOnlyList<string> villages, int faultEvery = 0)
    {
        using var sheet = SheetWriter.Begin(format, output, "名册", [.. Columns.Select(c => new SheetColumn(c))]);
        string[] relations = ["head", "spouse", "child", "parent", "child"];
        for (int h = 0, row = 0; h < households; h++)
            for (int last = (int)((long)people * (h + 1) / households), m = 0; row < last; m++, row++)
            {
                var born = new DateOnly(1950, 1, 1).AddDays((row * 37L % 25_000) is var d ? (int)d : 0);
                var identity = Identity(born, row / 25_000 * 2 % 1000 + row % 2);
                if (faultEvery > 0 && row % faultEvery == faultEvery - 1) identity = identity[..17] + (identity[17] == '5' ? '6' : '5');
                var head = m == 0;
                sheet.Row(
                    string.Create(CultureInfo.InvariantCulture, $"HK{h:0000000}"), villages[h % villages.Count], head ? $"{h % 6 + 1}社" : "", relations[Math.Min(m, 4)], Name(row), identity, row % 4 == 0 ? "01" : "03", row % 3 == 0 ? "primary" : "小学",
                    row % 5 == 0 ? "" : "ordinary", row % 50 == 0 ? "chronic" : "well", "1", row % 7 == 0 ? "8" : "0",
                    head ? string.Create(CultureInfo.InvariantCulture, $"000{10_000_000 + h}") : "", head ? "a" : "", head ? "是" : "", head ? string.Create(CultureInfo.InvariantCulture, $"{h % 20}.5") : "", head ? "3" : "", head ? "1" : "",
                    head && h % 3 == 0 ? "因病、缺技术" : "", head ? "2025" : "", head ? "12000.00" : "", head ? "8000" : "", head ? "2500" : "");
            }
    }

    /// <summary>A number of the area 620599 with the right last character.</summary>
    public static string Identity(DateOnly born, int order)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"620599{born:yyyyMMdd}{order:000}");
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return body + "10X98765432"[body.Select((c, i) => (c - '0') * weights[i]).Sum() % 11];
    }

    private static string Name(int row) => "马李王张丁杨毛苏米穆"[row % 10].ToString() + "文秀福玉建桂小梅忠春"[row / 10 % 10] + "英兰国花军燕才强海芳"[row / 100 % 10];
}
