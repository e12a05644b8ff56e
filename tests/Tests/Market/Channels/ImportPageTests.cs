using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Market;
using Shanhuo.Market.Channels;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Kernel.Sheets;

namespace Shanhuo.Tests.Market.Channels;

public sealed class ImportPageTests
{
    private const string File = "主订单编号,子订单编号,商家编码,购买数量,买家实付金额,订单状态,订单付款时间\r\n2001,2001-1,XR500,2,58.00,交易成功,2026-11-20\r\n2002,2002-1,NEW,1,30.00,交易成功,2026-11-20\r\n2003,2003-1,XR500,x,58.00,交易成功,2026-11-20\r\n";

    [Theory, EachDatabase]
    public async Task A_file_is_looked_at_first_and_goes_in_in_the_background(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var look = await Upload(staff);
        Assert.Contains("购买数量", look.Text);
        Assert.Contains("“x”不是 1 到 1000000 的整数", look.Text);
        Assert.Equal(0, await host.Db(db => db.Orders.CountAsync()));
        var refused = await staff.Submit(look, "#go", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        await staff.Submit(look, "#go", new() { ["TakeGoodRows"] = "true" });
        var run = await Finished(host);
        Assert.Equal((2, 1, 1), (run.Added, run.Waiting, run.Refused));

        // The wrong rows come back as a table with the reason.
        var sheet = await staff.Client.GetByteArrayAsync($"/market/channels/run/{run.Id}?handler=Refused&format=Xlsx");
        var (rows, _, _) = await SheetFiles.Read(sheet);
        Assert.Equal((2, "4", "购买数量", "2003"), (rows.Count, rows[1][1].Text, rows[1][2].Text, rows[1][3].Text));

        // The unknown code is explained, and its line gets its lot and is settled.
        var waiting = await staff.Get("/market/channels/waiting");
        Assert.Contains("NEW", waiting.Text);
        var codes = await staff.Get("/market/channels/codes/taobao?code=NEW");
        var saved = await staff.Submit(codes, "form.card", new() { ["Form.ProductId"] = $"{SmallCounty.Apricot}", ["Form.PerUnit"] = "0.25" });
        Assert.Contains("1 行等着的货有了批次", saved.Text);
        Assert.True(await host.Db(db => db.OrderLines.AllAsync(l => l.IsSettled)));
    }

    [Theory, EachDatabase]
    public async Task The_same_file_from_two_browsers_is_one_run(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var first = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var second = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var pages = await Task.WhenAll(Upload(first), Upload(second));
        Assert.Equal(pages[0].Address.AbsolutePath, pages[1].Address.AbsolutePath);
        await Task.WhenAll(first.Submit(pages[0], "#go", new() { ["TakeGoodRows"] = "true" }), second.Submit(pages[1], "#go", new() { ["TakeGoodRows"] = "true" }));
        await Finished(host);
        Assert.Equal((1, 2, 2), await host.Db(async db => (await db.ImportRuns.CountAsync(), await db.Orders.CountAsync(), await db.OrderLines.CountAsync())));
        // Whoever presses once more changes nothing.
        await first.Submit(pages[0], "#go", new() { ["TakeGoodRows"] = "true" });
        await Finished(host);
        Assert.Equal((1, 2, 2), await host.Db(async db => (await db.ImportRuns.CountAsync(), await db.Orders.CountAsync(), await db.OrderLines.CountAsync())));
    }

    [Theory, EachDatabase]
    public async Task A_cooperative_packs_from_its_own_lots_only(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var own = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var other = await host.VisitAs(Role.Cooperative, SmallCounty.Township, 4242);
        Dictionary<string, string> scan = new() { ["Number"] = "100001", ["Lot"] = "L-1" };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.Submit(await other.Get("/market/channels/packing/taobao"), "form:has([name=Number])", scan)).Status);
        Assert.Equal(0, await host.Db(db => db.PackingScans.CountAsync()));
        Assert.Contains("100001", (await own.Submit(await own.Get("/market/channels/packing/taobao"), "form:has([name=Number])", scan)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("100001", (await other.Get("/market/channels/packing/taobao")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh", "这个文件不是 CSV 或 XLSX 表格")]
    [InlineData("en", "no CSV or XLSX table")]
    public async Task What_is_no_table_is_answered_in_words(string language, string words)
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: language);
        var answer = await staff.Submit(await staff.Get("/market/channels"), "form[enctype]", new() { ["Channel"] = "jd" }, new() { ["Upload"] = ("a.csv", Encoding.UTF8.GetBytes("<html>")) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.Text);
    }

    [Fact]
    public async Task A_county_says_which_column_is_what_and_files_are_read_so()
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var saved = await staff.Submit(await staff.Get("/market/channels/mapping/taobao"), "form:has(#c-number)", new() { ["Form.Columns[number]"] = "我的单号 | 主订单编号", ["Form.DueDays"] = "12" });
        Assert.Contains("已保存", saved.Text);
        Assert.Equal("market.import-number", Assert.Single((await host.Import(File.Replace("主订单编号", "我的单号"))).Value.Refused).Code);
        Assert.Equal(12, (await host.Do((ChannelBook book) => book.DueDays(SmallCounty.County, default)))["taobao"]);
        var wrong = await staff.Submit(await staff.Get("/market/channels/mapping/taobao"), "form:has(#c-number)", new() { ["Form.Columns[number]"] = "" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
    }

    [Fact]
    public async Task A_scanners_file_goes_in_whole_or_not_at_all()
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        Task<Outcome<(int, int)>> Scan(string csv) => host.Do((PackingHandler packing) => packing.File(SmallCounty.County, "taobao", new MemoryStream(Encoding.UTF8.GetBytes(csv)), "scan.csv", default));
        var no = (await Scan("订单号,批次\n1,L-1\n2,L-9\n")).Refused;
        Assert.Equal(("market.packing-lot", 3, "批次"), (no!.Code, no.Where.Row, no.Where.Column));
        Assert.Equal((2, 1), (await Scan("order,lot\n1,L-1\n2,L-1\n2,L-1\n")).Value);
        Assert.Equal((0, 3), (await Scan("order,lot\n1,L-1\n2,L-1\n2,L-1\n")).Value);
    }

    private static async Task<Answer> Upload(Visitor staff) =>
        await staff.Submit(await staff.Get("/market/channels"), "form[enctype]", new() { ["Channel"] = "taobao" }, new() { ["Upload"] = ("淘宝.csv", Encoding.UTF8.GetBytes(File)) });

    private static async Task<ImportRun> Finished(SalesHost host)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var run = await host.Db(db => db.ImportRuns.AsNoTracking().SingleAsync(patience.Token));
            if (run.State == ImportState.Done) return run;
            await Task.Yield();
        }
    }
}
