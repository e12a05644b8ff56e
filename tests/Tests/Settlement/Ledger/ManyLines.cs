using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Products;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Organisations;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Tests.Settlement.Ledger;

/// <summary>A county with any number of due order lines, made in the database itself; always the same.</summary>
internal static class ManyLines
{
    public static readonly AreaCode County = AreaCode.Parse("620525");
    private static readonly DateOnly Day = new(2026, 1, 5);
    private const int Lots = 200, Growers = 20;
    private const long Template = 900_000_000_000;

    /// <summary>Organisations, 200 lots of 20 growers each, a scheme.</summary>
    public static async Task Found(ShanhuoDb db, string scheme)
    {
        var village = AreaCode.Parse("620525100201");
        db.Organisations.Add(new Organisation { Id = 1, Code = "V-01", Kind = OrganisationKind.VillageStation, Area = village, Name = "站", Since = Day });
        db.Organisations.Add(new Organisation { Id = 2, Code = "C-01", Kind = OrganisationKind.Cooperative, Area = village, Name = "社", Since = Day });
        db.Products.Add(new Product { Id = 1, County = County, Code = "apricot", Name = "杏仁", NameEn = "Almond", ByPiece = false, ReturnDays = 7, ShelfDays = 365, Drawing = "almond" });
        db.Schemes.Add(new SchemeRecord { Id = 1, County = County, Code = "S-1", Model = 2, Name = "方案", NameEn = "Scheme" });
        db.SchemeVersions.Add(new SchemeVersion { Id = 1, County = County, SchemeId = 1, Number = 1, Document = scheme, State = SchemeState.Adopted, ByAccountId = 1, ApprovedByAccountId = 2, AdoptedDay = Day });
        db.Households.AddRange(Enumerable.Range(1, 400).Select(h => new Household { Id = h, Code = $"H-{h:000}", Area = village, HeadName = "户" }));
        for (var l = 1; l <= Lots; l++)
        {
            db.Lots.Add(new Lot { Id = l, County = County, Code = $"L-{l:000}", Area = village, PlaceId = 1, ProductId = 1, Grade = "1", CooperativeId = 2, IntakeStationId = 1, OpenedDay = Day, SealedDay = Day, BestBefore = Day.AddDays(365), Available = 1, TakenIn = 1 });
            for (var g = 0; g < Growers; g++)
            {
                var quantity = 10_000L + l * 37 + g * 113;
                db.LotGrowers.Add(new LotGrower { County = County, LotId = l, HouseholdId = (l * 7 + g * 3) % 400 + 1, Village = village, Quantity = quantity, Value = quantity * (2_000 + g * 10) });
            }
        }
        db.Orders.Add(new Order { Id = Template, County = County, RequestId = Guid.CreateVersion7(), Area = village, Channel = "taobao", Number = "template", StationId = 1, PlacedDay = Day, State = OrderState.Received, ReceivedDay = Day, SchemeVersionId = 1 });
        // Not due, so never settled itself.
        db.OrderLines.Add(new OrderLine { Id = Template, County = County, OrderId = Template, Number = 1, ProductId = 1, LotId = 1, Grams = 0, Pieces = 0, Goods = Fen.Zero, Freight = Fen.Zero, ReturnUntil = Day.AddDays(7) });
        await db.SaveChangesAsync();
    }

    /// <summary>Lines from + 1 to from + count, three in two orders, due and their return windows over.</summary>
    public static async Task Sell(ShanhuoDb db, long from, long count)
    {
        static long Orders(long lines) => (lines * 2 + 2) / 3;
        await Copy<Order>(db, Orders(from), Orders(from + count) - Orders(from), new() { ["Id"] = "i", ["Number"] = "'N' || i", ["RequestId"] = db.IsSqlite ? "'R' || i" : "gen_random_uuid()" });
        await Copy<OrderLine>(db, from, count, new()
        {
            ["Id"] = "i", ["OrderId"] = "(i - 1) * 2 / 3 + 1", ["Number"] = "i", ["LotId"] = $"i % {Lots} + 1", ["Grams"] = "300 + i % 1700", ["Goods"] = "2000 + (i * 7919) % 9000", ["Freight"] = "(i % 3) * 400",
            ["DueDay"] = db.IsSqlite ? "'2026-01-05'" : "date '2026-01-05'",
        });
    }

    private static async Task Copy<T>(ShanhuoDb db, long from, long count, Dictionary<string, string> differs)
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var columns = type.GetProperties().Select(p => (Column: p.GetColumnName(), Value: differs.GetValueOrDefault(p.Name, $"t.{p.GetColumnName()}"))).ToList();
        var series = FormattableString.Invariant(db.IsSqlite ? (FormattableString)$"with recursive s(i) as (select {from + 1} union all select i + 1 from s where i < {from + count}) " : $"with s as (select generate_series({from + 1}::bigint, {from + count}::bigint) i) ");
        var sql = $"{(db.IsSqlite ? "" : series)}insert into {type.GetTableName()} ({string.Join(", ", columns.Select(c => c.Column))}) {(db.IsSqlite ? series : "")}select {string.Join(", ", columns.Select(c => c.Value))} from s, {type.GetTableName()} t where t.id = {Template}";
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
