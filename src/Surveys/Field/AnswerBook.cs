using System.Text.Encodings.Web;
using System.Text.Json;
using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Field;

/// <summary>
/// The answers of one response as they are kept: JSON, the questions in the form's order, every answer a text. A question that is missing was not answered; several choices are names with spaces between, and an empty text says that none
/// of them was chosen; a repeat is a list of such objects. What the form computes is not kept.
/// </summary>
internal sealed class AnswerBook
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers outside of repeats.</summary>
    public Dictionary<string, string> Answers { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Answers of each time of each repeat.</summary>
    public Dictionary<string, List<Dictionary<string, string>>> Repeats { get; } = new(StringComparer.Ordinal);

    /// <summary>The answers of one time of a repeat, added where they are missing; those outside where there is no repeat.</summary>
    public Dictionary<string, string> Of(FormItem? repeat, int turn)
    {
        if (repeat is null) return Answers;
        if (!Repeats.TryGetValue(repeat.Name, out var turns)) Repeats.Add(repeat.Name, turns = []);
        while (turns.Count <= turn) turns.Add(new(StringComparer.Ordinal));
        return turns[turn];
    }

    public static AnswerBook Parse(string json)
    {
        var book = new AnswerBook();
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(json));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String) book.Answers[name] = reader.GetString()!;
            else
            {
                var turns = book.Repeats[name] = [];
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    var turn = new Dictionary<string, string>(StringComparer.Ordinal);
                    while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                    {
                        var question = reader.GetString()!;
                        reader.Read();
                        turn[question] = reader.GetString()!;
                    }
                    turns.Add(turn);
                }
            }
        }
        return book;
    }

    /// <summary>The same answers are always the same text.</summary>
    public string ToJson(Questionnaire form)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Plain))
        {
            json.WriteStartObject();
            foreach (var item in form.Items)
                if (item.Kind == ItemKind.Repeat && Repeats.TryGetValue(item.Name, out var turns) && turns.Count > 0)
                {
                    json.WriteStartArray(item.Name);
                    foreach (var turn in turns)
                    {
                        json.WriteStartObject();
                        foreach (var inner in form.Items)
                            if (turn.TryGetValue(inner.Name, out var answer)) json.WriteString(inner.Name, answer);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                }
                else if (Answers.TryGetValue(item.Name, out var answer)) json.WriteString(item.Name, answer);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(memory.ToArray());
    }
}
