using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Demo;

/// <summary>Two seasons of intakes and sales, invented from a seed: goods, prices, lots at the township stations, orders on six channels, and a few refunds. Settlement does the rest with the code that pays real money.</summary>
internal sealed class MarketDemo(ShanhuoDb db, Ids ids, IChooseScheme schemes) : ISeedDemo
{
    private static readonly string[] Retail = ["taobao", "taobao", "jd", "pinduoduo", "pinduoduo", "douyin", "pavilion", "shop"];
    private readonly List<Intake> intakes = [];
    private readonly List<Weighing> weighings = [];
    private readonly List<LotMove> moves = [];
    private readonly Dictionary<(long Lot, long Household), LotGrower> growers = [];
    private readonly List<Order> orders = [];
    private readonly List<OrderLine> lines = [];
    private readonly List<RefundClaim> claims = [];
    private Dictionary<string, OrganisationFact> organisations = [];
    private readonly Dictionary<(long?, string), long> frozen = [];
    private Random chance = new(0);

    public int Order => 30;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        chance = new Random(county.Seed + 1);
        organisations = await db.OrganisationFacts.Where(o => o.Kind == OrganisationKind.Platform || (o.Area >= county.Code && o.Area <= county.Code.Last)).ToDictionaryAsync(o => o.Code, cancel);
        var goods = county.Code == DemoCounty.Zhangjiachuan ? DemoGood.Zhangjiachuan : DemoGood.Yongjing;
        var products = goods.Select(g => (Good: g, Product: g.ToProduct(ids.Next(), county.Code))).ToList();
        await AddBoard(county, products, cancel);

        var households = (await db.HouseholdFacts.Where(h => h.Area >= county.Code && h.Area <= county.Code.Last).OrderBy(h => h.Code).ToListAsync(cancel)).GroupBy(h => h.Area.At(AreaLevel.Township)).OrderBy(g => g.Key).ToList();
        var lots = new List<Lot>();
        var thisYear = county.Today.Year;
        for (var t = 0; t < households.Count; t++)
        {
            // Each township has three of the goods, so that neighbours are alike and townships differ.
            var own = Enumerable.Range(0, Math.Min(3, products.Count)).Select(i => products[(t + i * 3) % products.Count]).ToList();
            foreach (var year in new[] { thisYear - 1, thisYear })
                foreach (var (good, product) in own.Distinct())
                    lots.AddRange(TakeIn(county, year, [.. households[t]], good, product));
        }
        // In the table for the first sale, since the scheme of an order is chosen by the lot's seller; and once more when all is sold.
        await db.InsertAll(lots, cancel);
        foreach (var lot in lots) await Sell(county, lot, products.Single(p => p.Product.Id == lot.ProductId).Good, cancel);
        await db.Lots.Where(l => l.County == county.Code).ExecuteDeleteAsync(cancel);
        await db.InsertAll(lots, cancel);

