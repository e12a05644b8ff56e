using System.Globalization;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Notifications of Alipay: a form, signed over all its parameters but sign and sign_type.</summary>
internal static class AlipayNotices
{
    public static Outcome<PaymentNotice> Read(AlipaySettings settings, byte[] body)
    {
        if (body.Length > WeChatNotices.MostBytes) return new Refusal("payment.notice-large", Place.None, WeChatNotices.MostBytes / 1024);
        if (AlipaySeal.ReadForm(body) is not { } form) return Strange("body");
        if (form.GetValueOrDefault("charset") is { } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return Strange("charset");
        if (form.GetValueOrDefault("sign_type") != "RSA2") return Strange("sign_type");
        if (PaymentFields.Base64(form.GetValueOrDefault("sign")) is not { } sign || !WeChatSeal.IsSigned(settings.AlipayKey, AlipaySeal.Text(form, "sign", "sign_type"), sign)) return new Refusal("payment.signature-wrong", Place.Input("sign"));
        foreach (var name in new[] { "notify_id", "out_trade_no", "trade_no", "app_id", "seller_id", "trade_status" })
            if (form.GetValueOrDefault(name) is not { Length: > 0 and <= 128 }) return Strange(name);
        if (!ExactYuan.TryParse(form.GetValueOrDefault("total_amount"), out var amount)) return Strange("total_amount");
        var paidAt = Instant(form.GetValueOrDefault("gmt_payment"));
        return new PaymentNotice(form["notify_id"], new PaymentSeen(form["out_trade_no"], form["trade_no"], amount, "CNY", Standing(form["trade_status"], paidAt is not null), paidAt, form["seller_id"], form["app_id"]), null);
    }

    /// <summary>A trade is closed when nobody paid in time, and also when all was given back.</summary>
    public static PaymentStanding Standing(string? status, bool wasPaid) => status switch
    {
        "TRADE_SUCCESS" or "TRADE_FINISHED" => PaymentStanding.Paid,
        "WAIT_BUYER_PAY" => PaymentStanding.Open,
        "TRADE_CLOSED" => wasPaid ? PaymentStanding.Refunded : PaymentStanding.Closed,
        _ => PaymentStanding.Unknown,
    };

    /// <summary>China's local time.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? new DateTimeOffset(at, PaymentFields.China) : null;

    private static Refusal Strange(string field) => new("payment.notice-strange", Place.Input(field), field);
}
