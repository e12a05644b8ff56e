using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using static Shanhuo.Tests.Kernel.Sheets.SheetFiles;

namespace Shanhuo.Tests.Kernel.Sheets;

public sealed class SheetReaderTests
{
    private const string Table = "订单编号,买家实付\r\n1001,58.90\r\n";

    [Fact]
    public async Task A_csv_file_reads_alike_in_each_encoding_that_exporters_use()
    {
        foreach (var (content, form) in new[]
        {
            (Encoding.UTF8.GetBytes(Table), "utf-8"), (Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Table)).ToArray(), "utf-8"),
            (Gb18030(Table), "gb18030"), (Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Table.Replace(',', '\t'))).ToArray(), "utf-16"),
        })
        {
            var (rows, no, notes) = await Read(content, "a.csv");
            Assert.Null(no);
            Assert.Equal(form, notes!.Form);
            Assert.Equal(["订单编号", "买家实付"], rows[0].Cells.Select(c => c.Text));
            Assert.True(rows[1][1].TryMoney(out var fen));
            Assert.Equal(5890, fen.Value);
        }
    }

    [Fact]
    public async Task Quotes_line_breaks_and_sloppy_exporters_are_read_by_rfc_4180()
    {
        var (rows, no, _) = await Read(Encoding.UTF8.GetBytes("a,b,c\n\"x,1\",\"say \"\"hi\"\"\",\"two\nlines\"\n\"=\"\"620525\"\"\", 7 ,\"8\"\t\n\n,,\nlast,q\"uote,9"), "a.csv");
        Assert.Null(no);
        Assert.Equal([1, 2, 3, 6], rows.Select(r => r.Number));
        Assert.Equal(["x,1", "say \"hi\"", "two\nlines"], rows[1].Cells.Select(c => c.Text));
        Assert.True(rows[2][0].TryCode(out var code));
        Assert.Equal("620525", code);
        Assert.Equal(["7", "8"], rows[2].Cells.Skip(1).Select(c => c.Text));
        Assert.Equal("q\"uote", rows[3][1].Text);
    }

    [Theory]
    [InlineData("a,b\n1,\"open", "sheet.quote", 2, "B")]
    [InlineData("a\0b", "sheet.not-a-table", 1, null)]
    public async Task What_cannot_be_read_is_named_by_row_and_column(string text, string code, int row, string? column)
    {
        var (_, no, _) = await Read(Encoding.UTF8.GetBytes(text), "a.csv");
        Assert.Equal((code, row, column), (no!.Code, no.Where.Row, no.Where.Column));
    }

    [Fact]
    public async Task A_workbook_gives_numbers_as_people_see_them_dates_as_dates_and_formulas_as_their_stored_value()
    {
        var (rows, no, notes) = await Read(Workbook(
            """
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>买</t></r><r><t>家</t></r><rPh><t>mai</t></rPh></is></c></row>
            <row r="3" hidden="1"><c r="A3"><v>12.399999999999999</v></c><c r="B3" s="1"><v>46347.5</v></c><c r="C3"><f>1+1</f><v>2</v></c><c r="D3" t="b"><v>1</v></c><c r="F3" t="s"><v>1</v></c></row>
            """,
            "<si><t>订单编号</t></si><si><t xml:space=\"preserve\"> a_x000D_ </t></si>",
            "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>",
            "<sheet name=\"隐藏\" sheetId=\"2\" state=\"hidden\" r:id=\"r2\"/><sheet name=\"订单\" sheetId=\"1\" r:id=\"r1\"/>"));
        Assert.Null(no);
        Assert.Equal(["订单编号", "买家"], rows[0].Cells.Select(c => c.Text));
        var row = rows[1];
        Assert.Equal(("订单", 3, true), (row.Sheet, row.Number, row.IsHidden));
        Assert.Equal(["12.4", "2026-11-21 12:00:00", "2", "TRUE", "", "a"], row.Cells.Select(c => c.Text));
        Assert.True(row[2].IsFormula);
        Assert.Equal((1, 1), (notes!.FormulaCells, notes.HiddenRows));
        Assert.Equal(["隐藏"], notes.HiddenSheets);
    }

    [Theory]
    [InlineData("2026-11-21")]
    [InlineData("2026/1/2 3:04:05")]
    [InlineData("２０２６年１１月２１日")]
    [InlineData("20261121")]
    [InlineData("46347")]
    [InlineData(" 2026-11-21 10:22:33 ")]
    public void Days_are_read_as_people_and_exporters_write_them(string text)
    {
        Assert.True(new SheetCell(text, CellKind.Text).TryDay(out var day));
        Assert.Equal(2026, day.Year);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("12")]
    [InlineData("昨天")]
    [InlineData("")]
    public void What_is_no_day_is_not_guessed(string text) => Assert.False(new SheetCell(text, CellKind.Text).TryDay(out _));

    [Theory]
    [InlineData("6.20525E+17", CellKind.Text, false)]
    [InlineData("620525202611211000", CellKind.Number, false)]
    [InlineData("620525202611211234", CellKind.Text, true)]
    [InlineData("123456789012345", CellKind.Number, true)]
    [InlineData("'620525202611211234", CellKind.Text, true)]
    [InlineData("2026E+05", CellKind.Text, true)]
    public void An_order_number_that_excel_has_damaged_is_detected(string text, CellKind kind, bool whole) =>
        Assert.Equal(whole, new SheetCell(text, kind).TryCode(out _));

    [Fact]
    public async Task A_number_of_18_digits_in_a_numeric_cell_is_seen_as_damaged_however_it_is_stored()
    {
        var (rows, _, _) = await Read(Workbook("<row><c><v>6.20525202611211E+17</v></c><c><v>620525202611211000</v></c></row>"));
        Assert.All(rows[0].Cells, c => Assert.False(c.TryCode(out _)));
        Assert.True(new SheetCell("620525202611211000", CellKind.Text).LooksCut);
        Assert.False(new SheetCell("620525202611211100", CellKind.Text).LooksCut);
    }
}
