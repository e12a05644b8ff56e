using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Payments;

/// <summary>A row of a bill by the names of its columns.</summary>
internal sealed record BillRow(SheetRow Row, SheetHeader Header)
{
    /// <summary>The cell without the backquote and tab that keep numbers whole in Excel; empty when there is no such column.</summary>
    public string this[string column] => Row[Header.Find([column])].Text?.TrimStart('`').Trim() ?? "";

    public Refusal Wrong(string column) => new("payment.bill-cell", Row.At(column), this[column], column);
}

/// <summary>A bill as a table: remarks before and after it are left out, a second row of names begins the summary.</summary>
internal sealed record BillTable(IReadOnlyList<BillRow> Rows, BillRow? Summary)
{
    /// <param name="file">CSV in UTF-8 or GB18030.</param>
    /// <param name="name">For people.</param>
    /// <param name="column">A column that only the table's own names have.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<Outcome<BillTable>> Open(byte[] file, string name, string column, CancellationToken cancel)
    {
        if (!(await SheetReader.Open(new MemoryStream(file), name, cancel, SheetLimits.County)).Ok(out var reader, out var no)) return no;
        SheetHeader? header = null, second = null;
        var rows = new List<BillRow>();
        BillRow? summary = null;
        foreach (var next in reader.Rows())
        {
            if (!next.Ok(out var row, out var damaged)) return damaged;
            var first = row[0].Text ?? "";
            if (first.StartsWith('#')) continue;
            if (header is null)
            {
                if (row.Cells.Any(c => c.Text == column)) header = new SheetHeader(row);
            }
            else if (second is not null) summary ??= new BillRow(row, second);
            else if (first == "总交易单数") second = new SheetHeader(row);
            else rows.Add(new BillRow(row, header));
        }
        return header is null ? new Refusal("payment.bill-columns", new Place { File = name }, column) : new BillTable(rows, summary);
    }
}
