namespace Shanhuo.Kernel.Sheets;

/// <summary>The two forms in which tables leave the program.</summary>
public enum SheetFormat
{
    /// <summary>UTF-8 with BOM, CRLF, RFC 4180.</summary>
    Csv,

    /// <summary>A workbook with typed cells.</summary>
    Xlsx,
}

/// <summary>What a column holds. A text column is locked as text, so that codes, phones and identity numbers keep their digits.</summary>
public enum SheetColumnKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Yuan with two decimals.</summary>
    Money,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number with up to three decimals, such as kilograms.</summary>
    Decimal,

    /// <summary>A day.</summary>
    Day,
}

/// <summary>A column to be written.</summary>
/// <param name="Name">In the first row.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Width">In characters.</param>
public sealed record SheetColumn(string Name, SheetColumnKind Kind = SheetColumnKind.Text, int Width = 14)
{
    /// <summary>In a workbook the cells of the column offer these and take nothing else.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>A value to be written: text or a number. A number is always plain digits made by us, so a negative one stays a number and is never taken for a formula.</summary>
public readonly record struct SheetValue
{
    private SheetValue(string text, bool isNumber) => (Text, IsNumber) = (text, isNumber);

    /// <summary>The text, or the digits.</summary>
    public string? Text { get; }

    /// <summary>Digits, not text.</summary>
    public bool IsNumber { get; }

    /// <summary>Is it a day?</summary>
    internal DateOnly? Day { get; private init; }

    /// <summary>Text; null is an empty cell.</summary>
    public static implicit operator SheetValue(string? text) => new(text ?? "", false);

    /// <summary>A whole number.</summary>
    public static implicit operator SheetValue(long number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture), true);

    /// <summary>A statistic with up to twelve decimals; empty where it is not defined (NaN) or beyond what a decimal holds.</summary>
    public static SheetValue Figure(double figure) => double.IsNaN(figure) || Math.Abs(figure) > 1e27 ? new("", false)
        : new(((decimal)figure).ToString("0.############", System.Globalization.CultureInfo.InvariantCulture), true);

    /// <summary>Yuan with two decimals.</summary>
    public static implicit operator SheetValue(Fen fen) => new(fen.ToString(), true);

    /// <summary>Kilograms.</summary>
    public static implicit operator SheetValue(Grams grams) => new(grams.ToKilograms(), true);

    /// <summary>A day; null is an empty cell.</summary>
    public static implicit operator SheetValue(DateOnly? day) => day is { } d ? d : new SheetValue("", false);

    /// <summary>A day.</summary>
    public static implicit operator SheetValue(DateOnly day) => new(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), false) { Day = day };
}

/// <summary>Writes a table row by row; the same rows give the same bytes. Dispose finishes the file and leaves the stream open. A web answer is written to memory or a file first, since the stream is written synchronously.</summary>
public abstract class SheetWriter : IDisposable
{
    private protected SheetWriter(IReadOnlyList<SheetColumn> columns) => Columns = columns;

    /// <summary>The columns, in order.</summary>
    protected IReadOnlyList<SheetColumn> Columns { get; }

    /// <summary>Begins a file with the names of its columns.</summary>
    /// <param name="format">CSV or XLSX.</param>
    /// <param name="output">Where to; need not be seekable.</param>
    /// <param name="sheet">Name of the sheet, at most 31 characters; not used in CSV.</param>
    /// <param name="columns">At least one.</param>
    public static SheetWriter Begin(SheetFormat format, Stream output, string sheet, params IReadOnlyList<SheetColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfZero(columns.Count);
        return format == SheetFormat.Csv ? new CsvSheet(output, columns) : new XlsxSheet(output, sheet, columns);
    }

    /// <summary>Begins a CSV file that another program reads, such as what a command prints: UTF-8 without BOM, LF; else as <see cref="SheetFormat.Csv"/>.</summary>
    public static SheetWriter BeginPlain(Stream output, params IReadOnlyList<SheetColumn> columns) => new CsvSheet(output, columns, forPrograms: true);

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each column; left out at the end: empty.</param>
    /// <exception cref="ArgumentException">More cells than columns.</exception>
    public void Row(params ReadOnlySpan<SheetValue> cells)
    {
        if (cells.Length > Columns.Count) throw new ArgumentException("More cells than columns.", nameof(cells));
        Write(cells);
    }

    /// <summary>The content type to answer with.</summary>
    public static string ContentType(SheetFormat format) => format == SheetFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary><c>.csv</c> or <c>.xlsx</c>.</summary>
    public static string Extension(SheetFormat format) => format == SheetFormat.Csv ? ".csv" : ".xlsx";

    /// <summary>Would a sheet program take a text that begins so for a formula? (OWASP ASVS 5.0, 1.2.10, with LF and the full-width forms that some programs narrow.)</summary>
    public static bool IsDangerous(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    private protected abstract void Write(ReadOnlySpan<SheetValue> cells);

    private protected abstract void End();
}
