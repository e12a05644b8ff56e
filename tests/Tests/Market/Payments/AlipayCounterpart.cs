using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>Stands in Alipay's place at an address of this machine: verifies what is asked and signs what it says by its own reading of the documentation, keeps what was given back and confirmed, and notifies.</summary>
internal sealed class AlipayCounterpart : IDisposable, IAsyncDisposable
{
    private const string App = "2014072300007148", Seller = "2088102146225135", SubMerchant = "2088300000000001";
    private readonly RSA ours = RSA.Create(2048);
    private readonly RSA theirs = RSA.Create(2048);
    private readonly Lock gate = new();
    private readonly Dictionary<string, decimal> refunds = [];
    private WebApplication? site;

    /// <summary>Yuan confirmed, by request number.</summary>
    public Dictionary<string, decimal> Confirmed { get; } = [];

    /// <summary>How often it was asked to confirm.</summary>
    public int Asked { get; private set; }

    /// <summary>The next confirmation is done and its answer lost.</summary>
    public bool LoseNext { get; set; }

    /// <summary>The buyer pays in the moment before the trade is closed.</summary>
    public bool PayBeforeClosing { get; set; }

    /// <summary>Yuan asked for a trade that is waited for.</summary>
    public decimal Awaited { get; set; }

    /// <summary>What was paid: yuan by trade.</summary>
    public Dictionary<string, decimal> Paid { get; } = [];

    public void Dispose()
    {
        ours.Dispose();
        theirs.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (site is not null) await site.DisposeAsync();
        Dispose();
    }

    /// <summary>Alipay in use, at an address where nobody answers.</summary>
    public void SetUp(SalesHost host) => Write(host, "https://127.0.0.1:9/gateway.do", null);

