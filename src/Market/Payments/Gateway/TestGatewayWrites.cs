using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Shanhuo.Market.Payments.Gateway;

/// <summary>What the gateway writes: payments, refunds and bills in the documented forms.</summary>
internal sealed partial class TestGateway
{
    private JsonObject Written(GatewayPayment payment, long amountOff)
    {
        var written = new JsonObject
        {
            ["appid"] = App, ["mchid"] = Merchant, ["out_trade_no"] = payment.Number, ["trade_type"] = payment.Trade, ["trade_state"] = StateOf(payment), ["trade_state_desc"] = StateOf(payment), ["attach"] = "",
            ["amount"] = new JsonObject { ["total"] = payment.Amount + amountOff, ["payer_total"] = payment.Amount + amountOff, ["currency"] = "CNY", ["payer_currency"] = "CNY" },
        };
        if (payment.PaidAt is { } at)
        {
            (written["transaction_id"], written["bank_type"], written["success_time"]) = (payment.TransactionId, "OTHERS", at.ChinaTime());
            written["payer"] = new JsonObject { ["openid"] = "test-gateway-payer" };
        }
        return written;
    }

    private JsonObject Written(GatewayRefund refund)
    {
        var payment = Book.Payments[refund.PaymentNumber];
        var written = new JsonObject
        {
            ["refund_id"] = refund.Id, ["out_refund_no"] = refund.Number, ["transaction_id"] = payment.TransactionId, ["out_trade_no"] = payment.Number, ["channel"] = "ORIGINAL", ["user_received_account"] = "test", ["create_time"] = refund.At.ChinaTime(), ["status"] = refund.State, ["funds_account"] = "AVAILABLE",
            ["amount"] = new JsonObject { ["total"] = payment.Amount, ["refund"] = refund.Amount, ["payer_total"] = payment.Amount, ["payer_refund"] = refund.Amount, ["settlement_refund"] = refund.Amount, ["settlement_total"] = payment.Amount, ["discount_refund"] = 0, ["currency"] = "CNY" },
        };
        if (refund.DoneAt is { } at) written["success_time"] = at.ChinaTime();
        return written;
    }

    private JsonObject Notified(GatewayRefund refund)
    {
        var payment = Book.Payments[refund.PaymentNumber];
        return new JsonObject
        {
            ["mchid"] = Merchant, ["out_trade_no"] = payment.Number, ["transaction_id"] = payment.TransactionId, ["out_refund_no"] = refund.Number, ["refund_id"] = refund.Id, ["refund_status"] = refund.State, ["success_time"] = refund.DoneAt?.ChinaTime(), ["user_received_account"] = "test",
            ["amount"] = new JsonObject { ["total"] = payment.Amount, ["refund"] = refund.Amount, ["payer_total"] = payment.Amount, ["payer_refund"] = refund.Amount },
        };
    }

    private byte[] Bill(string day)
    {
        var text = new StringBuilder("\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n");
        var (count, paid, back, fees) = (0, 0L, 0L, 0L);
        foreach (var p in Book.Payments.Values.Where(p => p.PaidAt is { } at && DayOf(at) == day).OrderBy(p => p.PaidAt))
        {
            var fee = FeeOf(p.Amount);
            (count, paid, fees) = (count + 1, paid + p.Amount, fees + fee);
            Row(Time(p.PaidAt!.Value), App, Merchant, "0", "", p.TransactionId!, p.Number, "test-gateway-payer", p.Trade, "SUCCESS", "OTHERS", "CNY", Yuan(p.Amount), "0.00", "0", "0", "0.00", "0.00", "", "", p.Description, "", Yuan(fee) + "000", "0.60%", Yuan(p.Amount), "0.00", "");
        }
        foreach (var r in Book.Refunds.Values.Where(r => DayOf(r.At) == day).OrderBy(r => r.At))
        {
            var p = Book.Payments[r.PaymentNumber];
            var fee = FeeOf(r.Amount);
            (count, back, fees) = (count + 1, back + r.Amount, fees - fee);
            Row(Time(r.At), App, Merchant, "0", "", p.TransactionId!, p.Number, "test-gateway-payer", p.Trade, "REFUND", "OTHERS", "CNY", "0.00", "0.00", r.Id, r.Number, Yuan(r.Amount), "0.00", "ORIGINAL", r.State, p.Description, "", Yuan(-fee) + "000", "0.60%", "0.00", Yuan(r.Amount), "");
        }
        text.Append("总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n");
        Row(count.ToString(CultureInfo.InvariantCulture), Yuan(paid), Yuan(back), "0.00", Yuan(fees) + "000", Yuan(paid), Yuan(back));
        return Encoding.UTF8.GetBytes(text.ToString());

        void Row(params string[] cells) => text.AppendJoin(',', cells.Select(c => "`" + c)).Append("\r\n");
    }

    // 0.6 %, half a fen upwards; the rate is invented, as is all of this gateway's money.
    private static long FeeOf(long amount) => (amount * 6 + 500) / 1000;

    private static string Yuan(long fen) => new Kernel.Fen(fen).ToString();

    private static string Time(DateTimeOffset at) => at.ToOffset(PaymentFields.China).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string DayOf(DateTimeOffset at) => at.ToOffset(PaymentFields.China).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
