using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households.Fields;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Registry.Files;

public sealed class RegisterImportTests
{
    private const string Head = "户口簿号,村,与户主关系,姓名,身份证号,性别,出生日期,文化程度,健康状况,耕地（亩）,致贫原因,收入年份,工资性收入\n";
    private static readonly string Ma = CountySheet.Identity(new(1970, 5, 1), 1), Wife = CountySheet.Identity(new(1972, 8, 9), 2), Son = CountySheet.Identity(new(2001, 2, 3), 3);
    private static readonly string Good = Head
        + $"B1,620525100201,户主,马大,{Ma},男,1970-05-01,小学,健康,5.5,因病、缺技术,2025,12000\n"
        + $"B1,,配偶,李梅,{Wife},女,,初中,长期慢性病,,,,\n"
        + $"B2,620525100202,head,王二,,,1980-01-02,primary,,,,,\n";

    [Theory, EachDatabase]
    public async Task A_sheet_goes_in_whole_and_the_same_sheet_again_changes_nothing(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var first = await Import(host, Good);
        Assert.Equal((2, 3, 2, 0, 0, true), (first.Households, first.People, first.Added, first.Changed, first.Left, first.Written));
        var before = await Everything(host);
        var again = await Import(host, Good);
        Assert.Equal((0, 0, 2), (again.Added, again.Changed, again.Same));
        Assert.Equal(before, await Everything(host));
        var wife = await host.Db(db => db.Members.SingleAsync(m => m.Name == "李梅"));
        Assert.Equal(("female", new DateOnly(1972, 8, 9), "chronic", $"{Wife[..6]}********{Wife[^4..]}"), (wife.Sex, wife.BirthDay, wife.Health, wife.IdentityMask));
        Assert.DoesNotContain(Wife[6..14], wife.IdentityHidden, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_changed_cell_changes_its_field_with_history_and_a_blank_one_changes_nothing(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        await Import(host, Good);
        var changed = await Import(host, Good.Replace("长期慢性病", "大病", StringComparison.Ordinal).Replace(",5.5,", ",,", StringComparison.Ordinal).Replace("12000", "13000", StringComparison.Ordinal));
        Assert.Equal((0, 1, 1), (changed.Added, changed.Changed, changed.Same));
        var history = await host.Db(db => db.FieldChanges.OrderBy(c => c.Field).ToListAsync());
        Assert.Equal([("health", "chronic", "serious"), ("income-2025-wages", "…", "13000.00")], history.ConvertAll(c => (c.Field, c.Before, c.After)));
        Assert.Equal(550, await host.Db(db => db.Households.Where(h => h.BookNumber == "B1").Select(h => h.FarmlandCentimu).SingleAsync()));
    }

    /// <summary>Each fault by itself: code, row and column.</summary>
    public static TheoryData<string, string, string, int, string> Faults() => new()
    {
        { Good.Replace(Ma, Ma[..17] + (Ma[17] == '1' ? '2' : '1'), StringComparison.Ordinal), "identity.check", "a damaged number", 2, "身份证号" },
        { Good.Replace(Ma, "6.20599E+17", StringComparison.Ordinal), "identity.damaged", "a number that Excel cut", 2, "身份证号" },
        { Good.Replace("1970-05-01", "1971-05-01", StringComparison.Ordinal), "register.not-as-identity", "a birth day that is not the number's", 2, "出生日期" },
        { Good.Replace(",男,", ",女,", StringComparison.Ordinal), "register.sex-not-as-identity", "a sex that is not the number's", 2, "性别" },
        { Good.Replace("1980-01-02", "2999-01-02", StringComparison.Ordinal), "register.future", "a future birth", 4, "出生日期" },
        { Good.Replace("1980-01-02", "1980年13月2日", StringComparison.Ordinal), "register.day", "a day that is none", 4, "出生日期" },
        { Good.Replace("配偶", "户主", StringComparison.Ordinal), "register.two-heads", "two heads of one household", 3, "与户主关系" },
        { Good.Replace("head", "child", StringComparison.Ordinal), "register.no-head", "no head", 4, "与户主关系" },
        { Good.Replace(Wife, Ma, StringComparison.Ordinal).Replace(",女,", ",男,", StringComparison.Ordinal), "register.identity-twice", "one person twice", 3, "身份证号" },
        { Good.Replace("620525100202", "620525100999", StringComparison.Ordinal), "register.village-unknown", "a village that is not there", 4, "村" },
        { Good.Replace("620525100202", "620525100203", StringComparison.Ordinal), "register.village-split", "a village that was split", 4, "村" },
        { Good.Replace("小学", "博士后", StringComparison.Ordinal), "register.no-choice", "a word that is no choice", 2, "文化程度" },
        { Good.Replace("5.5", "五亩半", StringComparison.Ordinal), "register.amount", "a quantity in words", 2, "耕地（亩）" },
        { Good.Replace("2025,12000", ",12000", StringComparison.Ordinal), "register.income-year", "income of no year", 2, "收入年份" },
        { Good.Replace("马大", "", StringComparison.Ordinal), "register.required", "nobody's row", 2, "姓名" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_wrong_cell_is_named_keeps_its_household_out_and_lets_the_other_in(string sheet, string code, string what, int row, string column)
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        var nothing = await Import(host, sheet);
        Assert.False(nothing.Written, what);
        var no = Assert.Single(nothing.Refused.DistinctBy(r => (r.Code, r.Where.Row)), r => r.Where.Row == row);
        Assert.Equal((code, column), (no.Code, no.Where.Column));
        Assert.DoesNotContain(Ma, host.Services.GetRequiredService<Texts>().Say(Language.Zh, no), StringComparison.Ordinal);
        Assert.Equal(0, await host.Db(db => db.Households.CountAsync(h => h.BookNumber != null)));
        var some = await Import(host, sheet, RegisterImportMode.Good);
        Assert.Equal((true, 1, 1), (some.Written, some.Added, some.Left));
    }

    [Theory, EachDatabase]
    public async Task What_needs_a_second_person_is_left_to_a_change_request(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        await Import(host, Good);
        var other = CountySheet.Identity(new(1970, 5, 1), 5);
        foreach (var (sheet, code) in new[]
        {
            (Good.Replace(Ma, other, StringComparison.Ordinal), "register.other-identity"),
            (Good.Replace("配偶", "子女", StringComparison.Ordinal), "register.other-relation"),
            (Good.Replace("620525100201", "620525100202", StringComparison.Ordinal), "register.other-village"),
            (Head + $"B2,620525100202,配偶,李梅,{Wife},女,,,,,,,\n", "register.member-elsewhere"),
        })
        {
            var refused = await Import(host, sheet);
            Assert.False(refused.Written);
            Assert.Contains(refused.Refused, r => r.Code == code);
        }
    }

    [Theory, EachDatabase]
    public async Task Somebody_of_another_county_touches_nothing_here(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        await Import(host, Good);
        var foreign = new Scope { AccountId = 9, Role = Role.CountyStaff, Area = AreaCode.Parse("622923") };
        var outcome = await host.In(s => s.GetRequiredService<ImportRegister>().Run(Csv(Good.Replace("健康", "大病", StringComparison.Ordinal)), foreign.Area, RegisterImportMode.All, null, default), foreign);
        Assert.False(outcome.Written);
        Assert.Equal(0, await host.Db(db => db.FieldChanges.CountAsync()));
    }

    [Fact]
    public async Task Merged_cells_name_a_household_once_for_all_its_rows_and_blank_ones_do_not()
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        var rows = Good.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[2] = rows[2].Replace("B1,", ",", StringComparison.Ordinal);
        Assert.Equal("register.which-household", Assert.Single((await Import(host, string.Join('\n', rows))).Refused).Code);
        var book = Xlsx(rows, merge: "A2:A3");
        var merged = await host.In(async s => await s.GetRequiredService<ImportRegister>().Run((await SheetReader.Open(new MemoryStream(book), "r.xlsx", default)).Value, SmallCounty.County, RegisterImportMode.All, null, default));
        Assert.Equal((true, 2, 3), (merged.Written, merged.Added, merged.People));
    }

    [Fact]
    public async Task A_workbook_comes_back_with_its_wrong_cells_red_a_comment_on_each_and_all_else_as_it_was()
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        var rows = Good.Replace("小学", "博士后", StringComparison.Ordinal).Replace("1980-01-02", "", StringComparison.Ordinal).Replace("王二", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var book = Xlsx(rows, null);
        var reader = (await SheetReader.Open(new MemoryStream(book), "r.xlsx", default)).Value;
        var refused = (await host.In(s => s.GetRequiredService<ImportRegister>().Run(reader, SmallCounty.County, RegisterImportMode.Preview, null, default))).Refused;
        Assert.Equal(2, refused.Count);
        using var output = new MemoryStream();
        Assert.Null(MarkedWorkbook.Write(book, "r.xlsx", refused, host.Services.GetRequiredService<Texts>(), Language.Zh, output).Refused);

        using var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(output, false);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document).Select(e => $"{e.Part?.Uri} {e.Description}"));
        var sheet = document.WorkbookPart!.WorksheetParts.Single(p => p.WorksheetCommentsPart is not null);
        Assert.Equal(["H2", "D4"], sheet.WorksheetCommentsPart!.Comments.CommentList!.Elements<DocumentFormat.OpenXml.Spreadsheet.Comment>().Select(c => c.Reference!.Value));
        var styles = document.WorkbookPart.WorkbookStylesPart!.Stylesheet;
        foreach (var at in new[] { "H2", "D4" })
        {
            var cell = sheet.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Single(c => c.CellReference == at);
            var fill = styles.Fills!.ElementAt((int)((DocumentFormat.OpenXml.Spreadsheet.CellFormat)styles.CellFormats!.ElementAt((int)cell.StyleIndex!.Value)).FillId!.Value);
            Assert.Contains("FFC7CE", fill.OuterXml, StringComparison.Ordinal);
        }
        // The reader meets the rows that were sent, and the list of what to correct behind them.
        output.Position = 0;
        var back = (await SheetReader.Open(output, "r.xlsx", default)).Value.Rows().Select(r => string.Join(',', r.Value.Cells.Select(c => c.Text)).TrimEnd(',')).ToList();
        Assert.Equal(rows.Select(r => r.TrimEnd(',')), back.Take(rows.Length));
        Assert.Equal(3, back.Count - rows.Length);
    }

