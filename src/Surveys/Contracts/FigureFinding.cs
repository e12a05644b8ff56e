using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Contracts;

/// <summary>One thing that cannot be right about reported figures.</summary>
/// <param name="Rule">Stable id of the rule, such as <c>grim</c>.</param>
/// <param name="Figures">Ids of the figures concerned, the one to look at first in front.</param>
/// <param name="Reason">Key and arguments of the text that says why, with the numbers.</param>
/// <param name="Mend">Key and arguments of the text that says what would mend it.</param>
/// <param name="Because">The table's own words why a relation must hold, Chinese and English parted by <c> | </c>; empty: none.</param>
public sealed record FigureFinding(string Rule, IReadOnlyList<string> Figures, FindingText Reason, FindingText Mend, string Because = "")
{
    /// <summary>The reason in words, with the table's own words behind it.</summary>
    public string Why(Texts texts, Language language)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var both = Because.Split(" | ", 2);
        var own = language == Language.En && both.Length == 2 ? both[1] : both[0];
        var said = texts.Say(language, Reason.Key, Reason.Arguments);
        return own.Length == 0 ? said : texts.Say(language, "figures.because", said, own);
    }

    /// <summary>What would mend it, in words.</summary>
    public string HowToMend(Texts texts, Language language)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.Say(language, Mend.Key, Mend.Arguments);
    }
}

/// <summary>A text by its key, with what fills its {0}, {1}…</summary>
public sealed record FindingText(string Key, params object[] Arguments);

/// <summary>What an audit found.</summary>
/// <param name="Findings">In the order of the rules, then of the table.</param>
/// <param name="Figures">Rows of the table.</param>
/// <param name="Blank">Figures without a number: unknown, left out of every check of numbers.</param>
public sealed record FigureReport(IReadOnlyList<FigureFinding> Findings, int Figures, int Blank);
