using Shanhuo.Settlement.Pools;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Bulk;

/// <summary>Reads LOTS.csv. A bad row always stops the run, since leaving out one intake changes every neighbour's share.</summary>
internal sealed class LotReader
{
    private static readonly string[] Required = ["lot", "household", "grams", "grade", "price"];
    private static readonly string[] Optional = ["pieces", "contract", "village", "station", "cooperative", "enterprise", "bought_by"];

    private readonly LotBook book = new();
    private readonly CsvRows rows;
    private readonly CsvHeader header;
    private readonly string file;
    private readonly BadRows bad;
    private readonly int lotAt, householdAt, gramsAt, priceAt, piecesAt, contractAt, villageAt, stationAt, cooperativeAt, enterpriseAt, boughtByAt;

    private LotReader(CsvRows rows, CsvHeader header, string file, BadRows bad)
    {
        (this.rows, this.header, this.file, this.bad) = (rows, header, file, bad);
        (lotAt, householdAt, gramsAt, priceAt) = (header.Find("lot"), header.Find("household"), header.Find("grams"), header.Find("price"));
        (piecesAt, contractAt, villageAt, stationAt) = (header.Find("pieces"), header.Find("contract"), header.Find("village"), header.Find("station"));
        (cooperativeAt, enterpriseAt, boughtByAt) = (header.Find("cooperative"), header.Find("enterprise"), header.Find("bought_by"));
    }

    /// <summary>The lots, or null when anything is wrong with the file, which is named.</summary>
    public static LotBook? Read(string file, Scheme scheme, BadRows bad)
    {
        using var rows = new CsvRows(file, 1 << 18);
        if (CsvHeader.Read(rows, file, Required, Optional, bad) is not { } header) return null;
        if (header.Find("contract") >= 0 || !scheme.Steps.Any(step => step is { Measure: Measure.Price, Price: PriceKind.Contract }))
            return new LotReader(rows, header, file, bad).ReadAll();
        bad.Add(file, 1, "contract", "bulk.scheme-needs-column", "contract");
        return null;
    }

    private LotBook? ReadAll()
    {
        while (rows.Read())
            if (header.Fits(rows, file, bad)) ReadRow();
        if (bad.Count > 0) return null;
        book.Seal();
        foreach (var lot in book.Lots)
            if (lot.BoughtBy is not null && IntakeBought.Owed(lot.Value, lot.ByPiece) > Amounts.Largest) bad.Add(file, lot.Row, "price", "bulk.too-much");
        return bad.Count == 0 ? book : null;
    }

    private void ReadRow()
    {
        var before = bad.Count;
        if (Cell(lotAt).IsEmpty) bad.Add(file, rows.Row, "lot", "bulk.empty");
        if (Cell(householdAt).IsEmpty) bad.Add(file, rows.Row, "household", "bulk.empty");
        var byPiece = !Cell(piecesAt).IsEmpty;
        if (byPiece && !Cell(gramsAt).IsEmpty) bad.Add(file, rows.Row, "grams", "bulk.grams-beside-pieces", BadRows.Show(Cell(gramsAt)));
        var quantity = Quantity(byPiece ? piecesAt : gramsAt);
        var (price, contract) = (Money(priceAt), Money(contractAt));
        SchemeRole? buyer = null;
        if (!Cell(boughtByAt).IsEmpty)
        {
            if (Roles.TryParse(Cell(boughtByAt), out var role) && role.MayBuyAtIntake()) buyer = role;
            else bad.Add(file, rows.Row, "bought_by", "bulk.no-buyer", BadRows.Show(Cell(boughtByAt)));
        }
        if (bad.Count > before) return;

        var number = book.Find(Cell(lotAt));
        if (number < 0) number = book.Add(NewLot(byPiece, buyer));
        else if (!IsSame(book.Lots[number], byPiece, buyer)) return;
        book.AddIntake(number, Cell(householdAt), Cell(villageAt), quantity, price, contract);
    }

    private BulkLot NewLot(bool byPiece, SchemeRole? buyer) => new()
    {
        Row = rows.Row,
        Id = Cell(lotAt).ToArray(),
        ByPiece = byPiece,
        HasVillages = !Cell(villageAt).IsEmpty,
        Station = Cell(stationAt).ToArray(),
        Cooperative = Cell(cooperativeAt).ToArray(),
        Enterprise = Cell(enterpriseAt).ToArray(),
        BoughtBy = buyer,
    };

    private bool IsSame(BulkLot lot, bool byPiece, SchemeRole? buyer)
    {
        var before = bad.Count;
        if (lot.ByPiece != byPiece) bad.Add(file, rows.Row, byPiece ? "pieces" : "grams", "bulk.lot-both-kinds", BadRows.Show(lot.Id), lot.Row);
        if (lot.HasVillages == Cell(villageAt).IsEmpty) bad.Add(file, rows.Row, "village", "bulk.village-on-some", BadRows.Show(lot.Id), lot.Row);
        Same(lot, stationAt, lot.Station);
        Same(lot, cooperativeAt, lot.Cooperative);
        Same(lot, enterpriseAt, lot.Enterprise);
        if (lot.BoughtBy != buyer) Differs(lot, boughtByAt, lot.BoughtBy?.Name() ?? "");
        return bad.Count == before;
    }

    private void Same(BulkLot lot, int at, byte[] first)
    {
        if (!Cell(at).SequenceEqual(first)) Differs(lot, at, BadRows.Show(first));
    }

    private void Differs(BulkLot lot, int at, string first) =>
        bad.Add(file, rows.Row, header.Name(at), "bulk.lot-differs", BadRows.Show(Cell(at)), BadRows.Show(lot.Id), lot.Row, first);

    private ReadOnlySpan<byte> Cell(int at) => at < 0 ? [] : rows[at];

    private long Quantity(int at)
    {
        if (PlainNumber.TryWhole(Cell(at), out var quantity) && quantity >= 1) return quantity;
        bad.Add(file, rows.Row, header.Name(at), "bulk.no-quantity", BadRows.Show(Cell(at)), PlainNumber.Largest);
        return 0;
    }

    private long Money(int at)
    {
        if (Cell(at).IsEmpty) return 0;
        if (PlainNumber.TryMoney(Cell(at), out var fen)) return fen;
        bad.Add(file, rows.Row, header.Name(at), "bulk.no-money", BadRows.Show(Cell(at)), PlainNumber.Largest);
        return 0;
    }
}
