using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shanhuo.Kernel;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>What is spoken with Alipay. The counterpart here verifies and signs by its own reading of the documentation.</summary>
public sealed class AlipayTests : IDisposable
{
    private readonly RSA ours = RSA.Create(2048);
    private readonly RSA theirs = RSA.Create(2048);
    private readonly TestClock clock = new();
    private readonly AlipaySettings settings;
    private readonly Alipay alipay;
    private Func<string, JsonElement, string> answer = (_, _) => "{}";
    private Func<string, string> change = text => text;
    private byte[] file = [];

    public AlipayTests()
    {
        settings = new AlipaySettings("2014072300007148", "2088102146225135", ours.ExportPkcs8PrivateKey(), theirs.ExportSubjectPublicKeyInfo(), new Uri("https://openapi.alipay.test/gateway.do"), "bills.alipay.test", TimeSpan.FromSeconds(5), true);
        alipay = new Alipay(new HttpClient(new Counterpart(this)), settings, clock);
    }

    public void Dispose()
    {
        ours.Dispose();
        theirs.Dispose();
    }

    [Fact]
    public async Task A_payer_is_sent_to_an_address_of_signed_parameters()
    {
        var door = (await alipay.Begin(new PaymentAsked("SH20261121-0001".Replace('-', '_'), new Fen(5890), "杏仁 & 核桃", clock.Now.AddMinutes(30), "10.0.0.7", "https://county.test/notice", "https://county.test/back?o=1"), default)).Value;
        var uri = new Uri(door.RedirectUrl!);
        Assert.Equal("https://openapi.alipay.test/gateway.do", uri.GetLeftPart(UriPartial.Path));
        var form = Form(uri.Query[1..]);
        var text = $"app_id=2014072300007148&biz_content={form["biz_content"]}&charset=utf-8&format=JSON&method=alipay.trade.wap.pay&notify_url=https://county.test/notice&return_url=https://county.test/back?o=1&sign_type=RSA2&timestamp=2026-11-21 09:00:00&version=1.0";
        Assert.True(ours.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromBase64String(form["sign"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var content = JsonDocument.Parse(form["biz_content"]);
        Assert.Equal("58.90", content.RootElement.GetProperty("total_amount").GetString());
        Assert.Equal("2026-11-21 09:30:00", content.RootElement.GetProperty("time_expire").GetString());
        Assert.Equal("杏仁 & 核桃", content.RootElement.GetProperty("subject").GetString());
    }

    [Fact]
    public async Task A_second_level_merchant_is_paid_when_its_settlement_is_confirmed()
    {
        Assert.False(alipay.Freezes);
        var kept = new Alipay(new HttpClient(new Counterpart(this)), settings with { SubMerchant = "2088300000000001", MostFrozenDays = 90 }, clock);
        Assert.True(kept.Freezes);
        var asked = new PaymentAsked("P1", new Fen(5890), "杏仁", clock.Now.AddMinutes(30), "10.0.0.7", "https://county.test/notice", "https://county.test/back");
        using var content = JsonDocument.Parse(Form(new Uri((await kept.Begin(asked, default)).Value.RedirectUrl!).Query[1..])["biz_content"]);
        Assert.Equal("""{"merchant_id":"2088300000000001"}""", content.RootElement.GetProperty("sub_merchant").GetRawText());
        Assert.Equal("""{"settle_detail_infos":[{"trans_in_type":"defaultSettle","amount":"58.90"}],"settle_period_time":"90d"}""", content.RootElement.GetProperty("settle_info").GetRawText());
        using var plain = JsonDocument.Parse(Form(new Uri((await alipay.Begin(asked, default)).Value.RedirectUrl!).Query[1..])["biz_content"]);
        Assert.False(plain.RootElement.TryGetProperty("sub_merchant", out _) || plain.RootElement.TryGetProperty("settle_info", out _));
        var said = "";
        answer = (method, what) =>
        {
            said = method + " " + what.GetRawText();
            return """{"code":"10000","trade_no":"T1","out_request_no":"P1S1","settle_amount":"55.90"}""";
        };
        Assert.True((await kept.Unfreeze("P1S1", "T1", new Fen(5590), "", default)).Value.IsFinished);
        Assert.Equal("""alipay.trade.settle.confirm {"out_request_no":"P1S1","trade_no":"T1","settle_info":{"settle_detail_infos":[{"trans_in_type":"defaultSettle","amount":"55.90"}]}}""", said);
        // Another amount or another trade than was asked for is not taken for done.
        Assert.Equal("payment.answer-strange", (await kept.Unfreeze("P1S1", "T1", new Fen(5591), "", default)).Refused!.Code);
        Assert.Equal("payment.answer-strange", (await kept.Unfreeze("P1S1", "T2", new Fen(5590), "", default)).Refused!.Code);
        answer = (_, _) => """{"code":"40004","sub_code":"ACQ.INVALID_PARAMETER"}""";
        Assert.Equal("payment.refused", (await kept.Unfreeze("P1S1", "T1", new Fen(5590), "", default)).Refused!.Code);
    }

    [Fact]
    public async Task Questions_are_answered_by_what_was_signed()
    {
        answer = (method, content) => (method, content.GetProperty("out_trade_no").GetString()) switch
        {
            ("alipay.trade.query", "P1") => """{"code":"10000","msg":"Success","out_trade_no":"P1","trade_no":"2026112122001","total_amount":"58.90","trade_status":"TRADE_SUCCESS","send_pay_date":"2026-11-21 09:00:00","subject":"a\/b \u4e2d"}""",
            ("alipay.trade.query", "P2") => """{"code":"10000","out_trade_no":"P2","trade_no":"2","total_amount":"1.00","trade_status":"TRADE_CLOSED"}""",
            ("alipay.trade.query", "P3") => """{"code":"10000","out_trade_no":"P3","trade_no":"3","total_amount":"1.00","trade_status":"TRADE_CLOSED","send_pay_date":"2026-11-21 09:00:00"}""",
            ("alipay.trade.query", "P4") => """{"code":"10000","out_trade_no":"P1","trade_no":"3","total_amount":"1.00","trade_status":"TRADE_SUCCESS"}""",
            ("alipay.trade.query", "P5") => """{"code":"20000","msg":"Service Currently Unavailable","sub_code":"aop.ACQ.SYSTEM_ERROR"}""",
            ("alipay.trade.close", "P1") => """{"code":"10000","trade_no":"2026112122001","out_trade_no":"P1"}""",
            _ => """{"code":"40004","msg":"Business Failed","sub_code":"ACQ.TRADE_NOT_EXIST","sub_msg":"交易不存在"}""",
        };
        Assert.Equal(new PaymentSeen("P1", "2026112122001", new Fen(5890), "CNY", PaymentStanding.Paid, clock.Now, "2088102146225135", "2014072300007148"), (await alipay.Query("P1", default)).Value);
        Assert.Equal(PaymentStanding.Closed, (await alipay.Query("P2", default)).Value.Standing);
        Assert.Equal(PaymentStanding.Refunded, (await alipay.Query("P3", default)).Value.Standing);
        Assert.Equal("payment.answer-strange", (await alipay.Query("P4", default)).Refused!.Code);
        Assert.Equal("payment.busy", (await alipay.Query("P5", default)).Refused!.Code);
        Assert.Equal("payment.not-there", (await alipay.Query("P9", default)).Refused!.Code);
        Assert.Null((await alipay.Close("P1", default)).Refused);
        Assert.Equal("payment.not-there", (await alipay.Close("P9", default)).Refused!.Code);
        change = text => text.Replace("58.90", "58.91", StringComparison.Ordinal);
        Assert.Equal("payment.signature-wrong", (await alipay.Query("P1", default)).Refused!.Code);
        change = _ => "<html>busy</html>";
        Assert.Equal("payment.answer-unsigned", (await alipay.Query("P1", default)).Refused!.Code);
    }

    [Fact]
    public async Task A_refund_asked_twice_is_one_refund_of_its_own_amount()
    {
        var made = new Dictionary<string, string>();
        answer = (method, content) =>
        {
            var number = content.GetProperty("out_request_no").GetString()!;
            if (method == "alipay.trade.fastpay.refund.query")
                return made.TryGetValue(number, out var yuan) ? $$"""{"code":"10000","out_trade_no":"P1","out_request_no":"{{number}}","trade_no":"T1","refund_amount":"{{yuan}}","total_amount":"58.90","refund_status":"REFUND_SUCCESS"}""" : """{"code":"10000","msg":"Success"}""";
            var first = made.TryAdd(number, content.GetProperty("refund_amount").GetString()!);
            // refund_fee is the sum of all refunds of the payment.
            return $$"""{"code":"10000","out_trade_no":"P1","trade_no":"T1","fund_change":"{{(first ? "Y" : "N")}}","refund_fee":"{{made.Values.Sum(y => decimal.Parse(y))}}"}""";
        };
        RefundAsked Asked(string number, long fen) => new("P1", number, new Fen(fen), new Fen(5890), "坏果", "https://county.test/notice");
        Assert.Equal("payment.not-there", (await alipay.QueryRefund("P1", "R1", default)).Refused!.Code);
        Assert.Equal(new RefundSeen("P1", "R1", new Fen(1005), RefundStanding.Done, "T1"), (await alipay.Refund(Asked("R1", 1005), default)).Value);
        Assert.Equal(new RefundSeen("P1", "R2", new Fen(20), RefundStanding.Done, "T1"), (await alipay.Refund(Asked("R2", 20), default)).Value);
        Assert.Equal(new RefundSeen("P1", "R1", new Fen(1005), RefundStanding.Done, "T1"), (await alipay.Refund(Asked("R1", 1005), default)).Value);
        Assert.Equal("payment.amount", (await alipay.Refund(Asked("R3", 5891), default)).Refused!.Code);
    }

    [Fact]
    public void A_notification_is_verified_over_all_parameters_but_sign_and_sign_type()
    {
        // Written out as the documentation says: sorted, unescaped, joined.
        const string Text = "app_id=2014072300007148&buyer_id=2088&charset=utf-8&gmt_payment=2026-11-21 09:00:00&notify_id=n-1&notify_time=2026-11-21 09:00:01&out_trade_no=P1&seller_id=2088102146225135&subject=杏仁 & 核桃+枣=好&total_amount=58.90&trade_no=T1&trade_status=TRADE_SUCCESS&version=1.0";
        var sign = Convert.ToBase64String(theirs.SignData(Encoding.UTF8.GetBytes(Text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var body = $"gmt_payment=2026-11-21+09%3A00%3A00&subject={WebUtility.UrlEncode("杏仁 & 核桃+枣=好")}&sign={WebUtility.UrlEncode(sign)}&sign_type=RSA2&app_id=2014072300007148&buyer_id=2088&charset=utf-8&notify_id=n-1&notify_time=2026-11-21%2009:00:01&out_trade_no=P1&seller_id=2088102146225135&total_amount=58.90&trade_no=T1&trade_status=TRADE_SUCCESS&version=1.0";
        var notice = alipay.Read(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body)).Value;
        Assert.Equal(new PaymentNotice("n-1", new PaymentSeen("P1", "T1", new Fen(5890), "CNY", PaymentStanding.Paid, clock.Now, "2088102146225135", "2014072300007148"), null), notice);
        Assert.Equal((200, "success"), (alipay.Taken.Status, alipay.Taken.Body));
        Assert.Equal("failure", alipay.NotTaken(new Refusal("order.gone")).Body);
        Assert.Equal("payment.notice-strange", alipay.Read(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body.Replace("RSA2", "RSA", StringComparison.Ordinal))).Refused!.Code);
        Assert.Equal("payment.notice-strange", alipay.Read(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body + "&app_id=2014072300007148")).Refused!.Code);
        Assert.Equal("payment.signature-wrong", alipay.Read(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body + "&extra=1")).Refused!.Code);
    }

    [Fact]
    public void Of_10_000_changed_notifications_none_says_anything_that_was_not_signed_and_none_throws()
    {
        var body = Notice(new() { ["total_amount"] = "58.90", ["subject"] = "杏仁 & 核桃" });
        var good = alipay.Read(new Dictionary<string, string>(), body).Value;
        var random = new Random(20261121);
        var same = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var at = random.Next(body.Length);
            byte[] changed = (i % 5) switch
            {
                0 => [.. body[..at], .. body[(at + 1)..]],
                1 => [.. body[..at], (byte)random.Next(256), .. body[at..]],
                2 => body[..at],
                3 => [.. body[..at], (byte)(body[at] ^ (1 << random.Next(8))), .. body[(at + 1)..]],
                _ => [.. body[..at], (byte)"&=%+0"[random.Next(5)], .. body[(at + 1)..]],
            };
            if (!alipay.Read(new Dictionary<string, string>(), changed).Ok(out var notice, out _)) continue;
            // Another spelling of the same text (%2f for %2F) says the same.
            Assert.Equal(good, notice);
            same++;
        }
        Assert.InRange(same, 0, 500);
    }

    [Theory]
    [InlineData("58.91", 5891L), InlineData("58.9", 5890L), InlineData("58", 5800L), InlineData("58.900", null), InlineData("5.89e1", null), InlineData("-1.00x", null), InlineData("", null)]
    public void The_amount_told_is_exact_or_refused(string yuan, long? fen) =>
        Assert.Equal(fen, alipay.Read(new Dictionary<string, string>(), Notice(new() { ["total_amount"] = yuan })).Ok(out var notice, out _) ? notice.Payment!.Amount.Value : null);

    [Fact]
    public async Task The_bill_is_unpacked_from_gbk_and_read()
    {
        const string Details = "#支付宝业务明细查询\r\n#账号：[20881021462251350156]\r\n#-----业务明细列表-----\r\n支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注\r\n"
            + "2026060522001419931441931972\t,P1\t,交易\t,杏仁,2026-11-21 16:01:34,2026-11-21 16:01:38,\t,\t,\t,\t,**博\t,58.90,58.90,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,\t,-0.35,0.00,\r\n2026060522001419931441931972\t,P1\t,退款\t,杏仁,2026-11-21 17:01:34,2026-11-21 17:01:38,\t,\t,\t,\t,**博\t,-10.05,-10.05,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,R1\t,0.06,0.00,\r\n#-----业务明细列表结束-----\r\n#交易合计：1笔\r\n";
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gbk = Encoding.GetEncoding("GB18030");
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, true))
            foreach (var (name, text) in new[] { ("summary.csv", "#支付宝业务汇总查询\r\n门店编号,门店名称,交易订单总笔数\r\n合计,,1\r\n"), ("details.csv", Details) })
                using (var entry = archive.CreateEntry(name).Open()) entry.Write(gbk.GetBytes(text));
        file = zip.ToArray();
        answer = (_, content) => $$"""{"code":"10000","bill_download_url":"http://bills.alipay.test/downloadBillFile.resource?bizDates={{content.GetProperty("bill_date").GetString()}}"}""";
        Assert.Equal([new("P1", "2026060522001419931441931972", BillKind.Payment, null, new Fen(5890), new Fen(35)), new("P1", "2026060522001419931441931972", BillKind.Refund, "R1", new Fen(1005), new Fen(-6))], (await alipay.Bill(new DateOnly(2026, 11, 21), default)).Value);
        file = file[..(file.Length / 2)];
        Assert.Equal("payment.bill-cut", (await alipay.Bill(new DateOnly(2026, 11, 21), default)).Refused!.Code);
        answer = (_, _) => """{"code":"10000","bill_download_url":"http://elsewhere.test/x"}""";
        Assert.Equal("payment.bill-address", (await alipay.Bill(new DateOnly(2026, 11, 21), default)).Refused!.Code);
    }

    private byte[] Notice(Dictionary<string, string> some)
    {
        var form = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["app_id"] = "2014072300007148", ["notify_id"] = "n-1", ["out_trade_no"] = "P1", ["seller_id"] = "2088102146225135", ["trade_no"] = "T1", ["trade_status"] = "TRADE_SUCCESS", ["charset"] = "utf-8", ["gmt_payment"] = "2026-11-21 09:00:00" };
        foreach (var (name, value) in some) form[name] = value;
        var text = string.Join('&', form.Where(f => f.Value.Length > 0).Select(f => $"{f.Key}={f.Value}"));
        form["sign"] = Convert.ToBase64String(theirs.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        form["sign_type"] = "RSA2";
        return Encoding.UTF8.GetBytes(string.Join('&', form.Select(f => $"{f.Key}={WebUtility.UrlEncode(f.Value)}")));
    }

    private static Dictionary<string, string> Form(string text) => text.Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => WebUtility.UrlDecode(p[0]), p => WebUtility.UrlDecode(p[1]));

    private sealed class Counterpart(AlipayTests tests) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            if (request.RequestUri!.Host == "bills.alipay.test")
            {
                Assert.Equal("https", request.RequestUri.Scheme);
                return new(HttpStatusCode.OK) { Content = new ByteArrayContent(tests.file) };
            }
            var form = Form(await request.Content!.ReadAsStringAsync(cancel));
            var text = string.Join('&', form.Where(f => f.Key != "sign").OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));
            Assert.True(tests.ours.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromBase64String(form["sign"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            using var content = JsonDocument.Parse(form["biz_content"]);
            var inner = tests.answer(form["method"], content.RootElement);
            var sign = Convert.ToBase64String(tests.theirs.SignData(Encoding.UTF8.GetBytes(inner), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            return new(HttpStatusCode.OK) { Content = new StringContent(tests.change($$"""{"{{form["method"].Replace('.', '_')}}_response":{{inner}},"sign":"{{sign}}"}""")) };
        }
    }
}
