using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Media;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Shop;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Media;

namespace Shanhuo.Tests.Market.Offers;

/// <summary>Whoever writes an offer or a pavilion gives it pictures, and buyers see them.</summary>
public sealed class OfferPicturesTests
{
    private static readonly string OfOffer = $"/market/offers/{Window.Almonds}/pictures";
    private const string OfPavilion = "/market/pavilion/pictures";
    private static readonly byte[] Photo = MadeImages.Photo(900, 600);

    private static Task<Answer> Add(Visitor visitor, Answer page, string alt, byte[]? photo = null) =>
        visitor.Submit(page, "#add", new() { ["Form.AltZh"] = alt, ["Form.AltEn"] = "A " + alt }, new() { ["Form.Photo"] = ("a.jpg", photo ?? Photo) });

    private static List<string?> Alts(Answer page, string images) => [.. page.Page.QuerySelectorAll(images).Select(i => i.GetAttribute("alt"))];

    private static Task OfProduct(SalesHost host, string alt) => host.Do((AddPictureHandler add) => add.Handle(new AddPicture(Guid.CreateVersion7(), SmallCounty.County, MediaOwner.Product, SmallCounty.Apricot, alt, alt, new Upload("image/jpeg", Photo)), default));

    // The clock stands else, and two changes of one instant are felt as one.
    private static Task Beat(SalesHost host, PaidSite site)
    {
        host.Clock.Now = host.Clock.Now.AddSeconds(2);
        return site.Services.GetRequiredService<ShopPulse>().Feel(CancellationToken.None);
    }

