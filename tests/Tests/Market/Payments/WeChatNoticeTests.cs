using System.Text;
using System.Text.Json.Nodes;
using Shanhuo.Kernel;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Payments.Gateway;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>What comes from outside is taken only as it was signed.</summary>
public sealed class WeChatNoticeTests
{
    [Fact]
    public async Task Of_10_000_changed_notifications_none_is_taken_and_none_throws()
    {
        using var bench = new GatewayBench();
        await bench.Paid();
        var (_, headers, body) = bench.Gateway.Tell(bench.Gateway.Book.Notices.Values.Single());
        Assert.Null(bench.Pay.Read(headers, body).Refused);
        var random = new Random(20261121);
        var signed = new[] { "Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Serial", "Wechatpay-Signature" };
        var refusals = new Dictionary<string, int>();
        for (var i = 0; i < 10_000; i++)
        {
            var changedHeaders = new Dictionary<string, string>(headers);
            var changedBody = body.ToArray();
            var kind = i % 10;
            if (kind < 4)
            {
                var value = headers[signed[kind]];
                var at = random.Next(value.Length);
                changedHeaders[signed[kind]] = (i / 10 % 4) switch
                {
                    0 => value[..at] + (char)(value[at] ^ (1 << random.Next(7))) + value[(at + 1)..],
                    1 => value.Remove(at, 1),
                    2 => value.Insert(at, " \n0=A"[random.Next(5)].ToString()),
                    _ => value[..at] + (char)random.Next(0x20, 0x2FF) + value[(at + 1)..],
                };
                if (changedHeaders[signed[kind]] == value) changedHeaders[signed[kind]] = value + "0";
            }
            else if (kind == 4) changedHeaders.Remove(signed[i / 10 % 4]);
            else if (kind == 5) changedBody = body[..random.Next(body.Length)];
            else if (kind == 6) changedBody = [.. body, (byte)random.Next(256)];
            else if (kind == 7) changedBody = [.. body[..(i % body.Length)], (byte)random.Next(256), .. body[(i % body.Length)..]];
            else changedBody[(i * 7 + kind) % body.Length] ^= (byte)(1 << random.Next(8));
            Assert.False(bench.Pay.Read(changedHeaders, changedBody).Ok(out _, out var no), $"Change {i} was taken.");
            refusals[no!.Code] = refusals.GetValueOrDefault(no.Code) + 1;
        }
        // Each way of saying no was met, so the changes reached every check.
        Assert.Superset(new HashSet<string> { "payment.signature-header", "payment.signature-time", "payment.signature-serial", "payment.signature-wrong" }, refusals.Keys.ToHashSet());
    }

    [Fact]
    public async Task The_unused_bits_of_base64_do_not_make_a_second_good_signature()
    {
        using var bench = new GatewayBench();
        await bench.Paid();
        var (_, headers, body) = bench.Gateway.Tell(bench.Gateway.Book.Notices.Values.Single());
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var signature = headers["Wechatpay-Signature"];
        Assert.EndsWith("==", signature);
        headers["Wechatpay-Signature"] = signature[..^3] + Digits[Digits.IndexOf(signature[^3], StringComparison.Ordinal) ^ 1] + "==";
        Assert.Equal("payment.signature-wrong", bench.Pay.Read(headers, body).Refused!.Code);
    }

    [Theory]
    [InlineData(0, true), InlineData(299, true), InlineData(-299, true), InlineData(300, false), InlineData(-300, false), InlineData(301, false), InlineData(-301, false), InlineData(86_400 * 3, false)]
    public async Task A_notification_is_taken_within_less_than_five_minutes_either_way(int seconds, bool taken)
    {
        using var bench = new GatewayBench();
        await bench.Paid();
        var (_, headers, body) = bench.Gateway.Tell(bench.Gateway.Book.Notices.Values.Single());
        bench.Clock.Now = bench.Clock.Now.AddSeconds(seconds);
        Assert.Equal(taken ? null : "payment.signature-time", bench.Pay.Read(headers, body).Refused?.Code);
    }

