using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Payments.Gateway;
using Shanhuo.Tests.Databases;
using Shanhuo.Web;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>The counterpart on this machine is as strict as the one it stands for, and misbehaves only when told to.</summary>
public sealed class TestGatewayTests
{
    [Fact]
    public async Task Only_the_merchant_s_signature_of_this_moment_and_this_request_opens_the_gateway()
    {
        using var bench = new GatewayBench();
        Assert.Null((await bench.Pay.Begin(bench.Asked(), default)).Refused);
        var (request, body) = bench.Sent.Single();
        var authorization = request.Headers.GetValues("Authorization").Single();
        var target = request.RequestUri!.PathAndQuery;
        Assert.Equal(200, await Status(target, authorization, body));
        Assert.Equal(401, await Status(target.Replace("h5", "native", StringComparison.Ordinal), authorization, body));
        Assert.Equal(401, await Status(target, authorization.Replace("TEST000001", "TEST000002", StringComparison.Ordinal), body));
        Assert.Equal(401, await Status(target, authorization.Replace(bench.Settings.Serial, new string('A', 40), StringComparison.Ordinal), body));
        Assert.Equal(401, await Status(target, null, body));
        var other = body.ToArray();
        other[^20] ^= 1;
        Assert.Equal(401, await Status(target, authorization, other));
        bench.Clock.Now = bench.Clock.Now.AddSeconds(300);
        Assert.Equal(401, await Status(target, authorization, body));

        async Task<int> Status(string to, string? header, byte[] sent) => (await bench.Gateway.Answer("POST", to, name => name == "Authorization" ? header : null, sent, "http://127.0.0.1:8620", default))!.Status;
    }

    [Fact]
    public async Task A_restart_remembers_payments_refunds_and_what_is_still_to_be_told()
    {
        using var bench = new GatewayBench();
        await bench.Paid();
        bench.Reply = _ => 500;
        await bench.Gateway.SendDue(default);
        var before = (await bench.Pay.Query("SH20261121-0001", default)).Value;
        // The process died in the middle of a line.
        await File.AppendAllTextAsync(Path.Combine(bench.Folder, "payments", "test-gateway.jsonl"), "{\"Payment\":{\"Number\":\"SH2026");
        bench.Restart();
        Assert.Equal(before, (await bench.Pay.Query("SH20261121-0001", default)).Value);
        Assert.Equal(1, bench.Gateway.Book.Notices.Values.Single().Tries);
        Assert.Null((await bench.Pay.Refund(new("SH20261121-0001", "R1", new Fen(1), new Fen(5890), "x", "http://127.0.0.1/x"), default)).Refused);
        bench.Restart();
        Assert.Equal(1, bench.Gateway.Book.Refunded("SH20261121-0001"));
    }

    [Fact]
    public async Task A_notification_is_repeated_at_the_documented_times_until_it_is_taken()
    {
        using var bench = new GatewayBench();
        await bench.Paid();
        bench.Reply = _ => 500;
        var (start, times) = (bench.Clock.Now, new List<double>());
        for (var second = 0; second <= 90_000; second += 5)
        {
            bench.Clock.Now = start.AddSeconds(second);
            if (await bench.Gateway.SendDue(default) > 0) times.Add(second);
        }
        var due = new[] { 0, 15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600 };
        Assert.Equal(due.Select((_, i) => (double)due[..(i + 1)].Sum()), times);
        Assert.Equal(86_640, times[^1]);
        Assert.All(bench.Heard, h => Assert.Null(h.Refused));
        Assert.Single(bench.Heard.Select(h => h.Value.NotificationId).Distinct());

        await bench.Paid("SH20261121-0002");
        bench.Reply = _ => 204;
        Assert.Equal(1, await bench.Gateway.SendDue(default));
        bench.Clock.Days(2);
        Assert.Equal(0, await bench.Gateway.SendDue(default));
    }

    [Fact]
    public async Task It_misbehaves_as_told()
    {
        using var bench = new GatewayBench(repeats: []);
        bench.Gateway.Misbehave.NotifyBeforeAnswer = true;
        Assert.Null((await bench.Pay.Begin(bench.Asked(), default)).Refused);
        Assert.Equal(PaymentStanding.Paid, bench.Heard.Single().Value.Payment!.Standing);
        bench.Gateway.Misbehave.NotifyBeforeAnswer = false;

        bench.Gateway.Misbehave.NotifyTwice = true;
        await bench.Paid("SH20261121-0002");
        await bench.Gateway.SendDue(default);
        Assert.Equal(2, bench.Heard.Count(h => h.Value.Payment!.Number == "SH20261121-0002"));
        Assert.Equal(2, bench.Heard.Select(h => h.Value.NotificationId).Distinct().Count());
        bench.Gateway.Misbehave.NotifyTwice = false;

        bench.Gateway.Misbehave.Late = TimeSpan.FromDays(3);
        await bench.Paid("SH20261121-0003");
        Assert.Equal(0, await bench.Gateway.SendDue(default));
        bench.Clock.Days(3);
        Assert.Equal(1, await bench.Gateway.SendDue(default));
        Assert.Equal(bench.Clock.Now.AddDays(-3), bench.Heard[^1].Value.Payment!.PaidAt);
        bench.Gateway.Misbehave.Late = TimeSpan.Zero;

        bench.Gateway.Misbehave.Never = true;
        await bench.Paid("SH20261121-0004");
        Assert.Equal(0, await bench.Gateway.SendDue(default));
        Assert.Equal(PaymentStanding.Paid, (await bench.Pay.Query("SH20261121-0004", default)).Value.Standing);
    }

