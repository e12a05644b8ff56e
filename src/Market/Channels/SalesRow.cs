using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Channels;

/// <summary>A row's cells as values, or why it is wrong.</summary>
internal sealed record SalesRow
{
    public required SheetRow Row { get; init; }
    public required string Number { get; init; }
    public required SheetCell NumberCell { get; init; }
    public required string NumberColumn { get; init; }

    /// <summary>Null: the row is good as far as it goes.</summary>
    public Refusal? Why { get; init; }
    public string State { get; init; } = "";
    public string Line { get; init; } = "";
    public string Code { get; init; } = "";
    public long Units { get; init; }
    public Fen Paid { get; init; }

    /// <summary>What the seller gets, goods and freight, where the file says it.</summary>
    public Fen? SellerReceives { get; init; }
    public Fen Freight { get; init; }
    public Fen List { get; init; }
    public Fen MerchantDiscount { get; init; }
    public Fen PlatformSubsidy { get; init; }
    public Fen Commission { get; init; }
    public bool IsRefunded { get; init; }

    /// <summary>Null: the file names no amount.</summary>
    public Fen? Refund { get; init; }
    public DateOnly? Placed { get; init; }
    public DateOnly? Shipped { get; init; }
    public DateOnly? Delivered { get; init; }
    public DateOnly? Received { get; init; }
    public string? Campaign { get; init; }
    public int? Parcels { get; init; }

    /// <summary>The public unit that buys, on the 832 platform; null: the file names none.</summary>
    public string? BuyerUnit { get; init; }

    /// <summary>Where its money stands, for a refusal that comes later.</summary>
    public string PaidColumn { get; init; } = "";
}

/// <summary>Reads the cells of one row; the first wrong one is its answer.</summary>
internal sealed class SalesRowReader(ChannelMapping mapping, SheetRow row, SheetHeader header)
{
    private Refusal? why;

    public SalesRow Read(out bool isUnpaid)
    {
        var (numberCell, numberColumn) = Find("number");
        var number = Code("number", 64);
        var words = Find("state").Cell.Text;
        var state = mapping.StateOf(words);
        isUnpaid = state == "unpaid";
        if (why is not null || isUnpaid) return new SalesRow { Row = row, Number = numberCell.IsEmpty || why is not null ? "" : number, NumberCell = numberCell, NumberColumn = numberColumn, Why = why };
        if (state is null) why = new Refusal(words.Length == 0 ? "market.import-empty" : "market.import-state", row.At(Find("state").Column), words);
        var refundWords = Find("refundState").Cell.Text;
        // A file without a column for the state of refunds says it by the amount alone.
        var isRefunded = refundWords.Length > 0 ? mapping.IsRefunded(refundWords) : Find("refund").Cell.TryMoney(out var back) && back > Fen.Zero;
        var isClosed = state == "cancelled";
        var result = new SalesRow
        {
            Row = row, Number = number, NumberCell = numberCell, NumberColumn = numberColumn, State = state ?? "",
            Line = Find("line").Cell.IsEmpty ? "" : Code("line", 64),
            Code = Code("code", 64), Units = Whole("quantity", 1, 1_000_000) ?? 0,
            Paid = Money("paid", isClosed) ?? Fen.Zero, SellerReceives = Money("sellerReceives", isClosed), Freight = Money("freight", isClosed) ?? Fen.Zero, List = Money("list", true) ?? Fen.Zero,
            MerchantDiscount = Money("merchantDiscount", isClosed) ?? Fen.Zero, PlatformSubsidy = Money("platformSubsidy", isClosed) ?? Fen.Zero, Commission = Money("commission", isClosed) ?? Fen.Zero,
            IsRefunded = isRefunded, Refund = Money("refund", !isRefunded),
            Placed = Day("placed"), Shipped = Day("shipped"), Delivered = Day("delivered"), Received = Day("received"),
            Campaign = Find("campaign").Cell.Text is { Length: > 0 and <= 40 } campaign && campaign != "-" ? campaign : null, Parcels = (int?)Whole("parcels", 1, 1000),
            BuyerUnit = Find("buyerUnit").Cell.Text.Trim() is { Length: > 0 and <= 80 } unit && unit != "-" ? unit : null,
            PaidColumn = Find("paid").Column,
        };
        if (!isClosed && why is null && result.SellerReceives is null && Find("paid").Cell.IsEmpty) why = new Refusal("market.import-empty", row.At(result.PaidColumn), "");
        return result with { Why = why };
    }

    /// <summary>The first filled cell among the columns that can give the fact.</summary>
    private (SheetCell Cell, string Column) Find(string fact)
    {
        var column = "";
        foreach (var name in mapping.Names(fact))
        {
            if (header.Find([name]) is not (>= 0 and var at)) continue;
            if (column.Length == 0) column = header.Names[at];
            if (!row[at].IsEmpty && row[at].Text is not ("-" or "--")) return (row[at], header.Names[at]);
        }
        return (SheetCell.None, column.Length > 0 ? column : mapping.Names(fact).FirstOrDefault() ?? fact);
    }

    private string Code(string fact, int longest)
    {
        var (cell, column) = Find(fact);
        if (cell.IsEmpty) Wrong("market.import-empty", column, "");
        else if (!cell.TryCode(out var code)) Wrong("market.import-damaged", column, cell.Text);
        else if (code.Length > longest || code.Length == 0) Wrong("market.import-long", column, longest);
        else return code;
        return "";
    }

    private long? Whole(string fact, long least, long most)
    {
        var (cell, column) = Find(fact);
        if (cell.IsEmpty && fact == "parcels") return null;
        if (cell.IsEmpty) Wrong("market.import-empty", column, "");
        else if (!cell.TryWhole(out var value) || value < least || value > most) Wrong("market.import-number", column, cell.Text, least, most);
        else return value;
        return null;
    }

    private Fen? Money(string fact, bool lenient)
    {
        var (cell, column) = Find(fact);
        if (cell.IsEmpty) return null;
        if (cell.TryMoney(out var fen) && fen >= Fen.Zero) return fen;
        if (!lenient) Wrong("market.import-money", column, cell.Text);
        return null;
    }

    private DateOnly? Day(string fact)
    {
        var (cell, column) = Find(fact);
        if (cell.IsEmpty) return null;
        if (cell.TryDay(out var day)) return day;
        Wrong("market.import-day", column, cell.Text);
        return null;
    }

    private void Wrong(string code, string column, params object[] arguments) => why ??= new Refusal(code, row.At(column), arguments);
}
