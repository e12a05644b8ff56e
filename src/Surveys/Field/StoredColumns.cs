using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Responses;

namespace Shanhuo.Surveys.Field;

/// <summary>Puts kept answers into columns, so that skip logic and tables read them as they read a file.</summary>
/// <param name="form">What was asked.</param>
/// <param name="repeat">Null: a row for each response. A repeat: a row for each time of it, with the answers around it.</param>
/// <param name="before">Columns of the same form and repeat that are added to; null: none.</param>
internal sealed class StoredColumns(Questionnaire form, FormItem? repeat, ResponseSet? before = null)
{
    private readonly List<(FormItem Item, Dictionary<string, int> Choices, AnswerColumn Column)> columns = Make(form, repeat, before);
    private ResponseSet? set = before;

    /// <summary>All rows so far.</summary>
    public ResponseSet Set => set ??= Begin();

    /// <summary>Adds a row.</summary>
    /// <param name="number">Tells the row from others; 1 where it stands alone.</param>
    /// <param name="answers">Outside of repeats.</param>
    /// <param name="turn">Of the repeat; null where there is none.</param>
    /// <param name="day">Of the interview.</param>
    public void Add(int number, Dictionary<string, string> answers, Dictionary<string, string>? turn, DateOnly day)
    {
        Set.NextRow(number, day);
        foreach (var (item, choices, column) in columns)
        {
            var text = answers.GetValueOrDefault(item.Name) ?? turn?.GetValueOrDefault(item.Name);
            switch (column)
            {
                case ChoiceColumn one: one.Chosen.Add(text is not null && choices.TryGetValue(text, out var index) ? index : -1); break;
                case ChoicesColumn several: several.Add(text?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(choices.ContainsKey).Select(w => choices[w])); break;
                case NumberColumn numbers: numbers.Numbers.Add(AnswerCells.Number(text ?? "", item.Kind == ItemKind.Integer, out var number1) ? number1 : double.NaN); break;
                case TextColumn texts: texts.Add(text ?? ""); break;
            }
        }
    }

    /// <summary>The repeat around a question, or null.</summary>
    public static FormItem? RepeatOf(FormItem item)
    {
        for (var around = item.Kind == ItemKind.Repeat ? item : item.Parent; around is not null; around = around.Parent)
            if (around.Kind == ItemKind.Repeat) return around;
        return null;
    }

    private ResponseSet Begin()
    {
        var made = new ResponseSet { File = "", Form = form };
        foreach (var (item, _, column) in columns) made.Answers.Add(item.Name, column);
        return made;
    }

    private static List<(FormItem, Dictionary<string, int>, AnswerColumn)> Make(Questionnaire form, FormItem? repeat, ResponseSet? before) =>
        [.. form.Items.Where(i => i.HasAnswer && i.Kind != ItemKind.Calculate && (RepeatOf(i) is not { } around || around == repeat)).Select(i => (i, i.Choices.Select((c, n) => (c.Name, n)).ToDictionary(p => p.Name, p => p.n, StringComparer.Ordinal), before?.Answers[i.Name] ?? AnswerCells.Empty(i)))];
}
