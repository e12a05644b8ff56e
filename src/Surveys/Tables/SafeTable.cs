using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Tables;

/// <summary>What may be shown of a table when numbers of fewer than so many people are hidden.</summary>
internal sealed class SafeTable
{
    private readonly Hiding hiding;

    private SafeTable(Tabulation table, int least) => (Table, hiding) = (table, Hiding.Of(table.Counts, least));

    public Tabulation Table { get; }

    /// <summary>Too few people, or nothing can be shown without giving the hidden away.</summary>
    public bool IsRefused => hiding.IsRefused;

    /// <summary>Is a number of people who answered hidden? Then tests are hidden too: they are computed of all cells.</summary>
    public bool AnyHidden => hiding.Any;

    /// <summary>So few were asked and did not answer that no number of people asked is shown.</summary>
    public bool HidesAsked => hiding.Asked;

    /// <summary>So few were left out for some reason that the reasons are not counted.</summary>
    public bool HidesLeftOut => hiding.LeftOut;

    /// <param name="table">With all its numbers.</param>
    /// <param name="least">5: numbers of 1 to 4 people are hidden; 1 or less: none.</param>
    public static SafeTable Of(Tabulation table, int least) => new(table, least);

    /// <summary>May the number of a cell be shown?</summary>
    public bool ShowsCell(int row, int column) => !hiding.Cells[row, column];

    /// <summary>May the number of people of a base be shown?</summary>
    public bool ShowsBase(TableShare share) => share.Base switch
    {
        "asked" or "column-asked" => !hiding.Asked && !hiding.Columns[share.Column],
        "answers" or "column-answers" => !hiding.Answers[share.Column],
        "row-answered" => !hiding.Rows[share.Row],
        "all-answered" => !hiding.All,
        _ => !hiding.Columns[share.Column],
    };

    /// <summary>May a share, with its error, be shown?</summary>
    public bool Shows(TableShare share) => ShowsCell(share.Row, share.Column) && ShowsBase(share);
}
