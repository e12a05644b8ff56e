using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Campaigns;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Shop;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Media;
using Shanhuo.Web;

namespace Shanhuo.Tests.Market.Campaigns;

/// <summary>A campaign has a page with its video and its offers, samples are accounted for, a presale can be guaranteed.</summary>
public sealed class CampaignTests
{
    private static WriteCampaign Wish(string code = "autumn", Guid? request = null, long? id = null, string title = "县长说杏仁", int commission = 50) =>
        new(request ?? Guid.CreateVersion7(), id, code, title, "The county's almonds", "杏树长在坡上。", "Apricots grow on the slopes.", "某主讲人", "副县长", SmallCounty.Day, SmallCounty.Day.AddDays(10), commission);

    private static Task<Outcome<Campaign>> Write(SalesHost host, WriteCampaign wish) => host.Do((CampaignDesk desk) => desk.Write(wish, CancellationToken.None));

    [Theory, EachDatabase]
    public async Task A_sample_leaves_its_lot_for_a_reason_of_its_own_and_stands_on_the_campaign_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var campaign = (await Write(host, Wish())).Value;
        var request = Guid.CreateVersion7();
        var sent = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => host.Do((CampaignDesk desk) => desk.Send(request, campaign.Id, SmallCounty.Lot, 1_500, CancellationToken.None)))));
        Assert.Single(sent.Select(s => s.Value.Id).Distinct());
        Assert.Equal(98_500, await host.Available(SmallCounty.Lot));
        var move = await host.Db(db => db.LotMoves.SingleAsync(m => m.Kind == MoveKind.Sample));
        Assert.Equal((-1_500, "autumn: 某主讲人"), (move.Quantity, move.Note));
        Assert.Equal("market.lot-short", (await host.Do((CampaignDesk desk) => desk.Send(Guid.CreateVersion7(), campaign.Id, SmallCounty.Lot, 98_501, CancellationToken.None))).Refused?.Code);
        Assert.Equal((1, 98_500), (await host.Db(db => db.CampaignSamples.CountAsync()), await host.Available(SmallCounty.Lot)));
        // Every gram of the lot is still accounted for.
        Assert.Equal(98_500, await host.Db(db => db.LotMoves.Where(m => m.LotId == SmallCounty.Lot).SumAsync(m => m.Quantity)));
    }

    /// <summary>The two kinds of days: one that cannot be, and one that is no day; and lines of text, which browsers send with two characters for each break.</summary>
    [Theory]
    [InlineData("zh", "9999-12-31", "不是能用的日期"), InlineData("en", "next week", "is not a day that can be used"), InlineData("en", "0001-01-01", "is not a day that can be used")]
    public async Task A_day_that_cannot_be_is_refused_in_words_with_all_else_kept(string language, string day, string words)
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: language);
        var form = await staff.Get("/market/campaigns/edit");
        Dictionary<string, string> fields = new() { ["Form.Code"] = "autumn", ["Form.Title"] = "县长说杏仁", ["Form.Host"] = "某主讲人", ["Form.From"] = day, ["Form.Until"] = day, ["Form.Story"] = string.Join("\r\n", Enumerable.Repeat("杏", 1_000)) };
        var refused = await staff.Submit(form, "#campaign", fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(words, refused.Text, StringComparison.Ordinal);
        Assert.Equal("县长说杏仁", refused.Page.QuerySelector("[name='Form.Title']")!.GetAttribute("value"));
        // 1,999 characters as people and the field count them.
        Assert.Equal(HttpStatusCode.OK, (await staff.Submit(form, "#campaign", new(fields) { ["Form.From"] = "2026年11月23日", ["Form.Until"] = "2026/12/1" })).Status);
        var kept = await host.Db(db => db.Campaigns.SingleAsync());
        Assert.Equal((new DateOnly(2026, 11, 23), new DateOnly(2026, 12, 1), 1_999), (kept.From, kept.Until, kept.Story.Length));
    }

    [Fact]
    public async Task A_refused_sample_keeps_its_lot_and_what_was_typed()
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        var campaign = (await Write(host, Wish())).Value;
        await host.Db(async db =>
        {
            db.Lots.Add(new Lot { Id = 302, County = SmallCounty.County, Code = "L-2", Area = SmallCounty.VillageA, PlaceId = SmallCounty.StationA, ProductId = SmallCounty.Apricot, Grade = "1", CooperativeId = SmallCounty.Cooperative, OpenedDay = SmallCounty.Day, BestBefore = SmallCounty.Day.AddDays(90), Available = 9_000, TakenIn = 9_000 });
            await db.SaveChangesAsync();
        });
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var refused = await staff.Submit(await staff.Get($"/market/campaigns/edit?id={campaign.Id}"), "#sample", new() { ["lotId"] = $"{SmallCounty.Lot}", ["quantity"] = "9000" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal((2, $"{SmallCounty.Lot}", "9000"), (refused.Page.QuerySelectorAll("#lot option").Length, refused.Page.QuerySelector("#lot option[selected]")?.GetAttribute("value"), refused.Page.QuerySelector("#quantity")!.GetAttribute("value")));
        await staff.Submit(refused, "#sample", new() { ["quantity"] = "1" });
        Assert.Equal(SmallCounty.Lot, await host.Db(db => db.CampaignSamples.Select(s => s.LotId).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task One_code_is_one_campaign_and_its_offers_take_its_commission(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var request = Guid.CreateVersion7();
        var made = (await Write(host, Wish(request: request))).Value;
        Assert.Equal(made.Id, (await Write(host, Wish(request: request))).Value.Id);
        Assert.Equal("campaign.code-taken", (await Write(host, Wish())).Refused?.Code);
        Assert.Equal("campaign.code", (await Write(host, Wish("Autumn 1"))).Refused?.Code);
        Assert.Equal("campaign.commission", (await Write(host, Wish("other", commission: 501))).Refused?.Code);
        Task<Outcome<Offer>> Offer(int? commission, string? campaign) => host.Do((WriteOfferHandler write) => write.Handle(new WriteOffer(Guid.CreateVersion7(), SmallCounty.Apricot, "1", SmallCounty.Cooperative, OfferKind.Live, "直播杏仁一级", "Live almonds", 500, new Fen(2900)) { Campaign = campaign, CommissionPpm = commission }, CancellationToken.None));
        Assert.Equal("offers.merchant", (await Offer(null, "autumn")).Refused?.Code);
        await Window.Merchant(host);
        foreach (var (typed, ppm) in new (int?, int)[] { (null, 50_000), (0, 0), (20_000, 20_000) })
            Assert.Equal(ppm, (await Offer(typed, "autumn")).Value.CommissionPpm);
        Assert.Equal("offers.campaign-unknown", (await Offer(null, "nobody")).Refused?.Code);
        // A cooperative writes its own, not the county's; what changes the commission is on record.
        var coop = new Scope { Area = SmallCounty.Township, AccountId = 7, Role = Role.Cooperative, OrganisationId = SmallCounty.Cooperative };
        Task<Outcome<Campaign>> By(Scope who, WriteCampaign wish) => host.Do((CampaignDesk desk) => desk.Write(wish, CancellationToken.None), who);
        Assert.Equal("campaign.unknown", (await By(coop, Wish() with { Id = made.Id, CommissionPerMille = 500 })).Refused?.Code);
        var own = (await By(coop, Wish("ours"))).Value;
        Assert.Null((await By(coop, Wish("ours") with { Id = own.Id, CommissionPerMille = 80 })).Refused);
        Assert.Null((await Write(host, Wish("ours") with { Id = own.Id, CommissionPerMille = 90 })).Refused);
        Assert.Equal(2, await host.Db(db => db.Trail.CountAsync(t => t.What == "campaign-commission")));
    }

    [Theory, EachDatabase]
    public async Task A_presale_is_guaranteed_by_a_document_and_closes_with_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Window.Merchant(host);
        Task<Outcome<Offer>> Presale(string number, int? deposit = null, OfferKind of = OfferKind.Presale) => host.Do((WriteOfferHandler write) => write.Handle(new WriteOffer(Guid.CreateVersion7(), SmallCounty.Apricot, "1", SmallCounty.Cooperative, of, "预售杏仁一级", "Almonds, presale", 500, new Fen(2900)) { Cap = 100, Harvest = true, DeliverFrom = SmallCounty.Day.AddDays(30), DeliverUntil = SmallCounty.Day.AddDays(40), DepositPpm = deposit, Guarantor = "县农业担保公司", Guarantee = number }, CancellationToken.None));
        Assert.Equal("offers.guarantee", (await Presale("DB-1")).Refused?.Code);
        await host.Db(async db =>
        {
            db.Certificates.Add(new Certificate { Id = 9000, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.Township, Kind = Offer.GuaranteeKind, OrganisationId = SmallCounty.Cooperative, Number = "DB-1", From = SmallCounty.Day.AddDays(-1), Until = SmallCounty.Day.AddDays(60), ByAccountId = 1 });
            await db.SaveChangesAsync();
        });
        Assert.Equal("offers.guarantee", (await Presale("DB-1", deposit: 300_000)).Refused?.Code);
        Assert.Equal("offers.guarantee", (await Presale("DB-1", of: OfferKind.Fixed)).Refused?.Code);
        var offer = (await Presale("DB-1")).Value;
        var visitor = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await visitor.Get($"/shop/620525/{offer.Code}");
        Assert.Contains("县农业担保公司 担保按时交货，担保书编号 DB-1", page.Text);
        Assert.Null((await Window.Place(host, Window.Order(offer: offer.Id))).Refused);
        await host.Db(db => db.Certificates.Where(c => c.Id == 9000).ExecuteUpdateAsync(s => s.SetProperty(c => c.RevokedDay, SmallCounty.Day)));
        Assert.Equal("market.offer-document", (await Window.Place(host, Window.Order(offer: offer.Id))).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task The_page_is_small_shows_the_poster_first_and_fetches_the_video_only_when_played(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        for (var i = 0; i < 24; i++) await Window.Open(host, o => o.Campaign = "autumn", Window.Almonds + i, i < 2 ? OfferKind.Live : OfferKind.Fixed, promise: i == 0);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var form = await staff.Get("/market/campaigns/edit");
        var edit = await staff.Submit(form, "#campaign", new() { ["Form.Code"] = "autumn", ["Form.Title"] = "县长说杏仁", ["Form.TitleEn"] = "The county's almonds", ["Form.Host"] = "某主讲人", ["Form.HostOffice"] = "副县长", ["Form.From"] = "2026-11-21", ["Form.Until"] = "2026-12-01", ["Form.Story"] = "杏树长在坡上。", ["Form.CommissionPerMille"] = "50" });
        Assert.Equal(HttpStatusCode.OK, edit.Status);
        var clip = MadeImages.Mp4(200_000);
        edit = await staff.Submit(edit, "#video", new() { ["Media.AltZh"] = "县长和杏仁", ["Media.AltEn"] = "Almonds" }, new() { ["Media.Clip"] = ("a.mp4", clip), ["Media.Poster"] = ("p.jpg", MadeImages.Photo(900, 600)) });
        Assert.Equal(HttpStatusCode.OK, edit.Status);
        edit = await staff.Submit(edit, "#picture", new() { ["Media.AltZh"] = "杏树", ["Media.AltEn"] = "Trees" }, new() { ["Media.Photo"] = ("p.jpg", MadeImages.Photo(900, 600)) });
        edit = await staff.Submit(edit, "#sample", new() { ["quantity"] = "2", ["lotId"] = SmallCounty.Lot.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Contains("L-1", edit.Page.QuerySelector("ul.plan")!.TextContent);
        Assert.Equal(99_000, await host.Available(SmallCounty.Lot));
        var page = await staff.Get("/shop/c/620525/autumn");
        var video = page.Page.QuerySelector("video")!;
        Assert.Equal("none", video.GetAttribute("preload"));
        Assert.Null(video.GetAttribute("autoplay"));
        Assert.EndsWith("-320.jpg", video.GetAttribute("poster"), StringComparison.Ordinal);
        Assert.InRange((await staff.Client.GetByteArrayAsync(video.GetAttribute("poster"))).Length, 1, 15_000);
        Assert.Equal(ShopWindow.PageSize, page.Page.QuerySelectorAll("ul.goods li").Length);
        Assert.Contains("live", page.Page.QuerySelector("ul.goods li a")!.GetAttribute("href") is { } first ? await host.Db(async db => (await db.Offers.SingleAsync(o => first.EndsWith(o.Code))).Kind.ToString().ToLowerInvariant()) : "");
        // Only a part is fetched when the player asks for a part.
        using var part = new HttpRequestMessage(HttpMethod.Get, video.GetAttribute("src"));
        part.Headers.Range = new RangeHeaderValue(0, 9);
        using var answer = await staff.Client.SendAsync(part);
        Assert.Equal((HttpStatusCode.PartialContent, 10), (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length));
        // The first screen: the page itself, packed as it is sent.
        var packed = new MemoryStream();
        await using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await brotli.WriteAsync(System.Text.Encoding.UTF8.GetBytes(page.Body));
        Assert.InRange(packed.Length, 1, 9 * 1024);
        Assert.Contains("data:image/svg+xml", (await staff.Get("/shop/c/620525/autumn/card")).Body);
        Assert.Contains("The county's almonds", (await (await host.VisitAs(Role.CountyOfficial, SmallCounty.County, language: "en")).Get("/shop/c/620525/autumn")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/shop/c/620525/nothing")).Status);
    }

    [Theory, EachDatabase]
    public async Task A_page_in_memory_gives_way_when_the_campaign_is_edited(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var campaign = (await Write(host, Wish())).Value;
        var site = ShanhuoHost.Build(new Installation(host.Host.Folder, host.Host.Connection, false), host.Clock, b => b.WebHost.UseUrls("http://127.0.0.1:0"));
        await site.StartAsync();
        var pulse = site.Services.GetRequiredService<ShopPulse>();
        var buyer = new Visitor(new Uri(site.Urls.First()), "zh");
        async Task<string> Shown()
        {
            host.Clock.Now = host.Clock.Now.AddSeconds(2);
            await pulse.Feel(CancellationToken.None);
            return (await buyer.Get("/shop/c/620525/autumn")).Page.QuerySelector("h1")!.TextContent;
        }
        Assert.Equal("县长说杏仁", await Shown());
        Assert.Equal("县长说杏仁", await Shown());
        Assert.Null((await Write(host, Wish(id: campaign.Id, title: "书记说杏仁"))).Refused);
        Assert.Equal("书记说杏仁", await Shown());
        await site.StopAsync();
        await site.DisposeAsync();
    }
}
