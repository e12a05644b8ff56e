using System.Globalization;
using System.Security.Cryptography;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Settlement.Payouts;

/// <summary>A row of a bank list, in clear.</summary>
internal sealed record BankRow(int Number, string Household, string Holder, string Bank, string Account, Fen Amount);

/// <summary>What stands in every bank list beside its rows.</summary>
internal sealed record BankListHead(string Code, DateOnly Day, Language Language, long HeadNumber, string HeadHash);

/// <summary>Writes a bank list as CSV and as a workbook. The same rows give the same bytes on any day: so the hash of the file proves its rows.</summary>
internal static class BankList
{
    /// <summary>Column heads in a language. The bank's answer is read by the first of these names too.</summary>
    public static string[] Heads(Language language) => language == Language.Zh
        ? ["序号", "户号", "收款人", "开户行", "账号", "金额", "附言", "批次", "日期", "账本序号", "账本指纹"]
        : ["No.", "Household", "Payee", "Bank", "Account", "Amount", "Remark", "File", "Day", "Ledger number", "Ledger hash"];

    /// <summary>The whole file. Names that a sheet would take for a formula stay names, and account numbers keep their digits.</summary>
    public static byte[] Write(SheetFormat format, BankListHead head, IReadOnlyCollection<BankRow> rows)
    {
        var heads = Heads(head.Language);
        SheetColumnKind[] kinds = [SheetColumnKind.Whole, default, default, default, default, SheetColumnKind.Money, default, default, SheetColumnKind.Day, SheetColumnKind.Whole, default];
        using var file = new MemoryStream();
        using (var sheet = SheetWriter.Begin(format, file, head.Code, [.. heads.Select((name, i) => new SheetColumn(name, kinds[i], i is 4 or 6 ? 24 : 14))]))
            foreach (var row in rows)
                sheet.Row((long)row.Number, row.Household, row.Holder, row.Bank, row.Account, row.Amount, string.Create(CultureInfo.InvariantCulture, $"{head.Code}-{row.Number}"), head.Code, head.Day, head.HeadNumber, head.HeadHash);
        return file.ToArray();
    }

    /// <summary>SHA-256 in hex.</summary>
    public static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
