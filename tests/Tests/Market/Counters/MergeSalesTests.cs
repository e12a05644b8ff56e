using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Counter;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Recalls;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Api;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Counters;

/// <summary>What a counter sold without a line comes to the same stock as everything else: nothing twice, nothing lost, nothing oversold.</summary>
public sealed class MergeSalesTests
{
    private static readonly Scope Station = new() { Area = SmallCounty.VillageA, AccountId = 5, Role = Role.Station, OrganisationId = SmallCounty.StationA };

    private static ToldSale Sale(int number, long grams = 500, string lot = "L-1", DateTimeOffset? at = null) => new($"A{number}", lot, grams, new Fen(5800), at);

    private static Task<Outcome<IReadOnlyList<CounterSale>>> Tell(SalesHost host, params ToldSale[] sales) => host.Do((MergeSales merge) => merge.Handle(sales, default), Station);

    [Theory, EachDatabase]
    public async Task Each_sale_counts_once_however_often_in_whatever_order_and_by_how_many_it_is_told(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var sales = Enumerable.Range(1, 12).Select(i => Sale(i, 100 * i)).ToArray();
        var told = await Task.WhenAll(Enumerable.Range(0, 4).Select(turn => Task.Run(() => Tell(host, turn % 2 == 0 ? sales : [.. sales.Reverse().Take(8)]))));
        Assert.All(told.SelectMany(t => t.Value), s => Assert.Equal(CounterSaleState.Taken, s.State));
        Assert.All((await Tell(host, sales)).Value, s => Assert.Equal(CounterSaleState.Taken, s.State));
        Assert.Equal((12, 100_000 - 7_800L), (await host.Db(db => db.Orders.CountAsync()), await host.Available(SmallCounty.Lot)));
        Assert.Equal(0, await Parcels.Ledger(host));
        var order = await host.Db(db => db.Orders.OrderBy(o => o.Id).FirstAsync());
        Assert.Equal(("shop", (long?)SmallCounty.StationA, OrderState.Received), (order.Channel, order.StationId, order.State));
        // The same number for something else is not the same sale.
        Assert.Equal(("counter.other", 2), await No(host, Sale(13), Sale(1, 200)));
    }

