using System.Globalization;
using System.Runtime.InteropServices;
using Shanhuo.Surveys.Forms.XPath;

namespace Shanhuo.Surveys.Responses;

/// <summary>All answers to one question, a row for each response, kept small: 100,000 rows of a question take 0.4 to 1 MB.</summary>
internal abstract class AnswerColumn
{
    /// <summary>What a form's expression sees; unknown where nothing was answered.</summary>
    public abstract XValue Value(int row);

    /// <summary>Was nothing answered?</summary>
    public abstract bool IsBlank(int row);

    /// <summary>The same answers, to which more can be added while others read these.</summary>
    public abstract AnswerColumn Copy();
}

/// <summary>One of the choices: its index, or -1 for blank.</summary>
internal sealed class ChoiceColumn(IReadOnlyList<string> names) : AnswerColumn
{
    private readonly XValue[] values = [.. names.Select(XValue.Of)];

    public List<int> Chosen { get; } = [];

    public override XValue Value(int row) => Chosen[row] < 0 ? XValue.Blank : values[Chosen[row]];

    public override bool IsBlank(int row) => Chosen[row] < 0;

    public override AnswerColumn Copy()
    {
        var copy = new ChoiceColumn(names);
        copy.Chosen.AddRange(Chosen);
        return copy;
    }
}

/// <summary>Several of the choices, a bit for each.</summary>
internal sealed class ChoicesColumn(IReadOnlyList<string> names) : AnswerColumn
{
    private readonly List<ulong> bits = [];
    private readonly List<bool> answered = [];

    /// <summary>Words of 64 choices in a row.</summary>
    public int Words { get; } = (names.Count + 63) / 64;

    /// <summary>Adds a response: the chosen indices, or null for blank. None chosen is an answer.</summary>
    public void Add(IEnumerable<int>? chosen)
    {
        answered.Add(chosen is not null);
        var at = bits.Count;
        for (var i = 0; i < Words; i++) bits.Add(0);
        foreach (var index in chosen ?? []) bits[at + index / 64] |= 1UL << (index % 64);
    }

    /// <summary>The bits of a row.</summary>
    public ReadOnlySpan<ulong> Row(int row) => CollectionsMarshal.AsSpan(bits).Slice(row * Words, Words);

    public bool Has(int row, int choice) => (bits[row * Words + choice / 64] >> (choice % 64) & 1) == 1;

    public override XValue Value(int row) => answered[row] ? XValue.Of(string.Join(' ', names.Where((_, i) => Has(row, i)))) : XValue.Blank;

    public override bool IsBlank(int row) => !answered[row];

    public override AnswerColumn Copy()
    {
        var copy = new ChoicesColumn(names);
        copy.bits.AddRange(bits);
        copy.answered.AddRange(answered);
        return copy;
    }
}

/// <summary>Numbers; not-a-number for blank.</summary>
internal sealed class NumberColumn : AnswerColumn
{
    public List<double> Numbers { get; } = [];

    public override XValue Value(int row) => XValue.Of(Numbers[row]);

    public override bool IsBlank(int row) => double.IsNaN(Numbers[row]);

    public override AnswerColumn Copy()
    {
        var copy = new NumberColumn();
        copy.Numbers.AddRange(Numbers);
        return copy;
    }
}

/// <summary>Texts and days (as 2026-11-22); empty for blank. A text that comes again is kept once.</summary>
internal sealed class TextColumn : AnswerColumn
{
    private readonly Dictionary<string, string> kept = new(StringComparer.Ordinal);

    public List<string> Texts { get; } = [];

    public void Add(string text)
    {
        if (kept.TryGetValue(text, out var same)) text = same; else kept.Add(text, text);
        Texts.Add(text);
    }

    public override XValue Value(int row) => Texts[row].Length == 0 ? XValue.Blank : XValue.Of(Texts[row]);

    public override bool IsBlank(int row) => Texts[row].Length == 0;

    public override AnswerColumn Copy()
    {
        var copy = new TextColumn();
        copy.Texts.AddRange(Texts);
        return copy;
    }

    /// <summary>A computed value as data show it.</summary>
    public void Add(XValue value) => Add(value.Kind == XKind.Number ? value.ToNumber().ToString("R", CultureInfo.InvariantCulture) : value.ToText());
}
