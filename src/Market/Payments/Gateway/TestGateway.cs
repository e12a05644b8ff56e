using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments.Gateway;

/// <summary>An answer of the gateway.</summary>
internal sealed record GatewayAnswer(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers, string ContentType = "application/json");

/// <summary>A counterpart on this machine that speaks WeChat Pay's protocol as it is documented, with keys of its own. No money moves.</summary>
/// <param name="dataFolder">Where its keys and its journal lie.</param>
/// <param name="clock">The program's.</param>
/// <param name="repeats">How long after one notification the next is sent; null: WeChat Pay's times.</param>
internal sealed partial class TestGateway(string dataFolder, TimeProvider clock, IReadOnlyList<TimeSpan>? repeats = null)
{
    /// <summary>Where it answers.</summary>
    public const string Root = "/test-gateway";

    /// <summary>The merchant and the app it knows.</summary>
    public const string Merchant = "TEST000001", App = "wxtestgateway00001";

    /// <summary>Share of a payment that may go to others, in parts per million: WeChat Pay's usual 30 %.</summary>
    public const long MostSharedPpm = 300_000;

    /// <summary>WeChat Pay's times between notifications: 15 s, 15 s, 30 s, 3, 10, 20, 30, 30, 30, 60 min, 3, 3, 3, 6, 6 h.</summary>
    public static IReadOnlyList<TimeSpan> DocumentedRepeats { get; } = [.. new[] { 15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600 }.Select(s => TimeSpan.FromSeconds(s))];

    private readonly IReadOnlyList<TimeSpan> repeats = repeats ?? DocumentedRepeats;

    public GatewayKeys Keys { get; } = GatewayKeys.In(dataFolder);

    public GatewayBook Book { get; } = new(dataFolder);

    /// <summary>What it does wrong on purpose.</summary>
    public Misbehaviour Misbehave { get; } = new();