    [Theory, EachDatabase]
    public async Task What_is_exported_changes_nothing_when_it_comes_back_and_each_household_can_see_who_took_it(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        await Import(host, Good);
        var before = await Everything(host);
        foreach (var language in new[] { Language.Zh, Language.En })
        {
            using var output = new MemoryStream();
            var staff = new Scope { AccountId = 9, Role = Role.CountyStaff, Area = SmallCounty.County };
            await host.In(s => ActivatorUtilities.CreateInstance<Shanhuo.Registry.Files.RegisterSheets>(s).Export(output, SmallCounty.County, language, default), staff);
            output.Position = 0;
            var sheet = (await SheetReader.Open(output, "r.xlsx", default)).Value;
            var again = await host.In(s => s.GetRequiredService<ImportRegister>().Run(sheet, SmallCounty.County, RegisterImportMode.All, null, default), staff);
            Assert.Empty(again.Refused);
            Assert.Equal((0, 0), (again.Added, again.Changed));
        }
        Assert.Equal(before, await Everything(host));
        Assert.Equal(2, await host.Db(db => db.LooksAt(SmallCounty.Ma).CountAsync(l => l.What == "register-sheet")));
        using var zip = new ZipArchive(new MemoryStream(await Exported(host)), ZipArchiveMode.Read);
        foreach (var part in zip.Entries)
        {
            using var text = new StreamReader(part.Open());
            var all = await text.ReadToEndAsync();
            Assert.DoesNotContain(Ma, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Ten_thousand_rows_with_two_hundred_wrong_cells_give_two_hundred_right_answers_and_no_false_alarm()
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        using var file = new MemoryStream();
        CountySheet.Write(file, SheetFormat.Csv, 2_500, 10_000, ["620525100201", "620525100202"], 50);
        file.Position = 0;
        var result = await host.In(async s => await s.GetRequiredService<ImportRegister>().Run((await SheetReader.Open(file, "r.csv", default)).Value, SmallCounty.County, RegisterImportMode.Good, null, default));
        Assert.Equal(200, result.Refused.Count);
        Assert.All(result.Refused, r => Assert.Equal(("identity.check", "identity", 0), (r.Code, r.Where.Column, (r.Where.Row!.Value - 1) % 50)));
        Assert.Equal((true, 2_500 - result.Left), (result.Written, result.Added));
    }

    private static async Task<TestHost> Start(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await host.Db(async db =>
        {
            db.AreaChanges.Add(new AreaChange { From = AreaCode.Parse("620525100203"), To = SmallCounty.VillageA, On = new(2024, 1, 1) });
            db.AreaChanges.Add(new AreaChange { From = AreaCode.Parse("620525100203"), To = SmallCounty.VillageB, On = new(2024, 1, 1) });
            await db.SaveChangesAsync();
        });
        return host;
    }

    private static Task<RegisterImported> Import(TestHost host, string csv, RegisterImportMode mode = RegisterImportMode.All) =>
        host.In(s => s.GetRequiredService<ImportRegister>().Run(Csv(csv), SmallCounty.County, mode, null, default), new Scope { AccountId = 9, Role = Role.CountyStaff, Area = SmallCounty.County });

    private static SheetReader Csv(string text) => SheetReader.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), "r.csv", default).Result.Value;

