using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Shop;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Web;

namespace Shanhuo.Tests.Market.Shop;

/// <summary>A page that lies in memory is never shown when it is no longer true, whoever changed the goods.</summary>
public sealed class ShopPulseTests
{
    [Theory, EachDatabase]
    public async Task A_page_in_memory_gives_way_to_every_sale_and_every_change(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Window.Leave(host, 5_000);
        var site = ShanhuoHost.Build(new Installation(host.Host.Folder, host.Host.Connection, false), host.Clock, b => b.WebHost.UseUrls("http://127.0.0.1:0"));
        await site.StartAsync();
        var pulse = site.Services.GetRequiredService<ShopPulse>();
        var buyer = new Visitor(new Uri(site.Urls.First()), "zh");
        var path = $"/shop/620525/almond-{Window.Almonds}";
        async Task<string> Shown()
        {
            // Two seconds on, so that only what is known to be true may come from memory.
            host.Clock.Now = host.Clock.Now.AddSeconds(2);
            await pulse.Feel(CancellationToken.None);
            return (await buyer.Get(path)).Page.QuerySelector(".state")!.TextContent;
        }
        Assert.Contains("10", await Shown(), StringComparison.Ordinal);
        Assert.Contains("10", await Shown(), StringComparison.Ordinal);
        await Window.Place(host, Window.Order(3));
        Assert.Contains("7", await Shown(), StringComparison.Ordinal);
        // Over the counter.
        await host.Do((PlaceOrderHandler place) => place.Handle(new PlaceOrder(Guid.CreateVersion7(), "shop", "", null, Fen.Zero, 1, true, [new PlaceLine(SmallCounty.Apricot, "1", null, 1_000, new Fen(5000))]), CancellationToken.None));
        Assert.Contains("5", await Shown(), StringComparison.Ordinal);
        Assert.Null(await host.Do((WriteOfferHandler write) => write.Turn(Window.Almonds, false, CancellationToken.None)));
        Assert.Contains("不卖了", await Shown(), StringComparison.Ordinal);
        await host.Do((WriteOfferHandler write) => write.Turn(Window.Almonds, true, CancellationToken.None));
        Assert.Contains("5", await Shown(), StringComparison.Ordinal);
        // It closes at an instant that nobody writes.
        var closes = host.Clock.NowMs + 30_000;
        await host.Db(db => db.Offers.ExecuteUpdateAsync(set => set.SetProperty(o => o.ClosesMs, closes).SetProperty(o => o.ChangedMs, host.Clock.NowMs)));
        Assert.Contains("5", await Shown(), StringComparison.Ordinal);
        host.Clock.Now = host.Clock.Now.AddSeconds(40);
        Assert.Contains("截止", await Shown(), StringComparison.Ordinal);
        await site.StopAsync();
        await site.DisposeAsync();
    }
}
