using System.IO.Compression;
using System.Net;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry;
using Shanhuo.Registry.CountyForms;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Kernel.Sheets;
using Shanhuo.Tests.Registry.Measures;

namespace Shanhuo.Tests.Registry.CountyForms;

public sealed class CountyFormTests
{
    private static readonly Scope First = new() { Area = PoorCounty.County, AccountId = 1, Role = Role.CountyStaff }, Second = new() { Area = PoorCounty.County, AccountId = 2, Role = Role.CountyOfficial };

    private const string Styles = "<fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"1\"/><xf numFmtId=\"10\" applyNumberFormat=\"1\"/></cellXfs>";

    [Theory, EachDatabase]
    public async Task A_form_is_filled_in_its_own_cells_keeps_its_styles_and_names_its_sources(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await PoorCounty.Found(host);
        var filled = await Fill(host, Form("{{incidence area=620525100}}", "{{ monitored year=2015 }}", "{{incidence area=620525101}}"));
        var (rows, no, _) = await SheetFiles.Read(filled.Workbook);
        Assert.Null(no);
        // Of village A and B 20 people are known and 4 poor.
        Assert.Equal(["发生率", "0.2"], rows[0].Cells.Select(c => c.Text));
        Assert.Equal(["监测户", "1"], rows[1].Cells.Select(c => c.Text));
        // Nobody's income is known in the other township: words, not zero.
        Assert.Equal(["发生率", "不详"], rows[2].Cells.Select(c => c.Text));
        var cell = Part(filled.Workbook, "xl/worksheets/sheet1.xml").Descendants(XName.Get("c", SheetFiles.Main)).Single(c => (string?)c.Attribute("r") == "B1");
        Assert.Equal(("2", null), ((string?)cell.Attribute("s"), (string?)cell.Attribute("t")));
        Assert.Equal("1", (string?)Part(filled.Workbook, "xl/workbook.xml").Root!.Element(XName.Get("calcPr", SheetFiles.Main))!.Attribute("fullCalcOnLoad"));
        Assert.Equal(Part(Form("x", "y", "z"), "xl/styles.xml").ToString(), Part(filled.Workbook, "xl/styles.xml").ToString());
        var sources = rows.Where(r => r.Sheet == "数据来源").ToList();
        Assert.Equal(4, sources.Count);
        Assert.Equal(["订单", "B1", "0.2", "贫困发生率，0到1：poor 除以 known-people；线 2855", "620525100", "2015", "20 / 20", "2026-11-21 09:00"], sources[1].Cells.Select(c => c.Text));
        Assert.Equal([0.2, 1, null], FillForm.Cells(filled).Select(c => c.Value));
    }