    [Theory, EachDatabase]
    public async Task An_offer_s_own_pictures_stand_before_those_of_its_product_and_its_seller_orders_them(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await OfProduct(host, "杏仁");
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        var address = $"/shop/620525/almond-{Window.Almonds}";
        Assert.Equal(["杏仁"], Alts(await buyer.Get(address), ".shown img"));
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        Assert.NotNull((await seller.Get("/market/offers")).Page.QuerySelector($"a[href='{OfOffer}']"));
        var page = await Add(seller, await seller.Get(OfOffer), "装好的一袋");
        Assert.Contains("照片加好了", page.Text, StringComparison.Ordinal);
        await Beat(host, site);
        page = await Add(seller, page, "打开的一袋");
        await Beat(host, site);
        Assert.Equal(["装好的一袋", "打开的一袋", "杏仁"], Alts(await buyer.Get(address), ".shown img"));
        page = await seller.Submit(page, "form[action*=First]", []);
        await Beat(host, site);
        Assert.Equal(["打开的一袋", "装好的一袋", "杏仁"], Alts(await buyer.Get(address), ".shown img"));
        Assert.Equal(["打开的一袋"], Alts(await buyer.Get("/shop/620525"), ".goods img"));
        // The county may take away what the seller added, and of an offer taken back too.
        await host.Db(db => db.Offers.Where(o => o.Id == Window.Almonds).ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OfferState.Withdrawn)));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: "en");
        page = await staff.Submit(await staff.Get(OfOffer), "form[action*=Away]", []);
        Assert.Equal(["A 装好的一袋"], Alts(page, "main picture img"));
        await Beat(host, site);
        Assert.Equal(["装好的一袋", "杏仁"], Alts(await buyer.Get(address), ".shown img"));
    }

    [Theory, EachDatabase]
    public async Task Pictures_of_an_offer_are_not_for_who_does_not_sell_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Window.Open(host, o => o.State = OfferState.Agreed, 702, promise: false);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var household = await host.VisitAs(Role.Household, SmallCounty.VillageA);
        var page = await Add(seller, await seller.Get(OfOffer), "装好的一袋");
        Assert.Equal(HttpStatusCode.NotFound, (await station.Get(OfOffer)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await household.Get(OfOffer)).Status);
        // What was made for one buyer stands in no window.
        Assert.Equal(HttpStatusCode.NotFound, (await seller.Get("/market/offers/702/pictures")).Status);
        // Not even by hand, with a form of one's own.
        await host.Db(async db =>
        {
            db.Offers.Add(new Offer { Id = 703, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.VillageA, Code = "almond-703", ProductId = SmallCounty.Apricot, SellerId = SmallCounty.StationA, Kind = OfferKind.Fixed, State = OfferState.Open, Title = "站里的杏仁五百克", TitleEn = "Almonds of the station", PerUnit = 500, Price = new Fen(2900), ByAccountId = 1, AtMs = 0 });
            await db.SaveChangesAsync();
        });
        var own = await Add(station, await station.Get("/market/offers/703/pictures"), "站里的");
        own.Page.QuerySelector("form[action*=Away]")!.SetAttribute("action", page.Page.QuerySelector("form[action*=Away]")!.GetAttribute("action")!);
        Assert.Equal(HttpStatusCode.NotFound, (await station.Submit(own, "form[action*=Away]", [])).Status);
        Assert.Equal(2, await host.Db(db => db.PictureFacts.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_pavilion_shows_its_first_picture_on_top_and_the_others_below_its_goods(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await OfProduct(host, "杏仁");
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        Assert.Equal(["杏仁"], Alts(await buyer.Get("/shop/620525"), "main img"));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        Assert.NotNull((await staff.Get("/market/pavilion")).Page.QuerySelector($"a[href='{OfPavilion}']"));
        var page = await Add(staff, await staff.Get(OfPavilion), "关山");
        await Beat(host, site);
        page = await Add(staff, page, "杏花");
        await Beat(host, site);
        var shown = await buyer.Get("/shop/620525");
        Assert.Equal(["关山", "杏仁", "杏花"], Alts(shown, "main img"));
        Assert.Equal([null, "lazy"], shown.Page.QuerySelectorAll("main img").Take(2).Select(i => i.GetAttribute("loading")));
        Assert.NotNull(shown.Page.QuerySelector(".thumb noscript"));
        // Nobody has written its words yet: it keeps the name of its county.
        Assert.Contains("张家川回族自治县", shown.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        page = await staff.Submit(page, "form[action*=First]", []);
        await Beat(host, site);
        await staff.Submit(page, "form[action*=Away]", []);
        await Beat(host, site);
        Assert.Equal(["关山", "杏仁"], Alts(await buyer.Get("/shop/620525"), "main img"));
        // A province has its own.
        var province = await host.VisitAs(Role.ProvinceOfficial, AreaCode.Parse("62"), language: "en");
        Assert.Contains("The photo is added", (await Add(province, await province.Get(OfPavilion), "陇山")).Text, StringComparison.Ordinal);
        Assert.Equal(["陇山", "杏仁"], Alts(await buyer.Get("/shop/620000"), "main img"));
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        Assert.NotEqual(HttpStatusCode.OK, (await seller.Get(OfPavilion)).Status);
    }

    [Theory]
    [InlineData("zh", "这不是照片", "这张照片读不出来", "各写一句"), InlineData("en", "This is not a photo", "This photo cannot be read", "Say in Chinese and in English")]
    public async Task What_is_no_photo_is_answered_in_words_and_leaves_nothing(string language, string noPhoto, string broken, string noAlt)
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        await Window.Open(host);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: language);
        foreach (var address in new[] { OfOffer, OfPavilion })
        {
            var page = await staff.Get(address);
            foreach (var (sent, alt, said) in new[] { ("<svg><script>alert(1)</script></svg>"u8.ToArray(), "a", noPhoto), (Photo[..^500], "a", broken) })
            {
                var answer = await Add(staff, page, alt, sent);
                Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
                Assert.Contains(said, answer.Text, StringComparison.Ordinal);
            }
            var unsaid = await staff.Submit(page, "#add", new() { ["Form.AltZh"] = " " }, new() { ["Form.Photo"] = ("a.jpg", Photo) });
            Assert.Contains(noAlt, unsaid.Text, StringComparison.Ordinal);
        }
        Assert.Equal(0, await host.Db(db => db.Pictures.CountAsync()));
    }

    [Fact]
    public async Task An_offer_with_many_pictures_fetches_four_before_a_scroll()
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        await Window.Open(host);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var page = await seller.Get(OfOffer);
        for (var i = 1; i <= AddPictureHandler.Most; i++) page = await Add(seller, page, $"第{i}张");
        Assert.Null(page.Page.QuerySelector("#add"));
        await using var site = await PaidSite.Start(host);
        var shown = await new Visitor(new Uri(site.Address), "zh").Get($"/shop/620525/almond-{Window.Almonds}");
        Assert.Equal(4, shown.Page.QuerySelectorAll(".shown > picture").Length);
        Assert.Equal(AddPictureHandler.Most - 4, shown.Page.QuerySelectorAll(".shown > .thumb noscript").Length);
        Assert.NotNull(shown.Page.QuerySelector("script[src*='/shop.js']"));
    }
}