        await db.InsertAll(intakes, cancel);
        await db.InsertAll(weighings, cancel);
        await db.InsertAll(growers.Values, cancel);
        await db.InsertAll(moves, cancel);
        await db.InsertAll(orders, cancel);
        await db.InsertAll(lines, cancel);
        await db.InsertAll(claims, cancel);
    }

    private async Task AddBoard(DemoCounty county, List<(DemoGood Good, Product Product)> products, CancellationToken cancel)
    {
        var grades = new List<Grade>();
        var prices = new List<BoardPrice>();
        foreach (var (good, product) in products)
            foreach (var (rank, name, nameEn, standard, standardEn) in new[]
            {
                (1, "一级", "First", "个头匀，干净，没有破损", "Even size, clean, no damage"),
                (2, "二级", "Second", "大小不太匀，有少许破损", "Uneven size, a little damage"),
                (3, "三级", "Third", "小的、碎的，能加工", "Small or broken, fit for processing"),
            })
            {
                grades.Add(new Grade { ProductId = product.Id, Code = $"{rank}", Name = name, NameEn = nameEn, Standard = standard, StandardEn = standardEn, Rank = rank });
                foreach (var year in new[] { county.Today.Year - 1, county.Today.Year })
                    for (var month = 8; month <= 11; month++)
                        prices.Add(new BoardPrice { Id = ids.Next(), County = county.Code, ProductId = product.Id, Grade = $"{rank}", Day = new DateOnly(year, month, 1), Price = PriceOf(good, rank, year, month) });
            }
        await db.InsertAll(products.Select(p => p.Product), cancel);
        await db.InsertAll(grades, cancel);
        await db.InsertAll(prices, cancel);
    }

    // A harvest presses the price: it falls through the autumn; the second year is a little better.
    private static Fen PriceOf(DemoGood good, int rank, int year, int month) =>
        new(good.Price * (100 - (rank - 1) * 14) / 100 * (100 - (month - 8) * 3) / 100 * (year % 2 == 0 ? 104 : 100) / 100 / 10 * 10);

    private List<Lot> TakeIn(DemoCounty county, int year, List<HouseholdFact> households, DemoGood good, Product product)
    {
        var station = organisations.Values.First(o => o.Kind == OrganisationKind.TownshipStation && o.Area == households[0].Area.At(AreaLevel.Township));
        var cooperative = organisations.Values.FirstOrDefault(o => o.Kind == OrganisationKind.Cooperative && o.Area == station.Area);
        var open = new Dictionary<(int Month, int Rank), Lot>();
        foreach (var home in households)
            for (var times = chance.Next(0, 3); times > 0; times--)
            {
                var day = new DateOnly(year, 8, 1).AddDays(chance.Next(0, 112));
                if (day >= county.Today) continue;
                var rank = chance.NextDouble() switch { < 0.5 => 1, < 0.85 => 2, _ => 3 };
                if (!open.TryGetValue((day.Month, rank), out var lot))
                    open[(day.Month, rank)] = lot = new Lot
                    {
                        Id = ids.Next(), County = county.Code, Code = $"L-{county.Code}-{year % 100}{day.Month:00}-{LotIntake.Tail()}", Area = station.Area, PlaceId = station.Id, ProductId = product.Id, Grade = $"{rank}",
                        CooperativeId = cooperative?.Id, EnterpriseId = organisations.Values.FirstOrDefault(o => o.Kind == OrganisationKind.Enterprise)?.Id, IntakeStationId = station.Id, OpenedDay = day, BestBefore = day.AddDays(good.ShelfDays),
                    };
                var quantity = Math.Max(1, good.Typical * chance.Next(40, 180) / 100);
                Receive(home, station.Id, lot, good, quantity, PriceOf(good, rank, year, day.Month), day);
            }
        return [.. open.Values];
    }

    private void Receive(HouseholdFact home, long station, Lot lot, DemoGood good, long quantity, Fen price, DateOnly day)
    {
        quantity = good.ByPiece ? quantity : quantity / 250 * 250;
        if (quantity == 0) quantity = 250;
        var at = new DateTimeOffset(day, new TimeOnly(1, chance.Next(60)), TimeSpan.Zero).ToUnixTimeMilliseconds();
        var intake = new Intake
        {
            Id = ids.Next(), County = lot.County, RequestId = NewGuid(), Area = lot.Area, StationId = station, HouseholdId = home.Id, ProductId = lot.ProductId, Grade = lot.Grade, Manner = IntakeManner.Consigned,
            Net = new Grams(good.ByPiece ? 0 : quantity), Pieces = good.ByPiece ? quantity : 0, Price = price, Day = day, ReceivedMs = at, OperatorId = 0, State = IntakeState.Confirmed, Approval = ApprovalKind.OwnCode, ApprovedMs = at + 60_000, LotId = lot.Id,
        };
        intakes.Add(intake);
        if (!good.ByPiece) weighings.Add(new Weighing { County = lot.County, IntakeId = intake.Id, Number = 1, Gross = new Grams(quantity + 500), Tare = new Grams(500) });
        moves.Add(new LotMove { Id = ids.Next(), County = lot.County, RequestId = intake.RequestId, LotId = lot.Id, Kind = MoveKind.Intake, Quantity = quantity, Day = day, CauseId = intake.Id });
        lot.TakenIn += quantity;
        lot.Available += quantity;
        var value = checked(quantity * price.Value);
        if (growers.TryGetValue((lot.Id, home.Id), out var grower)) (grower.Quantity, grower.Value, grower.ContractValue) = (grower.Quantity + quantity, grower.Value + value, grower.ContractValue + value);
        else growers[(lot.Id, home.Id)] = new LotGrower { County = lot.County, LotId = lot.Id, HouseholdId = home.Id, Village = home.Area, Quantity = quantity, Value = value, ContractValue = value };
    }

    private async Task Sell(DemoCounty county, Lot lot, DemoGood good, CancellationToken cancel)
    {
        // A lot sells from the end of its month; some of the newest is still there.
        var first = new DateOnly(lot.OpenedDay.Year, lot.OpenedDay.Month, 1).AddMonths(1);
        var days = county.Today.DayNumber - first.DayNumber;
        if (days <= 0) return;
        var toSell = lot.TakenIn * chance.Next(72, 101) / 100;
        var orders = chance.Next(6, 14);
        for (var i = 0; i < orders && toSell > 0; i++)
        {
            var day = first.AddDays(chance.Next(0, Math.Min(days, 40)));
            var bulk = i == orders - 1 || chance.NextDouble() < 0.12;
            var quantity = bulk ? i == orders - 1 ? toSell : Math.Min(toSell, lot.TakenIn / 5 + 1) : Math.Min(toSell, good.ByPiece ? chance.Next(1, 3) : chance.Next(1, 6) * 500);
            toSell -= quantity;
            await Place(county, lot, good, quantity, day, bulk ? "bulk" : Retail[chance.Next(Retail.Length)], cancel);
        }
    }

    private async Task Place(DemoCounty county, Lot lot, DemoGood good, long quantity, DateOnly day, string channel, CancellationToken cancel)
    {
        // All schemes of the demo are in force before its first sale, so one answer holds for a seller on a channel.
        if (!frozen.TryGetValue((lot.CooperativeId, channel), out var scheme))
            frozen[(lot.CooperativeId, channel)] = scheme = (await schemes.For(county.Code, lot.Id, channel, day, cancel)).Value;
        var received = day.AddDays(channel is "shop" or "bulk" ? 0 : chance.Next(3, 9));
        var state = received <= county.Today ? OrderState.Received : day.AddDays(2) <= county.Today ? OrderState.Shipped : OrderState.Placed;
        var margin = channel == "bulk" ? 128 : channel == "shop" ? 150 : 165;
        var per = PriceOf(good, int.Parse(lot.Grade, System.Globalization.CultureInfo.InvariantCulture), lot.OpenedDay.Year, lot.OpenedDay.Month).Value * margin / 100;
        var order = new Order
        {
            Id = ids.Next(), County = county.Code, RequestId = NewGuid(), Area = lot.Area, Channel = channel, Number = $"{channel[..2].ToUpperInvariant()}{day:yyMMdd}{orders.Count + 1:000000}", StationId = lot.PlaceId,
            Buyer = channel == "bulk" ? "单位食堂（虚构）" : "", PlacedDay = day, State = state, ShippedDay = state == OrderState.Placed ? null : day.AddDays(1), ReceivedDay = state == OrderState.Received ? received : null, SchemeVersionId = scheme,
            Parcels = channel is "shop" or "bulk" || good.ByPiece ? 1 : (int)Math.Max(1, quantity / 10_000),
        };
        var line = new OrderLine
        {
            Id = ids.Next(), County = county.Code, OrderId = order.Id, Number = 1, ProductId = lot.ProductId, LotId = lot.Id, Grams = good.ByPiece ? 0 : quantity, Pieces = good.ByPiece ? quantity : 0,
            Goods = new Fen(good.ByPiece ? per * quantity : per * quantity / 1000), Freight = new Fen(channel is "shop" or "bulk" ? 0 : 800 + quantity / (good.ByPiece ? 1 : 1000) * 100),
            Commission = new Fen(channel == "douyin" ? per * (good.ByPiece ? quantity * 1000 : quantity) / 1000 / 20 : 0),
            DueDay = order.ReceivedDay, ReturnUntil = order.ReceivedDay?.AddDays(good.ReturnDays),
        };
        orders.Add(order);
        lines.Add(line);
        moves.Add(new LotMove { Id = ids.Next(), County = county.Code, RequestId = order.RequestId, LotId = lot.Id, Kind = MoveKind.Sold, Quantity = -quantity, Day = day, CauseId = line.Id });
        lot.Available -= quantity;
        lot.SealedDay = lot.SealedDay is { } sealedDay && sealedDay < day ? sealedDay : day;
        if (state == OrderState.Received && channel is not ("shop" or "bulk") && chance.NextDouble() < 0.02)
            claims.Add(new RefundClaim { Id = ids.Next(), County = county.Code, RequestId = NewGuid(), LineId = line.Id, Amount = new Fen(Math.Max(1, line.Goods.Value * chance.Next(10, 101) / 100)), Day = received, Reason = "damaged" });
    }

    // From the seed, so that two machines invent the same requests.
    private Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        chance.NextBytes(bytes);
        return new Guid(bytes);
    }
}
