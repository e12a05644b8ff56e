using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Intakes;

namespace Shanhuo.Tests.Market.Agents;

/// <summary>What is brought to the village: licensed, approved, and answered for.</summary>
public sealed class SupplyTests
{
    private static readonly Scope Second = new() { Area = SmallCounty.County, AccountId = 2, Role = Role.CountyOfficial };
    private static readonly byte[] Voice = [0x4F, 0x67, 0x67, 0x53, 0, 1, 2, 3];

    private static Task<Refusal?> Desk(SalesHost host, Func<SupplierDesk, Task<Refusal?>> work, Scope? scope = null) => host.Do(work, scope ?? SalesHost.Staff);

    private static async Task<SupplyReport> Reported(SalesHost host)
    {
        var slip = (await host.Yes((await host.Bring()).Value.Id)).Value;
        return (await host.Do((ReportHandler r) => r.File(Guid.CreateVersion7(), slip.Id, new Upload("audio/ogg", Voice), CancellationToken.None), Morning.StationA)).Value;
    }

    [Theory, EachDatabase]
    public async Task Seed_fertiliser_and_pesticide_come_from_licensed_suppliers_only(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        foreach (var goods in new[] { "seed", "fertiliser", "pesticide" }) Assert.Equal("agents.licence-missing", (await host.Bring(goods, licence: " - ")).Refused?.Code);
        Assert.Equal("agents.kind", (await host.Bring("weapon")).Refused?.Code);
        var slip = (await host.Bring("tool", licence: null)).Value;
        Assert.Equal((new Fen(10_000), new Fen(200), new Fen(10_200), SlipState.Open), (slip.Goods, slip.Fee, slip.Amount, slip.State));
        Assert.Equal(SlipState.Done, (await host.Yes(slip.Id)).Value.State);
        Assert.Equal(SlipState.Done, (await host.Yes(slip.Id)).Value.State);
        Assert.Equal(("bring", 1, new Fen(200)), (await host.Month()).Select(r => (r.Task, r.Count, r.Fee)).Single());
    }

    [Theory, EachDatabase]
    public async Task A_supplier_is_barred_by_two_people_and_then_refused_everywhere_by_name_licence_or_phone(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var open = (await host.Bring()).Value;
        var supplier = await host.Db(db => db.Suppliers.Select(s => s.Id).SingleAsync());
        Assert.Equal("agents.reason", (await Desk(host, d => d.AskBar(supplier, " ", CancellationToken.None)))?.Code);
        Assert.Null(await Desk(host, d => d.AskBar(supplier, "卖假种", CancellationToken.None)));
        Assert.Equal("agents.bar-self", (await Desk(host, d => d.Decide(supplier, true, CancellationToken.None)))?.Code);
        // Until a second person decides nothing is barred.
        Assert.Null((await host.Bring()).Refused);
        Assert.Null(await Desk(host, d => d.Decide(supplier, true, CancellationToken.None), Second));
        Assert.Equal("agents.supplier-moved", (await Desk(host, d => d.Decide(supplier, false, CancellationToken.None), Second))?.Code);
        Assert.Equal("agents.supplier-barred", (await host.Yes(open.Id)).Refused?.Code);
        Assert.Equal("agents.supplier-barred", (await host.Bring(supplier: "某 某种业", licence: "甘B99999", phone: "0938-7654321", scope: Morning.StationB, household: SmallCounty.Zhang)).Refused?.Code);
        Assert.Equal("agents.supplier-barred", (await host.Bring(supplier: "换个名", licence: "甘a12345", phone: "0938-7654321")).Refused?.Code);
        Assert.Equal("agents.supplier-barred", (await host.Bring(supplier: "换个名", licence: "甘B99999", phone: "0938-1234567")).Refused?.Code);
        Assert.Null((await host.Bring(supplier: "别家", licence: "甘B99999", phone: "0938-7654321")).Refused);
    }

    [Theory, EachDatabase]
    public async Task A_report_is_answered_once_with_refund_and_what_follows_for_the_supplier(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var report = await Reported(host);
        Assert.Equal(SmallCounty.Day.AddDays(7), report.DueDay);
        Task<Refusal?> Close(long refund, string finding = "fake", string step = "bar") => host.Do((ReportHandler r) => r.Close(new CloseReport(report.Id, finding, new Fen(refund), "钱退了", step), CancellationToken.None), SalesHost.Staff);
        Assert.Equal("agents.refund", (await Close(10_201))?.Code);
        Assert.Equal("agents.finding", (await Close(0, "perhaps"))?.Code);
        Assert.Null(await Close(10_200));
        Assert.Equal("agents.report-closed-already", (await Close(0))?.Code);
        var supplier = await host.Db(db => db.Suppliers.SingleAsync());
        Assert.Equal((SupplierState.BarAsked, "钱退了"), (supplier.State, supplier.Reason));
        Assert.Equal((new Fen(10_200), SmallCounty.Day), await host.Db(async db => (await db.SupplyReports.Select(r => r.Refund).SingleAsync(), (await db.SupplyReports.Select(r => r.ClosedDay).SingleAsync())!.Value)));
    }