    [Fact]
    public async Task Forged_probed_and_foreign_notifications_are_refused_for_what_they_are()
    {
        using var bench = new GatewayBench();
        await bench.Paid();
        var notice = bench.Gateway.Book.Notices.Values.Single();
        bench.Gateway.Misbehave.Forge = true;
        Assert.Equal("payment.signature-wrong", Read().Refused!.Code);
        bench.Gateway.Misbehave.Forge = false;
        bench.Gateway.Misbehave.Probe = true;
        Assert.Equal("payment.signature-probe", Read().Refused!.Code);
        Assert.Equal(401, bench.Pay.NotTaken(Read().Refused!).Status);
        bench.Gateway.Misbehave.Probe = false;
        Assert.Equal("payment.notice-sealed", Read(bench.Settings with { ApiV3Key = new byte[32] }).Refused!.Code);
        Assert.Equal("payment.signature-serial", Read(bench.Settings with { PlatformKeys = new Dictionary<string, byte[]> { ["OTHER"] = bench.Gateway.Keys.PlatformPublic } }).Refused!.Code);
        Assert.Equal("payment.notice-large", bench.Pay.Read(new Dictionary<string, string>(), new byte[WeChatNotices.MostBytes + 1]).Refused!.Code);
        Assert.Equal((204, ""), (bench.Pay.Taken.Status, bench.Pay.Taken.Body));
        Assert.Equal(500, bench.Pay.NotTaken(new Refusal("order.gone")).Status);
        Assert.Null(Read().Refused);

        Outcome<PaymentNotice> Read(WeChatSettings? settings = null)
        {
            var (_, headers, body) = bench.Gateway.Tell(notice);
            return new WeChatPay(bench.Client, settings ?? bench.Settings, bench.Clock).Read(headers, body);
        }
    }

    [Fact]
    public async Task An_amount_that_is_one_fen_off_is_seen_by_the_caller()
    {
        using var bench = new GatewayBench();
        await bench.Paid(fen: 5890);
        bench.Gateway.Misbehave.AmountOff = -1;
        await bench.Gateway.SendDue(default);
        Assert.Equal(new Fen(5889), bench.Heard.Single().Value.Payment!.Amount);
    }

    [Theory]
    [InlineData(""), InlineData("transaction"), InlineData(null)]
    public async Task Resources_sealed_with_empty_or_no_associated_data_open(string? associated)
    {
        using var bench = new GatewayBench();
        await bench.Paid();
        var content = """{"mchid":"TEST000001","appid":"wxtestgateway00001","out_trade_no":"SH20261121-0001","transaction_id":"42","trade_state":"SUCCESS","success_time":"2026-11-21T09:00:00+08:00","amount":{"total":5890}}""";
        Assert.True(Own(bench, content, associated).Ok(out var notice, out _));
        Assert.Equal(new PaymentSeen("SH20261121-0001", "42", new Fen(5890), "CNY", PaymentStanding.Paid, bench.Clock.Now, "TEST000001", "wxtestgateway00001"), notice.Payment);
    }

    [Theory]
    [InlineData("[]"), InlineData("1"), InlineData("null"), InlineData("{}"), InlineData("{\"mchid\":5}"), InlineData("not json"), InlineData("{\"amount\":[]}")]
    [InlineData("""{"mchid":"\ud800","appid":"A","out_trade_no":"\udc00","transaction_id":"42","trade_state":"SUCCESS","amount":{"total":5890}}"""), InlineData("""{"mch\ud800id":"M","mchid":"M"}""")]
    [InlineData("""{"mchid":"M","appid":"A","out_trade_no":"SH20261121-0001","transaction_id":"42","trade_state":"SUCCESS","amount":{"total":58.9}}""")]
    [InlineData("""{"mchid":"M","appid":"A","out_trade_no":"SH20261121-0001","transaction_id":"42","trade_state":"SUCCESS","amount":{"total":"5890"}}""")]
    [InlineData("""{"mchid":"M","appid":"A","out_trade_no":"SH20261121-0001","transaction_id":"42","trade_state":"SUCCESS","amount":{"total":99999999999999999999}}""")]
    [InlineData("""{"mchid":"M","appid":"A","out_trade_no":"SH20261121-0001","trade_state":"SUCCESS","amount":{"total":5890}}""")]
    public void A_signed_notification_with_strange_content_is_refused_not_thrown_at(string content)
    {
        using var bench = new GatewayBench();
        Assert.StartsWith("payment.notice-", Own(bench, content, "x").Refused!.Code);
    }

