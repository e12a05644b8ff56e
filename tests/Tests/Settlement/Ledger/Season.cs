using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Registry;
using Shanhuo.Registry.Households;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Ledger;

/// <summary>A small random season: lots by weight and by the piece with their growers, some bought at intake, orders of several lines, refunds. The same for the database and for the slow twin.</summary>
internal sealed class Season
{
    private static readonly string[] Channels = ["taobao", "pavilion", "jd"];
    private readonly Random chance;
    private readonly List<Lot> lots = [];
    private readonly List<LotGrower> growers = [];
    private readonly List<Order> orders = [];
    private readonly List<OrderLine> lines = [];
    private readonly List<RefundClaim> claims = [];

    /// <summary>Every kind of step that the database and files share.</summary>
    public const string Scheme = """
        { "name": "All kinds of steps",
          "steps": [
            { "to": "platform", "rate": "3.5%", "of": "gross" },
            { "to": "carrier", "actual": "freight" },
            { "to": "station", "fixed": "0.83", "per": "order" },
            { "to": "packaging", "fixed": "0.47", "per": "parcel", "sunk": true },
            { "to": "tax", "contained": "9%", "of": "goods" },
            { "to": "growers", "price": "intake", "ifShort": { "bearers": [ { "to": "risk-fund", "weight": 2 }, { "to": "cooperative", "weight": 1 } ] } },
            { "to": "growers", "from": "programme", "rate": "5%", "of": "goods", "when": { "channel": ["pavilion"] } },
            { "to": "village-fund", "rate": "10%", "of": "rest" },
            { "split": [ { "to": "cooperative", "weight": 2 }, { "to": "growers", "weight": 1 } ] } ],
          "refunds": { "bearer": "collective" } }
        """;

    public Season(int seed, int households = 12, int lotCount = 6, int orderCount = 60, int refunds = 12, bool spread = false, bool bought = true)
    {
        chance = new Random(seed);
        Households = households;
        for (var i = 0; i < lotCount; i++) AddLot(i, bought);
        for (var i = 0; i < orderCount; i++) AddOrder(i, spread ? chance.Next(12) : 0);
        for (var i = 0; i < refunds; i++) AddRefund(i);
    }

    public int Households { get; }
    public long LineCount => lines.Count;

    /// <summary>The same season for the slow twin: POSTINGS.csv.</summary>
    public string Twin() => SlowTwin.Settle(Scheme,
        [.. lots.SelectMany(l => growers.Where(g => g.LotId == l.Id).Select(g => new TwinIntake(l.Code, Code(g.HouseholdId), l.ProductId == SmallCounty.Blanket ? 0 : g.Quantity, g.Value / g.Quantity)
        {
            Pieces = l.ProductId == SmallCounty.Blanket ? g.Quantity : 0, Village = g.Village.ToString(), Station = "V-01", Cooperative = "C-01", BoughtBy = l.BoughtBy ?? "",
        }))],
        [.. lines.Select(l => (l, o: orders.Single(o => o.Id == l.OrderId))).Select(x => new TwinLine(Key(x.l.Id), Key(x.o.Id))
        {
            Channel = x.o.Channel, Station = "V-01", Lot = lots.Single(l => l.Id == x.l.LotId).Code, Product = x.l.ProductId == SmallCounty.Blanket ? "blanket" : "apricot", Grams = x.l.Grams, Pieces = x.l.Pieces,
            Goods = x.l.Goods.Value, Freight = x.l.Freight.Value, Parcels = x.o.Parcels,
        })],
        [.. claims.Select(c => new TwinRefund(Key(c.LineId), c.Amount.Value, c.Fault ?? ""))]);

