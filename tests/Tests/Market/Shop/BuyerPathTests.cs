using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Web;

namespace Shanhuo.Tests.Market.Shop;

/// <summary>A buyer's whole way through the real host without script: find, choose, basket, freight, order, pay at the test gateway that speaks WeChat Pay, receive.</summary>
public sealed class BuyerPathTests
{
    /// <summary>The demo site: with the test gateway in WeChat Pay's place.</summary>
    private sealed class Opened(WebApplication site) : IAsyncDisposable
    {
        public WebApplication Site => site;

        public static async Task<Opened> Start(SalesHost host)
        {
            var site = ShanhuoHost.Build(new Installation(host.Host.Folder, host.Host.Connection, true), host.Clock, b => b.WebHost.UseUrls("http://127.0.0.1:0"));
            await site.StartAsync();
            return new Opened(site);
        }

        public async ValueTask DisposeAsync()
        {
            await site.StopAsync();
            await site.DisposeAsync();
        }
    }

    private static Dictionary<string, string> Address(string name = "王小明") => new() { ["Form.Name"] = name, ["Form.Phone"] = "+86 139 0000 1234", ["Form.Province"] = "61", ["Form.Address"] = "西安市某区某路1号", ["step"] = "quote" };

    private static async Task<Answer> ToOrder(Visitor buyer, string units = "2", string method = "wechat")
    {
        var cart = await buyer.Get($"/shop/cart/put?county=620525&offer={Window.Almonds}&units={units}");
        var form = await buyer.Get(cart.Page.QuerySelector("a.button[href*='/shop/checkout']")!.GetAttribute("href")!);
        var quoted = await buyer.Submit(form, "main form", Address());
        Assert.Equal(HttpStatusCode.OK, quoted.Status);
        return await buyer.Submit(quoted, "main form", new() { ["Form.Method"] = method, ["step"] = "pay" });
    }

    [Theory, EachDatabase]
    public async Task A_guest_finds_orders_pays_and_receives_in_both_languages(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var opened = await Opened.Start(host);
        var site = opened.Site;
        foreach (var language in new[] { "zh", "en" })
        {
            var buyer = new Visitor(new Uri(site.Urls.First()), language);
            Assert.NotNull((await buyer.Get("/shop")).Page.QuerySelector("a[href='/shop/620525']"));
            var found = await buyer.Get("/shop/search?q=xingren");
            var offer = await buyer.Get(found.Page.QuerySelector(".goods a")!.GetAttribute("href")!);
            Assert.Contains("29.00", offer.Text, StringComparison.Ordinal);
            var order = await ToOrder(buyer);
            Assert.StartsWith("/shop/order/620525-", order.Address.AbsolutePath, StringComparison.Ordinal);
            // 58.00 of goods; 1,300 g with packing are two kilograms, 10.00 and 2.50 to a neighbouring province.
            Assert.Contains("70.50", order.Text, StringComparison.Ordinal);
            var door = await buyer.Submit(order, "form:has(button[value=pay])", new() { ["step"] = "pay" });
            var gateway = await buyer.Get(door.Page.QuerySelector("main a.button")!.GetAttribute("href")!);
            var back = await buyer.Submit(gateway, "form:has(button[value=pay])", new() { ["act"] = "pay" });
            for (var i = 0; i < 100 && await State(host, order) == OrderState.Unpaid; i++) await Task.Delay(100);
            Assert.Equal(OrderState.Placed, await State(host, order));
            Assert.Equal(order.Address.AbsolutePath, back.Address.AbsolutePath);
            await host.Do((MoveOrderHandler move) => move.Handle(IdOf(order), OrderStep.Ship, CancellationToken.None));
            var received = await buyer.Submit(await buyer.Get(order.Address.AbsolutePath), "form:has(button[value=receive])", new() { ["step"] = "receive" });
            Assert.Equal(OrderState.Received, await State(host, received));
        }
        Assert.Equal(100_000 - 2 * 1000, await host.Available(SmallCounty.Lot));
        Assert.Equal(2, await host.Db(db => db.PaymentNotices.CountAsync(n => n.Refused == null)));
        // Held until receipt, then split to the fen.
        Assert.Equal((2, 0), await host.Db(async db => (await db.OrderLines.CountAsync(l => l.IsSettled), await db.Set<Shanhuo.Settlement.Ledger.Posting>().SumAsync(p => (long)p.Amount))));
    }

