using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Genuine;
using Shanhuo.Market.Recalls;
using Shanhuo.Registry.Trail;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Genuine;

/// <summary>Anybody says that something is not genuine; the county answers, and who reported reads it.</summary>
public sealed class FakeReportTests
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, .. Encoding.ASCII.GetBytes("a code stuck on")];

    private static Task<Outcome<FakeReport>> Report(SalesHost host, string from = "203.0.113.7", Guid? request = null, long? seller = SmallCounty.Cooperative) =>
        host.Do((ReportFakeHandler report) => report.Handle(new ReportFake(request ?? Guid.CreateVersion7(), new FakeSubject(SmallCounty.County, SmallCounty.VillageA, seller, SmallCounty.Lot, "L-1", null, null), "袋子上的码是另外贴上去的", "", [], from), CancellationToken.None));

    private static Task<Refusal?> Answer(SalesHost host, long report, FakeOutcome outcome, string words = "到店里看过，是别人仿冒的") =>
        host.Do((AnswerFakeHandler answer) => answer.Handle(new AnswerFake(report, outcome, words), CancellationToken.None));

    [Theory, EachDatabase]
    public async Task A_buyer_reports_from_the_order_with_a_photo_and_reads_the_answer_there(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var form = await staff.Get((await staff.Get(Parcels.Page(host, placed.OrderId))).Page.QuerySelector("a[href*='/shop/genuine']")!.GetAttribute("href")!);
        var fields = new Dictionary<string, string> { ["Form.Words"] = "袋子里不是前山的杏仁，是别处的", ["Form.Phone"] = "139 1111 2222" };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(form, "form:has(#photos)", new() { ["Form.Words"] = "假的" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(form, "form:has(#photos)", new(fields) { ["Form.Phone"] = "请打给我" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(form, "form:has(#photos)", fields, new() { ["Form.Photos"] = ("a.jpg", "<svg/>"u8.ToArray()) })).Status);
        var sent = await staff.Submit(form, "form:has(#photos)", fields, new() { ["Form.Photos"] = ("a.jpg", Photo) });
        Assert.Contains("收到了", sent.Text, StringComparison.Ordinal);
        var report = await host.Db(db => db.FakeReports.SingleAsync());
        Assert.Equal((placed.OrderId, "L-1", SmallCounty.Cooperative, "••••2222"), (report.OrderId, report.LotCode, report.SellerId, report.PhoneMask));
        Assert.DoesNotContain("13911112222", report.PhoneHidden!, StringComparison.Ordinal);
        Assert.True(await host.Db(async db => (await db.FakePhotos.SingleAsync()).Hidden.AsSpan().IndexOf("stuck"u8) < 0));
        // Staff see the number only when they ask, and the photo; both are on record.
        var page = await staff.Get($"/market/genuine/report/{report.Id}");
        Assert.DoesNotContain("13911112222", page.Text, StringComparison.Ordinal);
        Assert.Contains("13911112222", (await staff.Submit(page, "form[action*='handler=Phone']", new())).Text, StringComparison.Ordinal);
        Assert.Equal(Photo, await staff.Client.GetByteArrayAsync($"/market/genuine/photo/{report.Id}/1"));
        Assert.Equal(["phone", "photo"], await host.Db(db => db.Set<AuditRecord>().Where(r => r.What == "fake-report").OrderBy(r => r.Id).Select(r => r.Fields!).ToListAsync()));
        host.Clock.Days(8);
        Assert.Contains("已过期", (await staff.Get("/market/genuine")).Text, StringComparison.Ordinal);
        await staff.Submit(await staff.Get($"/market/genuine/report/{report.Id}"), "form:has(#Words)", new() { ["Outcome"] = "Unfounded", ["Words"] = "送检是前山的品种" });
        var order = await staff.Get(Parcels.Page(host, placed.OrderId));
        Assert.Contains("送检是前山的品种", order.Text, StringComparison.Ordinal);
        // Nobody else may open it.
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        Assert.NotEqual(HttpStatusCode.OK, (await seller.Get($"/market/genuine/report/{report.Id}")).Status);
        Assert.DoesNotContain("不是前山", (await seller.Get("/market/genuine?State=Unfounded")).Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Pages_of_a_lot_and_an_offer_lead_to_it_and_unknown_ones_do_not(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        foreach (var path in new[] { $"/shop/620525/almond-{Window.Almonds}", "/settlement/trace/lot/L-1" })
        {
            var form = await staff.Get((await staff.Get(path)).Page.QuerySelector("a[href*='/shop/genuine']")!.GetAttribute("href")!);
            Assert.Equal(HttpStatusCode.OK, (await staff.Submit(form, "form:has(#photos)", new() { ["Form.Words"] = "市场里有一摊说是你们的货" })).Status);
        }
        Assert.Equal([null, "L-1"], await host.Db(db => db.FakeReports.OrderBy(r => r.Id).Select(r => r.LotCode).ToListAsync()));
        foreach (var wrong in new[] { "", "?lot=L-9", "?place=620525&offer=none", "?order=620525-1-AAAA" }) Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/shop/genuine" + wrong)).Status);
    }

    [Theory, EachDatabase]
    public async Task The_seller_reads_its_warning_also_when_its_goods_are_kept_elsewhere(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.Db(db => db.Lots.Where(l => l.Id == SmallCounty.Lot).ExecuteUpdateAsync(set => set.SetProperty(l => l.Area, SmallCounty.County).SetProperty(l => l.PlaceId, SmallCounty.Centre)));
        var buyer = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        await buyer.Submit(await buyer.Get("/shop/genuine?lot=L-1"), "form:has(#photos)", new() { ["Form.Words"] = "市场里有一摊说是你们的货" });
        Assert.Null(await Answer(host, await host.Db(db => db.FakeReports.Select(r => r.Id).SingleAsync()), FakeOutcome.Warned));
        Assert.Contains("是别人仿冒的", (await (await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative)).Get("/market/genuine")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("是别人仿冒的", (await (await host.VisitAs(Role.Cooperative, SmallCounty.Township, 4242)).Get("/market/genuine")).Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task One_address_reports_a_few_times_a_day_also_all_at_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var most = GenuineRules.Shipped.MostFromOneADay;
        var answers = await Task.WhenAll(Enumerable.Range(0, most + 4).Select(_ => Task.Run(() => Report(host))));
        Assert.Equal((most, 4), (answers.Count(a => a.Refused is null), answers.Count(a => a.Refused?.Code == "genuine.many")));
        Assert.Null((await Report(host, "203.0.113.8")).Refused);
        host.Clock.Days(1);
        var request = Guid.CreateVersion7();
        var same = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Report(host, request: request))));
        Assert.Single(same.Select(a => a.Value.Id).Distinct());
        Assert.Equal(most + 2, await host.Db(db => db.FakeReports.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Founded_means_a_recalled_lot_or_a_warned_seller_and_each_answer_stays(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var report = (await Report(host)).Value;
        Assert.Equal("genuine.answer-words", (await Answer(host, report.Id, FakeOutcome.Warned, "假"))?.Code);
        Assert.Equal("genuine.outcome", (await Answer(host, report.Id, FakeOutcome.Open))?.Code);
        Assert.Equal("genuine.recall-first", (await Answer(host, report.Id, FakeOutcome.Recalled))?.Code);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Answer(host, report.Id, FakeOutcome.Warned)))), Assert.Null);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var list = await seller.Get("/market/genuine");
        Assert.Contains("是别人仿冒的", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("另外贴上去", list.Text, StringComparison.Ordinal);
        Assert.Null((await host.Do((RecallLotHandler recall) => recall.Ask(new RecallLot(Guid.CreateVersion7(), SmallCounty.Lot, "查出掺了别处的货"), CancellationToken.None))).Refused);
        Assert.Null(await Answer(host, report.Id, FakeOutcome.Recalled, "批次已召回"));
        Assert.Equal([FakeOutcome.Open, FakeOutcome.Warned, FakeOutcome.Recalled], await host.Db(db => db.FakeSteps.OrderBy(s => s.Id).Select(s => s.Outcome).ToListAsync()));
        Assert.Equal("genuine.nobody", (await Answer(host, (await Report(host, seller: null)).Value.Id, FakeOutcome.Warned))?.Code);
    }
}
