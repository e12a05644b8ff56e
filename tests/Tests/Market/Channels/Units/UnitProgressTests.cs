using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Market;
using Shanhuo.Market.Channels;
using Shanhuo.Market.Channels.Units;
using Shanhuo.Market.Contracts;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Channels.Units;

/// <summary>Orders of the 832 platform come in by file, settle like all others, and say how far the units are.</summary>
public sealed class UnitProgressTests
{
    private const string Header = "订单编号,商家编码,数量,实付金额,运费,订单状态,售后状态,退款金额,下单时间,发货时间,确认收货时间,预算单位\n";

    private static async Task<SalesHost> Start(DatabaseKind kind)
    {
        var host = await SalesHost.Start(kind);
        await host.Db(async db =>
        {
            db.SellerCodes.Add(new SellerCode { County = SmallCounty.County, Channel = "832", Code = "XR500", ProductId = SmallCounty.Apricot, PerUnit = 500 });
            await db.SaveChangesAsync();
        });
        return host;
    }

    [Theory, EachDatabase]
    public async Task What_units_bought_is_counted_by_month_less_what_was_given_back(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var file = Header
            + "A1,XR500,10,300.00,10.00,已收货,,,2026-03-02,2026-03-03,2026-03-06,某县财政局\n"
            + "A2,XR500,2,60.00,0,已收货,退款成功,20.00,2026-03-20,2026-03-21,2026-03-24,某县财政局\n"
            + "A3,XR500,4,120.00,0,已发货,,,2026-11-02,2026-11-03,,某县财政局\n"
            + "A4,XR500,1,30.00,0,已取消,,,2026-11-05,,,某县财政局\n"
            + "A5,XR500,1,31.00,0,已收货,,,2025-12-31,2026-01-02,2026-01-05,某县财政局\n"
            + "A6,XR500,3,90.00,0,已收货,,,2026-05-01,2026-05-02,2026-05-05,某中学\n"
            + "A7,XR500,1,30.00,0,已收货,,,2026-05-01,2026-05-02,2026-05-05,\n";
        var outcome = (await host.Import(file, channel: "832")).Value;
        Assert.Empty(outcome.Refused);
        // The same file again changes nothing.
        await host.Import(file, channel: "832");
        Assert.Null(await host.Do((SetTargetsHandler set) => set.Handle(2026, [("某县财政局", new Fen(100_000)), ("某县医院", new Fen(50_000))], CancellationToken.None)));
        var rows = await host.Do((UnitProgress progress) => progress.Of(SmallCounty.County, 2026, CancellationToken.None));
        Assert.Equal(["某县财政局", "某县医院", "某中学"], rows.Select(r => r.Unit));
        Assert.Equal((30_000 + 6_000 - 2_000, 12_000, 460), (rows[0].Months[2].Value, rows[0].Months[10].Value, rows[0].PerMille));
        Assert.Equal((0, 0, (Fen?)null, 9_000), (rows[1].Bought.Value, rows[1].PerMille, rows[2].Target, rows[2].Bought.Value));
        Assert.Equal(3_100, (await host.Do((UnitProgress progress) => progress.Of(SmallCounty.County, 2025, CancellationToken.None))).Single().Months[11].Value);
        Assert.Equal(0, await host.Db(db => db.Set<Shanhuo.Settlement.Ledger.Posting>().SumAsync(p => (long)p.Amount)));
    }

    [Theory]
    [InlineData(100_000, 99_999, 999)]
    [InlineData(100_000, 100_000, 1_000)]
    [InlineData(3, 1, 333)]
    [InlineData(100_000, 250_000, 2_500)]
    public void A_hundred_per_cent_is_never_said_too_early(long target, long bought, long perMille) =>
        Assert.Equal(perMille, new UnitYear("x", new Fen(target), [new Fen(bought), .. Enumerable.Repeat(Fen.Zero, 11)]).PerMille);

    [Theory]
    [InlineData("预算单位,预留份额\n某县财政局,1000\n某县财政局,2000\n", "units.twice")]
    [InlineData("预算单位,预留份额\n某县财政局,0\n", "units.amount")]
    [InlineData("预算单位,预留份额\n某县财政局,很多\n", "units.amount")]
    [InlineData("预算单位,份数\n某县财政局,5\n", "units.header")]
    public async Task A_sheet_of_targets_with_a_wrong_cell_is_refused_whole(string csv, string code) =>
        Assert.Equal(code, SetTargetsHandler.Read((await SheetReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "targets.csv", CancellationToken.None)).Value).Refused?.Code);

    [Theory, EachDatabase]
    public async Task Staff_load_targets_officials_read_them_and_a_lot_tells_its_origin(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        await host.Import(Header + "A1,XR500,10,300.00,0,已收货,,,2026-03-02,2026-03-03,2026-03-06,某县财政局\n", channel: "832");
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get("/market/channels/units?Year=2026");
        page = await staff.Submit(page, "form[action*='handler=File']", [], new() { ["Upload"] = ("t.csv", Encoding.UTF8.GetBytes("预算单位,预留份额\n某县财政局,1200\n某县医院,500\n")) });
        Assert.Contains("25.0%", page.Text);
        page = await staff.Submit(page, "#one", new() { ["Unit"] = "某县财政局", ["Amount"] = "600" });
        Assert.Contains("50.0%", page.Text);
        Assert.Equal(2, await host.Db(db => db.UnitTargets.CountAsync()));
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County, language: "en");
        var seen = await official.Get("/market/channels/units?Year=2026");
        Assert.Contains("50.0%", seen.Text);
        Assert.Null(seen.Page.QuerySelector("#one"));
        Assert.Contains("某县财政局,600.00,300.00,50.0%", await official.Client.GetStringAsync("/market/channels/units?handler=Sheet&format=Csv&Year=2026"));
        Assert.NotEqual(HttpStatusCode.OK, (await (await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA)).Get("/market/channels/units")).Status);
        var origin = await staff.Get($"/market/lots/origin/{SmallCounty.Lot}");
        Assert.Contains("2 户，来自 1 个村", origin.Text);
        Assert.Contains("前山合作社", origin.Text);
        Assert.DoesNotContain("马文", origin.Text);
        Assert.NotNull(origin.Page.QuerySelector("a[href$='/trace/L-1']"));
    }
}
