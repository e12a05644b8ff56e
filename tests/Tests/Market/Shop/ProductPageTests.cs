using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
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
}
