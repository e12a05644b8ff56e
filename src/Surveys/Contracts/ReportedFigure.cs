namespace Shanhuo.Surveys.Contracts;

/// <summary>What a reported figure is, which decides the rules that are asked of it.</summary>
public enum FigureKind
{
    /// <summary>A number of people, villages, stations… Exact unless decimals or multiplier say that it was rounded.</summary>
    Count,

    /// <summary>A share of a counted base in per cent: GRIM applies.</summary>
    Percent,

    /// <summary>A rate in per cent whose base is a population or an amount: compared by intervals, never by GRIM.</summary>
    Rate,

    /// <summary>Money.</summary>
    Money,

    /// <summary>A measured quantity: area, distance, weight. Always taken as rounded at its last digit.</summary>
    Measure,

    /// <summary>The size of a sample that was announced; some figure should rest on it.</summary>
    Sample,

    /// <summary>Something said in words; <see cref="ReportedFigure.MustBe"/> says what would have to hold for it.</summary>
    Claim,

    /// <summary>A date, a name, a threshold: kept for completeness, no rule about numbers is asked.</summary>
    Text,
}

/// <summary>How the report limits a figure.</summary>
public enum FigureBound
{
    /// <summary>As printed.</summary>
    None,

    /// <summary>"More than".</summary>
    Over,

    /// <summary>"Less than".</summary>
    Below,

    /// <summary>"About": half a unit of its last digit that is not zero, either way.</summary>
    About,
}

/// <summary>What the figures of one group are to each other.</summary>
public enum FigureGroupKind
{
    /// <summary>No group.</summary>
    None,

    /// <summary>All options of a question with one answer: together 100 %.</summary>
    Closed,

    /// <summary>Options of a question with several answers: any sum is possible.</summary>
    Several,
}

/// <summary>One figure as a report prints it. References are ids of other figures in the same table.</summary>
public sealed record ReportedFigure
{
    /// <summary>Once in the table; letters, digits, <c>_</c> and <c>.</c>, beginning with a letter.</summary>
    public required string Id { get; init; }

    /// <summary>What it counts, in words; may be empty.</summary>
    public string Label { get; init; } = "";

    /// <summary>As printed, not yet times <see cref="Times"/>; null: blank, unknown, never zero.</summary>
    public decimal? Printed { get; init; }

    /// <summary>Decimals printed: 2 for 66.20, -2 for a number rounded to hundreds.</summary>
    public int Decimals { get; init; }

    /// <summary>Did the table say the decimals, or did the figure show some? A bare whole count is exact.</summary>
    public bool IsRounded { get; init; }

    /// <summary>Unit.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What the printed number is to be multiplied with, 100 000 000 for 亿; above zero.</summary>
    public decimal Times { get; init; } = 1;

    /// <summary>What it is.</summary>
    public FigureKind Kind { get; init; }

    /// <summary>"More than", "about"…</summary>
    public FigureBound Bound { get; init; }

    /// <summary>The base in words; may be empty.</summary>
    public string BaseLabel { get; init; } = "";

    /// <summary>Ids or whole numbers: the base, or the several stated populations that could be it.</summary>
    public IReadOnlyList<string> Bases { get; init; } = [];

    /// <summary>Id of the headcount that is printed beside the rate; null: none.</summary>
    public string? Numerator { get; init; }

    /// <summary>Year or time as the report says it.</summary>
    public string Year { get; init; } = "";

    /// <summary>Place as the report names it.</summary>
    public string Place { get; init; } = "";

    /// <summary>What kind of place the report says it is (county, prefecture, province); empty: it does not.</summary>
    public string PlaceKind { get; init; } = "";

    /// <summary>In which larger place the report puts it; empty: it does not.</summary>
    public string Within { get; init; } = "";

    /// <summary>The report.</summary>
    public string Source { get; init; } = "";

    /// <summary>Page, section, line, table.</summary>
    public string Locus { get; init; } = "";

    /// <summary>Name of the question; figures with the same name are its options.</summary>
    public string Group { get; init; } = "";

    /// <summary>One answer or several.</summary>
    public FigureGroupKind GroupKind { get; init; }

    /// <summary>Id of the answer that sent respondents on to this question; null: everybody was asked.</summary>
    public string? RoutedFrom { get; init; }

    /// <summary>Ids that together must give this figure.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Id of a figure that this one is a part of and cannot exceed; null: none.</summary>
    public string? SubsetOf { get; init; }

    /// <summary>Ids of the stations, people… of which each serves one of what is counted here.</summary>
    public IReadOnlyList<string> CoveredBy { get; init; } = [];

    /// <summary>Id of the figure that says the same elsewhere, text against table; null: none.</summary>
    public string? SameAs { get; init; }

    /// <summary>Id of the earlier figure that the report compares this one with; null: none.</summary>
    public string? Before { get; init; }

    /// <summary>The names that the report lists for this count.</summary>
    public IReadOnlyList<string> Listed { get; init; } = [];

    /// <summary>What must hold by arithmetic: <c>= 100 * G09 / (G08 - G09)</c>, or a whole condition <c>L13 = 0</c>; empty: nothing.</summary>
    public string MustBe { get; init; } = "";

    /// <summary>Why it must, in words, Chinese and English parted by <c> | </c>; may be empty.</summary>
    public string Because { get; init; } = "";
}
