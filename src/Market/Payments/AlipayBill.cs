using System.Globalization;
using System.IO.Compression;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>The daily trade bill of Alipay: a zip with two CSV files in GBK, of which the details are read.</summary>
internal static class AlipayBill
{
    public static async Task<Outcome<IReadOnlyList<BillLine>>> Fetch(AlipayClient client, DateOnly day, CancellationToken cancel)
    {
        if (!(await client.Ask("alipay.data.dataservice.bill.downloadurl.query", new { bill_type = "trade", bill_date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, cancel)).Ok(out var answer, out var no)) return no;
        if (answer.Text("bill_download_url") is not { } address) return new Refusal("payment.answer-strange", Place.Input("bill_download_url"), "bill_download_url");
        if (!(await client.Download(address, cancel)).Ok(out var file, out var failed)) return failed;
        return await Read(file, string.Create(CultureInfo.InvariantCulture, $"alipay-{day:yyyy-MM-dd}"), cancel);
    }

    /// <summary>Finds the details by their columns, as the names in the zip are in GBK.</summary>
    public static async Task<Outcome<IReadOnlyList<BillLine>>> Read(byte[] zip, string name, CancellationToken cancel)
    {
        Outcome<IReadOnlyList<BillLine>> last = new Refusal("payment.bill-columns", new Place { File = name }, "业务类型");
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip, writable: false), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries.Take(10))
            {
                if (entry.Length > PaymentHttp.MostBillBytes) return new Refusal("payment.answer-large", Place.None, PaymentHttp.MostBillBytes / 1024);
                using var clear = new MemoryStream();
                await using (var stream = await entry.OpenAsync(cancel))
                {
                    var buffer = new byte[81_920];
                    for (int read; (read = await stream.ReadAsync(buffer, cancel)) > 0;)
                    {
                        if (clear.Length + read > PaymentHttp.MostBillBytes) return new Refusal("payment.answer-large", Place.None, PaymentHttp.MostBillBytes / 1024);
                        clear.Write(buffer, 0, read);
                    }
                }
                if (!(await BillTable.Open(clear.ToArray(), name, "业务类型", cancel)).Ok(out var table, out var no)) last = no;
                else return Lines(table);
            }
        }
        catch (InvalidDataException) { return new Refusal("payment.bill-cut", new Place { File = name }); }
        return last;
    }

    private static Outcome<IReadOnlyList<BillLine>> Lines(BillTable table)
    {
        var lines = new List<BillLine>();
        foreach (var row in table.Rows)
        {
            var kind = row["业务类型"];
            if (kind is not ("交易" or "退款")) return row.Wrong("业务类型");
            if (!ExactYuan.TryParse(row["订单金额(元)"], out var amount)) return row.Wrong("订单金额(元)");
            if (!ExactYuan.TryParseFee(row["服务费(元)"], out var fee)) return row.Wrong("服务费(元)");
            var refund = row["退款批次号/请求号"];
            if (kind == "退款" && refund.Length == 0) return row.Wrong("退款批次号/请求号");
            // A refund is written below zero. On which side a fee stands differs between bills that were seen, so only its size is taken: a payment costs it, a refund gives it back.
            fee = fee < Fen.Zero ? -fee : fee;
            lines.Add(kind == "退款" ? new BillLine(row["商户订单号"], row["支付宝交易号"], BillKind.Refund, refund, amount < Fen.Zero ? -amount : amount, -fee) : new BillLine(row["商户订单号"], row["支付宝交易号"], BillKind.Payment, null, amount, fee));
        }
        return lines;
    }
}
