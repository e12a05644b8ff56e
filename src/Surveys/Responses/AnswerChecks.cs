using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Responses;

/// <summary>Holds answers against the form's own rules: constraints, and which choices were offered. What cannot be decided because something is blank is let pass.</summary>
internal static class AnswerChecks
{
    /// <summary>Looks at all responses.</summary>
    /// <returns>What is wrong, row by row within each question, at most so many.</returns>
    public static List<Refusal> Run(ResponseSet responses, int most, CancellationToken cancel)
    {
        var bad = new List<Refusal>();
        if (!responses.Form.Items.Any(i => i.Constraint is not null || i.ChoiceFilter is not null)) return bad;
        var routing = Routing.Follow(responses, null, cancel);
        var view = new RowView(responses, routing);
        foreach (var item in responses.Form.Items.Where(i => (i.Constraint ?? i.ChoiceFilter) is not null && responses.Answers.ContainsKey(i.Name)))
            for (var row = 0; row < responses.Count; row++)
            {
                if ((row & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
                var answers = responses.Answers[item.Name];
                if (answers.IsBlank(row) || routing.Of(item, row) != Asked.Yes) continue;
                (view.Row, view.Self) = (row, answers.Value(row));
                var place = Place.Cell(responses.File, responses.SheetRow(row), item.Name);
                if (item.Constraint?.Evaluate(view).ToTruth() == false) bad.Add(new("answer.constraint", place, view.Self.ToText(), item.Place.Row ?? 0));
                if (item.ChoiceFilter is not null && NotOffered(item, answers, view) is { } choice) bad.Add(new("answer.not-offered", place, choice));
                if (bad.Count >= most) return bad;
            }
        return bad;
    }

    private static string? NotOffered(FormItem item, AnswerColumn answers, RowView view)
    {
        for (var i = 0; i < item.Choices.Count; i++)
            if (answers is ChoiceColumn one && one.Chosen[view.Row] == i || answers is ChoicesColumn several && several.Has(view.Row, i))
            {
                view.Choice = item.Choices[i];
                if (item.ChoiceFilter!.Evaluate(view).ToTruth() == false) return item.Choices[i].Name;
            }
        return null;
    }
}
