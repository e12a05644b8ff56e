using System.Globalization;
using System.Text;
using Shanhuo.Kernel.Sheets;
using static Shanhuo.Tests.Kernel.Sheets.SheetFiles;

namespace Shanhuo.Tests.Kernel.Sheets;

/// <summary>Files that mean harm, or that grew too large, get a clear answer within bounded memory.</summary>
[Collection("memory")]
public sealed class HostileSheetTests
{
    private const long Bound = 160L * 1024 * 1024;

    [Fact]
    public async Task A_zip_bomb_is_refused_while_it_unpacks()
    {
        var bomb = Zip(Parts(w => { w.Write($"<worksheet xmlns=\"{Main}\"><sheetData>"); for (var i = 0; i < 4_000_000; i++) w.Write("<row></row>"); }));
        Assert.True(bomb.Length < 1024 * 1024, "the bomb is small");
        var (no, most) = await ReadBounded(bomb);
        Assert.Equal("sheet.ratio", no!.Code);
        Assert.InRange(most, 0, Bound);
    }

    [Fact]
    public async Task A_bomb_of_shared_strings_is_refused_before_it_fills_memory()
    {
        var chance = new Random(1);
        var parts = Parts(w => w.Write($"<worksheet xmlns=\"{Main}\"><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>"));
        parts[3] = ("xl/sharedStrings.xml", w =>
        {
            w.Write($"<sst xmlns=\"{Main}\">");
            for (var i = 0; i < 1_900_000; i++) w.Write(chance.Next(4) == 0 ? $"<si><t>{chance.Next(100)}</t></si>" : "<si><t/></si>");
            w.Write("</sst>");
        });
        var (no, most) = await ReadBounded(Zip(parts));
        Assert.Equal("sheet.strings", no!.Code);
        Assert.InRange(most, 0, Bound);
    }

    [Fact]
    public async Task A_million_columns_are_refused_at_the_first_too_many()
    {
        var (no, most) = await ReadBounded(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 1_000_000))));
        Assert.Equal(("sheet.columns", 1, "CW"), (no!.Code, no.Where.Row, no.Where.Column));
        Assert.InRange(most, 0, Bound);
        (no, _) = await ReadBounded(Workbook("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>"));
        Assert.Equal(("sheet.columns", "订单", 1, "XFD"), (no!.Code, no.Where.Sheet, no.Where.Row, no.Where.Column));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\">]>")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\">")]
    public async Task A_document_type_definition_is_refused_and_nothing_outside_is_read(string prolog)
    {
        var (rows, no, _) = await Read(Workbook("<row><c t=\"inlineStr\"><is><t>&a;</t></is></c></row>", prolog: prolog));
        Assert.Empty(rows);
        Assert.Equal("sheet.dtd", no!.Code);
    }

    [Fact]
    public async Task Macros_are_refused_by_name_and_by_content()
    {
        Assert.Equal("sheet.macros", (await Read(Workbook(""), "订单.xlsm")).No!.Code);
        Assert.Equal("sheet.macros", (await Read(Zip([.. Parts(w => w.Write("<worksheet/>")), ("xl/vbaProject.bin", w => w.Write("x"))]))).No!.Code);
    }

    [Fact]
    public async Task Too_many_parts_are_refused_before_they_are_listed() =>
        Assert.Equal("sheet.parts", (await Read(Zip(Enumerable.Range(0, 201).Select(i => ($"p{i}", (Action<StreamWriter>)(w => w.Write("x"))))))).No!.Code);

    [Fact]
    public async Task Depth_long_tags_and_ever_new_names_do_not_fill_memory()
    {
        var chance = new Random(2);
        foreach (var write in new Action<StreamWriter>[]
        {
            w => { for (var i = 0; i < 1_000_000; i++) w.Write("<a>"); },
            w => { w.Write("<a b=\""); for (var i = 0; i < 1_000_000; i++) w.Write(chance.Next(10_000).ToString(CultureInfo.InvariantCulture)); w.Write("\"/>"); },
            w => { w.Write("<a>"); for (var i = 0; i < 200_000; i++) w.Write($"<n{i}/>"); w.Write("</a>"); },
        })
        {
            var (no, most) = await ReadBounded(Zip(Parts(write)));
            Assert.Contains(no!.Code, new[] { "sheet.damaged", "sheet.ratio" });
            Assert.InRange(most, 0, Bound);
        }
    }

    [Fact]
    public async Task A_cell_that_is_too_long_is_named()
    {
        var (_, no, _) = await Read(Workbook($"<row r=\"7\"><c r=\"B7\" t=\"inlineStr\"><is><t>{string.Concat(Enumerable.Range(0, 40_000).Select(i => (char)('a' + i * 7 % 26)))}</t></is></c></row>"));
        Assert.Equal(("sheet.cell", 7, "B"), (no!.Code, no.Where.Row, no.Where.Column));
        (_, no, _) = await Read(Encoding.UTF8.GetBytes("a\n" + new string('x', 40_000)), "a.csv");
        Assert.Equal(("sheet.cell", 2, "A"), (no!.Code, no.Where.Row, no.Where.Column));
    }

    [Fact]
    public async Task Files_that_are_no_tables_are_told_apart()
    {
        Assert.Equal("sheet.empty", (await Read([])).No!.Code);
        Assert.Equal("sheet.old-excel", (await Read([0xD0, 0xCF, 0x11, 0xE0, 1, 2])).No!.Code);
        Assert.Equal("sheet.not-a-table", (await Read(Encoding.UTF8.GetBytes("<html><table>"))).No!.Code);
        Assert.Equal("sheet.encoding", (await Read([(byte)'a', (byte)'\n', 0xFF, 0xFF, 0x80])).No!.Code);
        Assert.Equal("sheet.too-big", (await Read(new byte[SheetLimits.Upload.FileBytes + 1])).No!.Code);
        var cut = Workbook("<row><c><v>1</v></c></row>");
        Assert.Equal("sheet.damaged", (await Read(cut[..(cut.Length / 2)])).No!.Code);
    }

    [Fact]
    public async Task Too_many_rows_are_refused_at_the_first_too_many()
    {
        var (no, most) = await ReadBounded(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200_001).Select(i => $"{i}\n"))));
        Assert.Equal(("sheet.rows", 200_001), (no!.Code, no.Where.Row));
        Assert.InRange(most, 0, Bound);
    }
}

[CollectionDefinition("memory", DisableParallelization = true)]
public sealed class MemoryCollection;