    [Theory, EachDatabase]
    public async Task Goods_that_the_web_sold_meanwhile_wait_and_are_taken_when_an_order_gives_way(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Window.Leave(host, 1_000);
        var bought = await Parcels.Bought(host, 2);
        var sale = Assert.Single((await Tell(host, Sale(1))).Value);
        Assert.Equal((CounterSaleState.Waiting, "market.lot-short", 0L), (sale.State, sale.Why, await host.Available(SmallCounty.Lot)));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get("/market/counter");
        Assert.Contains(bought.Number, page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await staff.Get(page.Page.QuerySelector("main li a")!.GetAttribute("href")!)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(page, "form[action*=Again]", [])).Status);
        Assert.Null(await Parcels.Move(host, bought.OrderId, OrderStep.Cancel));
        Assert.Equal(HttpStatusCode.OK, (await staff.Submit(await staff.Get("/market/counter"), "form[action*=Again]", [])).Status);
        sale = await host.Db(db => db.CounterSales.SingleAsync());
        Assert.Equal((CounterSaleState.Taken, 500L, 0L), (sale.State, await host.Available(SmallCounty.Lot), await Parcels.BuyersMoney(host, bought.OrderId)));
        Assert.Equal("counter.over", (await host.Do((MergeSales merge) => merge.Again(sale.Id, default))).Refused!.Code);
    }

    [Theory, EachDatabase]
    public async Task A_sale_whose_order_was_made_before_the_program_stopped_is_taken_once_and_cannot_be_made_void(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var sale = Assert.Single((await Tell(host, Sale(1))).Value);
        // The order is there; what it would have noted on the sale is not.
        await host.Db(db => db.CounterSales.ExecuteUpdateAsync(set => set.SetProperty(s => s.State, CounterSaleState.Waiting).SetProperty(s => s.OrderId, (long?)null)));
        Assert.Equal("counter.over", (await host.Do((MergeSales merge) => merge.Void(sale.Id, "写错了", default)))!.Code);
        var again = Assert.Single((await Tell(host, Sale(1))).Value);
        Assert.Equal((CounterSaleState.Taken, sale.OrderId, 99_500L, 1), (again.State, again.OrderId, await host.Available(SmallCounty.Lot), await host.Db(db => db.Orders.CountAsync())));
    }

    [Theory, EachDatabase]
    public async Task What_was_sold_before_a_recall_is_booked_and_found_by_it_and_no_lot_is_closed_over_a_sale_that_waits(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        Assert.Null((await host.Do((RecallLotHandler recall) => recall.Ask(new RecallLot(Guid.CreateVersion7(), SmallCounty.Lot, "查出掺了别处的货"), default))).Refused);
        Assert.Equal("market.lot-recalled", (await host.Do((PlaceOrderHandler place) => place.Handle(new PlaceOrder(Guid.CreateVersion7(), "shop", "", null, Fen.Zero, 1, true, [new PlaceLine(SmallCounty.Apricot, null, SmallCounty.Lot, 500, new Fen(5800))]), default), Station)).Refused?.Code);
        var sale = Assert.Single((await Tell(host, Sale(1))).Value);
        Assert.Equal((CounterSaleState.Taken, 99_500L, 0L), (sale.State, await host.Available(SmallCounty.Lot), await Parcels.Ledger(host)));
        Assert.Equal(sale.OrderId, Assert.Single((await host.Do((Recall recall) => recall.Of(SmallCounty.Lot, default)))!.Orders).Id);
        // The rest is written off, a sale of it waits: the lot stays open until that is settled.
        await host.Do((WriteOffHandler write) => write.Handle(new WriteOff(Guid.CreateVersion7(), SmallCounty.County, SmallCounty.Lot, MoveKind.Lost, 99_500, "missing"), default));
        Assert.Equal(CounterSaleState.Waiting, Assert.Single((await Tell(host, Sale(2))).Value).State);
        Assert.Equal("market.lot-counter", (await host.Do((CloseLotHandler close) => close.Handle(new Shanhuo.Market.Lots.CloseLot(SmallCounty.County, SmallCounty.Lot), default))).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task Told_while_others_buy_the_last_units_nothing_is_oversold_and_no_sale_is_lost(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Window.Leave(host, 5_000);
        var web = Enumerable.Range(0, 10).Select(_ => Task.Run(async () => (await Window.Place(host, Window.Order())).Refused is null));
        var counter = Enumerable.Range(0, 5).Select(i => Task.Run(async () => (await Tell(host, Sale(2 * i), Sale(2 * i + 1))).Value.Count(s => s.State == CounterSaleState.Taken)));
        var (sold, taken) = ((await Task.WhenAll(web)).Count(done => done), (await Task.WhenAll(counter)).Sum());
        Assert.Equal((10, 0L), (sold + taken, await host.Available(SmallCounty.Lot)));
        Assert.Equal((10, taken), (await host.Db(db => db.CounterSales.CountAsync()), await host.Db(db => db.CounterSales.CountAsync(s => s.State == CounterSaleState.Taken && s.OrderId != null))));
    }

    [Theory, EachDatabase]
    public async Task A_sheet_with_a_wrong_cell_is_not_taken_at_all_and_a_right_one_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.Equal(HttpStatusCode.OK, (await station.Client.GetAsync("/market/counter/sheet.xlsx")).StatusCode);
        const string head = "单号,批次,斤或件,每斤或每件元,时间\n";
        var wrong = await Upload(station, head + "A1,l-1,1,29,2026-11-20 09:30\nA2,L-9,一点,29,\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        foreach (var word in new[] { "3", "批次", "斤或件", "L-9" }) Assert.Contains(word, wrong.Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.Db(db => db.CounterSales.CountAsync()));
        // The counter's clock stands in another year: the sale is of today.
        var right = head + "A1,l-1,1,29,2037-01-01 09:30\nA2,L-1,2.5,28.50,\n";
        for (var i = 0; i < 2; i++) Assert.Contains("2 笔记好了，0 笔要等", (await Upload(station, right)).Text, StringComparison.Ordinal);
        Assert.Contains("柜台的钟不准", (await station.Get("/market/counter")).Text, StringComparison.Ordinal);
        Assert.Equal((98_250L, 2_900 + 7_125L), (await host.Available(SmallCounty.Lot), await host.Db(db => db.OrderLines.SumAsync(l => (long)l.Goods))));
        Assert.All(await host.Db(db => db.Orders.Select(o => o.PlacedDay).ToListAsync()), day => Assert.Equal(SmallCounty.Day, day));
    }

    [Theory, EachDatabase]
    public async Task Who_sees_and_settles_them_is_the_station_and_the_county_and_a_mistake_is_made_void_with_a_reason(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        Assert.Equal("market.lot-unknown", (await Tell(host, Sale(1, lot: "L-8"))).Value[0].Why);
        // A time at the end of the calendar, which no page could show.
        Assert.Equal("counter.time", (await Tell(host, Sale(3, at: DateTimeOffset.MaxValue))).Refused!.Code);
        Assert.Equal("counter.station", (await host.Do((MergeSales merge) => merge.Handle([Sale(2)], default), SalesHost.Staff)).Refused!.Code);
        var own = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA, "en");
        var page = await own.Get("/market/counter");
        Assert.Contains("This station has no such lot", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("form[action*=Void]"));
        Assert.DoesNotContain("L-8", (await (await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB)).Get("/market/counter")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("L-8", (await (await host.VisitAs(Role.CountyStaff, AreaCode.Parse("622923"))).Get("/market/counter")).Text, StringComparison.Ordinal);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        page = await staff.Get("/market/counter");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(page, "form[action*=Void]", new() { ["why"] = "" })).Status);
        Assert.Contains("写错了", (await staff.Submit(page, "form[action*=Void]", new() { ["why"] = "写错了批次" })).Text, StringComparison.Ordinal);
        // Told again it stays void.
        Assert.Equal(CounterSaleState.Void, (await Tell(host, Sale(1, lot: "L-8"))).Value[0].State);
    }

    [Theory, EachDatabase]
    public async Task A_counters_program_brings_its_sales_in_through_the_programming_interface(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var (station, seller) = (await bench.Client(SmallCounty.StationA), await bench.Client());
        object Sales(long grams) => new { sales = new[] { new { number = "A1", lot = "L-1", quantity = 500L, priceFen = 5800 }, new { number = "A2", lot = "L-1", quantity = grams, priceFen = 5800 } } };
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var items = (await station.Post("/counter-sales", Sales(900_000)))["items"]!.AsArray();
            Assert.Equal(["taken", "waiting"], items.Select(i => (string)i!["state"]!));
            Assert.StartsWith("S", (string)items[0]!["order"]!, StringComparison.Ordinal);
            Assert.Equal("market.lot-short", (string)items[1]!["why"]!);
        }
        Assert.Equal(99_500L, await bench.Host.Available(SmallCounty.Lot));
        Assert.Equal((422, "counter.station"), await seller.No(HttpMethod.Post, "/counter-sales", Sales(500)));
        Assert.Equal((422, "market.order-quantity"), await station.No(HttpMethod.Post, "/counter-sales", Sales(0)));
        Assert.Equal((422, "counter.other"), await station.No(HttpMethod.Post, "/counter-sales", Sales(600)));
    }

    private static async Task<(string, int?)> No(SalesHost host, params ToldSale[] sales)
    {
        var no = (await Tell(host, sales)).Refused!;
        return (no.Code, no.Where.Row);
    }

    private static async Task<Answer> Upload(Visitor station, string csv) =>
        await station.Submit(await station.Get("/market/counter"), "form[enctype]", [], new() { ["Upload"] = ("counter.csv", Encoding.UTF8.GetBytes(csv)) });
}
