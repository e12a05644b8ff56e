using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Market;
using Shanhuo.Registry;
using Shanhuo.Market.Channels.Statements;
using Shanhuo.Market.Orders;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Channels.Statements;

public sealed class ReconcilingTests
{
    private const string File = "订单编号,实际结算金额,佣金,技术服务费\nT1,55.00,3.90,0\nT2,60.00,2.00,1.00\nT9,10.00,0,0\n";

    [Theory, EachDatabase]
    public async Task Each_order_matches_differs_or_is_missing_on_one_side_to_the_fen(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Sales(host);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await Upload(staff, File);
        Assert.Equal(["一致 1 ¥0.00", "不一致 1 -¥1.50", "我们没有这一单 1 ¥10.00", "平台还没结这一单 1 -¥20.00"], page.Page.QuerySelectorAll("section:last-of-type table")[0].QuerySelectorAll("tbody tr").Select(r => string.Join(' ', r.Children.Select(c => c.TextContent.Trim().Replace("−", "-", StringComparison.Ordinal)))));
        var rows = page.Page.QuerySelectorAll("section:last-of-type table")[1].QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();
        Assert.Contains(rows, r => r.Contains("T2", StringComparison.Ordinal) && r.Contains("佣金：我们 1.50，平台 2.00；技术服务费：我们 0.00，平台 1.00", StringComparison.Ordinal));
        Assert.Contains("¥131.90", page.Text); // 125.00 paid out and 6.90 kept
        var sheet = await staff.Client.GetStringAsync(page.Address.AbsolutePath + "?handler=Sheet&format=csv");
        Assert.Equal(5, sheet.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("T3,平台还没结这一单,20.00,,-20.00", sheet);
        var auditor = await host.VisitAs(Role.Auditor, SmallCounty.County, language: "en");
        Assert.DoesNotContain("[", (await auditor.Get(page.Address.AbsolutePath)).Page.QuerySelector("main")!.TextContent);
        Assert.Null((await auditor.Get("/market/channels/statements")).Page.QuerySelector("input[type=file]"));
    }

    [Theory, EachDatabase]
    public async Task The_same_file_twice_changes_nothing_and_a_later_file_corrects_an_order(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Sales(host);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var first = await Upload(staff, File);
        Assert.Equal(first.Address, (await Upload(staff, File)).Address);
        Assert.Equal((1, 3), await host.Db(async db => (await db.PlatformStatements.CountAsync(), await db.PlatformStatementLines.CountAsync())));
        // The platform gives back what it kept too much: 0.50 of commission, 1.00 of service.
        var corrected = await Upload(staff, "订单编号,实际结算金额,佣金,技术服务费\nT2,1.50,-0.50,-1.00\n");
        // T3 is in no file; of the order that was corrected nothing is left to explain.
        Assert.Equal(["T3"], corrected.Page.QuerySelectorAll("section:last-of-type table")[1].QuerySelectorAll("tbody th").Select(t => t.TextContent));
        Assert.DoesNotContain("T2", (await staff.Get(first.Address.AbsolutePath)).Page.QuerySelectorAll("section:last-of-type table")[1].TextContent);
    }

    [Theory, EachDatabase]
    public async Task Files_whose_months_overlap_count_a_row_once_and_two_like_rows_of_one_file_twice(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Sales(host);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        const string head = "订单编号,结算时间,实际结算金额,佣金\n";
        var november = await Upload(staff, head + "T1,2026-11-21 10:00:00,55.00,3.90\nT2,2026-11-21 10:00:00,30.00,0.75\nT2,2026-11-21 10:00:00,31.50,0.75\n");
        Assert.Null(november.Page.QuerySelector("#twice"));
        Assert.Equal(["T3"], Open(november));
        // The same rows again with a new one: what was paid too much on T1 on another day is a correction, though it says nothing new of T2.
        var whole = await Upload(staff, head + "T1,2026-11-21 10:00:00,55.00,3.90\nT2,2026-11-21 10:00:00,30.00,0.75\nT2,2026-11-21 10:00:00,31.50,0.75\nT3,2026-11-30,10.00,0\nT3,2026-11-30,10.00,0\n");
        Assert.Contains("3", whole.Page.QuerySelector("#twice")!.TextContent);
        // T3 is 20.00: twice ten in one file are twenty.
        Assert.Empty(Open(whole));
        Assert.Contains("每一单都一致", (await staff.Get(november.Address.AbsolutePath)).Text);
        // The same amount on another day is another row.
        var later = await Upload(staff, head + "T3,2026-12-01,10.00,0\n");
        Assert.Contains("T3", Open(later));
    }

    [Theory, EachDatabase]
    public async Task A_statement_that_should_not_be_here_is_taken_back_stands_in_the_trail_and_may_come_again(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Sales(host);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await Upload(staff, File);
        Assert.Null((await (await host.VisitAs(Role.Auditor, SmallCounty.County)).Get(page.Address.AbsolutePath)).Page.QuerySelector("form[action*=Back]"));
        Assert.Equal("/market/channels/statements", (await staff.Submit(page, "form[action*=Back]", [])).Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Submit(page, "form[action*=Back]", [])).Status);
        Assert.Equal((0, 0), await host.Db(async db => (await db.PlatformStatements.CountAsync(), await db.PlatformStatementLines.CountAsync())));
        Assert.Equal("taobao settled.csv", await host.Db(db => db.Trail.Where(t => t.What == "platform-statement-back").Select(t => t.Reason).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, (await Upload(staff, File)).Status);
        Assert.Equal(3, await host.Db(db => db.PlatformStatementLines.CountAsync()));
    }

    private static IEnumerable<string> Open(Answer page) => page.Page.QuerySelectorAll("section:last-of-type table").Skip(1).SelectMany(t => t.QuerySelectorAll("tbody th")).Select(t => t.TextContent);

    [Theory]
    [InlineData("订单编号,实际结算金额\nT1,五十\n", "market.import-money"), InlineData("订单编号,实际结算金额\n,5\n", "market.import-empty"), InlineData("订单编号,实际结算金额\nT1,\n", "market.import-empty"), InlineData("订单号码,到账\nT1,5\n", "market.import-no-header"), InlineData("订单编号,结算时间,实际结算金额\nT1,昨天,5\n", "market.import-day")]
    public async Task A_wrong_cell_refuses_the_file_and_says_where(string csv, string code)
    {
        Assert.True((await SheetReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "s.csv", default)).Ok(out var reader, out _));
        Assert.False(StatementReader.Read(StatementTemplate.Shipped["taobao"], reader).Ok(out _, out var no));
        Assert.Equal((code, "s.csv"), (no.Code, no.Where.File));
    }

