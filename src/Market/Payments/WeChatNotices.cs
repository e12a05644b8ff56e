using System.Text.Json;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Payments and refunds as WeChat Pay writes them, in answers and in notifications.</summary>
internal static class WeChatNotices
{
    /// <summary>A notification is about 1 KB; more than this is none.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Verifies and opens a notification.</summary>
    public static Outcome<PaymentNotice> Read(WeChatSettings settings, IReadOnlyDictionary<string, string> headers, byte[] body, DateTimeOffset now)
    {
        if (body.Length > MostBytes) return new Refusal("payment.notice-large", Place.None, MostBytes / 1024);
        if (WeChatSeal.Verify(settings.PlatformKeys, headers.Header, body, now) is { } fault) return fault;
        using var json = PaymentFields.TryParse(body);
        if (json is null || json.RootElement.Text("id") is not { Length: > 0 and <= 100 } id) return new Refusal("payment.notice-strange", Place.Input("id"), "id");
        var resource = json.RootElement.Member("resource");
        if (resource.Text("algorithm") != "AEAD_AES_256_GCM") return new Refusal("payment.notice-strange", Place.Input("resource.algorithm"), "resource.algorithm");
        if (WeChatSeal.Open(settings.ApiV3Key, resource.Text("nonce") ?? "", resource.Text("associated_data") ?? "", resource.Text("ciphertext") ?? "") is not { } clear) return new Refusal("payment.notice-sealed", Place.Input("resource.ciphertext"));
        using var content = PaymentFields.TryParse(clear);
        if (content is null) return new Refusal("payment.notice-strange", Place.Input("resource.ciphertext"), "resource.ciphertext");
        var kind = json.RootElement.Text("event_type") ?? "";
        if (kind.StartsWith("TRANSACTION.", StringComparison.Ordinal))
            return Payment(content.RootElement).Ok(out var payment, out var no) ? new PaymentNotice(id, payment, null) : AsNotice(no);
        if (kind.StartsWith("REFUND.", StringComparison.Ordinal))
        {
            // A refund that is seen carries no merchant for the caller to compare, so it is compared here.
            if (content.RootElement.Text("mchid") != settings.Merchant) return new Refusal("payment.notice-merchant", Place.Input("mchid"));
            return Refund(content.RootElement, "refund_status").Ok(out var refund, out var no) ? new PaymentNotice(id, null, refund) : AsNotice(no);
        }
        return new Refusal("payment.notice-kind", Place.Input("event_type"), kind);
    }

    /// <summary>A payment of an answer or of a decrypted resource.</summary>
    public static Outcome<PaymentSeen> Payment(JsonElement content)
    {
        var standing = content.Text("trade_state") switch
        {
            "SUCCESS" => PaymentStanding.Paid,
            "REFUND" => PaymentStanding.Refunded,
            "NOTPAY" or "USERPAYING" => PaymentStanding.Open,
            "CLOSED" or "REVOKED" => PaymentStanding.Closed,
            _ => PaymentStanding.Unknown,
        };
        var paid = standing is PaymentStanding.Paid or PaymentStanding.Refunded;
        if (content.Text("out_trade_no") is not { Length: > 0 and <= 64 } number) return Strange("out_trade_no");
        if (content.Text("mchid") is not { Length: > 0 } merchant) return Strange("mchid");
        if (content.Text("appid") is not { Length: > 0 } app) return Strange("appid");
        var transaction = content.Text("transaction_id");
        if (paid && transaction is not { Length: > 0 and <= 64 }) return Strange("transaction_id");
        var amount = content.Member("amount").FenOf("total");
        if (paid && amount is null) return Strange("amount.total");
        // WeChat Pay writes the currency only where it was asked with one; ours always is.
        return new PaymentSeen(number, transaction ?? "", amount ?? Fen.Zero, content.Member("amount").Text("currency") ?? "CNY", standing, content.InstantOf("success_time"), merchant, app);
    }

    /// <summary>A refund of an answer (<c>status</c>) or of a decrypted resource (<c>refund_status</c>).</summary>
    public static Outcome<RefundSeen> Refund(JsonElement content, string status)
    {
        RefundStanding? standing = content.Text(status) switch
        {
            "SUCCESS" => RefundStanding.Done,
            "CLOSED" => RefundStanding.Closed,
            "PROCESSING" => RefundStanding.Processing,
            "ABNORMAL" => RefundStanding.Failed,
            _ => null,
        };
        if (standing is not { } stands) return Strange(status);
        if (content.Text("out_trade_no") is not { Length: > 0 and <= 64 } number) return Strange("out_trade_no");
        if (content.Text("out_refund_no") is not { Length: > 0 and <= 64 } refund) return Strange("out_refund_no");
        if (content.Text("refund_id") is not { Length: > 0 and <= 64 } id) return Strange("refund_id");
        if (content.Member("amount").FenOf("refund") is not { } amount) return Strange("amount.refund");
        return new RefundSeen(number, refund, amount, stands, id);
    }

    private static Refusal Strange(string field) => new("payment.answer-strange", Place.Input(field), field);

    private static Refusal AsNotice(Refusal no) => new("payment.notice-strange", no.Where, no.Arguments);
}