    [Theory, EachDatabase]
    public async Task What_is_typed_wrong_is_said_at_its_field_and_kept(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var opened = await Opened.Start(host);
        var site = opened.Site;
        var buyer = new Visitor(new Uri(site.Urls.First()), "zh");
        var cart = await buyer.Get($"/shop/cart/put?county=620525&offer={Window.Almonds}&units=3");
        var form = await buyer.Get(cart.Page.QuerySelector("a.button[href*='/shop/checkout']")!.GetAttribute("href")!);
        foreach (var (field, value, says) in new[] { ("Form.Name", "", "姓名"), ("Form.Phone", "12", "电话"), ("Form.Province", "", "省份"), ("Form.Address", "x", "地址") })
        {
            var fields = Address("马文·云");
            fields[field] = value;
            var wrong = await buyer.Submit(form, "main form", fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
            Assert.Contains(says, wrong.Page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
            if (field != "Form.Name") Assert.Equal("马文·云", wrong.Page.QuerySelector("#Form_Name")!.GetAttribute("value"));
        }
        var split = await buyer.Submit(form, "main form", new() { ["Form.Paste"] = "收货人：李秀英 电话：13812345678 陕西省西安市雁塔区小寨东路5号", ["step"] = "split" });
        Assert.Equal(("李秀英", "13812345678", "61"), (split.Page.QuerySelector("#Form_Name")!.GetAttribute("value"), split.Page.QuerySelector("#Form_Phone")!.GetAttribute("value"), split.Page.QuerySelector("#Form_Province option[selected]")!.GetAttribute("value")));
        // Nowhere the seller sends to.
        var taiwan = Address();
        taiwan["Form.Province"] = "71";
        Assert.Contains("送不到", (await buyer.Submit(form, "main form", taiwan)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.Db(db => db.Orders.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_price_that_changed_is_shown_again_before_anything_is_ordered(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var opened = await Opened.Start(host);
        var site = opened.Site;
        var buyer = new Visitor(new Uri(site.Urls.First()), "zh");
        var cart = await buyer.Get($"/shop/cart/put?county=620525&offer={Window.Almonds}&units=1");
        var quoted = await buyer.Submit(await buyer.Get(cart.Page.QuerySelector("a.button[href*='/shop/checkout']")!.GetAttribute("href")!), "main form", Address());
        await host.Db(db => db.Offers.ExecuteUpdateAsync(set => set.SetProperty(o => o.Price, new Fen(3100))));
        var changed = await buyer.Submit(quoted, "main form", new() { ["Form.Method"] = "wechat", ["step"] = "pay" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.Status);
        Assert.Contains("价钱变了", changed.Text, StringComparison.Ordinal);
        Assert.Equal(0, await host.Db(db => db.Orders.CountAsync()));
        // The same form sent twice is one order.
        var order = await buyer.Submit(changed, "main form", new() { ["Form.Method"] = "cod", ["step"] = "pay" });
        var again = await buyer.Submit(changed, "main form", new() { ["Form.Method"] = "cod", ["step"] = "pay" });
        Assert.Equal(order.Address.AbsolutePath, again.Address.AbsolutePath);
        Assert.Equal((1, OrderState.Placed), await host.Db(async db => (await db.Orders.CountAsync(), await db.Orders.Select(o => o.State).SingleAsync())));
    }

    [Theory, EachDatabase]
    public async Task An_order_cannot_be_guessed_and_nothing_private_leaves_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var opened = await Opened.Start(host);
        var site = opened.Site;
        var buyer = new Visitor(new Uri(site.Urls.First()), "zh");
        var order = await ToOrder(buyer);
        var stranger = new Visitor(new Uri(site.Urls.First()), "zh");
        var key = order.Address.Segments[^1];
        foreach (var guess in new[] { key[..^1] + (key[^1] == '0' ? '1' : '0'), key[..^5], key.Replace("620525", "622923", StringComparison.Ordinal), $"620525-{IdOf(order) + 1}-{key.Split('-')[2]}", "x", $"620525-{IdOf(order)}-" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("/shop/order/" + guess)).Status);
        Assert.DoesNotContain("13900001234", order.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("某路1号", order.Body, StringComparison.Ordinal);
        // Nor does the database hold it in clear, in whatever column.
        var stored = await host.Db(db => db.Deliveries.AsNoTracking().SingleAsync());
        foreach (var column in typeof(Delivery).GetProperties(BindingFlags.Instance | BindingFlags.Public))
            foreach (var clear in new[] { "王小明", "13900001234", "9000", "西安", "某路" }) Assert.DoesNotContain(clear, $"{column.GetValue(stored)}", StringComparison.Ordinal);
        foreach (var (name, hidden, clear) in new[] { ("name", stored.NameHidden, "王小明"), ("phone", stored.PhoneHidden, "13900001234"), ("address", stored.AddressHidden, "西安市某区某路1号") })
            Assert.Equal(clear, host.Services.GetRequiredService<Secrets>().Reveal(hidden, Delivery.Binding(name, stored.OrderId)));
        Assert.NotEqual(stored.PhoneHidden, stored.NameHidden);
    }

    [Theory, EachDatabase]
    public async Task A_notification_that_is_forged_changes_nothing_and_is_on_record(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var opened = await Opened.Start(host);
        var site = opened.Site;
        var buyer = new Visitor(new Uri(site.Urls.First()), "zh");
        var order = await ToOrder(buyer);
        using var forged = new StringContent("{\"id\":\"x\",\"event_type\":\"TRANSACTION.SUCCESS\"}", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.Unauthorized, (await buyer.Client.PostAsync("/shop/paid/wechat", forged)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await buyer.Client.PostAsync("/shop/paid/nobody", null)).StatusCode);
        using var huge = new ByteArrayContent(new byte[200_000]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await buyer.Client.PostAsync("/shop/paid/wechat", huge)).StatusCode);
        Assert.Equal(OrderState.Unpaid, await State(host, order));
        Assert.NotNull((await host.Db(db => db.PaymentNotices.SingleAsync())).Refused);
    }

    private static long IdOf(Answer order) => long.Parse(order.Address.Segments[^1].Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static Task<OrderState> State(SalesHost host, Answer order)
    {
        var id = IdOf(order);
        return host.Db(db => db.Orders.Where(o => o.Id == id).Select(o => o.State).SingleAsync());
    }
}
