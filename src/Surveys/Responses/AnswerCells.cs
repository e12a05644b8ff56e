using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Responses;

/// <summary>Reads the cells of one question from row to row.</summary>
internal sealed class AnswerCells
{
    private readonly FormItem item;
    private readonly Dictionary<string, int> choices;
    private readonly int column;
    private readonly int[] each;
    private readonly string name;

    private AnswerCells(FormItem item, int column, int[] each, string name)
    {
        (this.item, this.column, this.each, this.name) = (item, column, each, name);
        choices = item.Choices.Select((c, i) => (c.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        Column = Empty(item);
    }

    /// <summary>A column for the answers of a question.</summary>
    public static AnswerColumn Empty(FormItem item) => item.Kind switch
    {
        ItemKind.SelectOne => new ChoiceColumn([.. item.Choices.Select(c => c.Name)]),
        ItemKind.SelectMultiple => new ChoicesColumn([.. item.Choices.Select(c => c.Name)]),
        ItemKind.Integer or ItemKind.Decimal => new NumberColumn(),
        _ => new TextColumn(),
    };

    public AnswerColumn Column { get; }

    /// <summary>Finds the column or columns of a question: its name, or its path with <c>/</c> or <c>-</c> (Kobo, ODK); for several choices also one column each, <c>q/choice</c>, <c>q.choice</c> or <c>q_choice</c>.</summary>
    /// <returns>Null: the file has none.</returns>
    public static AnswerCells? Find(FormItem item, IReadOnlyDictionary<string, int> columns)
    {
        string[] names = [item.Name, string.Join('/', item.Path), string.Join('-', item.Path)];
        foreach (var name in names)
            if (columns.TryGetValue(name, out var column)) return new(item, column, [], name);
        if (item.Kind != ItemKind.SelectMultiple) return null;
        foreach (var name in names)
            foreach (var between in "/._")
            {
                var each = item.Choices.Select(c => columns.GetValueOrDefault(name + between + c.Name, -1)).ToArray();
                if (each.Any(c => c >= 0)) return new(item, -1, each, name + between);
            }
        return null;
    }

    /// <summary>Takes the answer of a row in; a wrong one is a refusal, and blank goes in its place.</summary>
    public Refusal? Read(SheetRow row)
    {
        switch (Column)
        {
            case ChoiceColumn one:
                var index = -1;
                var known = row[column].IsEmpty || choices.TryGetValue(Text(row), out index);
                one.Chosen.Add(known && !row[column].IsEmpty ? index : -1);
                return known ? null : new("answer.no-choice", row.At(name), row[column].Text, item.Name);
            case ChoicesColumn several: return each.Length > 0 ? ReadEach(row, several) : ReadWords(row, several);
            case NumberColumn numbers:
                var fits = Number(row[column], out var number);
                numbers.Numbers.Add(fits ? number : double.NaN);
                return fits ? null : new(item.Kind == ItemKind.Integer ? "answer.no-integer" : "answer.no-number", row.At(name), row[column].Text);
            case TextColumn texts when item.Kind == ItemKind.Date:
                var day = default(DateOnly);
                var isDay = row[column].IsEmpty || row[column].TryDay(out day);
                texts.Add(row[column].IsEmpty || !isDay ? "" : day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                return isDay ? null : new("answer.no-day", row.At(name), row[column].Text);
            default:
                ((TextColumn)Column).Add(row[column].Text ?? "");
                return null;
        }
    }

    /// <summary>A number of a cell; blank is not-a-number and right.</summary>
    public static bool Number(string text, bool whole, out double number)
    {
        number = double.NaN;
        if (text.Length == 0) return true;
        // Most numbers are plain digits; the slower ways take full-width digits, commas and exponents.
        if (!whole && double.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out number) && double.IsFinite(number)) return true;
        if (!Numerals.TryParseFixed(text, whole ? 0 : 6, out var value) && !whole)
            return double.TryParse(Numerals.Narrow(text), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        if (!Numerals.TryParseFixed(text, whole ? 0 : 6, out value)) return false;
        number = whole ? value : value / 1e6;
        return true;
    }

    private bool Number(SheetCell cell, out double number) => Number(cell.Text ?? "", item.Kind == ItemKind.Integer, out number);

    private string Text(SheetRow row) => choices.ContainsKey(row[column].Text) ? row[column].Text : Numerals.Narrow(row[column].Text);

    private Refusal? ReadWords(SheetRow row, ChoicesColumn several)
    {
        if (row[column].IsEmpty)
        {
            several.Add(null);
            return null;
        }
        var chosen = new List<int>();
        foreach (var word in Numerals.Narrow(row[column].Text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (choices.TryGetValue(word, out var index)) chosen.Add(index);
            else
            {
                several.Add(null);
                return new("answer.no-choice", row.At(name), word, item.Name);
            }
        several.Add(chosen);
        return null;
    }

    // One column for each choice. All blank: not answered. Some blank: nobody knows whether "no" was meant.
    private Refusal? ReadEach(SheetRow row, ChoicesColumn several)
    {
        var (chosen, blanks) = (new List<int>(), 0);
        for (var i = 0; i < each.Length; i++)
        {
            if (each[i] < 0) continue;
            var cell = row[each[i]];
            switch (cell.IsEmpty ? "" : Numerals.Narrow(cell.Text).ToUpperInvariant())
            {
                case "": blanks++; break;
                case "1" or "TRUE" or "1.0": chosen.Add(i); break;
                case "0" or "FALSE" or "0.0": break;
                default:
                    several.Add(null);
                    return new("answer.no-mark", row.At(name + item.Choices[i].Name), cell.Text);
            }
        }
        var columns = each.Count(c => c >= 0);
        several.Add(blanks == columns ? null : chosen);
        if (blanks == 0 || blanks == columns) return null;
        var at = Enumerable.Range(0, each.Length).First(i => each[i] >= 0 && row[each[i]].IsEmpty);
        return new("answer.half-blank", row.At(name + item.Choices[at].Name), item.Name);
    }
}
