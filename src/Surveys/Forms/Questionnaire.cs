using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms.XPath;

namespace Shanhuo.Surveys.Forms;

/// <summary>What a row of the survey sheet is.</summary>
internal enum ItemKind
{
    SelectOne,
    SelectMultiple,
    Integer,
    Decimal,
    Text,
    Date,

    /// <summary>A text to be read; it has no answer.</summary>
    Note,

    /// <summary>A value that the form computes.</summary>
    Calculate,

    Group,

    /// <summary>Asked several times, such as once for each member.</summary>
    Repeat,

    /// <summary>What a device notes by itself: start, end, deviceid…</summary>
    Device,
}

/// <summary>A text in the languages of the form. The key is the language as the column says it (<c>English (en)</c>); empty for a column without language.</summary>
internal sealed class FormText
{
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> All => texts;

    public void Add(string language, string text) => texts.TryAdd(language, text);

    /// <summary>The text in a language, else without language, else the first one, else <paramref name="otherwise"/>.</summary>
    public string Pick(Language language, string otherwise) =>
        texts.FirstOrDefault(t => Is(t.Key, language)).Value ?? texts.GetValueOrDefault("") ?? texts.Values.FirstOrDefault() ?? otherwise;

    private static bool Is(string name, Language language) => language == Language.Zh
        ? name.Contains("(zh", StringComparison.OrdinalIgnoreCase) || name.Contains("中文", StringComparison.Ordinal) || name.Contains("汉语", StringComparison.Ordinal) || name.StartsWith("Chinese", StringComparison.OrdinalIgnoreCase) || name.Equals("zh", StringComparison.OrdinalIgnoreCase)
        : name.Contains("(en", StringComparison.OrdinalIgnoreCase) || name.StartsWith("English", StringComparison.OrdinalIgnoreCase) || name.Equals("en", StringComparison.OrdinalIgnoreCase);
}

/// <summary>One answer that can be chosen.</summary>
/// <param name="Name">What the data hold.</param>
/// <param name="Label">What people read.</param>
/// <param name="Columns">Further columns of the choices sheet, for filters.</param>
internal sealed record Choice(string Name, FormText Label, IReadOnlyDictionary<string, string> Columns);

/// <summary>A row of the survey sheet: a question, a group or a repeat.</summary>
internal sealed record FormItem
{
    public required string Name { get; init; }
    public required ItemKind Kind { get; init; }
    public required FormText Label { get; init; }
    public FormText Hint { get; init; } = new();

    /// <summary>The group or repeat that it stands in.</summary>
    public FormItem? Parent { get; init; }

    /// <summary>The choices of a select; empty for other kinds.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Asked only if true; null: always.</summary>
    public XNode? Relevant { get; init; }

    public XNode? Constraint { get; init; }
    public FormText ConstraintMessage { get; init; } = new();
    public XNode? Calculation { get; init; }

    /// <summary>Which choices are offered; null: all.</summary>
    public XNode? ChoiceFilter { get; init; }

    public bool Required { get; init; }

    /// <summary>Where it stands.</summary>
    public required Place Place { get; init; }

    /// <summary>Does it hold an answer?</summary>
    public bool HasAnswer => Kind is not (ItemKind.Note or ItemKind.Group or ItemKind.Repeat or ItemKind.Device);

    /// <summary>Groups and repeats around it, the outermost first, then its own name.</summary>
    public IReadOnlyList<string> Path => Parent is null ? [Name] : [.. Parent.Path, Name];
}

/// <summary>A questionnaire as an XLSForm describes it (xlsform.org), checked: every reference has its question, nothing depends on itself.</summary>
internal sealed record Questionnaire
{
    public required string Title { get; init; }
    public string Id { get; init; } = "";
    public string Version { get; init; } = "";

    /// <summary>All rows in order.</summary>
    public required IReadOnlyList<FormItem> Items { get; init; }

    /// <summary>The same in an order in which each stands after all that it depends on.</summary>
    public required IReadOnlyList<FormItem> InOrderOfNeed { get; init; }

    /// <summary>The question, group or repeat of a name, or null.</summary>
    public FormItem? Find(string name) => ByName.GetValueOrDefault(name);

    public required IReadOnlyDictionary<string, FormItem> ByName { get; init; }
}