    [Theory, EachDatabase]
    public async Task A_report_is_shown_to_the_station_that_brought_the_goods_and_to_no_other(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var report = await Reported(host);
        var own = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        // The station of the township has the village in its area, and has nothing to do with this.
        var other = await host.VisitAs(Role.Station, SmallCounty.Township, SmallCounty.TownshipStation);
        Assert.Contains("玉米种 5 斤", (await own.Get("/market/agents/reports")).Text);
        Assert.DoesNotContain("玉米种 5 斤", (await other.Get("/market/agents/reports")).Text);
        var evidence = $"/market/agents/evidence/report/{report.Id}";
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await own.Client.GetAsync(evidence)).StatusCode, (await other.Client.GetAsync(evidence)).StatusCode));
    }

    [Theory, EachDatabase]
    public async Task Stations_that_meet_the_same_new_supplier_in_one_moment_all_write_it_down(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        for (var round = 0; round < 5; round++)
        {
            var name = $"新店{round}";
            var both = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => i % 2 == 0 ? host.Bring(supplier: name, licence: $"甘C0000{round}", phone: $"0938700000{round}") : host.Bring(supplier: name, licence: $"甘C0000{round}", phone: $"0938700000{round}", scope: Morning.StationB, household: SmallCounty.Zhang))));
            Assert.All(both, b => Assert.Null(b.Refused));
        }
        Assert.Equal((5, 30), (await host.Db(db => db.Suppliers.CountAsync()), await host.Db(db => db.Supplies.CountAsync())));
    }

    [Theory, EachDatabase]
    public async Task What_is_held_against_a_supplier_stands_in_the_trail(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var report = await Reported(host);
        var supplier = await host.Db(db => db.Suppliers.Select(s => s.Id).SingleAsync());
        Assert.Null(await Desk(host, d => d.Warn(supplier, "秤不准", CancellationToken.None)));
        Assert.Null(await host.Do((ReportHandler r) => r.Close(new CloseReport(report.Id, "fake", Fen.Zero, "卖假种", "bar"), CancellationToken.None), SalesHost.Staff));
        Assert.Equal(["supplier-warned 秤不准", "supplier-bar-asked 卖假种"], await host.Db(db => db.Trail.Where(t => t.What.StartsWith("supplier-") && t.Reason != null).OrderBy(t => t.Id).Select(t => t.What + " " + t.Reason).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task From_the_bill_to_the_answer_through_the_pages(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var bring = await station.Get($"/market/agents/bring?household={SmallCounty.Ma}");
        var fields = new Dictionary<string, string> { ["Kind"] = "seed", ["Goods"] = "玉米种 5 斤", ["Price"] = "100", ["Supplier"] = "某某种业", ["Licence"] = "甘A12345", ["SupplierPhone"] = "0938 1234567" };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await station.Submit(bring, "form:has(#Proof)", fields, new() { ["Proof"] = ("a.svg", "<svg/>"u8.ToArray()) })).Status);
        var approve = await station.Submit(bring, "form:has(#Proof)", fields, new() { ["Proof"] = ("a.jpg", Morning.Photo) });
        Assert.Contains("¥102.00", approve.Text);
        var slip = await station.Submit(approve, "form:has(#code)", new() { ["Code"] = Morning.Code });
        var report = await station.Get(slip.Page.QuerySelector("a[href^='/market/agents/report']")!.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await station.Submit(report, "form:has(#voice)", [], new() { ["Voice"] = ("a.ogg", [1, 2, 3]) })).Status);
        var filed = await station.Submit(report, "form:has(#voice)", [], new() { ["Voice"] = ("a.ogg", Voice) });
        Assert.Contains("等答复", filed.Text);
        host.Clock.Days(8);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var list = await staff.Get("/market/agents/reports");
        Assert.Contains("已超期", list.Text);
        var heard = await staff.Client.GetAsync(list.Page.QuerySelector("a[href^='/market/agents/evidence/report']")!.GetAttribute("href"));
        Assert.Equal("audio/ogg", heard.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Voice, await heard.Content.ReadAsByteArrayAsync());
        var answered = await staff.Submit(list, "form:has([name=Finding])", new() { ["Finding"] = "fake", ["Refund"] = "102", ["Note"] = "种子退了", ["Step"] = "warn" });
        Assert.Contains("种子退了", answered.Text);
        Assert.Contains("已警告", (await staff.Get("/market/agents/suppliers")).Text);
    }

    [Theory, EachDatabase]
    public async Task Who_cannot_speak_of_it_shows_it_by_a_photo(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var slip = (await host.Yes((await host.Bring()).Value.Id)).Value;
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var form = await station.Get($"/market/agents/report?slip={slip.Id}");
        foreach (var (name, content) in new[] { ("a.svg", "<svg/>"u8.ToArray()), ("a.jpg", Voice) })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await station.Submit(form, "form:has(#photo)", [], new() { ["Photo"] = (name, content) })).Status);
        Assert.Equal(0, await host.Db(db => db.SupplyReports.CountAsync()));
        // The same form sent twice is one report.
        foreach (var _ in new[] { 1, 2 }) Assert.Contains("等答复", (await station.Submit(form, "form:has(#photo)", [], new() { ["Photo"] = ("a.jpg", Morning.Photo) })).Text);
        var report = await host.Db(db => db.SupplyReports.SingleAsync());
        Assert.Equal(SmallCounty.Day.AddDays(7), report.DueDay);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var seen = await staff.Client.GetAsync((await staff.Get("/market/agents/reports")).Page.QuerySelector("a[href^='/market/agents/evidence/report']")!.GetAttribute("href"));
        Assert.Equal("image/jpeg", seen.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Morning.Photo, await seen.Content.ReadAsByteArrayAsync());
    }
}
