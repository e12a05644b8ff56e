using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Market;
using Shanhuo.Market.Api;
using Shanhuo.Market.Orders;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Api;

public sealed class HookTests
{
    /// <summary>The example of the libraries of Standard Webhooks (github.com/standard-webhooks/standard-webhooks); the same HMAC was computed with another program.</summary>
    [Fact]
    public void The_signature_is_that_of_the_published_example() =>
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", HookSeal.Of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""));

    [Theory]
    [InlineData("0.0.0.0"), InlineData("10.1.2.3"), InlineData("100.64.0.1"), InlineData("127.0.0.1"), InlineData("127.9.9.9"), InlineData("169.254.169.254"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1")]
    [InlineData("198.18.0.1"), InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("::"), InlineData("::1"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("64:ff9b::7f00:1"), InlineData("2002:7f00:1::")]
    [InlineData("fc00::1"), InlineData("fd12:3456::1"), InlineData("fe80::1"), InlineData("ff02::1"), InlineData("100.100.100.200")]
    public void What_stands_behind_the_server_is_closed(string address) => Assert.False(HookGuard.Allows(IPAddress.Parse(address), loopback: false));

    [Theory]
    [InlineData("1.1.1.1"), InlineData("8.8.8.8"), InlineData("172.32.0.1"), InlineData("100.128.0.1"), InlineData("223.5.5.5"), InlineData("2400:3200::1"), InlineData("2606:4700::1111")]
    public void The_public_network_is_open(string address) => Assert.True(HookGuard.Allows(IPAddress.Parse(address), loopback: false));

    [Theory]
    [InlineData("https://shop.example/heard", true), InlineData("https://8.8.8.8/x", true), InlineData("http://shop.example/heard", false), InlineData("https://localhost/x", false), InlineData("https://127.0.0.1/", false), InlineData("https://2130706433/", false)]
    [InlineData("https://0x7f.1/", false), InlineData("https://[::1]/", false), InlineData("https://[::ffff:10.0.0.1]/", false), InlineData("https://a:b@shop.example/", false), InlineData("ftp://shop.example/", false), InlineData("/heard", false), InlineData("https://shop.example/#x", false)]
    public void Only_https_addresses_of_the_public_network_are_registered(string url, bool taken) => Assert.Equal(taken, HookGuard.Accepts(url, loopback: false));

    [Fact]
    public void A_name_too_long_for_the_network_is_not_registered() => Assert.False(HookGuard.Accepts(TooLong, loopback: false));

    [Fact]
    public async Task An_address_that_cannot_even_be_asked_for_is_given_up_and_holds_up_no_other()
    {
        await using var bench = await ApiBench.Start(DatabaseKind.Sqlite);
        var good = await bench.Listen();
        var (shop, other) = (await bench.Client(), await bench.Client(SmallCounty.StationB));
        await shop.Post("/webhooks", new { url = good.Url });
        await other.Post("/webhooks", new { url = "http://127.0.0.1:9/heard" });
        await bench.Host.Db(db => db.Hooks.Where(h => h.OrganisationId == SmallCounty.StationB).ExecuteUpdateAsync(set => set.SetProperty(h => h.Url, TooLong)));
        await Wait(bench, SmallCounty.StationB, 1, early: 1000);
        for (var i = 0; i < HookSender.MostTries; i++)
        {
            await Wait(bench, SmallCounty.Cooperative, 1);
            Assert.Equal(1, await bench.Tell());
            bench.Host.Clock.Now = bench.Host.Clock.Now.AddHours(7);
        }
        Assert.Equal((HookSender.MostTries, 1), await bench.Host.Db(async db => (await db.HookMessages.CountAsync(m => m.State == MessageState.Done), await db.HookMessages.CountAsync(m => m.State == MessageState.Failed))));
    }

    // 29 letters that the network writes with more than 63.
    private static string TooLong => $"https://{string.Concat(Enumerable.Range(0, 29).Select(i => (char)(0x4E00 + i * 701)))}.cn/heard";

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to()
    {
        await using var receiver = await Receiver.Start(() => 204);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await HookGuard.Connect(new DnsEndPoint("localhost", new Uri(receiver.Url).Port), loopback: false, CancellationToken.None));
        await using var open = await HookGuard.Connect(new DnsEndPoint("localhost", new Uri(receiver.Url).Port), loopback: true, CancellationToken.None);
    }

    [Theory, EachDatabase]
    public async Task A_message_is_tried_again_later_and_later_until_it_is_taken_and_then_never_again(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var status = 500;
        var receiver = await bench.Listen(() => status);
        var shop = await bench.Client();
        await shop.Post("/webhooks", new { url = receiver.Url });
        Assert.Equal((422, "api.hook-there"), await shop.No(HttpMethod.Post, "/webhooks", new { url = receiver.Url }));
        await shop.Post("/orders", Say.Order(), Say.New);
        foreach (var seconds in new[] { 15, 60, 240 })
        {
            Assert.Equal(0, await bench.Tell());
            var before = receiver.Heard.Count;
            bench.Host.Clock.Now = bench.Host.Clock.Now.AddSeconds(seconds - 1);
            await bench.Tell();
            Assert.Equal(before, receiver.Heard.Count);
            bench.Host.Clock.Now = bench.Host.Clock.Now.AddSeconds(1);
        }
        status = 200;
        // Two nodes at once: one of them tells.
        Assert.Equal(1, (await Task.WhenAll(bench.Tell(), bench.Tell())).Sum());
        bench.Host.Clock.Days(2);
        Assert.Equal(0, await bench.Tell());
        Assert.Equal(4, receiver.Heard.Count);
        // The same id each time, and each time signed anew.
        Assert.Single(receiver.Heard.Select(h => h.Id).Distinct());
        Assert.Equal(4, receiver.Heard.Select(h => h.Signature).Distinct().Count());
    }

    [Fact]
    public async Task A_message_that_nobody_takes_is_given_up_and_an_address_that_is_gone_is_left_alone()
    {
        await using var bench = await ApiBench.Start(DatabaseKind.Sqlite);
        var status = 302;
        var receiver = await bench.Listen(() => status);
        var shop = await bench.Client();
        await shop.Post("/webhooks", new { url = receiver.Url });
        await shop.Post("/orders", Say.Order(), Say.New);
        for (var i = 0; i < HookSender.MostTries + 3; i++)
        {
            await bench.Tell();
            bench.Host.Clock.Now = bench.Host.Clock.Now.AddHours(6);
        }
        Assert.Equal(HookSender.MostTries, receiver.Heard.Count);
        Assert.Equal((0, 1), ((int)(await shop.Get("/webhooks"))["items"]![0]!["waiting"]!, (int)(await shop.Get("/webhooks"))["items"]![0]!["failed"]!));
        status = 410;
        await shop.Post("/orders", Say.Order(), Say.New);
        await bench.Tell();
        await shop.Post("/orders", Say.Order(), Say.New);
        await bench.Tell();
        Assert.Equal(HookSender.MostTries + 1, receiver.Heard.Count);
        Assert.Equal("gone", (string)(await shop.Get("/webhooks"))["items"]![0]!["state"]!);
    }

    [Theory, EachDatabase]
    public async Task An_address_that_cannot_be_reached_holds_up_no_other_however_much_waits_for_it(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var good = await bench.Listen();
        var (shop, other) = (await bench.Client(), await bench.Client(SmallCounty.StationB));
        // Nobody listens there.
        await other.Post("/webhooks", new { url = "http://127.0.0.1:9/heard" });
        await shop.Post("/webhooks", new { url = good.Url });
        await Wait(bench, SmallCounty.StationB, 250, early: 1000);
        await Wait(bench, SmallCounty.Cooperative, 3);
        Assert.Equal(3, await bench.Tell());
        // One try an hour or a hundred: it is left alone until the next time.
        Assert.Equal((1, 249), await bench.Host.Db(async db => (await db.HookMessages.CountAsync(m => m.State == MessageState.Due && m.Tries == 1), await db.HookMessages.CountAsync(m => m.State == MessageState.Due && m.Tries == 0))));
    }

    [Theory, EachDatabase]
    public async Task Two_senders_at_once_send_no_message_twice(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var receiver = await bench.Listen();
        await (await bench.Client()).Post("/webhooks", new { url = receiver.Url });
        await Wait(bench, SmallCounty.Cooperative, 40);
        using var second = ActivatorUtilities.CreateInstance<HookSender>(bench.Site.Services);
        var sent = await Task.WhenAll(Task.Run(bench.Tell), Task.Run(() => second.SendDue(CancellationToken.None)), Task.Run(bench.Tell));
        Assert.Equal((40, 40, 40), (sent.Sum(), receiver.Heard.Count, receiver.Heard.Select(h => h.Id).Distinct().Count()));
    }

    [Theory, EachDatabase]
    public async Task What_waits_for_an_address_that_was_taken_away_is_given_up(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var status = 500;
        var receiver = await bench.Listen(() => status);
        var shop = await bench.Client();
        var hook = (string)(await shop.Post("/webhooks", new { url = receiver.Url }))["id"]!;
        await Wait(bench, SmallCounty.Cooperative, 2);
        await bench.Tell();
        await shop.Try(HttpMethod.Delete, "/webhooks/" + hook);
        // Though their next try lies ahead.
        await bench.Tell();
        Assert.Equal([MessageState.Failed, MessageState.Failed], await bench.Host.Db(db => db.HookMessages.Select(m => m.State).ToListAsync()));
        Assert.Equal(2, receiver.Heard.Count);
    }

    // Messages to the address of an organisation, as many changes would have left them.
    private static Task Wait(ApiBench bench, long organisation, int count, long early = 0) => bench.Host.Db(async db =>
    {
        var ids = new Shanhuo.Kernel.Ids(bench.Host.Clock);
        var (hook, due) = (await db.Hooks.Where(h => h.OrganisationId == organisation).Select(h => h.Id).SingleAsync(), bench.Host.Clock.Now.ToUnixTimeMilliseconds() - early);
        db.HookMessages.AddRange(Enumerable.Range(0, count).Select(i => new HookMessage { Id = ids.Next(), County = SmallCounty.County, OrganisationId = organisation, HookId = hook, Type = Announce.Placed, OrderNumber = $"W{i}", AtMs = due, NextTryMs = due }));
        await db.SaveChangesAsync();
    });

    [Fact]
    public async Task Only_who_sells_or_placed_an_order_is_told_and_nobody_after_the_address_was_taken_away()
    {
        await using var bench = await ApiBench.Start(DatabaseKind.Sqlite);
        var receivers = new List<Receiver>();
        var programs = new List<(SampleClient Client, string Hook)>();
        foreach (var organisation in new[] { SmallCounty.Cooperative, SmallCounty.StationB, SmallCounty.Enterprise })
        {
            receivers.Add(await bench.Listen());
            var client = await bench.Client(organisation);
            programs.Add((client, (string)(await client.Post("/webhooks", new { url = receivers[^1].Url }))["id"]!));
        }
        var station = programs[1].Client;
        await station.Post("/orders", Say.Order(), Say.New);
        await bench.Tell();
        Assert.Equal([1, 1, 0], receivers.Select(r => r.Heard.Count));
        // Of another's address nothing is known.
        Assert.Equal((404, "api.unknown"), await programs[2].Client.No(HttpMethod.Delete, "/webhooks/" + programs[1].Hook));
        Assert.Single((await programs[2].Client.Get("/webhooks"))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NoContent, (await station.Try(HttpMethod.Delete, "/webhooks/" + programs[1].Hook)).Status);
        await station.Post("/orders", Say.Order(), Say.New);
        await bench.Tell();
        Assert.Equal([2, 1, 0], receivers.Select(r => r.Heard.Count));
    }

    [Theory, EachDatabase]
    public async Task What_is_refused_is_not_told_and_what_expires_is(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var receiver = await bench.Listen();
        var shop = await bench.Client();
        await shop.Post("/webhooks", new { url = receiver.Url });
        var number = (string)(await shop.Post("/orders", Say.Order(), Say.New))["number"]!;
        await shop.No(HttpMethod.Post, "/orders", Say.Order(9999), Say.New);
        await shop.No(HttpMethod.Put, $"/orders/{number}/shipment", new { waybill = "1" });
        await shop.No(HttpMethod.Post, $"/orders/{number}/refunds", new { line = 1, amountFen = 1, reason = "late" }, Say.New);
        Assert.Equal([Announce.Placed], await bench.Host.Db(db => db.HookMessages.Select(m => m.Type).ToListAsync()));
        Assert.Null(await bench.Host.Db(db => db.Deliveries.Select(d => d.Waybill).SingleAsync()));
        bench.Host.Clock.Days(8);
        await bench.Host.Do((Shanhuo.Market.Payments.PaymentDesk desk) => desk.Expire(CancellationToken.None));
        await bench.Tell();
        Assert.Equal([Announce.Cancelled, Announce.Placed], receiver.Types.Order(StringComparer.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task A_parcel_that_reached_its_buyer_is_told_once(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var receiver = await bench.Listen();
        var shop = await bench.Client();
        await shop.Post("/webhooks", new { url = receiver.Url });
        var number = (string)(await shop.Post("/orders", Say.Order(), Say.New))["number"]!;
        var payment = (await shop.Get($"/orders/{number}/payment"))["payments"]![0]!;
        await bench.Pay((string)payment["number"]!, (long)payment["amountFen"]!);
        await shop.Put($"/orders/{number}/shipment", new { carrier = "中国邮政", waybill = "9876543210" });
        var order = await bench.Host.Db(db => db.Orders.Where(o => o.Number == number).Select(o => o.Id).SingleAsync());
        foreach (var _ in new[] { 1, 2 }) Assert.Null(await Parcels.Move(bench.Host, order, OrderStep.Deliver));
        await bench.Tell();
        Assert.Equal([Announce.Delivered, Announce.Paid, Announce.Placed, Announce.Shipped], receiver.Types.Order(StringComparer.Ordinal));
        var told = receiver.Heard.Single(h => (string)JsonNode.Parse(h.Body)!["type"]! == Announce.Delivered);
        Assert.Equal(number, (string)JsonNode.Parse(told.Body)!["data"]!["order"]!);
        Assert.Equal(SmallCounty.Day, DateOnly.Parse((string)(await shop.Get($"/orders/{number}"))["deliveredDay"]!, CultureInfo.InvariantCulture));
    }
}
