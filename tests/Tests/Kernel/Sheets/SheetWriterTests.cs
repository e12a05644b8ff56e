using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Tests.Kernel.Sheets;

public sealed class SheetWriterTests
{
    private static readonly SheetColumn[] Columns = [new("编号"), new("金额", SheetColumnKind.Money), new("件", SheetColumnKind.Whole), new("公斤", SheetColumnKind.Decimal), new("日期", SheetColumnKind.Day)];

    private static byte[] Write(SheetFormat format, params string?[] texts)
    {
        var memory = new MemoryStream();
        using (var sheet = SheetWriter.Begin(format, memory, "订单", Columns))
            foreach (var text in texts) sheet.Row(text, new Fen(-1240), 3, new Grams(12_500), new DateOnly(2026, 11, 21));
        return memory.ToArray();
    }

    [Theory]
    [InlineData(SheetFormat.Csv)]
    [InlineData(SheetFormat.Xlsx)]
    public async Task What_is_written_reads_back_and_twice_gives_the_same_bytes(SheetFormat format)
    {
        string[] texts = ["620525202611211234", "=1+1", "+8613", "-5", "@x", "＝1", "a,\"b\"\nc", "_x0041_", "<&>", "😀"];
        var content = Write(format, texts);
        Assert.Equal(content, Write(format, texts));
        var (rows, no, _) = await SheetFiles.Read(content);
        Assert.Null(no);
        Assert.Equal(["编号", "金额", "件", "公斤", "日期"], rows[0].Cells.Select(c => c.Text));
        Assert.Equal(texts, rows.Skip(1).Select(r => r[0].Text));
        foreach (var row in rows.Skip(1))
        {
            Assert.True(row[1].TryMoney(out var fen) && row[2].TryWhole(out var pieces) && row[4].TryDay(out var day) && pieces == 3 && fen.Value == -1240 && day == new DateOnly(2026, 11, 21));
            Assert.Equal("12.5", row[3].Text);
            if (format == SheetFormat.Xlsx) Assert.Equal([CellKind.Text, CellKind.Number, CellKind.Number, CellKind.Number, CellKind.Date], row.Cells.Select(c => c.Kind));
        }
    }

    [Theory]
    [InlineData("=cmd()", "'=cmd()")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("＋1", "'＋1")]
    [InlineData("安全", "安全")]
    public void A_text_that_a_sheet_would_compute_is_disarmed_in_csv_and_a_negative_number_stays_one(string text, string written)
    {
        var line = Encoding.UTF8.GetString(Write(SheetFormat.Csv, text)).Split("\r\n")[1];
        Assert.EndsWith(",-12.40,3,12.5,2026-11-21", line);
        Assert.Contains(written, line);
    }

    [Fact]
    public async Task A_long_code_in_a_workbook_is_text_so_that_excel_keeps_its_digits()
    {
        var (rows, _, _) = await SheetFiles.Read(Write(SheetFormat.Xlsx, "620525202611211234"));
        Assert.Equal(CellKind.Text, rows[1][0].Kind);
        Assert.True(rows[1][0].TryCode(out _));
    }
}
