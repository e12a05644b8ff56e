using System.Globalization;
using System.Security.Cryptography;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>The daily trade bill of WeChat Pay: a signed answer with address and SHA1 of a CSV file.</summary>
internal static class WeChatBill
{
    public static async Task<Outcome<IReadOnlyList<BillLine>>> Fetch(WeChatClient client, DateOnly day, CancellationToken cancel)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/v3/bill/tradebill?bill_date={day:yyyy-MM-dd}&bill_type=ALL");
        if (!(await client.Get(path, cancel)).Ok(out var answer, out var no)) return no;
        if (answer.Text("download_url") is not { } address || answer.Text("hash_type") != "SHA1" || answer.Text("hash_value") is not { } hash) return new Refusal("payment.answer-strange", Place.Input("download_url"), "download_url");
        if (!(await client.Download(address, cancel)).Ok(out var file, out var failed)) return failed;
        // SHA1 is what WeChat Pay gives; it guards against a cut or mixed-up file, the address itself came signed and over TLS.
        if (!string.Equals(Convert.ToHexString(SHA1.HashData(file)), hash, StringComparison.OrdinalIgnoreCase)) return new Refusal("payment.bill-hash");
        return await Read(file, $"wechat-{day:yyyy-MM-dd}.csv", cancel);
    }

    /// <summary>Reads the file: names of columns, lines whose cells begin with a backquote, and a summary of its own names at the end, with which the lines are compared.</summary>
    public static async Task<Outcome<IReadOnlyList<BillLine>>> Read(byte[] file, string name, CancellationToken cancel)
    {
        if (!(await BillTable.Open(file, name, "微信订单号", cancel)).Ok(out var table, out var no)) return no;
        var lines = new List<BillLine>();
        foreach (var row in table.Rows)
        {
            var refund = row["商户退款单号"] is { Length: > 1 } number ? number : null;
            var state = row["交易状态"];
            if (state == "REVOKED") continue;
            if (state is not ("SUCCESS" or "REFUND")) return row.Wrong("交易状态");
            if (!ExactYuan.TryParse(row[state == "REFUND" ? "申请退款金额" : "订单金额"], out var amount)) return row.Wrong(state == "REFUND" ? "申请退款金额" : "订单金额");
            if (!ExactYuan.TryParseFee(row["手续费"], out var fee)) return row.Wrong("手续费");
            if (row["商户订单号"] is not { Length: > 0 } ours || row["微信订单号"] is not { Length: > 0 } theirs) return row.Wrong("商户订单号");
            if (state == "REFUND" && refund is null) return row.Wrong("商户退款单号");
            lines.Add(new BillLine(ours, theirs, state == "REFUND" ? BillKind.Refund : BillKind.Payment, refund, amount, fee));
        }
        if (table.Summary is not { } summary || !ExactYuan.TryParse(summary["订单总金额"], out var total) || !ExactYuan.TryParse(summary["申请退款总金额"], out var refunds)) return new Refusal("payment.bill-cut", new Place { File = name });
        return Sum(BillKind.Payment) == total && Sum(BillKind.Refund) == refunds ? lines : new Refusal("payment.bill-cut", new Place { File = name });

        Fen Sum(BillKind kind) => lines.Where(l => l.Kind == kind).Aggregate(Fen.Zero, (sum, l) => sum + l.Amount);
    }
}
