using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Forms.XPath;

namespace Shanhuo.Surveys.Responses;

/// <summary>Was a question put to a person?</summary>
internal enum Asked : byte
{
    Yes,

    /// <summary>The form led past it.</summary>
    No,

    /// <summary>What decides it was left blank.</summary>
    Unknown,
}

/// <summary>Follows the skip logic of a form through all responses: who was asked what. Answers that the form computes and the file lacks are computed on the way.</summary>
/// <remarks>A question counts as not asked, and what refers to it sees nothing, as in ODK. Unlike there, a blank answer makes what depends on it unknown instead of false.</remarks>
internal sealed class Routing
{
    private readonly ResponseSet responses;
    private readonly Dictionary<FormItem, Asked[]?> asked = [];

    private Routing(ResponseSet responses) => this.responses = responses;

    /// <summary>Follows the logic for these questions and all that they depend on.</summary>
    /// <param name="responses">Gets the computed answers added.</param>
    /// <param name="wanted">Null: all.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="before">The logic of the first of these responses, followed for the same questions: only those after them are gone through. Null: all are.</param>
    public static Routing Follow(ResponseSet responses, IReadOnlyCollection<FormItem>? wanted, CancellationToken cancel, Routing? before = null)
    {
        var routing = new Routing(responses);
        var needed = wanted is null ? null : Closure(responses.Form, wanted);
        var view = new RowView(responses, routing);
        foreach (var item in responses.Form.InOrderOfNeed)
            if (needed is null || needed.Contains(item))
            {
                cancel.ThrowIfCancellationRequested();
                routing.asked[item] = routing.Ask(item, view, before);
                if (item is not { Kind: ItemKind.Calculate, Calculation: { } sum }) continue;
                if (!responses.Answers.TryGetValue(item.Name, out var column)) responses.Answers.Add(item.Name, column = new TextColumn());
                else if (before is null) continue;
                Compute(sum, view, (TextColumn)column);
            }
        return routing;
    }

    /// <summary>Was the question put to the person of this response?</summary>
    public Asked Of(FormItem item, int row) => asked[item] is { } known ? known[row] : Asked.Yes;

    // Null: everybody. Most questions are asked of all, and need no memory then.
    private Asked[]? Ask(FormItem item, RowView view, Routing? before)
    {
        var outer = item.Parent is { } parent ? asked[parent] : null;
        if (item.Relevant is not { } relevant) return outer;
        var result = new Asked[responses.Count];
        before?.asked[item]!.CopyTo(result, 0);
        for (var row = before?.responses.Count ?? 0; row < result.Length; row++)
        {
            var around = outer?[row] ?? Asked.Yes;
            if (around != Asked.No)
            {
                view.Row = row;
                var own = relevant.Evaluate(view).ToTruth() switch { true => Asked.Yes, false => Asked.No, null => Asked.Unknown };
                around = own == Asked.No || around == Asked.Yes ? own : around;
            }
            result[row] = around;
        }
        return result;
    }

    private static void Compute(XNode sum, RowView view, TextColumn column)
    {
        for (view.Row = column.Texts.Count; view.Row < view.Count; view.Row++) column.Add(sum.Evaluate(view));
    }

    private static HashSet<FormItem> Closure(Questionnaire form, IEnumerable<FormItem> wanted)
    {
        var (found, waiting) = (new HashSet<FormItem>(), new Stack<FormItem>(wanted));
        while (waiting.TryPop(out var item))
            if (found.Add(item))
            {
                if (item.Parent is { } parent) waiting.Push(parent);
                foreach (var node in new[] { item.Relevant, item.Calculation, item.ChoiceFilter })
                    foreach (var name in node?.References ?? []) waiting.Push(form.Find(name)!);
            }
        return found;
    }
}

/// <summary>One response as an expression sees it.</summary>
internal sealed class RowView(ResponseSet responses, Routing routing) : IXContext
{
    public int Row { get; set; }

    public int Count => responses.Count;

    public XValue Self { get; set; }

    public Choice? Choice { get; set; }

    // A file does not say on which day each person was asked; an interview does.
    public DateOnly? Today => responses.Day(Row);

    public XValue Answer(string name) =>
        routing.Of(responses.Form.Find(name)!, Row) == Asked.No ? XValue.Nothing : responses.Answers.TryGetValue(name, out var column) ? column.Value(Row) : XValue.Blank;

    public XValue ChoiceColumn(string name) => Choice?.Columns.GetValueOrDefault(name) is { } text ? XValue.Of(text) : XValue.Nothing;
}