    [Fact]
    public async Task Nobody_pays_after_the_time()
    {
        using var bench = new GatewayBench();
        await bench.Pay.Begin(bench.Asked(), default);
        bench.Clock.Now = bench.Clock.Now.AddMinutes(31);
        Assert.False(bench.Gateway.Pay(bench.Gateway.Book.Payments["SH20261121-0001"].PrepayId));
        Assert.Equal(PaymentStanding.Closed, (await bench.Pay.Query("SH20261121-0001", default)).Value.Standing);
    }

    [Fact]
    public async Task A_refund_is_told_of()
    {
        using var bench = new GatewayBench();
        await bench.Paid();
        await bench.Gateway.SendDue(default);
        await bench.Pay.Refund(new("SH20261121-0001", "R1", new Fen(890), new Fen(5890), "x", "http://127.0.0.1:8620/market/payments/notice/wechat"), default);
        await bench.Gateway.SendDue(default);
        var told = bench.Heard[^1].Value.Refund!;
        Assert.Equal(("SH20261121-0001", "R1", new Fen(890), RefundStanding.Done), (told.PaymentNumber, told.RefundNumber, told.Amount, told.Standing));
    }

    [Fact]
    public async Task An_installation_that_is_no_demo_has_no_gateway_and_no_page_of_it()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        var visitor = await host.Visit();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/market/payments/gateway/pay?prepay_id=wx1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/test-gateway/v3/bill/tradebill")).Status);
        Assert.DoesNotContain(host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>(), e => e.RoutePattern.RawText!.Contains("test-gateway", StringComparison.Ordinal));
        Assert.False(host.App.Services.GetRequiredService<PaymentInstitutions>().Find("wechat", out _, out var no));
        Assert.Equal("payment.not-set-up", no.Code);
        Assert.False(File.Exists(Path.Combine(host.Folder, "keys", "test-gateway-platform.key")));
    }

    [Theory]
    [InlineData("zh", "不会动用真钱", "没有成功"), InlineData("en", "No money moves", "did not succeed")]
    public async Task In_a_demo_a_person_fails_pays_and_comes_back_and_the_shop_is_told_over_http(string language, string free, string failed)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await using var site = ShanhuoHost.Build(new Installation(host.Folder, host.Connection, true), host.Clock, b => b.WebHost.UseUrls("http://127.0.0.1:0"));
        await site.StartAsync();
        var address = new Uri(site.Urls.First());
        Assert.True(site.Services.GetRequiredService<PaymentInstitutions>().Find("wechat", out var wechat, out _));
        var told = new TaskCompletionSource<Outcome<PaymentNotice>>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var shop = builder.Build();
        shop.Urls.Add("http://127.0.0.1:0");
        shop.MapPost("/notice", async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var notice = wechat.Read(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), body.ToArray());
            http.Response.StatusCode = (notice.Refused is null ? wechat.Taken : wechat.NotTaken(notice.Refused)).Status;
            told.TrySetResult(notice);
        });
        await shop.StartAsync();

        Assert.True((await wechat.Begin(new PaymentAsked("SH20261121-0001", new Fen(5890), "杏仁", host.Clock.Now.AddMinutes(30), "127.0.0.1", new Uri(new Uri(shop.Urls.First()), "/notice").ToString(), new Uri(address, "/sign-in").ToString()), default)).Ok(out var door, out var no), no?.ToString());
        var visitor = new Visitor(address, language);
        var page = await visitor.Get(door.RedirectUrl!);
        Assert.Contains(free, page.Text);
        Assert.Contains("¥58.90", page.Text);
        Assert.Contains(failed, (await visitor.Submit(page, "main form", new() { ["act"] = "fail" })).Text);
        Assert.Equal(PaymentStanding.Open, (await wechat.Query("SH20261121-0001", default)).Value.Standing);
        Assert.Equal("/sign-in", (await visitor.Submit(page, "main form", new() { ["act"] = "pay" })).Address.AbsolutePath);
        Assert.Equal(PaymentStanding.Paid, (await wechat.Query("SH20261121-0001", default)).Value.Standing);
        var notice = await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(new Fen(5890), notice.Value.Payment!.Amount);
        Assert.Null((await visitor.Get(door.RedirectUrl!)).Page.QuerySelector("main form"));
        // A form sent from elsewhere, without our token, pays nothing; and nobody is led to another host.
        var open = (await wechat.Begin(new PaymentAsked("SH20261121-0002", new Fen(1), "x", host.Clock.Now.AddMinutes(30), "127.0.0.1", "http://127.0.0.1:1/x", "https://elsewhere.test/"), default)).Value;
        var id = open.RedirectUrl!.Split("prepay_id=")[1].Split('&')[0];
        using var sent = await visitor.Client.PostAsync("/market/payments/gateway/pay", new FormUrlEncodedContent(new Dictionary<string, string> { ["prepay_id"] = id, ["act"] = "pay" }));
        Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
        Assert.Equal("/", (await visitor.Submit(await visitor.Get(open.RedirectUrl!), "main form", new() { ["act"] = "leave" })).Address.AbsolutePath);
        Assert.Equal(address.Authority, (await visitor.Submit(await visitor.Get(open.RedirectUrl!), "main form", new() { ["act"] = "leave" })).Address.Authority);
        Assert.Equal(PaymentStanding.Open, (await wechat.Query("SH20261121-0002", default)).Value.Standing);
        using var unsigned = await visitor.Client.PostAsync("/test-gateway/v3/pay/transactions/h5", new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        await shop.StopAsync();
        await site.StopAsync();
    }
}
