using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Payouts;

/// <summary>A row of a bank list, in clear.</summary>
internal sealed record BankRow(int Number, string Household, string Holder, string Bank, string Account, Fen Amount);

/// <summary>What stands in every bank list beside its rows.</summary>
internal sealed record BankListHead(string Code, DateOnly Day, Language Language, long HeadNumber, string HeadHash);

/// <summary>Writes a bank list as CSV and as a workbook. The same rows give the same bytes on any day: so the hash of the file proves its rows.</summary>
internal static class BankList
{
    // Stored, not deflated: compressors may change from one runtime to the next, and with them the bytes.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>Column heads in a language. The number and result of the bank's answer are read by these names too.</summary>
    public static string[] Heads(Language language) => language == Language.Zh
        ? ["序号", "户号", "收款人", "开户行", "账号", "金额", "附言", "批次", "日期", "账本序号", "账本指纹"]
        : ["No.", "Household", "Payee", "Bank", "Account", "Amount", "Remark", "File", "Day", "Ledger number", "Ledger hash"];

    /// <summary>UTF-8 with BOM (sheets open it as Chinese), CRLF, quotes where needed; a name that a sheet would take for a formula has an apostrophe in front.</summary>
    public static byte[] Csv(BankListHead head, IReadOnlyCollection<BankRow> rows)
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(',', Heads(head.Language)).Append("\r\n");
        foreach (var row in rows) text.AppendJoin(',', Cells(head, row).Select(c => Quoted(Harmless(c.Text)))).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A workbook of one sheet. Texts are written as texts, so no cell is a formula and no account number loses its digits; amounts are numbers.</summary>
    public static byte[] Xlsx(BankListHead head, IReadOnlyCollection<BankRow> rows)
    {
        var sheet = new StringBuilder("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>""");
        foreach (var name in Heads(head.Language)) Text(sheet, name);
        sheet.Append("</row>");
        foreach (var row in rows)
        {
            sheet.Append("<row>");
            foreach (var (text, isNumber) in Cells(head, row))
                if (isNumber) sheet.Append("<c><v>").Append(text).Append("</v></c>"); else Text(sheet, text);
            sheet.Append("</row>");
        }
        sheet.Append("</sheetData></worksheet>");
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""");
            Part(zip, "_rels/.rels", """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Part(zip, "xl/workbook.xml", $"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{head.Code}" sheetId="1" r:id="r1"/></sheets></workbook>""");
            Part(zip, "xl/_rels/workbook.xml.rels", """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            Part(zip, "xl/worksheets/sheet1.xml", sheet.ToString());
        }
        return file.ToArray();
    }

    /// <summary>SHA-256 in hex.</summary>
    public static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private static IEnumerable<(string Text, bool IsNumber)> Cells(BankListHead head, BankRow row)
    {
        var number = row.Number.ToString(CultureInfo.InvariantCulture);
        yield return (number, true);
        yield return (row.Household, false);
        yield return (row.Holder, false);
        yield return (row.Bank, false);
        yield return (row.Account, false);
        yield return (row.Amount.ToString(), true);
        yield return ($"{head.Code}-{number}", false);
        yield return (head.Code, false);
        yield return (head.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), false);
        yield return (head.HeadNumber.ToString(CultureInfo.InvariantCulture), true);
        yield return (head.HeadHash, false);
    }

    // OWASP, CSV injection: these first characters start a formula in Excel, WPS or LibreOffice.
    private static string Harmless(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠' ? "'" + text : text;

    private static string Quoted(string text) => text.AsSpan().ContainsAny(NeedQuotes) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static void Text(StringBuilder sheet, string text)
    {
        sheet.Append("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        foreach (var c in text)
            _ = c switch { '<' => sheet.Append("&lt;"), '>' => sheet.Append("&gt;"), '&' => sheet.Append("&amp;"), < ' ' => sheet.Append(' '), _ => sheet.Append(c) };
        sheet.Append("</t></is></c>");
    }

    private static void Part(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        (entry.LastWriteTime, entry.ExternalAttributes) = (Epoch, 0);
        using var part = entry.Open();
        part.Write(Encoding.UTF8.GetBytes(text));
    }
}
