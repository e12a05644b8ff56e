using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Surveys.Tables;

/// <summary>Writes what may be shown of a table, for people: a row for each share, hidden numbers empty and marked.</summary>
internal static class TableExport
{
    public static byte[] Write(SafeTable safe, SheetFormat format, Say say)
    {
        using var memory = new MemoryStream();
        string[] keys = ["survey.row", "survey.column", "survey.base", "survey.count", "survey.of", "survey.percent", "survey.low", "survey.high", "survey.hidden"];
        using (var sheet = SheetWriter.Begin(format, memory, say["survey.table"], [.. keys.Select(k => new SheetColumn(say[k], k is "survey.row" or "survey.column" or "survey.base" or "survey.hidden" ? SheetColumnKind.Text : SheetColumnKind.Decimal))]))
            foreach (var share in safe.Table.Shares)
            {
                var shown = safe.Shows(share);
                var value = share.Value;
                sheet.Row(safe.Table.Rows.Options[share.Row].Label, safe.Table.Columns?.Options[share.Column].Label ?? "", say["survey.base-" + share.Base],
                    safe.ShowsCell(share.Row, share.Column) ? value.Count : (SheetValue)"", safe.ShowsBase(share) ? value.BaseCount : (SheetValue)"",
                    Percent(shown, value.Proportion), Percent(shown, value.Interval.Low), Percent(shown, value.Interval.High), shown ? "" : say["survey.hidden"]);
            }
        return memory.ToArray();
    }

    private static SheetValue Percent(bool shown, double share) => shown ? SheetValue.Figure(Math.Round(share * 100, 2, MidpointRounding.AwayFromZero)) : "";
}
