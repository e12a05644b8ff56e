using System.Text.Json;
using System.Text.Json.Nodes;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>WeChat Pay v3 for a merchant of its own: H5 for a payer at a browser, Native for one who scans.</summary>
internal sealed class WeChatPay(HttpClient http, WeChatSettings settings, TimeProvider clock) : IPaymentInstitution
{
    private readonly WeChatClient client = new(http, settings, clock);

    public string Code => "wechat";

    public bool IsOurs(PaymentSeen seen) => seen.Merchant == settings.Merchant && seen.App == settings.App;

    public bool Freezes => settings.ProfitSharing;

    public NoticeAnswer Taken { get; } = new(204, "application/json", "");

    public NoticeAnswer NotTaken(Refusal why) => new(why.Code.StartsWith("payment.signature-", StringComparison.Ordinal) ? 401 : why.Code.StartsWith("payment.notice-", StringComparison.Ordinal) ? 400 : 500, "application/json", JsonSerializer.Serialize(new { code = "FAIL", message = why.Code }));

    public async Task<Outcome<PaymentDoor>> Begin(PaymentAsked asked, CancellationToken cancel)
    {
        if (!PaymentFields.IsNumber(asked.Number, 6, 32, "_-|*")) return new Refusal("payment.number", Place.Input(nameof(asked.Number)), asked.Number);
        if (asked.Amount.Value <= 0) return new Refusal("payment.amount", Place.Input(nameof(asked.Amount)), asked.Amount);
        var body = new JsonObject
        {
            ["appid"] = settings.App, ["mchid"] = settings.Merchant, ["description"] = Description(asked.Description), ["out_trade_no"] = asked.Number,
            ["time_expire"] = asked.PayUntil.ChinaTime(), ["notify_url"] = asked.NotifyUrl, ["amount"] = new JsonObject { ["total"] = asked.Amount.Value, ["currency"] = "CNY" },
        };
        if (settings.ProfitSharing) body["settle_info"] = new JsonObject { ["profit_sharing"] = true };
        if (asked.PayerIp is null)
        {
            if (!(await client.Post("/v3/pay/transactions/native", body, cancel)).Ok(out var native, out var no)) return no;
            return native.Text("code_url") is { Length: > 0 } code ? new PaymentDoor(null, code) : Strange("code_url");
        }
        body["scene_info"] = new JsonObject { ["payer_client_ip"] = asked.PayerIp, ["h5_info"] = new JsonObject { ["type"] = "Wap" } };
        if (!(await client.Post("/v3/pay/transactions/h5", body, cancel)).Ok(out var h5, out var refused)) return refused;
        return h5.Text("h5_url") is { Length: > 0 } url && Uri.TryCreate(url, UriKind.Absolute, out _) ? new PaymentDoor($"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}redirect_url={Uri.EscapeDataString(asked.ReturnUrl)}", null) : Strange("h5_url");
    }

    public async Task<Outcome<PaymentSeen>> Query(string number, CancellationToken cancel)
    {
        if (!PaymentFields.IsNumber(number, 6, 32, "_-|*")) return new Refusal("payment.number", Place.None, number);
        if (!(await client.Get($"/v3/pay/transactions/out-trade-no/{Uri.EscapeDataString(number)}?mchid={settings.Merchant}", cancel)).Ok(out var answer, out var no)) return no;
        if (!WeChatNotices.Payment(answer).Ok(out var seen, out var strange)) return strange;
        return seen.Number == number ? seen : Strange("out_trade_no");
    }

    public async Task<Outcome<Done>> Close(string number, CancellationToken cancel)
    {
        if (!PaymentFields.IsNumber(number, 6, 32, "_-|*")) return new Refusal("payment.number", Place.None, number);
        return (await client.Post($"/v3/pay/transactions/out-trade-no/{Uri.EscapeDataString(number)}/close", new { mchid = settings.Merchant }, cancel)).Ok(out _, out var no) || no.Code == "payment.is-closed" ? default(Done) : no;
    }

    public async Task<Outcome<RefundSeen>> Refund(RefundAsked asked, CancellationToken cancel)
    {
        if (!PaymentFields.IsNumber(asked.RefundNumber, 1, 64, "_-|*@")) return new Refusal("payment.number", Place.Input(nameof(asked.RefundNumber)), asked.RefundNumber);
        if (asked.Amount.Value <= 0 || asked.Amount > asked.PaymentTotal) return new Refusal("payment.amount", Place.Input(nameof(asked.Amount)), asked.Amount);
        if (!(await client.Post("/v3/refund/domestic/refunds", new { out_trade_no = asked.PaymentNumber, out_refund_no = asked.RefundNumber, reason = asked.Reason.Length > 80 ? asked.Reason[..80] : asked.Reason, notify_url = asked.NotifyUrl, amount = new { refund = asked.Amount.Value, total = asked.PaymentTotal.Value, currency = "CNY" } }, cancel)).Ok(out var answer, out var no)) return no;
        return Same(WeChatNotices.Refund(answer, "status"), asked.PaymentNumber, asked.RefundNumber);
    }

    public async Task<Outcome<RefundSeen>> QueryRefund(string paymentNumber, string refundNumber, CancellationToken cancel)
    {
        if (!PaymentFields.IsNumber(refundNumber, 1, 64, "_-|*@")) return new Refusal("payment.number", Place.None, refundNumber);
        if (!(await client.Get($"/v3/refund/domestic/refunds/{Uri.EscapeDataString(refundNumber)}", cancel)).Ok(out var answer, out var no)) return no;
        return Same(WeChatNotices.Refund(answer, "status"), paymentNumber, refundNumber);
    }

    public Outcome<PaymentNotice> Read(IReadOnlyDictionary<string, string> headers, byte[] body) => WeChatNotices.Read(settings, headers, body, clock.GetUtcNow());

    public Task<Outcome<IReadOnlyList<BillLine>>> Bill(DateOnly day, CancellationToken cancel) => WeChatBill.Fetch(client, day, cancel);

    // The bill sets its cells apart by commas and quotes none.
    private static string Description(string text) => (text.Length > 127 ? text[..127] : text).Replace(',', '，');

    private static Outcome<RefundSeen> Same(Outcome<RefundSeen> seen, string payment, string refund) =>
        !seen.Ok(out var value, out _) || (value.PaymentNumber == payment && value.RefundNumber == refund) ? seen : Strange("out_refund_no");

    private static Refusal Strange(string field) => new("payment.answer-strange", Place.Input(field), field);
}
