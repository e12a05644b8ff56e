using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Registry.Accounts;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>Who ordered while signed in finds the own orders, and nobody else's.</summary>
public sealed class MineTests
{
    [Theory, EachDatabase]
    public async Task A_buyer_sees_the_own_orders_newest_first_page_by_page_and_nobody_elses(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var (me, other) = (await host.VisitAs(Role.Household, SmallCounty.VillageA), await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA));
        var accounts = await host.Db(db => db.Set<Account>().OrderByDescending(a => a.Id).Take(2).Select(a => a.Id).ToListAsync());
        var mine = new List<string>();
        string? foreign = null;
        for (var i = 0; i < 23; i++) mine.Add((await Window.Place(host, Window.Order() with { BuyerAccountId = accounts[1] })).Value.Number);
        for (var i = 0; i < 2; i++) foreign = (await Window.Place(host, Window.Order() with { BuyerAccountId = i == 0 ? accounts[0] : null })).Value.Number;
        var seen = new List<string>();
        for (var path = "/shop/order/mine"; path is not null;)
        {
            var page = await me.Get(path);
            seen.AddRange(page.Page.QuerySelectorAll("tbody th a").Select(a => a.TextContent));
            Assert.Equal(HttpStatusCode.OK, (await me.Get(page.Page.QuerySelector("tbody th a")!.GetAttribute("href")!)).Status);
            path = page.Page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(Enumerable.Reverse(mine), seen);
        // Guessed places in the list show the own orders only, whatever is guessed.
        var ids = await host.Db(db => db.Deliveries.Select(d => d.OrderId).ToListAsync());
        foreach (var guess in ids.Append(long.MaxValue).Append(0).Append(-1))
            Assert.All((await other.Get($"/shop/order/mine?Before={guess}")).Page.QuerySelectorAll("tbody th a").Select(a => a.TextContent), n => Assert.DoesNotContain(n, mine));
        // Nor does a number stand in for the key of an order.
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/shop/order/{mine[0]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/shop/order/620525-{ids.Min()}-{new string('A', 24)}")).Status);
        Assert.DoesNotContain(foreign!, seen);
        var stranger = new Visitor(me.Client.BaseAddress!, "zh");
        Assert.DoesNotContain(mine[0], (await stranger.Get("/shop/order/mine")).Text, StringComparison.Ordinal);
    }
}
