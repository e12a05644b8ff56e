using System.Numerics;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Responses;

namespace Shanhuo.Surveys.Tables;

/// <summary>A question as a side of a table: its options, and which of them each person gave.</summary>
internal sealed class TableQuestion
{
    /// <summary>Different values of a question without choices, at most.</summary>
    public const int MostValues = 200;

    private readonly Routing routing;
    private readonly AnswerColumn answers;
    private readonly int[]? coded;

    private TableQuestion(FormItem item, Routing routing, AnswerColumn answers, IReadOnlyList<(string, string)> options, int[]? coded)
    {
        (Item, this.routing, this.answers, Options, this.coded) = (item, routing, answers, options, coded);
    }

    public FormItem Item { get; }

    /// <summary>Name and label of each option, in the form's order; values of other questions in their natural order.</summary>
    public IReadOnlyList<(string Name, string Label)> Options { get; }

    /// <summary>Can a person give several answers?</summary>
    public bool IsSeveral => Item.Kind == ItemKind.SelectMultiple;

    /// <summary>Takes a question as a side of a table.</summary>
    /// <returns>The side, or <c>table.no-question</c>, <c>table.not-a-question</c>, <c>table.no-answers</c>, <c>table.many-values</c>.</returns>
    public static Outcome<TableQuestion> Of(ResponseSet responses, Routing routing, string name, Language language)
    {
        if (Find(responses, name) is { } no) return no;
        var item = responses.Form.Find(name)!;
        if (!responses.Answers.TryGetValue(name, out var answers)) return new Refusal("table.no-answers", Place.Cell(responses.File, 1, name), name);
        if (item.Choices.Count > 0) return new TableQuestion(item, routing, answers, [.. item.Choices.Select(c => (c.Name, c.Label.Pick(language, c.Name)))], null);
        var texts = Enumerable.Range(0, responses.Count).Select(row => answers.IsBlank(row) ? "" : answers.Value(row).ToText()).ToArray();
        var values = texts.Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        if (values.Length > MostValues) return new Refusal("table.many-values", Place.Cell(responses.File, 1, name), name, values.Length, MostValues);
        values = [.. values.OrderBy(t => AnswerCells.Number(t, false, out var number) ? number : double.MaxValue).ThenBy(t => t, StringComparer.Ordinal)];
        var index = values.Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i, StringComparer.Ordinal);
        return new TableQuestion(item, routing, answers, [.. values.Select(t => (t, t))], [.. texts.Select(t => t.Length == 0 ? -1 : index[t])]);
    }

    /// <summary>Why a question cannot be tabulated whatever the data say, or null.</summary>
    public static Refusal? Find(ResponseSet responses, string name) => responses.Form.Find(name) switch
    {
        null => new("table.no-question", Place.None, name),
        { HasAnswer: false } => new("table.not-a-question", Place.None, name),
        _ => null,
    };

    public Asked Asked(int row) => routing.Of(Item, row);

    public bool IsBlank(int row) => answers.IsBlank(row);

    /// <summary>Fills in the indices of the options that a person gave.</summary>
    /// <returns>How many.</returns>
    public int Given(int row, int[] options)
    {
        if (answers is ChoicesColumn several)
        {
            var count = 0;
            var words = several.Row(row);
            for (var word = 0; word < words.Length; word++)
                for (var bits = words[word]; bits != 0; bits &= bits - 1) options[count++] = word * 64 + BitOperations.TrailingZeroCount(bits);
            return count;
        }
        var one = coded is not null ? coded[row] : ((ChoiceColumn)answers).Chosen[row];
        if (one < 0) return 0;
        options[0] = one;
        return 1;
    }
}
