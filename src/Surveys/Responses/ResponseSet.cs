using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Responses;

/// <summary>What people answered: a table with a row for each response.</summary>
internal sealed class ResponseSet
{
    private readonly List<int> sheetRows = [];
    private readonly List<DateOnly> days = [];

    /// <summary>Name of the file.</summary>
    public required string File { get; init; }

    public required Questionnaire Form { get; init; }

    /// <summary>Answers by name of question; a question that the file has no column for is missing.</summary>
    public Dictionary<string, AnswerColumn> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Further columns that were asked for, such as a weight, as they stand in the file.</summary>
    public Dictionary<string, TextColumn> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>How many responses.</summary>
    public int Count => sheetRows.Count;

    /// <summary>The row of the file that a response stands in.</summary>
    public int SheetRow(int response) => sheetRows[response];

    /// <summary>The day on which somebody was asked; null where nothing says it.</summary>
    public DateOnly? Day(int response) => response < days.Count ? days[response] : null;

    public void NextRow(int sheetRow) => sheetRows.Add(sheetRow);

    /// <summary>Begins a response of a known day. Either all responses have one or none.</summary>
    public void NextRow(int sheetRow, DateOnly day)
    {
        sheetRows.Add(sheetRow);
        days.Add(day);
    }

    /// <summary>The same responses, to which more can be added while others read these.</summary>
    public ResponseSet Copy()
    {
        var copy = new ResponseSet { File = File, Form = Form };
        copy.sheetRows.AddRange(sheetRows);
        copy.days.AddRange(days);
        foreach (var (name, column) in Answers) copy.Answers.Add(name, column.Copy());
        foreach (var (name, column) in Others) copy.Others.Add(name, (TextColumn)column.Copy());
        return copy;
    }
}
