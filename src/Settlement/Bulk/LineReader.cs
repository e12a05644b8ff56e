using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Bulk;

/// <summary>Reads LINES.csv row by row, with all that can be seen to be wrong with a row by looking at it alone.</summary>
internal sealed class LineReader : IDisposable
{
    private static readonly string[] Required = ["line", "order", "day", "channel", "station", "lot", "grams", "goods", "freight"];
    private static readonly string[] Optional = ["campaign", "product", "pieces", "parcels", "packaging", "processing", "commission", "promotion"];

    private readonly string file;
    private readonly Scheme scheme;
    private readonly LotBook lots;
    private readonly CsvHeader header;
    private readonly int[] at;
    private readonly KeyMatch channels, stations, campaigns, products;
    private readonly long mostParcels;
    private readonly bool hasDearStep;
    private BadRows? bad;
    private bool isGood;
    private LineAmounts amounts;

    private LineReader(CsvRows rows, CsvHeader header, string file, Scheme scheme, LotBook lots)
    {
        (Rows, this.header, this.file, this.scheme, this.lots) = (rows, header, file, scheme, lots);
        at = [.. Required.Concat(Optional).Select(header.Find)];
        (channels, stations) = (new KeyMatch(scheme.Match.Channel), new KeyMatch(scheme.Match.Station));
        (campaigns, products) = (new KeyMatch(scheme.Match.Campaign), new KeyMatch(scheme.Match.Product));
        var perParcel = scheme.OrderSteps.Where(step => step.Per == Per.Parcel).Select(step => step.Fixed.Value).DefaultIfEmpty().Max();
        mostParcels = Splits.Amounts.Largest / Math.Max(perParcel, 1);
        hasDearStep = scheme.Steps.Any(step => step.Fixed.Value > Splits.Amounts.Largest / 100_000_000);
    }

    private enum Column { Line, Order, Day, Channel, Station, Lot, Grams, Goods, Freight, Campaign, Product, Pieces, Parcels, Packaging, Processing, Commission, Promotion }

    /// <summary>The rows of the file.</summary>
    public CsvRows Rows { get; }

    public ReadOnlySpan<byte> Line => Cell(Column.Line);
    public ReadOnlySpan<byte> Order => Cell(Column.Order);
    public ReadOnlySpan<byte> Channel => Cell(Column.Channel);
    public ReadOnlySpan<byte> Station => Cell(Column.Station);
    public ReadOnlySpan<byte> Campaign => Cell(Column.Campaign);

    /// <summary>Stood any of the codes above in quotes?</summary>
    public bool IsQuoted => Quoted(Column.Line) || Quoted(Column.Channel) || Quoted(Column.Station) || Quoted(Column.Campaign);

    /// <summary>The numbers of the row last read.</summary>
    public ref readonly LineAmounts Amounts => ref amounts;

    /// <summary>The number of its lot in the book; -1: none.</summary>
    public int Lot { get; private set; }

    /// <summary>Opens the file; null, with what is wrong named, when it cannot be settled by this scheme.</summary>
    public static LineReader? Open(string file, int bufferSize, Scheme scheme, LotBook lots, BadRows bad)
    {
        var rows = new CsvRows(file, bufferSize);
        if (CsvHeader.Read(rows, file, Required, Optional, bad) is { } header)
        {
            var lacking = Needs(scheme, lots).Distinct().Where(column => header.Find(column) < 0).ToList();
            foreach (var column in lacking) bad.Add(file, 1, column, "bulk.scheme-needs-column", column);
            if (lacking.Count == 0) return new LineReader(rows, header, file, scheme, lots);
        }
        rows.Dispose();
        return null;
    }

    /// <summary>Reads the next row.</summary>
    /// <param name="named">Told of what is wrong with it; null: say nothing.</param>
    /// <param name="good">Is nothing wrong with it?</param>
    /// <returns>False at the end of the file.</returns>
    public bool Read(BadRows? named, out bool good)
    {
        good = false;
        if (!Rows.Read()) return false;
        bad = named;
        isGood = header.Fits(Rows, file, named);
        if (isGood) Parse();
        good = isGood;
        return true;
    }

    /// <summary>Names a fault that others found with the row.</summary>
    public void Refuse(string column, string code, params object[] arguments)
    {
        isGood = false;
        bad?.Add(file, Rows.Row, column, code, arguments);
    }