    [Fact]
    public async Task Rows_of_an_order_are_added_up_and_a_minus_is_read_as_the_template_says()
    {
        Assert.True((await SheetReader.Open(new MemoryStream(Encoding.UTF8.GetBytes("结算单\n订单编号,实际结算金额,佣金\nT1,50.00,-2.00\nT1,-10.00,0.40\n")), "s.csv", default)).Ok(out var reader, out _));
        Assert.True(StatementReader.Read(StatementTemplate.Shipped["taobao"] with { DeductionsBelowZero = true }, reader).Ok(out var orders, out _));
        var order = orders.Aggregate((a, b) => a.Plus(b));
        Assert.Equal((2, new Fen(4000), new Fen(160), new Fen(4160)), (orders.Count, order.PaidOut, order.Deducted, order.Gross));
    }

    [Fact]
    public void What_differs_explains_every_fen_that_came_too_much_or_too_little()
    {
        var random = new Random(5);
        for (var n = 0; n < 500; n++)
        {
            var ours = Enumerable.Range(0, 20).Where(_ => random.Next(4) > 0).Select(i => new OurOrder($"{i}", Some(9_000), Some(300), Some(300))).ToDictionary(o => o.Number);
            var theirs = Enumerable.Range(0, 20).Where(_ => random.Next(4) > 0).Select(i => ours.TryGetValue($"{i}", out var o) && random.Next(2) == 0 ? new TheirOrder($"{i}", o.Expected, [o.Commission, Fen.Zero, o.Promotion, Fen.Zero, Fen.Zero]) : new TheirOrder($"{i}", Some(9_000), [.. Deduction.Kinds.Select(_ => Some(300))])).ToList();
            var rows = Reconciling.Compare(ours, theirs);
            Assert.Equal(ours.Keys.Union(theirs.Select(t => t.Number)).Order(), rows.Select(r => r.Number).Order());
            Assert.Equal(theirs.Sum(t => t.PaidOut.Value) - ours.Values.Sum(o => o.Expected.Value), rows.Sum(r => r.Off.Value));
            foreach (var row in rows.Where(r => r is { Ours: not null, Theirs: not null }))
            {
                Assert.Equal(row.Off.Value, row.Differences.Sum(d => (d.Kind == "gross" ? 1 : -1) * (d.Theirs - d.Ours).Value));
                Assert.Equal(row.Verdict == Verdict.Matched, row.Differences.Count == 0);
            }
        }

        Fen Some(int most) => new(random.Next(0, most));
    }

    [Fact]
    public void Every_channel_with_orders_by_file_has_its_columns_and_only_our_own_table_is_verified()
    {
        Assert.Equal(Shanhuo.Market.Channels.ChannelBook.Shipped.Keys.Order(), StatementTemplate.Shipped.Keys.Order());
        Assert.Equal(["pavilion"], StatementTemplate.Shipped.Values.Where(t => t.Verified).Select(t => t.Channel));
        Assert.All(StatementTemplate.Shipped.Values, t => Assert.Equal(Deduction.Kinds.Order(), t.Deductions.Keys.Order()));
    }

    // T1 58.90 with 3.90 of commission; T2 63.00 and 1.50; T3 20.00, of which the file says nothing.
    private static async Task Sales(TestHost host)
    {
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        foreach (var (number, goods, commission) in new[] { ("T1", 5290, 390), ("T2", 5700, 150), ("T3", 1400, 0) })
        {
            var line = await SmallCounty.Sell(host, 500, goods, 600);
            await host.Db(async db =>
            {
                var sold = await db.OrderLines.SingleAsync(l => l.Id == line);
                sold.Commission = new Fen(commission);
                await db.SaveChangesAsync();
                await db.Database.ExecuteSqlAsync($"update market_orders set number = {number} where id = {sold.OrderId}");
            });
        }
    }

    private static async Task<Answer> Upload(Visitor staff, string csv) =>
        await staff.Submit(await staff.Get("/market/channels/statements"), "form[enctype]", new() { ["Channel"] = "taobao" }, new() { ["Upload"] = ("settled.csv", Encoding.UTF8.GetBytes(csv)) });
}
