using System.Text.RegularExpressions;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Surveys.Forms.XPath;

namespace Shanhuo.Surveys.Forms;

/// <summary>Reads an XLSForm (xlsform.org) from a workbook or a folder of CSV files. What the program does not do it refuses, with sheet, row and reason.</summary>
internal sealed partial class XlsFormReader
{
    /// <summary>Rows that ask or compute something, at most.</summary>
    public const int MostItems = 2_000;

    private static readonly string[] DeviceTypes = ["start", "end", "today", "deviceid", "username", "phonenumber", "email", "simserial", "subscriberid", "audit"];

    private readonly List<Refusal> bad = [];
    private readonly List<FormItem> items = [];
    private readonly Dictionary<string, FormItem> byName = new(StringComparer.Ordinal);
    private readonly FormSheet survey;
    private readonly Dictionary<string, List<Choice>> lists;

    private XlsFormReader(Dictionary<string, FormSheet> sheets)
    {
        survey = sheets["survey"];
        lists = ChoiceLists.Read(sheets.GetValueOrDefault("choices"), bad);
    }

    /// <summary>Reads and checks a form.</summary>
    /// <param name="path">An .xlsx file, or a folder with survey.csv, choices.csv and settings.csv.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The form, or all that is wrong with it.</returns>
    public static async Task<(Questionnaire? Form, IReadOnlyList<Refusal> Bad)> Read(string path, CancellationToken cancel) => Make(await FormSheets.Read(path, cancel));

    /// <summary>The same of a file that was sent in: a workbook, or a zip of the CSV files.</summary>
    public static async Task<(Questionnaire? Form, IReadOnlyList<Refusal> Bad)> Read(byte[] content, string fileName, CancellationToken cancel) => Make(await FormSheets.Read(content, fileName, cancel));

    private static (Questionnaire? Form, IReadOnlyList<Refusal> Bad) Make(Outcome<Dictionary<string, FormSheet>> read)
    {
        if (!read.Ok(out var sheets, out var no)) return (null, [no]);
        var reader = new XlsFormReader(sheets);
        reader.Survey();
        var order = FormChecks.Order(reader.items, reader.byName, reader.bad);
        if (reader.bad.Count > 0) return (null, reader.bad);
        var settings = sheets.GetValueOrDefault("settings");
        var first = settings?.Rows.FirstOrDefault();
        string Setting(string name) => first is null ? "" : settings!.Text(first, name);
        return (new Questionnaire { Title = Setting("form_title"), Id = Setting("form_id"), Version = Setting("version"), Items = reader.items, InOrderOfNeed = order, ByName = reader.byName }, []);
    }

    private void Survey()
    {
        foreach (var column in new[] { "type", "name" })
            if (survey.Find(column) < 0) bad.Add(new("form.no-column", survey.Header.At(column), column));
        if (bad.Count > 0) return;
        var open = new Stack<FormItem>();
        foreach (var row in survey.Rows)
        {
            var type = Spaces().Replace(survey.Text(row, "type"), " ").Trim();
            if (type.Length == 0)
            {
                if (survey.Text(row, "name").Length > 0) bad.Add(new("form.no-type", row.At("type")));
                continue;
            }
            if (Ends(type) is { } ends)
            {
                if (!open.TryPop(out var begun) || begun.Kind != ends) bad.Add(new("form.end-without-begin", row.At("type"), type));
            }
            else if (Item(row, type, open.Count > 0 ? open.Peek() : null) is { } item)
            {
                items.Add(item);
                if (item.Kind is ItemKind.Group or ItemKind.Repeat) open.Push(item);
                if (items.Count > MostItems)
                {
                    bad.Add(new("form.items", row.At("type"), MostItems));
                    return;
                }
                if (open.Count > 20)
                {
                    bad.Add(new("form.deep", row.At("type"), 20));
                    return;
                }
            }
        }
        foreach (var left in open) bad.Add(new("form.never-ended", left.Place, left.Name));
    }

