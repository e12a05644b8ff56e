using System.Text;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Rows of a small CSV text (RFC 4180): a bank's answer or statement, read whole.</summary>
internal static class Csv
{
    /// <summary>All records; quotes may hold commas, line ends and doubled quotes; the last line end is optional.</summary>
    public static IEnumerable<List<string>> Rows(string text)
    {
        var (row, cell, quoted, any) = (new List<string>(), new StringBuilder(), false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') { cell.Append('"'); i++; }
                else quoted = false;
            }
            else if (c == '"' && cell.Length == 0) (quoted, any) = (true, true);
            else if (c == ',') { row.Add(cell.ToString()); cell.Clear(); any = true; }
            else if (c is '\r' or '\n')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
                row.Add(cell.ToString());
                cell.Clear();
                yield return row;
                (row, any) = ([], false);
            }
            else { cell.Append(c); any = true; }
        }
        if (!any && cell.Length == 0) yield break;
        row.Add(cell.ToString());
        yield return row;
    }
}
