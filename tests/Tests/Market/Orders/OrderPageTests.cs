using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Orders;

public sealed class OrderPageTests
{
    private static readonly Dictionary<string, string> Sale = new() { ["Form.Channel"] = "shop", ["Form.Lines[0].ProductId"] = $"{SmallCounty.Apricot}", ["Form.Lines[0].Quantity"] = "３", ["Form.Lines[0].Unit"] = "jin", ["Form.Lines[0].Price"] = "29" };

    [Theory]
    [InlineData("zh", "¥87.00")]
    [InlineData("en", "¥87.00")]
    public async Task A_station_sells_at_the_counter_and_gives_money_back(string language, string amount)
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA, language);
        var shown = await station.Submit(await station.Get("/market/orders/new"), "form:has(#Form_Buyer)", Sale);
        Assert.StartsWith("/market/orders/show/", shown.Address.AbsolutePath);
        Assert.Contains(amount, shown.Text);
        Assert.Contains("L-1", shown.Text);
        Assert.Equal(98_500, await host.Available(SmallCounty.Lot));
        var refund = await station.Get(shown.Page.QuerySelector("a[href^='/market/orders/refund/']")!.GetAttribute("href")!);
        var tooMuch = await station.Submit(refund, "form:has(#Form_Amount)", new() { ["Form.Amount"] = "87.01" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMuch.Status);
        await station.Submit(refund, "form:has(#Form_Amount)", new() { ["Form.Amount"] = "7", ["Form.Reason"] = "damaged", ["Form.Fault"] = "station" });
        Assert.Equal(700, await host.Db(db => db.RefundClaims.Where(r => r.IsSettled).SumAsync(r => (long)r.Amount)));
        Assert.Contains(amount, (await station.Get("/market/orders")).Text);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_at_its_field_and_what_was_typed_stays()
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var page = await station.Get("/market/orders/new");
        var answer = await station.Submit(page, "form:has(#Form_Buyer)", new(Sale) { ["Form.Lines[0].Quantity"] = "三斤" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("三斤", answer.Page.QuerySelector("[data-fault-of='Form.Lines[0].Quantity']")!.TextContent);
        Assert.Equal("29", answer.Page.QuerySelector("#Form_Lines_0__Price")!.GetAttribute("value"));
        var more = await station.Submit(page, "form:has(#Form_Buyer)", new(Sale) { ["more"] = "true" });
        Assert.NotNull(more.Page.QuerySelector("#Form_Lines_1__Price"));
        Assert.Equal("３", more.Page.QuerySelector("#Form_Lines_0__Quantity")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_station_sees_only_orders_of_its_own_village()
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        var mine = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var shown = await mine.Submit(await mine.Get("/market/orders/new"), "form:has(#Form_Buyer)", Sale);
        var other = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(shown.Address.AbsolutePath)).Status);
        Assert.DoesNotContain("¥87.00", (await other.Get("/market/orders")).Text);
    }
}
