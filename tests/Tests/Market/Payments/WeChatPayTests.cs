using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Shanhuo.Kernel;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Payments.Gateway;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>What is spoken with WeChat Pay v3.</summary>
public sealed class WeChatPayTests
{
    [Fact]
    public async Task Our_requests_are_signed_over_method_address_time_nonce_and_body()
    {
        using var bench = new GatewayBench();
        Assert.Null((await bench.Pay.Begin(bench.Asked(), default)).Refused);
        Assert.Null((await bench.Pay.Query("SH20261121-0001", default)).Refused);
        foreach (var (request, body) in bench.Sent)
        {
            var parts = Regex.Match(request.Headers.GetValues("Authorization").Single(), "^WECHATPAY2-SHA256-RSA2048 mchid=\"TEST000001\",nonce_str=\"([A-Za-z0-9]{32})\",signature=\"([^\"]+)\",timestamp=\"(\\d+)\",serial_no=\"([0-9A-F]{40})\"$");
            Assert.True(parts.Success);
            var text = $"{request.Method}\n{request.RequestUri!.PathAndQuery}\n{parts.Groups[3].Value}\n{parts.Groups[1].Value}\n{Encoding.UTF8.GetString(body)}\n";
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(bench.Gateway.Keys.MerchantPublic, out _);
            Assert.True(rsa.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromBase64String(parts.Groups[2].Value), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            Assert.Equal(bench.Clock.Now.ToUnixTimeSeconds().ToString(), parts.Groups[3].Value);
        }
        Assert.Equal(["/test-gateway/v3/pay/transactions/h5", "/test-gateway/v3/pay/transactions/out-trade-no/SH20261121-0001?mchid=TEST000001"], bench.Sent.Select(s => s.Request.RequestUri!.PathAndQuery));
        // A comma would move the cells of the bill.
        Assert.Contains("\"description\":\"杏仁 500 克， 两袋\"", Encoding.UTF8.GetString(bench.Sent[0].Body));
        Assert.Contains("\"time_expire\":\"2026-11-21T09:30:00+08:00\"", Encoding.UTF8.GetString(bench.Sent[0].Body));
    }

    [Fact]
    public async Task A_payment_begins_is_paid_refunded_and_closed_as_documented()
    {
        using var bench = new GatewayBench();
        Assert.True((await bench.Pay.Begin(bench.Asked(), default)).Ok(out var door, out _));
        Assert.EndsWith("&redirect_url=http%3A%2F%2F127.0.0.1%3A8620%2Fback", door.RedirectUrl);
        var open = (await bench.Pay.Query("SH20261121-0001", default)).Value;
        Assert.Equal((PaymentStanding.Open, "", new Fen(5890)), (open.Standing, open.TransactionId, open.Amount));
        Assert.Equal("payment.not-there", (await bench.Pay.Query("SH20261121-0002", default)).Refused!.Code);

        bench.Gateway.Pay(bench.Gateway.Book.Payments["SH20261121-0001"].PrepayId);
        var paid = (await bench.Pay.Query("SH20261121-0001", default)).Value;
        Assert.Equal((PaymentStanding.Paid, new Fen(5890), "CNY", "TEST000001", "wxtestgateway00001", bench.Clock.Now), (paid.Standing, paid.Amount, paid.Currency, paid.Merchant, paid.App, paid.PaidAt!.Value));
        Assert.Equal("payment.is-paid", (await bench.Pay.Close("SH20261121-0001", default)).Refused!.Code);
        Assert.Equal("payment.is-paid", (await bench.Pay.Begin(bench.Asked(), default)).Refused!.Code);

        RefundAsked Back(string number, long fen) => new("SH20261121-0001", number, new Fen(fen), new Fen(5890), "坏果", "http://127.0.0.1:8620/market/payments/notice/wechat");
        Assert.Equal(RefundStanding.Processing, (await bench.Pay.Refund(Back("R1", 3000), default)).Value.Standing);
        Assert.Equal((await bench.Pay.QueryRefund("SH20261121-0001", "R1", default)).Value, (await bench.Pay.Refund(Back("R1", 3000), default)).Value);
        Assert.Equal("payment.not-enough", (await bench.Pay.Refund(Back("R2", 2891), default)).Refused!.Code);
        Assert.Equal("payment.refused", (await bench.Pay.Refund(Back("R1", 2000), default)).Refused!.Code);
        await bench.Gateway.SendDue(default);
        await bench.Gateway.SendDue(default);
        Assert.Equal((RefundStanding.Done, new Fen(3000)), (await bench.Pay.QueryRefund("SH20261121-0001", "R1", default)).Value is var r ? (r.Standing, r.Amount) : default);
        Assert.Equal(PaymentStanding.Refunded, (await bench.Pay.Query("SH20261121-0001", default)).Value.Standing);
        Assert.Equal("payment.not-there", (await bench.Pay.QueryRefund("SH20261121-0001", "R9", default)).Refused!.Code);

        Assert.True((await bench.Pay.Begin(bench.Asked("SH20261121-0003", 100, null), default)).Ok(out var code, out _));
        Assert.NotNull(code.QrText);
        Assert.Null((await bench.Pay.Close("SH20261121-0003", default)).Refused);
        Assert.Null((await bench.Pay.Close("SH20261121-0003", default)).Refused);
        Assert.Equal(PaymentStanding.Closed, (await bench.Pay.Query("SH20261121-0003", default)).Value.Standing);
        Assert.False(bench.Gateway.Pay(bench.Gateway.Book.Payments["SH20261121-0003"].PrepayId));
    }

    [Fact]
    public async Task An_answer_without_a_good_signature_is_not_believed_whatever_it_says()
    {
        using var bench = new GatewayBench();
        await bench.Paid();
        bench.Gateway.Misbehave.UnsignedAnswers = true;
        Assert.Equal("payment.signature-header", (await bench.Pay.Query("SH20261121-0001", default)).Refused!.Code);
        Assert.Equal("payment.answer-unsigned", (await bench.Pay.Query("SH20261121-0002", default)).Refused!.Code);
        Assert.Equal("payment.answer-unsigned", (await bench.Pay.Close("SH20261121-0001", default)).Refused!.Code);
        bench.Gateway.Misbehave.UnsignedAnswers = false;
        bench.Gateway.Misbehave.LoseAnswers = true;
        Assert.Equal("payment.unreachable", (await bench.Pay.Refund(new("SH20261121-0001", "R1", new Fen(100), new Fen(5890), "x", "http://127.0.0.1/x"), default)).Refused!.Code);
        bench.Gateway.Misbehave.LoseAnswers = false;
        // It was done; the same number finds it and does nothing twice.
        Assert.Equal(new Fen(100), (await bench.Pay.Refund(new("SH20261121-0001", "R1", new Fen(100), new Fen(5890), "x", "http://127.0.0.1/x"), default)).Value.Amount);
        Assert.Equal(100, bench.Gateway.Book.Refunded("SH20261121-0001"));
    }

    [Fact]
    public async Task An_answer_that_never_comes_ends_by_the_time_out_and_one_too_long_is_not_read()
    {
        using var bench = new GatewayBench();
        var slow = new WeChatPay(new HttpClient(new Answering(async cancel => { await Task.Delay(Timeout.Infinite, cancel); return new(HttpStatusCode.OK); })), bench.Settings with { Timeout = TimeSpan.FromMilliseconds(50) }, bench.Clock);
        Assert.Equal("payment.unreachable", (await slow.Query("SH20261121-0001", default)).Refused!.Code);
        var endless = new WeChatPay(new HttpClient(new Answering(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(new byte[PaymentHttp.MostBytes + 1]) }))), bench.Settings, bench.Clock);
        Assert.Equal("payment.answer-large", (await endless.Query("SH20261121-0001", default)).Refused!.Code);
    }

    /// <summary>The vector of wechatpay-apiv3/wechatpay-go, core/notify/notify_test.go: signature of 2021-06-24, certificate D7CE59D1F522D701, AES key of 16 bytes.</summary>
    [Fact]
    public void The_public_vector_is_verified_and_decrypted()
    {
        using var certificate = X509Certificate2.CreateFromPem(Vector.Certificate);
        var keys = new Dictionary<string, byte[]> { ["D7CE59D1F522D701"] = certificate.PublicKey.ExportSubjectPublicKeyInfo() };
        var at = DateTimeOffset.FromUnixTimeSeconds(1624523846);
        var body = Encoding.UTF8.GetBytes(Vector.Body);
        Assert.Null(WeChatSeal.Verify(keys, Vector.Headers.Header, body, at));
        Assert.Equal("payment.signature-time", WeChatSeal.Verify(keys, Vector.Headers.Header, body, at.AddSeconds(300))!.Code);
        body[^3] ^= 1;
        Assert.Equal("payment.signature-wrong", WeChatSeal.Verify(keys, Vector.Headers.Header, body, at)!.Code);
        Assert.Equal("{\"mchid\":\"1234567890\",\"appid\":\"054aa7d7a2a54ab5898df65bd96f001c\",\"create_time\":\"2020-06-30T12:12:00+08:00\",\"out_contract_code\":\"21640bdbd08e473e828f3206a2741c6e\"}",
            Encoding.UTF8.GetString(WeChatSeal.Open("testMchAPIv3Key0"u8.ToArray(), "Kj7QIyUiYx1q", "payscore", Vector.Ciphertext)!));
        using var bench = new GatewayBench();
        bench.Clock.Now = at;
        var reader = new WeChatPay(bench.Client, bench.Settings with { PlatformKeys = keys, ApiV3Key = "testMchAPIv3Key0"u8.ToArray() }, bench.Clock);
        // It is no payment: all of it is read and only then refused.
        Assert.Equal("payment.notice-kind", reader.Read(Vector.Headers, Encoding.UTF8.GetBytes(Vector.Body)).Refused!.Code);
    }

    [Fact]
    public async Task The_bill_has_each_payment_and_refund_of_the_day_with_its_fee_and_a_cut_one_is_refused()
    {
        using var bench = new GatewayBench();
        var first = await bench.Paid("SH20261121-0001", 5890);
        await bench.Paid("SH20261121-0002", 1);
        await bench.Pay.Refund(new("SH20261121-0001", "R1", new Fen(1000), new Fen(5890), "x", "http://127.0.0.1/x"), default);
        Assert.Equal("payment.bill-not-ready", (await bench.Pay.Bill(new DateOnly(2026, 11, 21), default)).Refused!.Code);
        bench.Clock.Days(1);
        Assert.True((await bench.Pay.Bill(new DateOnly(2026, 11, 21), default)).Ok(out var bill, out _));
        Assert.Equal([new("SH20261121-0001", first.TransactionId!, BillKind.Payment, null, new Fen(5890), new Fen(35)), new("SH20261121-0002", bill[1].TransactionId, BillKind.Payment, null, new Fen(1), Fen.Zero), new("SH20261121-0001", first.TransactionId!, BillKind.Refund, "R1", new Fen(1000), new Fen(-6))], bill);
        Assert.Empty((await bench.Pay.Bill(new DateOnly(2026, 11, 20), default)).Value);

        // The file as it is documented, then without a line, and with one fen changed.
        const string Names = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n";
        const string Line = "`2021-01-28 17:07:11,`wx81be3101902f7cb2,`1601959334,`0,`,`4200000925202101284997714292,`S20210128170702357723,`ofyak5qR,`NATIVE,`SUCCESS,`OTHERS,`CNY,`0.01,`0.00,`0,`0,`0.00,`0.00,`,`,`for testing,`cipher code,`0.00000,`1.00%,`0.01,`0.00,`\r\n";
        const string Sum = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n`1,`0.01,`0.00,`0.00,`0.00000,`0.01,`0.00\r\n";
        static Task<Outcome<IReadOnlyList<BillLine>>> Read(string text) => WeChatBill.Read(Encoding.UTF8.GetBytes(text), "b.csv", default);
        Assert.Equal([new BillLine("S20210128170702357723", "4200000925202101284997714292", BillKind.Payment, null, new Fen(1), Fen.Zero)], (await Read(Names + Line + Sum)).Value);
        Assert.Equal("payment.bill-cut", (await Read(Names + Sum)).Refused!.Code);
        Assert.Equal("payment.bill-cut", (await Read(Names + Line)).Refused!.Code);
        Assert.Equal("payment.bill-cut", (await Read(Names + Line.Replace("`0.01,`0.00,`\r", "`0.02,`0.00,`\r", StringComparison.Ordinal) + Sum)).Refused!.Code);
        Assert.Equal("payment.bill-cell", (await Read(Names + Line.Replace("`0.01,`0.00,`\r", "`0.0x,`0.00,`\r", StringComparison.Ordinal) + Sum)).Refused!.Code);
        Assert.Equal("payment.bill-columns", (await Read("a,b\r\n1,2\r\n")).Refused!.Code);
    }

    [Theory]
    [InlineData("0", 0L), InlineData("12", 1200L), InlineData("12.3", 1230L), InlineData("12.34", 1234L), InlineData("0.01", 1L), InlineData("100000000.00", 10_000_000_000)]
    [InlineData("", null), InlineData("12.", null), InlineData(".5", null), InlineData("12.345", null), InlineData("1,2", null), InlineData("１", null), InlineData("1e2", null), InlineData(" 1", null), InlineData("+1", null), InlineData("0.1.2", null), InlineData("999999999999999999", null)]
    public void Yuan_become_fen_exactly_or_not_at_all(string text, long? fen) => Assert.Equal(fen, ExactYuan.TryParse(text, out var value) ? value.Value : null);

    [Theory]
    [InlineData("0.06000", 6), InlineData("-0.01", -1), InlineData("0.00500", 1), InlineData("0.00499", 0), InlineData("0.35400", 35)]
    public void A_fee_is_rounded_to_fen(string text, long fen) => Assert.Equal(fen, ExactYuan.TryParseFee(text, out var value) ? value.Value : long.MinValue);

    private sealed class Answering(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(cancellationToken);
    }
}
