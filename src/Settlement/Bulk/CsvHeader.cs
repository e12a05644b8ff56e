namespace Shanhuo.Settlement.Bulk;

/// <summary>The first row of a file: where each column stands.</summary>
internal sealed class CsvHeader
{
    private readonly string[] names;

    private CsvHeader(string[] names) => this.names = names;

    /// <summary>How many cells every row must have.</summary>
    public int Count => names.Length;

    /// <summary>The name of a column by its place; of one too many, that of the last.</summary>
    public string Name(int cell) => names[Math.Min(cell, names.Length - 1)];

    /// <summary>The place of a column, or -1 where the file has none such.</summary>
    public int Find(string column) => Array.IndexOf(names, column);

    /// <summary>Reads the header and names what is wrong with it.</summary>
    /// <param name="rows">At its start.</param>
    /// <param name="file">As the user gave it.</param>
    /// <param name="required">Columns that must be there.</param>
    /// <param name="optional">Columns that may be there; all others are ignored.</param>
    /// <param name="bad">Told of missing and double columns.</param>
    /// <returns>Null when the file cannot be read by it.</returns>
    public static CsvHeader? Read(CsvRows rows, string file, string[] required, string[] optional, BadRows bad)
    {
        if (!rows.Read())
        {
            bad.Add(file, null, "bulk.empty-file", string.Join(",", required));
            return null;
        }
        if (rows.Fault != CsvFault.None)
        {
            bad.Add(file, rows.Row.ToString(System.Globalization.CultureInfo.InvariantCulture), Code(rows.Fault), CsvRows.LongestRow);
            return null;
        }
        var before = bad.Count;
        var names = new string[rows.Count];
        for (var i = 0; i < names.Length; i++) names[i] = System.Text.Encoding.UTF8.GetString(rows[i]);
        var header = new CsvHeader(names);
        foreach (var column in required.Where(column => header.Find(column) < 0)) bad.Add(file, rows.Row, column, "bulk.no-column", column);
        foreach (var column in required.Concat(optional).Where(column => names.Count(name => name == column) > 1)) bad.Add(file, rows.Row, column, "bulk.double-column", column);
        return bad.Count == before ? header : null;
    }

    /// <summary>Is the row readable, with as many cells as the header? Names it where not.</summary>
    /// <param name="rows">At the row.</param>
    /// <param name="file">As the user gave it.</param>
    /// <param name="bad">Null: say nothing.</param>
    public bool Fits(CsvRows rows, string file, BadRows? bad)
    {
        if (rows.Fault == CsvFault.None && rows.Count == names.Length) return true;
        if (rows.Fault != CsvFault.None) bad?.Add(file, rows.Row, Name(rows.FaultCell), Code(rows.Fault), CsvRows.LongestRow);
        else bad?.Add(file, rows.Row, Name(rows.Count), rows.Count < names.Length ? "bulk.too-few-cells" : "bulk.too-many-cells", rows.Count, names.Length);
        return false;
    }

    private static string Code(CsvFault fault) => fault switch
    {
        CsvFault.UnclosedQuote => "bulk.unclosed-quote",
        CsvFault.StrayQuote => "bulk.stray-quote",
        CsvFault.TextAfterQuote => "bulk.text-after-quote",
        CsvFault.LoneReturn => "bulk.lone-return",
        CsvFault.Nul => "bulk.nul",
        CsvFault.NotUtf8 => "bulk.not-utf8",
        CsvFault.TooLong => "bulk.row-too-long",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