    /// <summary>Sums per account of a POSTINGS.csv.</summary>
    public static Dictionary<string, long> Sums(string postings) => postings.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(','))
        .GroupBy(cells => cells[1]).Select(g => (g.Key, Sum: g.Sum(cells => long.Parse(cells[2], CultureInfo.InvariantCulture)))).Where(x => x.Sum != 0).ToDictionary(x => x.Key, x => x.Sum);

    /// <summary>Puts the season into the small county; refunds only when told.</summary>
    public async Task Enter(TestHost host, bool withRefunds = true)
    {
        await SmallCounty.Found(host);
        await host.Db(async db =>
        {
            await db.SchemeVersions.Where(v => v.Id == SmallCounty.SchemeVersionId).ExecuteUpdateAsync(set => set.SetProperty(v => v.Document, Scheme));
            db.Households.AddRange(Enumerable.Range(0, Households).Select(i => new Household { Id = 1_000 + i, Code = Code(1_000 + i), Area = Village(i), HeadName = $"户{i}" }));
            db.Lots.AddRange(lots);
            db.LotGrowers.AddRange(growers.Where(g => lots.Single(l => l.Id == g.LotId).BoughtBy is null));
            db.Orders.AddRange(orders);
            db.OrderLines.AddRange(lines);
            if (withRefunds) db.RefundClaims.AddRange(claims);
            await db.SaveChangesAsync();
        });
        var intake = 70_000L;
        foreach (var grower in growers.Where(g => lots.Single(l => l.Id == g.LotId).BoughtBy is not null))
            await host.In(async s =>
            {
                var db = s.GetRequiredService<ShanhuoDb>();
                db.LotGrowers.Add(grower);
                Assert.Null(await s.GetRequiredService<Events>().Raise(new IntakeConfirmed(SmallCounty.County, intake++, grower.LotId, grower.HouseholdId, Fen.Zero, "cooperative", Fen.Zero, SmallCounty.Day), default));
                await db.SaveChangesAsync();
            });
        await host.Db(db => db.Lots.ExecuteUpdateAsync(set => set.SetProperty(l => l.SealedDay, SmallCounty.Day)));
    }

    private void AddLot(int i, bool bought)
    {
        var byPiece = i % 3 == 2;
        var lot = new Lot { Id = 2_000 + i, County = SmallCounty.County, Code = $"L-{i}", Area = SmallCounty.VillageA, PlaceId = SmallCounty.StationA, ProductId = byPiece ? SmallCounty.Blanket : SmallCounty.Apricot, Grade = "1", CooperativeId = SmallCounty.Cooperative, IntakeStationId = SmallCounty.StationA, BoughtBy = bought && i % 4 == 3 ? "cooperative" : null, OpenedDay = SmallCounty.Day, BestBefore = SmallCounty.Day.AddDays(365), Available = 1_000_000, TakenIn = 1_000_000 };
        lots.Add(lot);
        foreach (var h in Enumerable.Range(0, Households).Where(_ => chance.Next(3) > 0).DefaultIfEmpty(0))
        {
            var (quantity, price) = (byPiece ? chance.Next(1, 40) : chance.Next(1, 90_000), chance.Next(5) == 0 ? 1_999L : chance.Next(1, 6_000));
            growers.Add(new LotGrower { County = lot.County, LotId = lot.Id, HouseholdId = 1_000 + h, Village = Village(h), Quantity = quantity, Value = quantity * price });
        }
    }

    private void AddOrder(int i, int day)
    {
        // Ids of several lengths, for the order of text is not the order of numbers.
        var order = new Order { Id = 90 + i * 7, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.VillageA, Channel = Channels[chance.Next(3)], Number = $"O{i}", StationId = SmallCounty.StationA, PlacedDay = SmallCounty.Day, State = OrderState.Received, Parcels = chance.Next(1, 3), SchemeVersionId = SmallCounty.SchemeVersionId };
        orders.Add(order);
        for (var n = chance.Next(1, 5); n > 0; n--)
        {
            var lot = lots[chance.Next(lots.Count)];
            var byPiece = lot.ProductId == SmallCounty.Blanket;
            lines.Add(new OrderLine { Id = 95 + lines.Count * 11, County = lot.County, OrderId = order.Id, Number = n, ProductId = lot.ProductId, LotId = lot.Id, Grams = byPiece ? 0 : chance.Next(1, 5_000), Pieces = byPiece ? chance.Next(1, 4) : 0, Goods = new Fen(chance.Next(8) == 0 ? 0 : chance.Next(1, 20_000)), Freight = new Fen(chance.Next(3) * 333 + 1), DueDay = SmallCounty.Day.AddDays(day), ReturnUntil = SmallCounty.Day.AddDays(day + 7) });
        }
    }

    private void AddRefund(int i)
    {
        var line = lines[chance.Next(lines.Count)];
        var left = line.Goods.Value + line.Freight.Value - claims.Where(c => c.LineId == line.Id).Sum(c => c.Amount.Value);
        if (left <= 0) return;
        var amount = chance.Next(3) == 0 ? left : chance.NextInt64(1, left + 1);
        claims.Add(new RefundClaim { Id = 5_000 + i, County = line.County, RequestId = Guid.CreateVersion7(), LineId = line.Id, Amount = new Fen(amount), Day = SmallCounty.Day, Fault = chance.Next(3) == 0 ? "carrier" : null });
    }

    private static AreaCode Village(int household) => household % 3 == 0 ? SmallCounty.VillageB : SmallCounty.VillageA;

    private static string Code(long household) => $"H-{household}";

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);
}