    private FormItem? Item(SheetRow row, string type, FormItem? parent)
    {
        var name = survey.Text(row, "name");
        var words = type.Split(' ');
        var (kind, list) = Kind(words);
        if (kind is null)
        {
            bad.Add(new("form.type", row.At("type"), type));
            return null;
        }
        if (name.Length == 0 && kind == ItemKind.Device) name = type;
        if (name.Length == 0) bad.Add(new("form.no-name", row.At("name")));
        else if (!Name().IsMatch(name)) bad.Add(new("form.name", row.At("name"), name));
        var choices = (IReadOnlyList<Choice>)[];
        if (kind is ItemKind.SelectOne or ItemKind.SelectMultiple)
        {
            if (list is not null && lists.TryGetValue(list, out var found)) choices = found;
            else bad.Add(new("form.no-list", row.At("type"), list ?? ""));
        }
        var item = new FormItem
        {
            Name = name, Kind = kind.Value, Parent = parent, Choices = choices, Place = row.At("name"),
            Label = survey.Translated(row, "label"), Hint = survey.Translated(row, "hint"), ConstraintMessage = survey.Translated(row, "constraint_message"),
            Relevant = Expression(row, "relevant"), Constraint = Expression(row, "constraint"), Calculation = Expression(row, "calculation"), ChoiceFilter = Expression(row, "choice_filter"),
            Required = survey.Text(row, "required").ToUpperInvariant() is "YES" or "TRUE" or "TRUE()" or "1",
        };
        if (kind == ItemKind.Calculate && item.Calculation is null && survey.Text(row, "calculation").Length == 0) bad.Add(new("form.no-calculation", row.At("calculation"), name));
        if (item.ChoiceFilter is { } filter)
            foreach (var column in filter.All.OfType<XChoiceColumn>())
                if (choices.Count > 0 && !choices[0].Columns.ContainsKey(column.Name)) bad.Add(new("form.filter-column", row.At("choice_filter"), column.Name));
        if (name.Length > 0 && !byName.TryAdd(name, item)) bad.Add(new("form.name-twice", row.At("name"), name, byName[name].Place.Row ?? 0));
        return item;
    }

    private XNode? Expression(SheetRow row, string column)
    {
        var text = survey.Text(row, column);
        if (text.Length == 0) return null;
        if (XParser.Parse(text, row.At(column), column == "choice_filter").Ok(out var node, out var no)) return node;
        bad.Add(no);
        return null;
    }

    private static ItemKind? Ends(string type) => type.Replace(' ', '_').ToLowerInvariant() switch { "end_group" => ItemKind.Group, "end_repeat" => ItemKind.Repeat, _ => null };

    private static (ItemKind? Kind, string? List) Kind(string[] words)
    {
        var first = words[0].ToLowerInvariant();
        if (words.Length > 1 && first is "select" or "begin") (first, words) = (first + "_" + words[1].ToLowerInvariant(), words[1..]);
        return (first, words.Length) switch
        {
            ("select_one" or "select_one1" or "select1", 2) => (ItemKind.SelectOne, words[1]),
            ("select_multiple", 2) => (ItemKind.SelectMultiple, words[1]),
            ("begin_group", 1) => (ItemKind.Group, null),
            ("begin_repeat", 1) => (ItemKind.Repeat, null),
            ("integer" or "int", 1) => (ItemKind.Integer, null),
            ("decimal", 1) => (ItemKind.Decimal, null),
            ("text" or "string", 1) => (ItemKind.Text, null),
            ("date", 1) => (ItemKind.Date, null),
            ("note", 1) => (ItemKind.Note, null),
            ("calculate", 1) => (ItemKind.Calculate, null),
            (var device, 1) when DeviceTypes.Contains(device) => (ItemKind.Device, null),
            _ => (null, null),
        };
    }

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{N}_.\-]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