    [Fact]
    public void A_refund_of_another_merchant_is_refused()
    {
        using var bench = new GatewayBench();
        const string Content = """{"mchid":"SOMEBODY","out_trade_no":"SH20261121-0001","out_refund_no":"R1","refund_id":"50","refund_status":"SUCCESS","amount":{"total":5890,"refund":100}}""";
        Assert.Equal("payment.notice-merchant", Own(bench, Content, "refund", "REFUND.SUCCESS").Refused!.Code);
        Assert.Equal(new RefundSeen("SH20261121-0001", "R1", new Fen(100), RefundStanding.Done, "50"), Own(bench, Content.Replace("SOMEBODY", "TEST000001", StringComparison.Ordinal), "refund", "REFUND.SUCCESS").Value.Refund);
        Assert.Equal(RefundStanding.Failed, Own(bench, Content.Replace("SOMEBODY", "TEST000001", StringComparison.Ordinal).Replace("SUCCESS", "ABNORMAL", StringComparison.Ordinal), "refund", "REFUND.ABNORMAL").Value.Refund!.Standing);
    }

    [Fact]
    public void Of_10_000_bodies_of_noise_with_a_good_signature_none_throws()
    {
        using var bench = new GatewayBench();
        var random = new Random(7);
        var seed = Encoding.UTF8.GetBytes(Vector.Body);
        for (var i = 0; i < 10_000; i++)
        {
            var body = seed.ToArray();
            for (var n = random.Next(1, 20); n > 0; n--) body[random.Next(body.Length)] = (byte)random.Next(256);
            if (i % 100 == 0) Assert.NotNull(bench.Pay.Read(Signed(bench, body), body).Refused);
            else if (PaymentFields.TryParse(body) is { } json)
                using (json)
                {
                    Assert.NotNull(WeChatNotices.Payment(json.RootElement).Refused);
                    Assert.NotNull(WeChatNotices.Refund(json.RootElement, "status").Refused);
                    json.RootElement.Member("resource").Text("nonce");
                }
        }
    }

    private static Outcome<PaymentNotice> Own(GatewayBench bench, string content, string? associated, string kind = "TRANSACTION.SUCCESS")
    {
        var resource = new JsonObject { ["algorithm"] = "AEAD_AES_256_GCM", ["nonce"] = "abcdefghijkl", ["ciphertext"] = WeChatSeal.Close(bench.Settings.ApiV3Key, "abcdefghijkl", associated ?? "", Encoding.UTF8.GetBytes(content)) };
        if (associated is not null) resource["associated_data"] = associated;
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["id"] = "n-1", ["event_type"] = kind, ["resource"] = resource }.ToJsonString());
        return bench.Pay.Read(Signed(bench, body), body);
    }

    private static Dictionary<string, string> Signed(GatewayBench bench, byte[] body)
    {
        var time = bench.Clock.Now.ToUnixTimeSeconds().ToString();
        return new() { ["wechatpay-timestamp"] = time, ["WECHATPAY-NONCE"] = "n", ["Wechatpay-Serial"] = bench.Gateway.Keys.PlatformSerial, ["Wechatpay-Signature"] = WeChatSeal.Sign(bench.Gateway.Keys.Platform, WeChatSeal.AnswerText(time, "n", body)) };
    }
}