    /// <summary>Alipay in use for a second-level merchant, at this counterpart.</summary>
    public async Task SetUpKept(SalesHost host)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        site = builder.Build();
        site.MapPost("/gateway.do", Gateway);
        await site.StartAsync();
        Write(host, site.Urls.First() + "/gateway.do", SubMerchant);
    }

    /// <summary>Sends a notification of a paid trade to the real address.</summary>
    public async Task<string> Notify(PaidSite to, Payment payment, Dictionary<string, string> changed, bool forged = false)
    {
        var form = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["app_id"] = App, ["charset"] = "utf-8", ["gmt_payment"] = "2026-11-21 09:00:00", ["notify_id"] = "n-1", ["out_trade_no"] = payment.Number, ["seller_id"] = Seller, ["subject"] = "杏仁 & 核桃", ["total_amount"] = payment.Amount.ToString(), ["trade_no"] = "T-1", ["trade_status"] = "TRADE_SUCCESS",
        };
        foreach (var (name, value) in changed) form[name] = value;
        form["sign"] = Convert.ToBase64String((forged ? ours : theirs).SignData(Encoding.UTF8.GetBytes(Joined(form)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        form["sign_type"] = "RSA2";
        using var http = new HttpClient();
        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(to.Address + "/shop/paid/alipay", content);
        Assert.True(answer.StatusCode == (forged ? answer.StatusCode : HttpStatusCode.OK), $"{answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<IResult> Gateway(HttpRequest request)
    {
        var form = (await request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString());
        var signed = new SortedDictionary<string, string>(form.Where(f => f.Key != "sign").ToDictionary(), StringComparer.Ordinal);
        if (!ours.VerifyData(Encoding.UTF8.GetBytes(Joined(signed)), Convert.FromBase64String(form["sign"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) return Results.StatusCode(400);
        using var content = JsonDocument.Parse(form["biz_content"]);
        string? answer;
        lock (gate) answer = form["method"] switch { "alipay.trade.settle.confirm" => Confirm(content.RootElement), "alipay.trade.refund" => Refund(content.RootElement), "alipay.trade.query" => Query(content.RootElement), "alipay.trade.close" => Close(content.RootElement), _ => No("isv.invalid-method") };
        if (answer is null) return Results.StatusCode(502);
        var sign = Convert.ToBase64String(theirs.SignData(Encoding.UTF8.GetBytes(answer), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return Results.Text($$"""{"{{form["method"].Replace('.', '_')}}_response":{{answer}},"sign":"{{sign}}"}""", "application/json");
    }

    // What is confirmed must be what was paid less what was given back; the same number again is the same confirmation.
    private string? Confirm(JsonElement content)
    {
        Asked++;
        var (number, trade) = (content.GetProperty("out_request_no").GetString()!, content.GetProperty("trade_no").GetString()!);
        var line = Assert.Single(content.GetProperty("settle_info").GetProperty("settle_detail_infos").EnumerateArray());
        Assert.Equal("defaultSettle", line.GetProperty("trans_in_type").GetString());
        var yuan = decimal.Parse(line.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
        if (!Confirmed.ContainsKey(number))
        {
            if (yuan != Paid[trade] - refunds.Values.Sum()) return No("ACQ.INVALID_PARAMETER");
            if (Confirmed.Count > 0) return No("ACQ.TRADE_SETTLE_ERROR");
            Confirmed[number] = yuan;
        }
        if (LoseNext)
        {
            LoseNext = false;
            return null;
        }
        return string.Create(CultureInfo.InvariantCulture, $$"""{"code":"10000","msg":"Success","trade_no":"{{trade}}","out_request_no":"{{number}}","settle_amount":"{{yuan}}"}""");
    }

    private string Refund(JsonElement content)
    {
        var isNew = refunds.TryAdd(content.GetProperty("out_request_no").GetString()!, decimal.Parse(content.GetProperty("refund_amount").GetString()!, CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $$"""{"code":"10000","out_trade_no":"{{content.GetProperty("out_trade_no").GetString()}}","trade_no":"T-1","fund_change":"{{(isNew ? "Y" : "N")}}","refund_fee":"{{refunds.Values.Sum()}}"}""");
    }

    private string Query(JsonElement content) => string.Create(CultureInfo.InvariantCulture, $$"""{"code":"10000","out_trade_no":"{{content.GetProperty("out_trade_no").GetString()}}","trade_no":"T-1","total_amount":"{{Awaited}}","trade_status":"{{(Paid.ContainsKey("T-1") ? "TRADE_SUCCESS" : "WAIT_BUYER_PAY")}}"}""");

    private string Close(JsonElement content)
    {
        if (PayBeforeClosing) Paid["T-1"] = Awaited;
        return Paid.ContainsKey("T-1") ? No("ACQ.TRADE_HAS_SUCCESS") : $$"""{"code":"10000","out_trade_no":"{{content.GetProperty("out_trade_no").GetString()}}"}""";
    }

    private static string No(string code) => $$"""{"code":"40004","msg":"Business Failed","sub_code":"{{code}}"}""";

    private static string Joined(IEnumerable<KeyValuePair<string, string>> form) => string.Join('&', form.Select(f => $"{f.Key}={f.Value}"));

    private void Write(SalesHost host, string gateway, string? subMerchant)
    {
        var folder = host.Host.Folder;
        Directory.CreateDirectory(Path.Combine(folder, "payments"));
        File.WriteAllText(Path.Combine(folder, "own.pem"), ours.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "alipay.pem"), theirs.ExportSubjectPublicKeyInfoPem());
        var settings = new Dictionary<string, string> { ["appId"] = App, ["sellerId"] = Seller, ["privateKey"] = "own.pem", ["alipayPublicKey"] = "alipay.pem", ["gateway"] = gateway };
        if (subMerchant is not null) settings["subMerchant"] = subMerchant;
        File.WriteAllText(Path.Combine(folder, "payments", "alipay.json"), JsonSerializer.Serialize(settings));
    }
}
