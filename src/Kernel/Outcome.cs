using System.Diagnostics.CodeAnalysis;

namespace Shanhuo.Kernel;

/// <summary>A value, or the refusal that says why there is none. The only result type of the program.</summary>
/// <typeparam name="T">What the request asked for.</typeparam>
public readonly struct Outcome<T>
{
    private readonly T? value;
    private readonly Refusal? refusal;

    private Outcome(T? value, Refusal? refusal) => (this.value, this.refusal) = (value, refusal);

    /// <summary>Was it done? If not, <paramref name="no"/> says why.</summary>
    public bool Ok([MaybeNullWhen(false)] out T result, [NotNullWhen(false)] out Refusal? no)
    {
        (result, no) = (value, refusal);
        return refusal is null;
    }

    /// <summary>The refusal, or null when it was done.</summary>
    public Refusal? Refused => refusal;

    /// <summary>The value where the caller knows that it was done.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value => refusal is null ? value! : throw new InvalidOperationException(refusal.ToString());

    /// <summary>Done.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>Refused.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The value of a request that only does and returns nothing.</summary>
public readonly record struct Done;

/// <summary>A no that a person can act on.</summary>
/// <param name="Code">Stable and dotted, such as <c>market.lot-sealed</c>; also the key of its text in both languages, which says what is wrong and what to do.</param>
/// <param name="Where">The field, or the place in a file.</param>
/// <param name="Arguments">Fill {0}, {1}… of the text: offending value, limit.</param>
public sealed record Refusal(string Code, Place Where, params object[] Arguments)
{
    /// <summary>A refusal of the whole request, tied to no field.</summary>
    public Refusal(string code) : this(code, Place.None) { }

    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Code} ({string.Join(", ", Arguments)})";
}

/// <summary>Where something is wrong: an input field, or file, sheet, row and column.</summary>
public sealed record Place
{
    /// <summary>Nowhere in particular.</summary>
    public static Place None { get; } = new();

    /// <summary>File name as the user gave it.</summary>
    public string? File { get; init; }

    /// <summary>Sheet of a workbook.</summary>
    public string? Sheet { get; init; }

    /// <summary>Row, 1 is the header.</summary>
    public int? Row { get; init; }

    /// <summary>Column by its name, or the field of a form, or a path in a document.</summary>
    public string? Column { get; init; }

    /// <summary>A field of a form or request.</summary>
    public static Place Input(string field) => new() { Column = field };

    /// <summary>A cell of a file.</summary>
    public static Place Cell(string file, int row, string column, string? sheet = null) => new() { File = file, Sheet = sheet, Row = row, Column = column };

    /// <summary><c>FILE:ROW:COLUMN</c>, with the sheet after the file as <c>FILE[SHEET]</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (File is not null) parts.Add(Sheet is null ? File : $"{File}[{Sheet}]");
        if (Row is { } row) parts.Add(row.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (Column is not null) parts.Add(Column);
        return string.Join(":", parts);
    }
}