    public void Dispose() => Rows.Dispose();

    // What the scheme asks of a line beyond the columns that every file has.
    private static IEnumerable<string> Needs(Scheme scheme, LotBook lots)
    {
        foreach (var step in scheme.Steps)
        {
            if (step is { Measure: Measure.Actual } and not { Actual: Cost.Freight }) yield return step.Actual.Word();
            if (step is { Measure: Measure.Fixed, Per: Per.Piece }) yield return "pieces";
            if (step.Measure == Measure.Price && lots.Lots.Any(lot => lot.ByPiece)) yield return "pieces";
            if (step.When is { Campaign.Length: > 0 }) yield return "campaign";
            if (step.When is { Product.Length: > 0 }) yield return "product";
        }
    }

    private void Parse()
    {
        if (Line.IsEmpty) Refuse("line", "bulk.empty");
        else if (Line.StartsWith("intake:"u8) || Line.StartsWith("refund:"u8) || Line.StartsWith("lot:"u8)) Refuse("line", "bulk.reserved", BadRows.Show(Line));
        if (Order.IsEmpty) Refuse("order", "bulk.empty");
        if (!PlainNumber.IsDay(Cell(Column.Day))) Refuse("day", Cell(Column.Day).IsEmpty ? "bulk.empty" : "bulk.no-day", BadRows.Show(Cell(Column.Day)));
        amounts = new LineAmounts
        {
            Goods = Money(Column.Goods, "goods"),
            Freight = Money(Column.Freight, "freight"),
            Grams = Whole(Column.Grams, "grams"),
            Pieces = Whole(Column.Pieces, "pieces"),
            Parcels = Cell(Column.Parcels).IsEmpty ? 1 : Whole(Column.Parcels, "parcels", least: 1),
            Packaging = Money(Column.Packaging, "packaging"),
            Processing = Money(Column.Processing, "processing"),
            Commission = Money(Column.Commission, "commission"),
            Promotion = Money(Column.Promotion, "promotion"),
            Applies = scheme.Match.All & ~scheme.Match.Poor & channels.Of(Channel) & stations.Of(Station) & campaigns.Of(Campaign) & products.Of(Cell(Column.Product)),
        };
        if (amounts.Parcels > mostParcels) Refuse("parcels", "bulk.too-much");
        ParseLot();
    }

    private void ParseLot()
    {
        var name = Cell(Column.Lot);
        Lot = name.IsEmpty ? -1 : lots.Find(name);
        if (Lot < 0 && !name.IsEmpty) Refuse("lot", "bulk.unknown-lot", BadRows.Show(name));
        else if (Lot < 0 && scheme.NeedsLot(amounts.Applies)) Refuse("lot", "bulk.needs-lot");
        // Far more than a line ever weighs or costs: look whether any step would pay more than a line can hold.
        if (isGood && (Math.Max(amounts.Grams, amounts.Pieces) > 1_000_000 || hasDearStep || (Lot >= 0 && lots.Lots[Lot].IsDear)))
            if (LineSplit.TooLarge(scheme, amounts, Lot < 0 ? null : lots.Lots[Lot].Terms))
                Refuse(Lot >= 0 && lots.Lots[Lot].ByPiece ? "pieces" : "grams", "bulk.too-much");
    }

    private ReadOnlySpan<byte> Cell(Column column) => at[(int)column] is >= 0 and var cell ? Rows[cell] : [];

    private bool Quoted(Column column) => at[(int)column] is >= 0 and var cell && Rows.IsQuoted(cell);

    private long Money(Column column, string name)
    {
        var cell = Cell(column);
        if (cell.IsEmpty || !PlainNumber.TryMoney(cell, out var fen))
        {
            if (!cell.IsEmpty) Refuse(name, "bulk.no-money", BadRows.Show(cell), PlainNumber.Largest);
            return 0;
        }
        return fen;
    }

    private long Whole(Column column, string name, long least = 0)
    {
        var cell = Cell(column);
        if (cell.IsEmpty) return 0;
        if (PlainNumber.TryWhole(cell, out var value) && value >= least) return value;
        Refuse(name, least > 0 ? "bulk.no-quantity" : "bulk.no-whole", BadRows.Show(cell), PlainNumber.Largest);
        return 0;
    }
}
