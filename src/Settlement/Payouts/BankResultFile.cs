using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Reads the bank's answer, CSV or XLSX: the line's number, its result, and a reason.</summary>
internal static class BankResultFile
{
    private static readonly string[] NumberHeads = ["序号", "No.", "number"], ResultHeads = ["结果", "状态", "Result", "Status"], WhyHeads = ["原因", "失败原因", "Reason"];
    private static readonly string[] PaidWords = ["成功", "已付", "paid", "success", "ok"], ReturnedWords = ["失败", "退回", "退票", "failed", "returned"];

    /// <summary>All rows, or the first that cannot be understood.</summary>
    public static async Task<Outcome<IReadOnlyList<LineResult>>> Read(Stream content, string name, CancellationToken cancel)
    {
        if (!(await SheetReader.Open(content, name, cancel)).Ok(out var reader, out var no)) return no;
        var (results, seen) = (new List<LineResult>(), new HashSet<int>());
        SheetHeader? header = null;
        var (number, result, why) = (-1, -1, -1);
        foreach (var outcome in reader.Rows())
        {
            if (!outcome.Ok(out var row, out no)) return no;
            if (header is null)
            {
                header = new SheetHeader(row);
                (number, result, why) = (header.Find(NumberHeads), header.Find(ResultHeads), header.Find(WhyHeads));
                if (number < 0 || result < 0) return new Refusal("payouts.result-heads", new Place { File = row.File, Sheet = row.Sheet, Row = row.Number });
                continue;
            }
            if (!int.TryParse(Numerals.Narrow(row[number].Text), NumberStyles.None, CultureInfo.InvariantCulture, out var line) || !seen.Add(line)) return new Refusal("payouts.result-number", row.At(header.Names[number]), row[number].Text);
            var word = Numerals.Narrow(row[result].Text);
            var paid = PaidWords.Contains(word, StringComparer.OrdinalIgnoreCase);
            if (!paid && !ReturnedWords.Contains(word, StringComparer.OrdinalIgnoreCase)) return new Refusal("payouts.result-word", row.At(header.Names[result]), word);
            results.Add(new LineResult(line, paid, row[why].IsEmpty ? word : row[why].Text, row.Number));
        }
        return header is null ? new Refusal("payouts.result-heads", new Place { File = name }) : results;
    }
}

/// <summary>Reads a statement's movements, CSV or XLSX: amount (in above zero, out below) and note.</summary>
internal static class StatementFile
{
    private static readonly string[] AmountHeads = ["金额", "发生额", "Amount"], NoteHeads = ["摘要", "附言", "备注", "Note", "Remark"];

    /// <summary>All movements, or the first row that cannot be understood.</summary>
    public static async Task<Outcome<IReadOnlyList<(Fen Amount, string Note)>>> Read(Stream content, string name, CancellationToken cancel)
    {
        if (!(await SheetReader.Open(content, name, cancel)).Ok(out var reader, out var no)) return no;
        var lines = new List<(Fen, string)>();
        SheetHeader? header = null;
        var (amount, note) = (-1, -1);
        foreach (var outcome in reader.Rows())
        {
            if (!outcome.Ok(out var row, out no)) return no;
            if (header is null)
            {
                header = new SheetHeader(row);
                (amount, note) = (header.Find(AmountHeads), header.Find(NoteHeads));
                if (amount < 0) return new Refusal("payouts.statement-heads", new Place { File = row.File, Sheet = row.Sheet, Row = row.Number });
                continue;
            }
            if (!row[amount].TryMoney(out var fen)) return new Refusal("payouts.statement-amount", row.At(header.Names[amount]), row[amount].Text);
            lines.Add((fen, row[note].IsEmpty ? "" : row[note].Text));
        }
        return header is null ? new Refusal("payouts.statement-heads", new Place { File = name }) : lines;
    }
}
