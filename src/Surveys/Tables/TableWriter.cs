using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Surveys.Tables;

/// <summary>Writes a table as one flat CSV: a row for each share, then what was left out, then the tests. The names of columns and records are the same in both languages; only labels are translated.</summary>
internal static class TableWriter
{
    private static readonly string[] Names =
    [
        "record", "row", "row_label", "column", "column_label", "base", "count", "weighted", "base_count", "base_weighted",
        "percent", "proportion", "se", "low", "high", "design_effect", "method", "statistic", "df1", "df2", "p_value", "p_family",
    ];

    public static void Write(Tabulation table, Stream output)
    {
        using var sheet = SheetWriter.BeginPlain(output, [.. Names.Select(n => new SheetColumn(n))]);
        foreach (var share in table.Shares)
        {
            var (row, column) = (table.Rows.Options[share.Row], table.Columns?.Options[share.Column] ?? ("", ""));
            var value = share.Value;
            var method = double.IsNaN(value.Error) ? "" : value.Interval.Method.Length == 0 ? "taylor" : "taylor; " + value.Interval.Method;
            sheet.Row("cell", row.Name, row.Label, column.Item1, column.Item2, share.Base, value.Count, Number(value.Weighted), value.BaseCount, Number(value.BaseWeighted),
                Percent(value.Proportion), Number(value.Proportion), Number(value.Error), Number(value.Interval.Low), Number(value.Interval.High), Number(value.DesignEffect), method);
        }
        foreach (var reason in Enum.GetValues<LeftOut>())
            if (table.LeftOut[(int)reason] is > 0 and var count) sheet.Row("left-out", Name(reason), "", "", "", "", count);
        if (table.Columns is not null && table.Tests.Count == 0) sheet.Row("test", "", "", "", "", "all-answered", "", "", "", "", "", "", "", "", "", "", "not-possible");
        foreach (var test in table.Tests)
        {
            var (row, column) = (test.Row is { } r ? table.Rows.Options[r] : ("", ""), test.Column is { } c ? table.Columns!.Options[c] : ("", ""));
            var small = test.Test.SmallCells > 0 ? $"{test.Test.Method}; expected<5 in {test.Test.SmallCells.ToString(CultureInfo.InvariantCulture)}" : test.Test.Method;
            // Bonferroni over the options (Bilder and Loughin 2004, Biometrics 60, 241-248).
            var family = table.Tests.Count == 1 ? double.NaN : Math.Min(1, test.Test.P * table.Tests.Count);
            sheet.Row("test", row.Item1, row.Item2, column.Item1, column.Item2, "all-answered", "", "", "", "", "", "", "", "", "", "", small, Number(test.Test.Statistic), Number(test.Test.Df1), Number(test.Test.Df2), Number(test.Test.P), Number(family));
        }
    }

    /// <summary>With two decimals, a half away from zero; empty where there is none.</summary>
    public static string Percent(double proportion) => double.IsNaN(proportion) ? "" : decimal.Round((decimal)proportion * 100, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G12", CultureInfo.InvariantCulture) : "";

    private static string Name(LeftOut reason) => reason switch
    {
        LeftOut.NotAsked => "not-asked",
        LeftOut.AnsweredThoughNotAsked => "answered-though-not-asked",
        LeftOut.RoutingUnknown => "routing-unknown",
        LeftOut.ColumnNotAsked => "column-not-asked",
        LeftOut.ColumnUnknown => "column-unknown",
        _ => "no-answer",
    };
}