    private static async Task<byte[]> Exported(TestHost host)
    {
        using var output = new MemoryStream();
        await host.In(s => ActivatorUtilities.CreateInstance<Shanhuo.Registry.Files.RegisterSheets>(s).Export(output, SmallCounty.County, Language.Zh, default));
        return output.ToArray();
    }

    private static byte[] Xlsx(string[] rows, string? merge)
    {
        using var output = new MemoryStream();
        using (var sheet = SheetWriter.Begin(SheetFormat.Xlsx, output, "名册", [.. rows[0].Split(',').Select(c => new SheetColumn(c))]))
            foreach (var row in rows.Skip(1)) sheet.Row([.. row.Split(',').Select(c => (SheetValue)c)]);
        if (merge is null) return output.ToArray();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Update, true))
        {
            var part = zip.GetEntry("xl/worksheets/sheet1.xml")!;
            string xml;
            using (var text = new StreamReader(part.Open())) xml = text.ReadToEnd();
            part.Delete();
            using var written = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml").Open());
            written.Write(xml.Replace("</sheetData>", $"</sheetData><mergeCells count=\"1\"><mergeCell ref=\"{merge}\"/></mergeCells>", StringComparison.Ordinal));
        }
        return output.ToArray();
    }

    /// <summary>All that the register says, without what each writing makes anew.</summary>
    private static Task<string> Everything(TestHost host) => host.Db(async db =>
    {
        var homes = await db.Households.AsNoTracking().OrderBy(h => h.Id).ToListAsync();
        var people = await db.Members.AsNoTracking().OrderBy(m => m.Id).ToListAsync();
        var causes = await db.PovertyCauses.AsNoTracking().OrderBy(c => c.Id).Select(c => $"{c.HouseholdId} {c.Cause} {c.IsMain} {c.Until}").ToListAsync();
        var incomes = await db.Incomes.AsNoTracking().OrderBy(i => i.Id).Select(i => new { i.HouseholdId, i.Year, i.Kind, i.Gross, i.Costs }).ToListAsync();
        return string.Join('\n', [
            .. homes.Select(h => $"{h.Id} {h.Code} {h.HeadName} {string.Join('|', RegisterFields.OfHousehold.Select(f => f.Read(h)))}"),
            .. people.Select(m => $"{m.Id} {m.HouseholdId} {m.Relation} {string.Join('|', RegisterFields.OfMember.Select(f => f.Read(m)))}"), .. causes, .. incomes.Select(i => i.ToString()), $"{await db.FieldChanges.CountAsync()}"]);
    });
}
