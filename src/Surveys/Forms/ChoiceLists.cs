using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Surveys.Forms;

/// <summary>Reads the choices sheet: lists of answers by name of list.</summary>
internal static class ChoiceLists
{
    /// <summary>Choices of one list at most.</summary>
    public const int Most = 20_000;

    /// <param name="sheet">Null: the form has no such sheet.</param>
    /// <param name="bad">Takes what is wrong, each with its cell.</param>
    public static Dictionary<string, List<Choice>> Read(FormSheet? sheet, List<Refusal> bad)
    {
        var lists = new Dictionary<string, List<Choice>>(StringComparer.Ordinal);
        if (sheet is null) return lists;
        var seen = new HashSet<(string, string)>();
        foreach (var column in new[] { "list_name", "name" })
            if (sheet.Find(column) < 0)
            {
                bad.Add(new("form.no-column", sheet.Header.At(column), column));
                return lists;
            }
        foreach (var row in sheet.Rows)
        {
            var (list, name) = (sheet.Text(row, "list_name"), sheet.Text(row, "name"));
            if (list.Length == 0 && name.Length == 0) continue;
            if (list.Length == 0) bad.Add(new("form.no-list-name", row.At("list_name")));
            else if (name.Length == 0) bad.Add(new("form.no-name", row.At("name")));
            else if (name.Any(char.IsWhiteSpace)) bad.Add(new("form.choice-space", row.At("name"), name));
            else if (!seen.Add((list, name))) bad.Add(new("form.choice-twice", row.At("name"), name, list));
            else
            {
                if (!lists.TryGetValue(list, out var choices)) lists.Add(list, choices = []);
                if (choices.Count == Most) bad.Add(new("form.choices-many", row.At("list_name"), list, Most));
                if (choices.Count < Most) choices.Add(new Choice(name, sheet.Translated(row, "label"), Others(sheet, row)));
            }
        }
        return lists;
    }

    private static Dictionary<string, string> Others(FormSheet sheet, SheetRow row)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < sheet.Columns.Count; i++)
            if (sheet.Columns[i].Length > 0 && sheet.Columns[i] is not "list_name" && !sheet.Columns[i].StartsWith("label", StringComparison.Ordinal)) columns[sheet.Columns[i] == "name" ? "name" : sheet.Written[i]] = row[i].Text ?? "";
        return columns;
    }
}
