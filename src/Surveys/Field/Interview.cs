using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Responses;

namespace Shanhuo.Surveys.Field;

/// <summary>A question as it is put now.</summary>
/// <param name="Item">A question, a note or an inner group.</param>
/// <param name="Offered">The choices that its filter leaves.</param>
internal sealed record Put(FormItem Item, IReadOnlyList<Choice> Offered);

/// <summary>One person's answers held against the rules of the form: what is asked next, and what an answer may be. The rules are those by which tables are made.</summary>
internal sealed class Interview(Questionnaire form, AnswerBook book, DateOnly day)
{
    public const int LongestText = 2_000;

    /// <summary>Times of a repeat at most.</summary>
    public const int MostTurns = 50;

    public IReadOnlyList<Screen> Screens { get; } = Field.Screens.Of(form);

    public AnswerBook Book => book;

    /// <summary>What a page puts now. A question waits while what decides it is blank.</summary>
    public IReadOnlyList<Put> PutOn(Screen screen, int turn)
    {
        var (routing, view) = Look(screen.Repeat, turn);
        return [.. screen.Items.Where(i => routing.Of(i, 0) == Asked.Yes).Select(i => new Put(i, Offered(i, view))).Where(p => p.Item.Choices.Count == 0 || p.Offered.Count > 0)];
    }

    /// <summary>How often a repeat is answered so far.</summary>
    public int Turns(FormItem repeat) => book.Repeats.TryGetValue(repeat.Name, out var turns) ? turns.Count : 0;

    /// <summary>Takes the answers of a page. Those that are wrong are left out of the book.</summary>
    /// <param name="screen">The page.</param>
    /// <param name="turn">Of its repeat.</param>
    /// <param name="shown">Names of the questions that stood on it.</param>
    /// <param name="typed">What was typed or chosen for a question; null in it: "none of these".</param>
    /// <returns>What is wrong, by question.</returns>
    public IReadOnlyDictionary<string, Refusal> Take(Screen screen, int turn, IReadOnlyCollection<string> shown, Func<string, string?[]> typed)
    {
        var (wrong, answers) = (new Dictionary<string, Refusal>(StringComparer.Ordinal), book.Of(screen.Repeat, turn));
        foreach (var item in screen.Items.Where(i => i.HasAnswer && shown.Contains(i.Name)))
        {
            answers.Remove(item.Name);
            if (Parse(item, typed(item.Name)).Ok(out var answer, out var no))
            {
                if (answer.Text is not null) answers[item.Name] = answer.Text;
            }
            else wrong[item.Name] = no;
        }
        foreach (var (item, no) in Faults(screen, turn))
            if (shown.Contains(item.Name))
            {
                wrong.TryAdd(item.Name, no);
                answers.Remove(item.Name);
            }
        return wrong;
    }

    /// <summary>What is wrong with the answers on a page as they are kept: missing though required, against the constraint, or not offered.</summary>
    public IEnumerable<(FormItem Item, Refusal No)> Faults(Screen screen, int turn)
    {
        var (_, view) = Look(screen.Repeat, turn);
        foreach (var (item, offered) in PutOn(screen, turn))
            if (item.HasAnswer)
            {
                if (!book.Of(screen.Repeat, turn).TryGetValue(item.Name, out var answer))
                {
                    if (item.Required) yield return (item, new("survey.answer-missing", Place.Input(item.Name)));
                    continue;
                }
                view.Self = view.Answer(item.Name);
                if (item.Choices.Count > 0 && answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(a => offered.All(c => c.Name != a)) is { } other) yield return (item, new("answer.not-offered", Place.Input(item.Name), other));
                else if (item.Constraint?.Evaluate(view).ToTruth() == false) yield return (item, new("survey.answer-constraint", Place.Input(item.Name), answer));
            }
    }

    /// <summary>The first page and turn on which something is wrong, or null: the answers are complete.</summary>
    public (int Step, int Turn)? FirstFault()
    {
        for (var step = 0; step < Screens.Count; step++)
            for (var turn = 0; turn < (Screens[step].Repeat is { } repeat ? Turns(repeat) : 1); turn++)
                if (Faults(Screens[step], turn).Any()) return (step, turn);
        return null;
    }

    /// <summary>Forgets answers to questions that in the end are not asked, as ODK does, and repeats that hold nothing.</summary>
    public void Tidy()
    {
        foreach (var screen in Screens)
            for (var turn = 0; turn < (screen.Repeat is { } repeat ? Turns(repeat) : 1); turn++)
            {
                var (routing, _) = Look(screen.Repeat, turn);
                foreach (var item in screen.Items.Where(i => routing.Of(i, 0) == Asked.No)) book.Of(screen.Repeat, turn).Remove(item.Name);
            }
        foreach (var turns in book.Repeats.Values) turns.RemoveAll(t => t.Count == 0);
    }

    private (Routing Routing, RowView View) Look(FormItem? repeat, int turn)
    {
        var columns = new StoredColumns(form, repeat);
        columns.Add(1, book.Answers, repeat is not null && turn < Turns(repeat) ? book.Of(repeat, turn) : null, day);
        var routing = Routing.Follow(columns.Set, null, CancellationToken.None);
        return (routing, new RowView(columns.Set, routing) { Row = 0 });
    }

    private static IReadOnlyList<Choice> Offered(FormItem item, RowView view)
    {
        if (item.ChoiceFilter is not { } filter) return item.Choices;
        return [.. item.Choices.Where(c =>
        {
            view.Choice = c;
            return filter.Evaluate(view).ToTruth() == true;
        })];
    }

    private static Outcome<Parsed> Parse(FormItem item, string?[] typed)
    {
        if (item.Kind == ItemKind.SelectMultiple)
        {
            var chosen = typed.OfType<string>().Where(t => t.Length > 0).ToList();
            if (chosen.Find(c => item.Choices.All(o => o.Name != c)) is { } strange) return new Refusal("answer.no-choice", Place.Input(item.Name), strange, item.Name);
            if (chosen.Count > 0 && typed.Contains(null)) return new Refusal("survey.answer-none-and-some", Place.Input(item.Name));
            // In the form's order, so that the same answer is the same text.
            return new Parsed(chosen.Count > 0 ? string.Join(' ', item.Choices.Select(c => c.Name).Where(chosen.Contains)) : typed.Contains(null) ? "" : null);
        }
        var text = (typed.FirstOrDefault() ?? "").Trim();
        if (text.Length == 0) return new Parsed(null);
        switch (item.Kind)
        {
            case ItemKind.SelectOne: return item.Choices.Any(c => c.Name == text) ? new Parsed(text) : new Refusal("answer.no-choice", Place.Input(item.Name), text, item.Name);
            case ItemKind.Integer or ItemKind.Decimal:
                if (AnswerCells.Number(text, item.Kind == ItemKind.Integer, out var number)) return new Parsed(number.ToString("R", CultureInfo.InvariantCulture));
                return new Refusal(item.Kind == ItemKind.Integer ? "answer.no-integer" : "answer.no-number", Place.Input(item.Name), text);
            case ItemKind.Date:
                return DateOnly.TryParseExact(Numerals.Narrow(text), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? new Parsed(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : new Refusal("answer.no-day", Place.Input(item.Name), text);
            default: return text.Length <= LongestText ? new Parsed(text) : new Refusal("survey.answer-long", Place.Input(item.Name), LongestText);
        }
    }

    // Null: not answered.
    private readonly record struct Parsed(string? Text);
}
