using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;
using Shanhuo.Market.Shop;
using Shanhuo.Registry.Areas;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Shop;

/// <summary>A pavilion shows what its area sells, with the words that its people wrote.</summary>
public sealed class PavilionTests
{
    private static readonly AreaCode Neighbour = AreaCode.Parse("620503");

    private static Task SecondCounty(SalesHost host) => host.Db(async db =>
    {
        db.Set<Area>().Add(new Area { Code = Neighbour, Parent = AreaCode.Parse("6205"), Level = AreaLevel.County, Name = "麦积区" });
        db.Products.Add(new Product { Id = 901, County = Neighbour, Code = "apple", Name = "花牛苹果", NameEn = "Huaniu apple", ByPiece = false, ReturnDays = 0, ShelfDays = 60, Drawing = "apple", Category = "craft" });
        for (var i = 1; i <= 30; i++)
            db.Offers.Add(new Offer { Id = 9000 + i, County = Neighbour, RequestId = Guid.CreateVersion7(), Area = Neighbour, Code = $"apple-{i}", ProductId = 901, SellerId = 1, Kind = OfferKind.Presale, Harvest = true, Cap = 5, State = OfferState.Open, Title = $"花牛苹果五斤第{i}箱", TitleEn = $"Huaniu apples, box {i}", PerUnit = 2500, Price = new Fen(3900), ByAccountId = 1, AtMs = 0 });
        await db.SaveChangesAsync();
    });

    [Theory, EachDatabase]
    public async Task A_province_shows_its_counties_in_turn_and_what_a_search_finds_in_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await SecondCounty(host);
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        var all = await buyer.Get("/shop");
        Assert.NotNull(all.Page.QuerySelector("a[href='/shop/620000']"));
        var province = await buyer.Get("/shop/620000");
        Assert.Equal(HttpStatusCode.OK, province.Status);
        var shown = province.Page.QuerySelectorAll(".goods .name").Select(n => n.TextContent).ToList();
        // Thirty of the neighbour do not hide the one of the small county.
        Assert.Equal(ShopWindow.PageSize, shown.Count);
        Assert.Contains("前山杏仁一级五百克", shown);
        foreach (var n in new[] { 2, 3 }) shown.AddRange((await buyer.Get($"/shop/620000?n={n}")).Page.QuerySelectorAll(".goods .name").Select(e => e.TextContent));
        Assert.Equal(31, shown.Distinct().Count());
        Assert.Single((await buyer.Get("/shop/620000?kind=dry")).Page.QuerySelectorAll(".goods .name"));
        Assert.Equal(HttpStatusCode.NotFound, (await buyer.Get("/shop/999999")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await buyer.Get("/shop/620525/no-such")).Status);
        Assert.Equal([Neighbour, SmallCounty.County], site.Services.GetRequiredService<ShopWindow>().Watched().Order());
    }

    [Theory, EachDatabase]
    public async Task What_is_published_is_seen_at_once_and_words_within_a_beat(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        Assert.Single((await buyer.Get("/shop/620525")).Page.QuerySelectorAll(".goods .name"));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(await staff.Get("/market/pavilion"), "form:has(#Form_Name)", new() { ["Form.Name"] = "张家川", ["Form.Merchant"] = "山味公司" })).Status);
        Assert.Contains("已保存", (await staff.Submit(await staff.Get("/market/pavilion"), "form:has(#Form_Name)", new() { ["Form.Name"] = "张家川", ["Form.Story"] = "关山脚下的杏仁", ["Form.Merchant"] = "山味公司", ["Form.Licence"] = "91620525MA00000000" })).Text, StringComparison.Ordinal);
        await Window.Open(host, o => o.ChangedMs = host.Clock.NowMs, 702, promise: false);
        // Its link works before the pulse has felt it.
        Assert.Equal(HttpStatusCode.OK, (await buyer.Get("/shop/620525/almond-702")).Status);
        host.Clock.Now = host.Clock.Now.AddSeconds(2);
        await site.Services.GetRequiredService<ShopPulse>().Feel(CancellationToken.None);
        var page = await buyer.Get("/shop/620525");
        Assert.Equal(2, page.Page.QuerySelectorAll(".goods .name").Length);
        Assert.Contains("关山脚下的杏仁", page.Text, StringComparison.Ordinal);
        Assert.Contains("91620525MA00000000", page.Text, StringComparison.Ordinal);
        // A document that is taken back closes what it opened.
        var documents = await staff.Get("/market/offers/documents");
        await staff.Submit(documents, "form[action*=Revoke]", new() { ["id"] = $"{7000 + Window.Almonds}" });
        host.Clock.Now = host.Clock.Now.AddSeconds(2);
        await site.Services.GetRequiredService<ShopPulse>().Feel(CancellationToken.None);
        Assert.Contains("卖方的证过期了", (await buyer.Get("/shop/620525/almond-702")).Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Staff_register_a_product_and_its_grades_and_what_was_counted_by_stays(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var form = await staff.Get("/market/products/write");
        var fields = new Dictionary<string, string> { ["Form.Code"] = "huaniu-apple", ["Form.Name"] = "花牛苹果", ["Form.NameEn"] = "Huaniu apple", ["Form.Variety"] = "花牛", ["Form.Category"] = "fruit", ["Form.Drawing"] = "apple", ["Form.ShelfDays"] = "60", ["Form.ReturnDays"] = "0", ["Form.SeasonFrom"] = "9", ["Form.SeasonUntil"] = "11", ["Form.Grades[0].Name"] = "一级", ["Form.Grades[0].Standard"] = "果径八十毫米以上" };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(form, "form:has(#Form_Name)", new(fields) { ["Form.SeasonUntil"] = "0" })).Status);
        foreach (var _ in new[] { 1, 2 }) Assert.Equal("/market/products", (await staff.Submit(form, "form:has(#Form_Name)", fields)).Address.AbsolutePath);
        var product = await host.Db(db => db.Products.SingleAsync(p => p.Code == "huaniu-apple"));
        Assert.Equal(("花牛", "fruit", false, 9), (product.Variety, product.Category, product.ByPiece, product.SeasonFrom));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(form, "form:has(#Form_Name)", new(fields) { ["Form.Name"] = "别的苹果" })).Status);
        var change = await staff.Get($"/market/products/write/{product.Id}");
        Assert.Equal("/market/products", (await staff.Submit(change, "form:has(#Form_Name)", new() { ["Form.Name"] = "花牛红苹果", ["Form.ByPiece"] = "true", ["Form.PieceName"] = "箱", ["Form.PieceGrams"] = "5000", ["Form.Code"] = "other-code", ["Form.Grades[1].Name"] = "二级" })).Address.AbsolutePath);
        var after = await host.Db(db => db.Products.SingleAsync(p => p.Id == product.Id));
        Assert.Equal(("huaniu-apple", "花牛红苹果", false, null), (after.Code, after.Name, after.ByPiece, after.PieceName));
        Assert.Equal(["1", "2"], await host.Db(db => db.Grades.Where(g => g.ProductId == product.Id).OrderBy(g => g.Rank).Select(g => g.Code).ToListAsync()));
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.NotEqual(HttpStatusCode.OK, (await station.Get("/market/products/write")).Status);
    }
}
