namespace Shanhuo.Kernel.Sheets;

/// <summary>How much of a sheet is read at most, whatever its headers promise. A small file can unpack to any size; these bounds keep memory small by construction.</summary>
public sealed record SheetLimits
{
    /// <summary>For files from strangers, as uploads are: a small part of the machine's memory.</summary>
    public static SheetLimits Upload { get; } = new();

    /// <summary>For files of whoever runs the program on this machine, and for the register of a whole county: 400,000 people in a workbook of some 40 MB.</summary>
    public static SheetLimits County { get; } = new() { FileBytes = 128 * 1024 * 1024, UnpackedBytes = 1536L * 1024 * 1024, Rows = 1_000_000, StringBytes = 400L * 1024 * 1024 };

    /// <summary>Bytes of the file; 10 MB for uploads.</summary>
    public int FileBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Parts of a workbook.</summary>
    public const int Parts = 200;

    /// <summary>Bytes of all parts unpacked, counted while reading; 100 MB for uploads.</summary>
    public long UnpackedBytes { get; init; } = 100L * 1024 * 1024;

    /// <summary>Unpacked bytes for each packed byte of a part; asked once a part is over 1 MB.</summary>
    public const int Ratio = 100;

    /// <summary>Rows of all sheets together; 200,000 for uploads.</summary>
    public int Rows { get; init; } = 200_000;

    /// <summary>Columns of a row.</summary>
    public const int Columns = 100;

    /// <summary>Characters of a cell: Excel's own limit.</summary>
    public const int CellCharacters = 32_767;

    /// <summary>Bytes of all text cells in memory; 50 MB for uploads.</summary>
    public long StringBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>Depth of elements in a part.</summary>
    internal const int Depth = 32;

    /// <summary>Bytes of one tag, comment or CDATA block.</summary>
    internal const int MarkupBytes = 256 * 1024;

    /// <summary>Different names of elements and attributes in a part.</summary>
    internal const int Names = 5_000;
}

/// <summary>Ends the reading of a file; never leaves <see cref="SheetReader"/>, which hands out its refusal.</summary>
internal sealed class SheetRefused(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;

    public static SheetRefused At(string code, string file, string? sheet = null, int? row = null, string? column = null, params object[] arguments) =>
        new(new Refusal(code, new Place { File = file, Sheet = sheet, Row = row, Column = column }, arguments));
}
