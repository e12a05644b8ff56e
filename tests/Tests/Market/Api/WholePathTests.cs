using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Market;
using Shanhuo.Market.Api;
using Shanhuo.Market.Offers;
using Shanhuo.Registry;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Agents;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Api;

public sealed class WholePathTests
{
    [Theory, EachDatabase]
    public async Task A_program_goes_from_the_catalogue_to_the_statement(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var receiver = await bench.Listen();
        var shop = await bench.Client();
        var hook = await shop.Post("/webhooks", new { url = receiver.Url });
        var secret = (string)hook["secret"]!;

        var offer = (await shop.Get("/offers"))["items"]!.AsArray().Single()!;
        Assert.Equal(("almond-701", 2900L, 500L, "g", "C-01", true), ((string)offer["code"]!, (long)offer["priceFen"]!, (long)offer["perUnit"]!, (string)offer["measure"]!, (string)offer["seller"]!, (bool)offer["stock"]!["orderable"]!));
        Assert.Equal(200, (int)(await shop.Get("/offers/almond-701/stock"))["left"]!);
        var quote = await shop.Post("/quotes", new { items = new[] { new { offer = "almond-701", units = 2 } }, province = "62" });
        var (goods, sum) = ((long)quote["goodsFen"]!, (long)quote["sumFen"]!);
        Assert.Equal((5800, sum), (goods, goods + (long)quote["freightFen"]!));

        Assert.Equal((422, "market.cart-changed"), await shop.No(HttpMethod.Post, "/orders", Say.Order(shown: sum - 1), Say.New));
        var order = await shop.Post("/orders", Say.Order(shown: sum), "shop-order-1");
        var number = (string)order["number"]!;
        Assert.Equal(("unpaid", sum, true, true), ((string)order["state"]!, (long)order["sumFen"]!, (bool)order["seller"]!, (bool)order["placed"]!));
        Assert.Equal(198, (int)(await shop.Get("/offers/almond-701/stock"))["left"]!);

        var payment = await shop.Get($"/orders/{number}/payment");
        Assert.Equal(("open", sum), ((string)payment["payments"]![0]!["state"]!, (long)payment["payments"]![0]!["amountFen"]!));
        Assert.Equal((422, "market.order-unpaid"), await shop.No(HttpMethod.Put, $"/orders/{number}/shipment", new { carrier = "邮政", waybill = "9876543210" }));
        Assert.Equal((422, "ship.waybill"), await shop.No(HttpMethod.Put, $"/orders/{number}/shipment", new { carrier = "邮政", waybill = "1" }));
        await bench.Pay((string)payment["payments"]![0]!["number"]!, sum);
        Assert.Equal("paid", (string)(await shop.Get($"/orders/{number}/payment"))["payments"]![0]!["state"]!);
        // The buyer's own page opens by the address that was given.
        using (var buyer = new HttpClient()) Assert.Contains(number, await buyer.GetStringAsync((string)payment["payAt"]!));

        var to = (await shop.Get($"/orders/{number}/shipment"))["to"]!;
        Assert.Equal(("王小明", "13900001234"), ((string)to["name"]!, (string)to["phone"]!));
        Assert.Equal(1, await bench.Host.Db(db => db.Trail.CountAsync(t => t.Kind == "reveal" && t.What == "buyer-address" && t.Reason!.Contains(number))));
        var shipment = await shop.Put($"/orders/{number}/shipment", new { carrier = "中国邮政", waybill = "9876543210" });
        Assert.Equal(("shipped", "中国邮政", "9876543210"), ((string)shipment["state"]!, (string)shipment["carrier"]!, (string)shipment["waybill"]!));
        Assert.Equal("9876543211", (string)(await shop.Put($"/orders/{number}/shipment", new { waybill = "9876543211" }))["waybill"]!);
        Assert.Equal("received", (string)(await shop.Post($"/orders/{number}/received"))["state"]!);
        Assert.Null((await shop.Get($"/orders/{number}/shipment"))["to"]);
        // What the buyer has is written no more.
        await shop.Try(HttpMethod.Put, $"/orders/{number}/shipment", new { waybill = "1111111111" });
        Assert.Equal("9876543211", (string)(await shop.Get($"/orders/{number}/shipment"))["waybill"]!);

        var refund = await shop.Post($"/orders/{number}/refunds", new { line = 1, amountFen = 500, reason = "damaged" }, "refund-1");
        await shop.Post($"/orders/{number}/refunds", new { line = 1, amountFen = 500, reason = "damaged" }, "refund-1");
        var refunds = await shop.Get($"/orders/{number}/refunds");
        Assert.Equal((500L, 1, 500L), ((long)refund["amountFen"]!, refunds["claims"]!.AsArray().Count, (long)refunds["moneyBack"]!.AsArray().Single()!["amountFen"]!));

        var totals = (await shop.Get("/statement"))["items"]!.AsArray().Single()!;
        Assert.Equal(("L-1", 1000L, sum - 500), ((string)totals["lot"]!, (long)totals["sold"]!, (long)totals["paidFen"]!));
        Assert.Equal(sum - 500, totals["hands"]!.AsArray().Sum(h => (long)h!["fen"]!));
        var story = await shop.Get("/lots/L-1");
        Assert.Equal(("apricot", sum - 500), ((string)story["product"]!, (long)story["totals"]!["paidFen"]!));
        Assert.DoesNotContain("马文", story.ToJsonString());

        Assert.Equal(5, await bench.Tell());
        Assert.Equal(0, await bench.Tell());
        Assert.Equal([Announce.Paid, Announce.Placed, Announce.Received, Announce.Refunded, Announce.Shipped], receiver.Types.Order(StringComparer.Ordinal));
        Assert.All(receiver.Heard, h => Assert.Equal(h.Signature, HookSeal.Of(secret, h.Id, h.Seconds, h.Body)));
        Assert.All(receiver.Heard, h => Assert.Equal(number, (string)JsonNode.Parse(h.Body)!["data"]!["order"]!));
        Assert.DoesNotContain(receiver.Heard, h => h.Body.Contains("王小明", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task An_order_of_a_program_that_is_paid_in_cash_is_paid_at_a_station(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var shop = await bench.Client();
        var number = (string)(await shop.Post("/orders", Say.Order(), Say.New))["number"]!;
        var payment = (await shop.Get($"/orders/{number}/payment"))["payments"]![0]!;
        Assert.Null((await bench.Host.Cash(number, (long)payment["amountFen"]!)).Refused);
        Assert.Equal(("paid", "placed"), ((string)(await shop.Get($"/orders/{number}/payment"))["payments"]![0]!["state"]!, (string)(await shop.Get($"/orders/{number}"))["state"]!));
    }

    [Theory, EachDatabase]
    public async Task A_program_books_a_visit_without_an_address_and_goods_beside_it_need_one(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        await Window.Open(bench.Host, o => { o.Harvest = true; o.Cap = 5; o.DeliverFrom = o.DeliverUntil = SmallCounty.Day.AddDays(3); }, 702, OfferKind.Visit, promise: false);
        var visit = await bench.Host.Db(db => db.Offers.Where(o => o.Id == 702).Select(o => o.Code).SingleAsync());
        var shop = await bench.Client();
        object Order(params string[] offers) => new { items = offers.Select(offer => new { offer, units = 1 }), to = new { name = "王小明", phone = "13900001234" }, method = "cash" };
        Assert.Equal("unpaid", (string)(await shop.Post("/orders", Order(visit), Say.New))["state"]!);
        Assert.Equal((422, "checkout.province-missing"), await shop.No(HttpMethod.Post, "/orders", Order(visit, "almond-701"), Say.New));
    }

    [Theory, EachDatabase]
    public async Task The_same_request_again_is_done_once_and_another_under_its_key_is_refused(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var shop = await bench.Client();
        var station = await bench.Client(SmallCounty.StationA);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Post("/orders", Say.Order(), "same")));
        var number = Assert.Single(answers.Select(a => (string)a["number"]!).Distinct());
        // Another organisation's numbers are its own: it neither gets this order nor learns of it.
        Assert.NotEqual(number, (string)(await station.Post("/orders", Say.Order(), "same"))["number"]!);
        Assert.Equal((422, "api.once-other"), await shop.No(HttpMethod.Post, "/orders", Say.Order(3), "same"));
        Assert.Equal((400, "api.once-missing"), await shop.No(HttpMethod.Post, "/orders", Say.Order()));
        Assert.Equal((2, 98_000L), (await bench.Host.Db(db => db.Orders.CountAsync()), await bench.Host.Available(SmallCounty.Lot)));
    }

    [Theory, EachDatabase]
    public async Task Each_organisation_meets_its_own_orders_and_does_its_own_part(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var (seller, placer, stranger) = (await bench.Client(), await bench.Client(SmallCounty.StationB), await bench.Client(SmallCounty.Enterprise));
        var number = (string)(await placer.Post("/orders", Say.Order(), Say.New))["number"]!;
        var payment = (await placer.Get($"/orders/{number}/payment"))!;
        Assert.NotNull(payment["payAt"]);
        await bench.Pay((string)payment["payments"]![0]!["number"]!, (long)payment["payments"]![0]!["amountFen"]!);
        foreach (var path in new[] { "", "/payment", "/shipment", "/refunds" }) Assert.Equal((404, "api.unknown"), await stranger.No(HttpMethod.Get, $"/orders/{number}{path}"));
        Assert.Equal((404, "api.unknown"), await stranger.No(HttpMethod.Put, $"/orders/{number}/shipment", new { waybill = "1" }));
        Assert.Equal((404, "api.unknown"), await stranger.No(HttpMethod.Post, $"/orders/{number}/received"));
        Assert.Equal((403, "api.not-seller"), await placer.No(HttpMethod.Put, $"/orders/{number}/shipment", new { waybill = "1" }));
        Assert.Equal((403, "api.not-seller"), await placer.No(HttpMethod.Post, $"/orders/{number}/refunds", new { line = 1, amountFen = 1, reason = "late" }, Say.New));
        Assert.Equal((403, "api.not-buyer"), await seller.No(HttpMethod.Post, $"/orders/{number}/received"));
        // The page on which the buyer pays and confirms is not for the seller, nor the address for the placer.
        Assert.Null((await seller.Get($"/orders/{number}/payment"))["payAt"]);
        Assert.Null((await placer.Get($"/orders/{number}/shipment"))["to"]);
        Assert.NotNull((await seller.Get($"/orders/{number}/shipment"))["to"]);
        foreach (var (who, role, count) in new[] { (seller, "seller", 1), (seller, "placer", 0), (placer, "placer", 1), (placer, "seller", 0), (stranger, "seller", 0) })
            Assert.Equal(count, (await who.Get($"/orders?role={role}"))["items"]!.AsArray().Count);
        Assert.Empty((await stranger.Get("/statement"))["items"]!.AsArray());
    }

    [Theory, EachDatabase]
    public async Task What_was_sold_by_quotation_is_found_by_its_seller_as_it_is_listed(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var quote = (await Bulk.Bargain.Ask(bench.Host)).Value;
        await Bulk.Bargain.Quote(bench.Host, quote);
        Assert.Null((await Bulk.Bargain.Accept(bench.Host, quote, 1)).Refused);
        var (seller, stranger) = (await bench.Client(), await bench.Client(SmallCounty.StationB));
        var number = (string)Assert.Single((await seller.Get("/orders?role=seller"))["items"]!.AsArray())!["number"]!;
        Assert.Equal(number, (string)(await seller.Get($"/orders/{number}"))["number"]!);
        Assert.Equal((404, "api.unknown"), await stranger.No(HttpMethod.Get, $"/orders/{number}"));
    }

    [Theory, EachDatabase]
    public async Task Pages_follow_each_other_without_gap_or_repetition(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        for (var i = 0; i < 4; i++) await Buying.Window.Open(bench.Host, id: 710 + i, promise: false);
        var shop = await bench.Client();
        for (var i = 0; i < 5; i++) await shop.Post("/orders", Say.Order(1, $"almond-{(i < 1 ? 701 : 709 + i)}"), $"n-{i}");
        foreach (var (path, name) in new[] { ("/offers?", "code"), ("/orders?role=seller&", "number"), ("/orders?role=placer&", "number") })
        {
            var seen = new List<string>();
            string? cursor = null;
            do
            {
                var page = await shop.Get($"{path}limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
                Assert.InRange(page["items"]!.AsArray().Count, 1, 2);
                seen.AddRange(page["items"]!.AsArray().Select(i => (string)i![name]!));
                cursor = (string?)page["next"];
            }
            while (cursor is not null);
            Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
        }
        foreach (var (query, code) in new[] { ("limit=0", "api.limit"), ("limit=201", "api.limit"), ("limit=x", "api.limit"), ("cursor=-1", "api.cursor"), ("cursor=x", "api.cursor") })
            Assert.Equal((400, code), await shop.No(HttpMethod.Get, "/offers?" + query));
    }
}
