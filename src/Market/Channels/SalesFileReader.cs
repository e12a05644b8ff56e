using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Channels;

/// <summary>Turns the rows of a platform's export into orders by a mapping: finds the header, reads each row, and gathers the rows of an order. Pure; the same file gives the same orders.</summary>
internal sealed class SalesFileReader(ChannelMapping mapping, DateOnly today)
{
    private const int HeaderRows = 10;
    private readonly Dictionary<string, List<SalesRow>> orders = new(StringComparer.Ordinal);
    private readonly List<string> numbers = [];
    private readonly List<RowRefusal> refused = [];
    private int leftOut;
    private int longNumbers;
    private int cutNumbers;

    /// <summary>Reads all rows.</summary>
    public SalesFile Read(SheetReader file)
    {
        string? sheet = null;
        var seen = 0;
        var found = false;
        SheetHeader? header = null;
        SheetRow? first = null;
        foreach (var outcome in file.Rows())
        {
            if (!outcome.Ok(out var row, out var no)) return new SalesFile([], [], 0, no);
            first ??= row;
            if (row.Sheet != sheet || (header is null && seen == 0)) (sheet, seen, header) = (row.Sheet, 0, null);
            seen++;
            if (header is not null) ReadRow(row, header);
            else if (seen <= HeaderRows && new SheetHeader(row) is var names && names.Find(mapping.Names("number")) >= 0 && names.Find(mapping.Names("state")) >= 0)
            {
                if (Missing(names, row) is { } missing) return new SalesFile([], [], 0, missing);
                (header, found) = (names, true);
            }
        }
        if (!found) return new SalesFile([], [], 0, new Refusal("market.import-no-header", new Place { File = first?.File, Sheet = first?.Sheet, Row = first?.Number }, Quoted("number"), Quoted("state")));
        return Finish();
    }

    private Refusal? Missing(SheetHeader header, SheetRow row)
    {
        foreach (var fact in ChannelMapping.Needed.Where(f => header.Find(mapping.Names(f)) < 0)) return new Refusal("market.import-column", row.At(mapping.Names(fact)[0]), Quoted(fact));
        return header.Find(mapping.Names("paid")) < 0 && header.Find(mapping.Names("sellerReceives")) < 0 ? new Refusal("market.import-column", row.At(mapping.Names("paid").Concat(mapping.Names("sellerReceives")).First()), Quoted("paid")) : null;
    }

    private string Quoted(string fact) => string.Join(" / ", mapping.Names(fact));

    private void ReadRow(SheetRow row, SheetHeader header)
    {
        var read = new SalesRowReader(mapping, row, header);
        var parsed = read.Read(out var isUnpaid);
        if (isUnpaid)
        {
            leftOut++;
            return;
        }
        if (parsed.Number.Length == 0)
        {
            refused.Add(new RowRefusal("", parsed.Why!));
            return;
        }
        if (parsed.NumberCell.Text.Length >= 16) longNumbers++;
        if (parsed.NumberCell.LooksCut) cutNumbers++;
        if (!orders.TryGetValue(parsed.Number, out var rows))
        {
            orders[parsed.Number] = rows = [];
            numbers.Add(parsed.Number);
        }
        rows.Add(parsed);
    }

    private SalesFile Finish()
    {
        var good = new List<FileOrder>();
        // One right number of 18 digits in a thousand ends in 000; when half of them do, Excel has cut them.
        var isCut = cutNumbers >= 2 && cutNumbers * 2 >= longNumbers;
        foreach (var number in numbers)
        {
            var rows = orders[number];
            if (isCut && rows[0].NumberCell.LooksCut)
                foreach (var row in rows) refused.Add(new RowRefusal(number, new Refusal("market.import-damaged", row.Row.At(row.NumberColumn), number)));
            else if (new SalesOrderReader(mapping, today, number, rows).Read(refused) is { } order) good.Add(order);
        }
        return new SalesFile(good, [.. refused.OrderBy(r => r.Why.Where.Sheet, StringComparer.Ordinal).ThenBy(r => r.Why.Where.Row)], leftOut, null);
    }
}
