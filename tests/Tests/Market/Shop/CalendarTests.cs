using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Products;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Shop;

/// <summary>A buyer sees when what a county sells is in season.</summary>
public sealed class CalendarTests
{
    [Theory]
    [InlineData(6, 8, "6 7 8"), InlineData(10, 2, "1 2 10 11 12"), InlineData(5, 5, "5"), InlineData(0, 0, "1 2 3 4 5 6 7 8 9 10 11 12")]
    public void A_season_may_go_over_the_turn_of_the_year(int from, int until, string months)
    {
        var product = new Product { Id = 1, County = SmallCounty.County, Code = "x", Name = "杏仁", NameEn = "Almond", ReturnDays = 7, ShelfDays = 1, Drawing = "almond", ByPiece = false, SeasonFrom = from, SeasonUntil = until };
        Assert.Equal(months, string.Join(' ', Enumerable.Range(1, 12).Where(product.IsInSeason)));
    }

    [Theory, InlineData("zh", "正当季"), InlineData("en", "In season")]
    public async Task The_pavilion_leads_to_the_calendar_of_its_goods(string language, string now)
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        await Window.Open(host);
        await using (var plain = await PaidSite.Start(host))
            Assert.Null((await new Visitor(new Uri(plain.Address), language).Get("/shop/620525")).Page.QuerySelector("a[href='/shop/620525/calendar']"));
        // The clock stands in November.
        await host.Db(db => db.Products.Where(p => p.Id == SmallCounty.Apricot).ExecuteUpdateAsync(set => set.SetProperty(p => p.SeasonFrom, 11).SetProperty(p => p.SeasonUntil, 1)));
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), language);
        var link = (await buyer.Get("/shop/620525")).Page.QuerySelector("a[href='/shop/620525/calendar']");
        Assert.NotNull(link);
        Assert.Contains(now, (await buyer.Get(link.GetAttribute("href")!)).Text, StringComparison.Ordinal);
    }
}
