namespace Shanhuo.Kernel.Sheets;

/// <summary>One row that holds something.</summary>
/// <param name="File">Name of the file as the user gave it.</param>
/// <param name="Sheet">Sheet of a workbook; null in a CSV file.</param>
/// <param name="Number">1 is the first row; in a CSV file a row is a record.</param>
/// <param name="Cells">From the first column on; empty cells at the end are left off.</param>
/// <param name="IsHidden">Hidden in the workbook, by hand or by a filter. It is read all the same.</param>
public sealed record SheetRow(string File, string? Sheet, int Number, IReadOnlyList<SheetCell> Cells, bool IsHidden)
{
    /// <summary>The cell of a column, from 0; empty beyond the last and for -1.</summary>
    public SheetCell this[int column] => column >= 0 && column < Cells.Count ? Cells[column] : SheetCell.None;

    /// <summary>Where a cell is, for a refusal.</summary>
    public Place At(string column) => Place.Cell(File, Number, column, Sheet);
}

/// <summary>The columns of a sheet by name, from its first row.</summary>
public sealed class SheetHeader
{
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);

    /// <summary>Reads the names; of a name that stands twice the first counts.</summary>
    public SheetHeader(SheetRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Names = [.. row.Cells.Select(c => c.Text ?? "")];
        for (var i = 0; i < Names.Count; i++)
            if (Names[i].Length > 0) columns.TryAdd(Fold(Names[i]), i);
    }

    /// <summary>The names as written.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Index of the first of these names that the sheet has, or -1. Full-width brackets, spaces and case do not matter.</summary>
    public int Find(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
            if (columns.TryGetValue(Fold(name), out var index)) return index;
        return -1;
    }

    private static string Fold(string name) => string.Concat(Numerals.Narrow(name).Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
}

/// <summary>What a person should know about a file beside its cells; complete when all rows have been read.</summary>
public sealed class SheetNotes
{
    /// <summary><c>xlsx</c>, <c>utf-8</c>, <c>utf-16</c> or <c>gb18030</c>.</summary>
    public string Form { get; internal set; } = "";

    /// <summary>Cells whose value is the stored result of a formula.</summary>
    public int FormulaCells { get; internal set; }

    /// <summary>Ranges of merged cells; all but the first cell of each are empty.</summary>
    public int MergedRanges { get; internal set; }

    /// <summary>Rows that were hidden and have been read.</summary>
    public int HiddenRows { get; internal set; }

    /// <summary>Sheets that are hidden and have not been read.</summary>
    public IList<string> HiddenSheets { get; } = [];

    /// <summary>Does the workbook point to other files? They are never followed.</summary>
    public bool HasExternalLinks { get; internal set; }
}
