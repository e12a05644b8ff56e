using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>Alipay's notifications at the address to which it sends them.</summary>
public sealed class AlipayRouteTests : IDisposable
{
    private const string App = "2014072300007148", Seller = "2088102146225135";
    private readonly RSA ours = RSA.Create(2048);
    private readonly RSA theirs = RSA.Create(2048);

    public void Dispose()
    {
        ours.Dispose();
        theirs.Dispose();
    }

    [Theory, EachDatabase]
    public async Task A_signed_notification_pays_its_order_once_however_often_and_however_late_it_comes(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        SetUp(host);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var placed = (await Window.Place(host, Window.Order(2, "alipay"))).Value;
        foreach (var (changed, says) in new (Dictionary<string, string>, string)[] { (new() { ["seller_id"] = "2088000000000000" }, "success"), (new() { ["total_amount"] = "0.01" }, "success"), (new() { ["trade_status"] = "WAIT_BUYER_PAY" }, "success") })
            Assert.Equal(says, await Send(site, placed.Payment, changed));
        Assert.Equal("failure", await Send(site, placed.Payment, [], forged: true));
        Assert.Equal(OrderState.Unpaid, await Parcels.State(host, placed.OrderId));
        foreach (var said in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Send(site, placed.Payment, [])))) Assert.Equal("success", said);
        await IsPaidOnce(host, placed.OrderId, placed.Payment);
        host.Clock.Days(3);
        Assert.Equal("success", await Send(site, placed.Payment, []));
        await IsPaidOnce(host, placed.OrderId, placed.Payment);
        // Another trade for the same order is somebody's to look at.
        Assert.Equal("success", await Send(site, placed.Payment, new() { ["trade_no"] = "T-2" }));
        await IsPaidOnce(host, placed.OrderId, placed.Payment);
        Assert.Equal(["market.pay-amount", "market.pay-foreign", "market.pay-twice"], await host.Db(db => db.PaymentNotices.Where(n => n.Refused != null && n.PaymentNumber == placed.Payment.Number).OrderBy(n => n.Refused).Select(n => n.Refused!).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task One_that_comes_when_the_goods_are_given_up_sends_the_money_back_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        SetUp(host);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var placed = (await Window.Place(host, Window.Order(2, "alipay"))).Value;
        host.Clock.Now = host.Clock.Now.AddMinutes(16);
        // Alipay cannot be reached: the goods go back all the same.
        await host.Services.GetRequiredService<PaymentDesk>().Expire(CancellationToken.None);
        Assert.Equal((OrderState.Cancelled, 100_000), (await Parcels.State(host, placed.OrderId), await host.Available(SmallCounty.Lot)));
        host.Clock.Days(1);
        foreach (var said in await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Send(site, placed.Payment, [])))) Assert.Equal("success", said);
        Assert.Equal("success", await Send(site, placed.Payment, []));
        var refund = await host.Db(db => db.BuyerRefunds.SingleAsync());
        Assert.Equal((placed.Payment.Amount, "late-payment", OrderState.Cancelled, 0L), (refund.Amount, refund.Reason, await Parcels.State(host, placed.OrderId), await Parcels.BuyersMoney(host, placed.OrderId)));
    }

    private static async Task IsPaidOnce(SalesHost host, long order, Payment payment)
    {
        Assert.Equal((OrderState.Placed, payment.Amount.Value, 0), (await Parcels.State(host, order), await Parcels.BuyersMoney(host, order), await host.Db(db => db.BuyerRefunds.CountAsync())));
        Assert.Equal(("T-1", 99_000), (await host.Db(db => db.Payments.Select(p => p.TransactionId).SingleAsync()), await host.Available(SmallCounty.Lot)));
    }

    private void SetUp(SalesHost host)
    {
        var folder = host.Host.Folder;
        Directory.CreateDirectory(Path.Combine(folder, "payments"));
        File.WriteAllText(Path.Combine(folder, "own.pem"), ours.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "alipay.pem"), theirs.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(folder, "payments", "alipay.json"), JsonSerializer.Serialize(new { appId = App, sellerId = Seller, privateKey = "own.pem", alipayPublicKey = "alipay.pem", gateway = "https://127.0.0.1:9/gateway.do" }));
    }

    private async Task<string> Send(PaidSite site, Payment payment, Dictionary<string, string> changed, bool forged = false)
    {
        var form = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["app_id"] = App, ["charset"] = "utf-8", ["gmt_payment"] = "2026-11-21 09:00:00", ["notify_id"] = "n-1", ["out_trade_no"] = payment.Number, ["seller_id"] = Seller, ["subject"] = "杏仁 & 核桃", ["total_amount"] = payment.Amount.ToString(), ["trade_no"] = "T-1", ["trade_status"] = "TRADE_SUCCESS",
        };
        foreach (var (name, value) in changed) form[name] = value;
        var text = string.Join('&', form.Select(f => $"{f.Key}={f.Value}"));
        form["sign"] = Convert.ToBase64String((forged ? ours : theirs).SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        form["sign_type"] = "RSA2";
        using var http = new HttpClient();
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(site.Address + "/shop/paid/alipay", content);
        Assert.True(answer.StatusCode == (forged ? answer.StatusCode : HttpStatusCode.OK), $"{answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }
}