    /// <summary>How it sends; set by the host, by tests to what they like.</summary>
    public HttpClient Http { get; init; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>With which our WeChat Pay adapter speaks to it.</summary>
    /// <param name="site">Address of the installation.</param>
    /// <param name="sharing">Are payments open to profit sharing?</param>
    public WeChatSettings Settings(Uri site, bool sharing = false) =>
        new(Merchant, App, Keys.MerchantSerial, Keys.Merchant, Keys.ApiV3Key, new Dictionary<string, byte[]> { [Keys.PlatformSerial] = Keys.PlatformPublic }, new Uri(site, Root), TimeSpan.FromSeconds(10), sharing, MostSharedPpm);

    /// <summary>Answers a request.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="target">Path and query as they came.</param>
    /// <param name="header">Gives a header or null.</param>
    /// <param name="body">As it came.</param>
    /// <param name="origin">Scheme, host and port by which the gateway was reached.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>Null: the answer got lost.</returns>
    public async Task<GatewayAnswer?> Answer(string method, string target, Func<string, string?> header, byte[] body, string origin, CancellationToken cancel)
    {
        if (!IsOurs(method, target, header("Authorization"), body)) return Signed(401, new { code = "SIGN_ERROR", message = "The signature, its time or its serial is wrong." });
        var path = target.Split('?')[0];
        if (!path.StartsWith(Root + "/v3/", StringComparison.Ordinal)) return Signed(404, new { code = "RESOURCE_NOT_EXISTS", message = path });
        using var json = body.Length == 0 ? null : PaymentFields.TryParse(body);
        if (body.Length > 0 && json is null) return Signed(400, new { code = "PARAM_ERROR", message = "The body is no JSON." });
        var said = Route(method, path[(Root.Length + 3)..], target, json?.RootElement ?? default, origin);
        if (Misbehave.NotifyBeforeAnswer && said.Status == 200 && path.Contains("/pay/transactions/", StringComparison.Ordinal) && method == "POST" && json!.RootElement.Text("out_trade_no") is { } number)
        {
            Pay(Book.Payments[number].PrepayId);
            await SendDue(cancel);
        }
        return Misbehave.LoseAnswers ? null : said;
    }

    /// <summary>A payer pays.</summary>
    /// <returns>False when it is not open any more.</returns>
    public bool Pay(string prepayId)
    {
        lock (Book.Gate)
        {
            if (Find(prepayId) is not { } payment || StateOf(payment) != "NOTPAY") return false;
            var now = clock.GetUtcNow();
            Book.Write(payment with { State = "SUCCESS", TransactionId = "4200" + Digits(24), PaidAt = now });
            Owe(payment.Number, null, payment.NotifyUrl, now);
            return true;
        }
    }

    /// <summary>The payment of a prepay id.</summary>
    public GatewayPayment? Find(string prepayId)
    {
        lock (Book.Gate) return Book.Payments.Values.FirstOrDefault(p => p.PrepayId == prepayId);
    }

    /// <summary>The state of a payment by the clock: nobody pays after its time.</summary>
    public string StateOf(GatewayPayment payment) => payment.State == "NOTPAY" && clock.GetUtcNow() > payment.PayUntil ? "CLOSED" : payment.State;

    private GatewayAnswer Route(string method, string path, string target, JsonElement body, string origin)
    {
        lock (Book.Gate)
            return (method, path) switch
            {
                ("POST", "/pay/transactions/h5") => Open(body, "MWEB", origin),
                ("POST", "/pay/transactions/native") => Open(body, "NATIVE", origin),
                ("GET", _) when Middle(path, "/pay/transactions/out-trade-no/") is { } number => Query(number, target),
                ("POST", _) when Middle(path, "/pay/transactions/out-trade-no/", "/close") is { } number => Close(number, body),
                ("POST", "/refund/domestic/refunds") => Refund(body),
                ("GET", _) when Middle(path, "/refund/domestic/refunds/") is { } number => Book.Refunds.TryGetValue(number, out var refund) ? Signed(200, Written(refund)) : No(404, "RESOURCE_NOT_EXISTS"),
                ("GET", "/bill/tradebill") => BillAddress(target, origin),
                ("GET", "/billdownload/file") => new GatewayAnswer(200, Bill(QueryOf(target, "token")), new Dictionary<string, string>(), "text/plain"),
                (_, _) when path.StartsWith("/profitsharing/", StringComparison.Ordinal) => Share(method, path, target, body),
                _ => No(404, "RESOURCE_NOT_EXISTS"),
            };
    }

    private GatewayAnswer Open(JsonElement body, string trade, string origin)
    {
        if (body.Text("mchid") != Merchant || body.Text("appid") != App) return No(400, "APPID_MCHID_NOT_MATCH");
        if (body.Text("out_trade_no") is not { } number || !PaymentFields.IsNumber(number, 6, 32, "_-|*") || body.Text("description") is not { Length: > 0 and <= 127 } description || body.Text("notify_url") is not { } notify || !IsNotifyUrl(notify)) return No(400, "PARAM_ERROR");
        if (body.Member("amount").FenOf("total") is not { Value: > 0 } amount || body.InstantOf("time_expire") is not { } until || (trade == "MWEB" && body.Member("scene_info").Text("payer_client_ip") is not { Length: > 0 })) return No(400, "PARAM_ERROR");
        if (Book.Payments.TryGetValue(number, out var payment))
        {
            if (payment.State == "SUCCESS") return No(400, "ORDERPAID");
            if (StateOf(payment) == "CLOSED") return No(400, "ORDER_CLOSED");
            if (payment.Amount != amount.Value || payment.Trade != trade) return No(403, "OUT_TRADE_NO_USED");
        }
        else
        {
            if (until <= clock.GetUtcNow()) return No(400, "PARAM_ERROR");
            payment = new GatewayPayment(number, "wx" + WeChatSeal.Nonce(30), amount.Value, description, until, notify, trade, body.Member("settle_info").Member("profit_sharing").ValueKind == JsonValueKind.True);
            Book.Write(payment);
        }
        var page = $"{origin}/market/payments/gateway/pay?prepay_id={payment.PrepayId}";
        return trade == "MWEB" ? Signed(200, new { h5_url = page }) : Signed(200, new { code_url = page });
    }

    private GatewayAnswer Query(string number, string target)
    {
        if (QueryOf(target, "mchid") != Merchant) return No(400, "PARAM_ERROR");
        return Book.Payments.TryGetValue(number, out var payment) ? Signed(200, Written(payment, 0)) : No(404, "ORDER_NOT_EXIST");
    }

    private GatewayAnswer Close(string number, JsonElement body)
    {
        if (body.Text("mchid") != Merchant) return No(400, "PARAM_ERROR");
        if (!Book.Payments.TryGetValue(number, out var payment)) return No(404, "ORDER_NOT_EXIST");
        if (payment.State is "SUCCESS" or "REFUND") return No(400, "ORDERPAID");
        if (payment.State == "NOTPAY") Book.Write(payment with { State = "CLOSED" });
        return Signed(204, null);
    }

    private GatewayAnswer Refund(JsonElement body)
    {
        if (body.Text("out_refund_no") is not { } number || !PaymentFields.IsNumber(number, 1, 64, "_-|*@") || body.Text("out_trade_no") is not { } of || body.Member("amount").FenOf("refund") is not { Value: > 0 } amount || (body.Text("notify_url") is { } notify && !IsNotifyUrl(notify))) return No(400, "PARAM_ERROR");
        if (!Book.Payments.TryGetValue(of, out var payment) || payment.PaidAt is null) return No(404, "RESOURCE_NOT_EXISTS");
        if (Book.Refunds.TryGetValue(number, out var before)) return before.PaymentNumber == of && before.Amount == amount.Value ? Signed(200, Written(before)) : No(400, "INVALID_REQUEST");
        if (body.Member("amount").FenOf("total") is not { } total || total.Value != payment.Amount) return No(400, "INVALID_REQUEST");
        if (Book.Refunded(of) + amount.Value > payment.Amount) return No(403, "NOT_ENOUGH");
        var refund = new GatewayRefund(number, of, "5030" + Digits(25), amount.Value, body.Text("notify_url"), clock.GetUtcNow());
        Book.Write(refund);
        Book.Write(payment with { State = "REFUND" });
        return Signed(200, Written(refund));
    }

    private GatewayAnswer BillAddress(string target, string origin)
    {
        if (!DateOnly.TryParseExact(QueryOf(target, "bill_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return No(400, "PARAM_ERROR");
        if (day >= clock.Today) return No(400, "NO_STATEMENT_EXIST");
        return Signed(200, new { hash_type = "SHA1", hash_value = Convert.ToHexStringLower(SHA1.HashData(Bill(QueryOf(target, "bill_date")))), download_url = $"{origin}{Root}/v3/billdownload/file?token={day:yyyy-MM-dd}" });
    }

    private bool IsOurs(string method, string target, string? authorization, byte[] body)
    {
        var parts = Authorization().Match(authorization ?? "");
        return parts.Success && parts.Groups["mchid"].Value == Merchant && parts.Groups["serial"].Value == Keys.MerchantSerial
            && long.TryParse(parts.Groups["time"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) < WeChatSeal.WindowSeconds
            && PaymentFields.Base64(parts.Groups["signature"].Value) is { } signature && WeChatSeal.IsSigned(Keys.MerchantPublic, WeChatSeal.RequestText(method, target, parts.Groups["time"].Value, parts.Groups["nonce"].Value, body), signature);
    }

    private GatewayAnswer Signed(int status, object? content)
    {
        byte[] body = content is null ? [] : JsonSerializer.SerializeToUtf8Bytes(content, WeChatClient.Json);
        return new GatewayAnswer(status, body, Misbehave.UnsignedAnswers ? new Dictionary<string, string>() : SignatureOf(body, Keys.Platform));
    }

    private GatewayAnswer No(int status, string code) => Signed(status, new { code, message = code });

    private Dictionary<string, string> SignatureOf(byte[] body, byte[] key)
    {
        var (timestamp, nonce) = (clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), WeChatSeal.Nonce());
        return new()
        {
            ["Wechatpay-Timestamp"] = timestamp, ["Wechatpay-Nonce"] = nonce, ["Wechatpay-Serial"] = Keys.PlatformSerial, ["Wechatpay-Signature-Type"] = WeChatSeal.Scheme,
            ["Wechatpay-Signature"] = WeChatSeal.Sign(key, WeChatSeal.AnswerText(timestamp, nonce, body)),
        };
    }

    private static bool IsNotifyUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && uri.Query.Length == 0;

    private static string? Middle(string path, string begin, string end = "")
    {
        if (!path.StartsWith(begin, StringComparison.Ordinal) || !path.EndsWith(end, StringComparison.Ordinal) || path.Length <= begin.Length + end.Length) return null;
        var middle = Uri.UnescapeDataString(path[begin.Length..^end.Length]);
        return middle.Contains('/', StringComparison.Ordinal) ? null : middle;
    }

    private static string QueryOf(string target, string name) =>
        target.Contains('?', StringComparison.Ordinal) ? target[(target.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Where(p => p.StartsWith(name + "=", StringComparison.Ordinal)).Select(p => Uri.UnescapeDataString(p[(name.Length + 1)..])).FirstOrDefault("") : "";

    private static string Digits(int count) => RandomNumberGenerator.GetString("0123456789", count);

    [GeneratedRegex("^WECHATPAY2-SHA256-RSA2048 mchid=\"(?<mchid>[^\"]+)\",nonce_str=\"(?<nonce>[^\"]+)\",signature=\"(?<signature>[^\"]+)\",timestamp=\"(?<time>[^\"]+)\",serial_no=\"(?<serial>[^\"]+)\"$")]
    private static partial Regex Authorization();
}
