using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Shop;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Media;

namespace Shanhuo.Tests.Market.Shop;

/// <summary>What a product's page says of the goods, to people and to the chat groups in which its link is passed on.</summary>
public sealed class ProductPageTests
{
    private const string Path = "/shop/620525/almond-701";

    [Theory, EachDatabase]
    public async Task The_brand_and_its_story_stand_on_the_page_in_both_languages(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, o => { o.Words = "今年新货。"; o.WordsEn = "This year's."; });
        await host.Db(db => db.Products.Where(p => p.Id == SmallCounty.Apricot).ExecuteUpdateAsync(set => set.SetProperty(p => p.Brand, "关山人家").SetProperty(p => p.Story, "杏树是爷爷种的。\n一棵一百年。").SetProperty(p => p.StoryEn, "Grandfather planted the trees.\nThey are a hundred years old.").SetProperty(p => p.Variety, "甜仁").SetProperty(p => p.VarietyEn, "sweet kernel")));
        await using var site = await PaidSite.Start(host);
        foreach (var (language, brand, said, not) in new[] { ("zh", "品牌", new[] { "今年新货。", "杏树是爷爷种的。", "一棵一百年。" }, "Grandfather"), ("en", "Brand", ["This year's.", "Grandfather planted the trees.", "They are a hundred years old."], "爷爷") })
        {
            var page = await new Visitor(new Uri(site.Address), language).Get(Path);
            var fact = page.Page.QuerySelectorAll("dl.facts dt").Single(dt => dt.TextContent == brand);
            Assert.Equal("关山人家", fact.NextElementSibling!.TextContent);
            Assert.Equal(said, page.Page.QuerySelectorAll("section p").Select(p => p.TextContent).Take(3));
            Assert.DoesNotContain(not, page.Text, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task A_link_that_is_passed_on_shows_title_price_and_picture_in_both_languages(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        static string? Said(Answer page, string name) => page.Page.QuerySelector($"meta[property='og:{name}']")?.GetAttribute("content");
        // Without a picture none is promised: chat programs draw no SVG.
        Assert.Null(Said(await new Visitor(new Uri(site.Address), "zh").Get(Path), "image"));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        await staff.Submit(await staff.Get($"/market/products/{SmallCounty.Apricot}/pictures"), "#add", new() { ["Form.AltZh"] = "杏仁", ["Form.AltEn"] = "Almond" }, new() { ["Form.Photo"] = ("a.jpg", MadeImages.Photo(900, 600)) });
        host.Clock.Now = host.Clock.Now.AddSeconds(2);
        await site.Services.GetRequiredService<ShopPulse>().Feel(CancellationToken.None);
        foreach (var (language, title) in new[] { ("zh", "前山杏仁一级五百克"), ("en", "Qianshan almonds, first grade, 500 g") })
        {
            var buyer = new Visitor(new Uri(site.Address), language);
            var page = await buyer.Get(Path);
            Assert.Equal((title, "product"), (Said(page, "title"), Said(page, "type")));
            Assert.Contains("¥29.00", Said(page, "description"), StringComparison.Ordinal);
            var image = Said(page, "image");
            Assert.StartsWith(site.Address + "/media/", image, StringComparison.Ordinal);
            using var file = await buyer.Client.GetAsync(image);
            Assert.Equal("image/jpeg", file.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory, EachDatabase]
    public async Task Who_else_sells_the_same_stands_below_with_seller_grade_and_price_the_cheapest_that_can_be_had_first(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await host.Db(async db =>
        {
            db.Offers.Add(Other(702, SmallCounty.StationA, 1000, 5000, "前山村站的杏仁"));
            // The cheapest of all, but its seller has no compliance promise.
            db.Offers.Add(Other(703, SmallCounty.Enterprise, 500, 2000, "山味公司的杏仁", grade: "2"));
            db.Offers.Add(Other(704, SmallCounty.StationA, 500, 1000, "收回了的杏仁", state: OfferState.Withdrawn));
            db.Offers.Add(Other(705, SmallCounty.StationA, 500, 1000, "只给一个人的杏仁", state: OfferState.Agreed));
            db.Offers.Add(Other(706, SmallCounty.StationA, 1, 1000, "前山的羊绒毯子", product: SmallCounty.Blanket));
            db.Certificates.Add(new Certificate { Id = 7702, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.VillageA, Kind = "promise", OrganisationId = SmallCounty.StationA, Number = "CN-2", From = SmallCounty.Day.AddDays(-10), Until = SmallCounty.Day.AddDays(200), ByAccountId = 1 });
            await db.SaveChangesAsync();
        });
        await using var site = await PaidSite.Start(host);
        foreach (var (language, any, second, per) in new[] { ("zh", "不分等级", "2级", new[] { "¥25.00", "¥20.00", "¥29.00" }), ("en", "Any grade", "Grade 2", ["¥50.00", "¥40.00", "¥58.00"]) })
        {
            var buyer = new Visitor(new Uri(site.Address), language);
            var here = await buyer.Get(Path);
            Assert.Equal([("/shop/620525/almond-702", "前山村站", any, "¥50.00", per[0], false), ("/shop/620525/almond-703", "山味公司", second, "¥20.00", per[1], true)], Rows(here));
            // From the neighbour's page the way leads back.
            var there = await buyer.Get("/shop/620525/almond-702");
            Assert.Equal([("/shop/620525/almond-701", "前山合作社", language == "zh" ? "1级" : "Grade 1", "¥29.00", per[2], false), ("/shop/620525/almond-703", "山味公司", second, "¥20.00", per[1], true)], Rows(there));
            // Nobody else sells blankets.
            Assert.Empty(Rows(await buyer.Get("/shop/620525/almond-706")));
        }

        static IEnumerable<(string, string, string, string, string, bool)> Rows(Answer page) =>
            page.Page.QuerySelectorAll("section table tbody tr").Select(r => (r.QuerySelector("a")!.GetAttribute("href")!, r.Children[1].TextContent.Trim(), r.Children[2].TextContent.Trim(), r.Children[3].TextContent.Trim(), r.Children[4].TextContent.Trim(), r.QuerySelector(".state.stop") is not null));
    }

    // Of a harvest to come, so that no lots are needed.
    private static Offer Other(long id, long seller, long unit, long price, string title, string? grade = null, OfferState state = OfferState.Open, long product = SmallCounty.Apricot) => new()
    {
        Id = id, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.Township, Code = $"almond-{id}", ProductId = product, Grade = grade, SellerId = seller, Kind = OfferKind.Fixed, State = state,
        Title = title, TitleEn = title, PerUnit = unit, Price = new Fen(price), Harvest = true, Cap = 10, ByAccountId = 1, AtMs = 0,
    };
}