    [Theory, EachDatabase]
    public async Task A_form_is_signed_once_by_somebody_who_did_not_fill_it_and_only_as_it_was_frozen(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await PoorCounty.Found(host);
        var filled = await Fill(host, Form("{{people}}", "", ""));
        Assert.Equal("forms.own", (await Sign(host, filled.Id, First)).Refused?.Code);
        Assert.Equal("forms.unknown", (await Sign(host, filled.Id, new Scope { Area = PoorCounty.TownA, AccountId = 2, Role = Role.TownshipOfficial })).Refused?.Code);
        var results = await Task.WhenAll(Enumerable.Range(2, 4).Select(person => Task.Run(() => Sign(host, filled.Id, new Scope { Area = PoorCounty.County, AccountId = person, Role = Role.CountyOfficial }))));
        Assert.Single(results, r => r.Refused is null);
        Assert.All(results.Where(r => r.Refused is not null), r => Assert.Equal("forms.signed", r.Refused!.Code));
        Assert.Equal(1, await host.Db(db => db.Trail.CountAsync(r => r.What == "county-form-signed")));

        var other = await Fill(host, Form("{{people}}", "", ""));
        await host.Db(db => db.FilledForms.Where(f => f.Id == other.Id).ExecuteUpdateAsync(s => s.SetProperty(f => f.Workbook, new byte[] { 1 })));
        Assert.Equal("forms.changed", (await Sign(host, other.Id, Second)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task The_same_request_fills_once(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await PoorCounty.Found(host);
        var (request, put, sheet) = (Guid.NewGuid(), Guid.NewGuid(), Form("{{poor}}", "", ""));
        // Pressed twice in one moment, and once more afterwards.
        var forms = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.In(s => s.GetRequiredService<FillForm>().Put(put, sheet, "表.xlsx", default), First))));
        var form = forms[0].Form!;
        Assert.All(forms, f => Assert.Equal(form.Id, f.Form!.Id));
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.In(s => s.GetRequiredService<FillForm>().Fill(request, form.Id, PoorCounty.Year, Language.Zh, default), First))));
        var again = await host.In(s => s.GetRequiredService<FillForm>().Fill(request, form.Id, PoorCounty.Year, Language.Zh, default), First);
        Assert.Single(both.Append(again).Select(f => f.Value.Id).Distinct());
        Assert.Equal((1, 1), await host.Db(async db => (await db.CountyForms.CountAsync(), await db.FilledForms.CountAsync())));
    }

    [Theory]
    [InlineData("{{incidenc}}", "forms.measure")]
    [InlineData("共 {{people}} 人", "forms.token")]
    [InlineData("{{people area=62052}}", "forms.area")]
    [InlineData("{{people area=622921}}", "forms.area-not-yours")]
    [InlineData("{{people area=62}}", "forms.area-not-yours")]
    [InlineData("{{people year=15}}", "forms.year")]
    [InlineData("{{people line=none}}", "forms.parameter")]
    [InlineData("{{people town=1}}", "forms.parameter")]
    [InlineData("no mark", "forms.none")]
    public async Task A_mark_that_is_not_understood_is_refused_with_its_sheet_and_cell(string text, string code)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        var (form, bad) = await host.In(s => s.GetRequiredService<FillForm>().Put(Guid.NewGuid(), Form("x", text, "y"), "表.xlsx", default), First);
        Assert.Null(form);
        var no = Assert.Single(bad);
        Assert.Equal(code, no.Code);
        if (code != "forms.none") Assert.Equal("订单:B2", no.Where.ToString());
        Assert.Equal(0, await host.Db(db => db.CountyForms.CountAsync()));
    }

    [Fact]
    public async Task People_upload_fill_sign_and_compare_by_forms()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await PoorCounty.Found(host);
        var (staff, official) = (await host.VisitAs(Role.CountyStaff, PoorCounty.County), await host.VisitAs(Role.CountyOfficial, PoorCounty.County, language: "en"));
        var page = await staff.Get("/registry/countyforms");
        page = await staff.Submit(page, "#put", [], new() { ["Upload"] = ("上报表.xlsx", Form("{{people}}", "{{wrong}}", "")) });
        Assert.Contains("订单:B2", page.Text);
        page = await staff.Submit(page, "#put", [], new() { ["Upload"] = ("上报表.xlsx", Form("{{people}}", "{{incidence}}", "")) });
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var form = page.Address.AbsolutePath;
        page = await staff.Submit(page, "#fill", new() { ["Year"] = "2015" });
        Assert.Contains("等待另一人签发", page.Text);
        Assert.Null(page.Page.QuerySelector("#sign"));
        var filled = page.Address.AbsolutePath;
        page = await official.Submit(await official.Get(filled), "#sign", []);
        Assert.Contains("signed", page.Text);
        Assert.Null(page.Page.QuerySelector("#sign"));

        await PoorCounty.Home(host, 7, PoorCounty.VillageA, 10, [9_000_000, 0, 0, 0]);
        host.Clock.Days(1);
        page = await official.Submit(await official.Get(form), "#fill", new() { ["Year"] = "2015" });
        var cells = page.Page.QuerySelectorAll("tbody tr").Select(r => string.Join('|', r.QuerySelectorAll("td.num").Select(c => c.TextContent.Trim()))).ToList();
        Assert.Equal(["30|40|10|40 / 40", "0.2|0.133333|-0.066667|30 / 40"], cells);
        // Who filled it cannot sign it, and other counties do not see it.
        Assert.Null(page.Page.QuerySelector("#sign"));
        var other = await host.VisitAs(Role.CountyOfficial, AreaCode.Parse("622921"));
        foreach (var path in new[] { filled, form, filled + "?handler=File" }) Assert.Equal(HttpStatusCode.NotFound, (await other.Client.GetAsync(path)).StatusCode);
        Assert.DoesNotContain("上报表", (await other.Get("/registry/countyforms")).Text);
        Assert.Equal([0x50, 0x4B], (await staff.Client.GetByteArrayAsync(filled + "?handler=File"))[..2]);
    }

    /// <summary>Three rows, the second cell of each with a style of its own.</summary>
    private static byte[] Form(string first, string second, string third)
    {
        var rows = string.Concat(new[] { ("发生率", first), ("监测户", second), ("发生率", third) }.Select((r, i) => $"<row r=\"{i + 1}\"><c r=\"A{i + 1}\" t=\"inlineStr\"><is><t>{r.Item1}</t></is></c><c r=\"B{i + 1}\" s=\"2\" t=\"inlineStr\"><is><t>{r.Item2}</t></is></c></row>"));
        return SheetFiles.Workbook(rows, styles: Styles);
    }

    private static XDocument Part(byte[] workbook, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var part = zip.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }

    private static async Task<FilledForm> Fill(TestHost host, byte[] workbook)
    {
        var (form, bad) = await host.In(s => s.GetRequiredService<FillForm>().Put(Guid.NewGuid(), workbook, "表.xlsx", default), First);
        Assert.Empty(bad);
        return (await host.In(s => s.GetRequiredService<FillForm>().Fill(Guid.NewGuid(), form!.Id, PoorCounty.Year, Language.Zh, default), First)).Value;
    }

    private static Task<Outcome<Done>> Sign(TestHost host, long id, Scope by) => host.In(s => s.GetRequiredService<FillForm>().Sign(id, default), by);
}
