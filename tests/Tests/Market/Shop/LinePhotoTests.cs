using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Media;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Media;

namespace Shanhuo.Tests.Market.Shop;

/// <summary>Basket, checkout and order show the goods as they were photographed.</summary>
public sealed class LinePhotoTests
{
    private static readonly Dictionary<string, string> Typed = new() { ["Form.Name"] = "王小明", ["Form.Phone"] = "13900001234", ["Form.Province"] = "62", ["Form.Address"] = "某市某路1号", ["step"] = "quote" };

    private static Task Photograph(SalesHost host, MediaOwner owner, long id, string alt) => host.Do((AddPictureHandler add) => add.Handle(new AddPicture(Guid.CreateVersion7(), SmallCounty.County, owner, id, alt, alt + " en", new Upload("image/jpeg", MadeImages.Photo(900, 600))), default));

    [Theory, EachDatabase]
    public async Task The_photo_of_the_product_or_the_offer_stands_in_the_basket_at_the_checkout_and_on_the_order(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Window.Open(host, id: 702, promise: false);
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        await buyer.Get($"/shop/cart/put?county=620525&offer={Window.Almonds}&units=1");
        var cart = await buyer.Get("/shop/cart/put?county=620525&offer=702&units=1");
        Assert.Equal(2, cart.Page.QuerySelectorAll(".line > img[src='/goods/almond.svg']").Length);
        Assert.Null(cart.Page.QuerySelector(".line picture"));

        await Photograph(host, MediaOwner.Product, SmallCounty.Apricot, "杏仁");
        await Photograph(host, MediaOwner.Offer, 702, "一袋");
        cart = await buyer.Get("/shop/cart");
        Assert.Equal(["一袋", "杏仁"], Alts(cart));
        var picture = cart.Page.QuerySelector(".line picture")!;
        Assert.Equal(("lazy", true, true), (picture.QuerySelector("img")!.GetAttribute("loading"), picture.QuerySelector("source")!.GetAttribute("srcset")!.Contains("-320.", StringComparison.Ordinal), picture.QuerySelector("img")!.GetAttribute("src")!.EndsWith("-320.jpg", StringComparison.Ordinal)));
        var form = await buyer.Get(cart.Page.QuerySelector("a.button[href*='/shop/checkout']")!.GetAttribute("href")!);
        Assert.Equal(["一袋", "杏仁"], Alts(form));
        var quoted = await buyer.Submit(form, "main form", Typed);
        Assert.Equal(["一袋", "杏仁"], Alts(quoted));
        var order = await buyer.Submit(quoted, "main form", new() { ["Form.Method"] = "cod", ["step"] = "pay" });
        Assert.Equal(["一袋", "杏仁"], Alts(order));
        Assert.Equal(["一袋 en", "杏仁 en"], Alts(await new Visitor(new Uri(site.Address), "en").Get(order.Address.AbsolutePath)));
    }

    [Fact]
    public async Task Of_a_long_basket_four_photos_are_fetched_before_a_scroll()
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        await Window.Open(host);
        for (var id = 702; id < 707; id++) await Window.Open(host, id: id, promise: false);
        await Photograph(host, MediaOwner.Product, SmallCounty.Apricot, "杏仁");
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        Answer? cart = null;
        for (var id = Window.Almonds; id < 707; id++) cart = await buyer.Get($"/shop/cart/put?county=620525&offer={id}&units=1");
        Assert.Equal((4, 2), (cart!.Page.QuerySelectorAll(".line > picture").Length, cart.Page.QuerySelectorAll(".line > .thumb noscript").Length));
        Assert.NotNull(cart.Page.QuerySelector("script[src*='/shop.js']"));
    }

    private static List<string?> Alts(Answer page) => [.. page.Page.QuerySelectorAll(".line img").Select(i => i.GetAttribute("alt")).Order(StringComparer.Ordinal)];
}
