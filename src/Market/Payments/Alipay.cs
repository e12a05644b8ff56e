using System.Globalization;
using System.Text.Json;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Payments;

/// <summary>Alipay: wap and page pay. Its refunds are done when they are answered; what it notifies of is always the payment. Payments of a second-level merchant (直付通) stay frozen until their settlement is confirmed.</summary>
internal sealed class Alipay(HttpClient http, AlipaySettings settings, TimeProvider clock) : IPaymentInstitution, IFrozenFunds
{
    private readonly AlipayClient client = new(http, settings, clock);

    public string Code => "alipay";

    public bool IsOurs(PaymentSeen seen) => (seen.Merchant == settings.Seller || seen.Merchant == settings.SubMerchant) && seen.App == settings.App;

    public bool Freezes => settings.SubMerchant is not null;

    public NoticeAnswer Taken { get; } = new(200, "text/plain", "success");

    public NoticeAnswer NotTaken(Refusal why) => new(200, "text/plain", "failure");

    public Task<Outcome<PaymentDoor>> Begin(PaymentAsked asked, CancellationToken cancel)
    {
        if (!PaymentFields.IsNumber(asked.Number, 1, 64, "_")) return Task.FromResult<Outcome<PaymentDoor>>(new Refusal("payment.number", Place.Input(nameof(asked.Number)), asked.Number));
        if (asked.Amount.Value <= 0) return Task.FromResult<Outcome<PaymentDoor>>(new Refusal("payment.amount", Place.Input(nameof(asked.Amount)), asked.Amount));
        var content = new
        {
            out_trade_no = asked.Number, total_amount = asked.Amount.ToString(), subject = asked.Description.Length > 127 ? asked.Description[..127] : asked.Description, seller_id = settings.Seller,
            product_code = settings.Wap ? "QUICK_WAP_WAY" : "FAST_INSTANT_TRADE_PAY", time_expire = asked.PayUntil.ToOffset(PaymentFields.China).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            sub_merchant = settings.SubMerchant is { } seller ? new { merchant_id = seller } : null, settle_info = settings.SubMerchant is null ? null : Settling(asked.Amount, string.Create(CultureInfo.InvariantCulture, $"{settings.MostFrozenDays}d")),
        };
        return Task.FromResult<Outcome<PaymentDoor>>(new PaymentDoor(client.Door(settings.Wap ? "alipay.trade.wap.pay" : "alipay.trade.page.pay", content, asked.NotifyUrl, asked.ReturnUrl), null));
    }

    public async Task<Outcome<PaymentSeen>> Query(string number, CancellationToken cancel)
    {
        if (!(await client.Ask("alipay.trade.query", new { out_trade_no = number }, cancel)).Ok(out var answer, out var no)) return no;
        if (answer.Text("out_trade_no") != number) return Strange("out_trade_no");
        if (answer.Text("trade_no") is not { Length: > 0 } trade) return Strange("trade_no");
        if (!ExactYuan.TryParse(answer.Text("total_amount"), out var amount)) return Strange("total_amount");
        var paidAt = AlipayNotices.Instant(answer.Text("send_pay_date"));
        // The answer names neither app nor seller: it was asked as our app and signed for it.
        return new PaymentSeen(number, trade, amount, "CNY", AlipayNotices.Standing(answer.Text("trade_status"), paidAt is not null), paidAt, settings.Seller, settings.App);
    }

    public async Task<Outcome<Done>> Close(string number, CancellationToken cancel) =>
        (await client.Ask("alipay.trade.close", new { out_trade_no = number }, cancel)).Ok(out _, out var no) || no.Code == "payment.is-closed" ? default(Done) : no;

    public async Task<Outcome<RefundSeen>> Refund(RefundAsked asked, CancellationToken cancel)
    {
        if (asked.Amount.Value <= 0 || asked.Amount > asked.PaymentTotal) return new Refusal("payment.amount", Place.Input(nameof(asked.Amount)), asked.Amount);
        if (!(await client.Ask("alipay.trade.refund", new { out_trade_no = asked.PaymentNumber, out_request_no = asked.RefundNumber, refund_amount = asked.Amount.ToString(), refund_reason = asked.Reason }, cancel)).Ok(out var answer, out var no)) return no;
        if (answer.Text("out_trade_no") != asked.PaymentNumber) return Strange("out_trade_no");
        // refund_fee is the sum of all refunds of the payment, so the amount is the one that was asked for. fund_change N: this call moved nothing, as when it is asked again; the query tells.
        return answer.Text("fund_change") == "Y"
            ? new RefundSeen(asked.PaymentNumber, asked.RefundNumber, asked.Amount, RefundStanding.Done, answer.Text("trade_no") ?? "")
            : await QueryRefund(asked.PaymentNumber, asked.RefundNumber, cancel);
    }

    public async Task<Outcome<RefundSeen>> QueryRefund(string paymentNumber, string refundNumber, CancellationToken cancel)
    {
        if (!(await client.Ask("alipay.trade.fastpay.refund.query", new { out_trade_no = paymentNumber, out_request_no = refundNumber }, cancel)).Ok(out var answer, out var no)) return no;
        // Code 10000 says only that the question was answered: without data there is no such refund.
        if (answer.Text("refund_amount") is not { } yuan) return new Refusal("payment.not-there");
        if (answer.Text("out_trade_no") != paymentNumber || answer.Text("out_request_no") != refundNumber) return Strange("out_request_no");
        if (!ExactYuan.TryParse(yuan, out var amount)) return Strange("refund_amount");
        return new RefundSeen(paymentNumber, refundNumber, amount, answer.Text("refund_status") == "REFUND_SUCCESS" ? RefundStanding.Done : RefundStanding.Processing, answer.Text("trade_no") ?? "");
    }

    /// <inheritdoc/>
    /// <remarks><c>alipay.trade.settle.confirm</c>: done when it is answered; its amount must be what was paid less what was given back.</remarks>
    public async Task<Outcome<SharingSeen>> Unfreeze(string number, string transactionId, Fen left, string description, CancellationToken cancel)
    {
        if (left <= Fen.Zero) return new Refusal("payment.amount", Place.Input(nameof(left)), left);
        if (!(await client.Ask("alipay.trade.settle.confirm", new { out_request_no = number, trade_no = transactionId, settle_info = Settling(left, null) }, cancel)).Ok(out var answer, out var no)) return no;
        if (answer.Text("trade_no") != transactionId) return Strange("trade_no");
        return ExactYuan.TryParse(answer.Text("settle_amount"), out var settled) && settled == left ? new SharingSeen(number, transactionId, true, []) : Strange("settle_amount");
    }

    public Outcome<PaymentNotice> Read(IReadOnlyDictionary<string, string> headers, byte[] body) => AlipayNotices.Read(settings, body);

    public Task<Outcome<IReadOnlyList<BillLine>>> Bill(DateOnly day, CancellationToken cancel) => AlipayBill.Fetch(client, day, cancel);

    // To the account that the seller has named when it became a merchant; Alipay takes one line.
    private static object Settling(Fen amount, string? within) => new { settle_detail_infos = new[] { new { trans_in_type = "defaultSettle", amount = amount.ToString() } }, settle_period_time = within };

    private static Refusal Strange(string field) => new("payment.answer-strange", Place.Input(field), field);
}
