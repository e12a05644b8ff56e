using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Campaigns;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Shipping;
using Shanhuo.Tests.Settlement;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>Who brought a sale gets what was agreed, out of the sale.</summary>
public sealed class CommissionTests
{
    private static Task Adopt(SalesHost host, string file) => host.Db(async db =>
    {
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "data", "schemes", file));
        await db.SchemeVersions.ExecuteUpdateAsync(set => set.SetProperty(v => v.Document, document));
    });

    private static async Task<Placed> Settled(SalesHost host, WebOrder wanted)
    {
        var placed = (await Window.Place(host, wanted)).Value;
        Assert.Null(await Parcels.Pay(host, placed.Payment));
        foreach (var step in new[] { OrderStep.Ship, OrderStep.Receive }) Assert.Null(await Parcels.Move(host, placed.OrderId, step));
        await host.Services.GetRequiredService<LedgerRound>().Run(SmallCounty.County, null, default);
        Assert.True(await host.Db(db => db.OrderLines.AllAsync(l => l.IsSettled)));
        return placed;
    }

    [Theory, InlineData("1-government-farmer-platform.json"), InlineData("2-government-cooperative-farmer-platform.json")]
    public async Task What_a_host_sells_in_a_live_session_pays_the_host(string model)
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        await Adopt(host, model);
        await host.Do((CampaignDesk desk) => desk.Write(new WriteCampaign(Guid.CreateVersion7(), null, "autumn", "县长说杏仁", "The county's almonds", "", "", "某主讲人", "副县长", SmallCounty.Day, SmallCounty.Day.AddDays(9), 50), default));
        await Window.Open(host, o => { o.Campaign = "autumn"; o.CommissionPpm = 50_000; }, kind: OfferKind.Live);
        await Settled(host, Window.Order(4));
        // 5 % of 4 × 29.00.
        Assert.Equal(580, await LedgerOf.Balance(host.Host, "host", "autumn"));
    }

    [Theory, EachDatabase]
    public async Task What_a_neighbour_orders_of_a_community_group_is_its_leaders(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Adopt(host, "2-government-cooperative-farmer-platform.json");
        await Window.Open(host, o => { o.PickupId = SmallCounty.StationB; o.CommissionPpm = 100_000; }, kind: OfferKind.Community);
        var placed = await Settled(host, Window.Order(2));
        var (order, delivery, task) = await host.Db(async db => (await db.Orders.SingleAsync(), await db.Deliveries.SingleAsync(), await db.AgentTasks.SingleAsync()));
        Assert.Equal(("agent", SmallCounty.StationB, SmallCounty.StationB), (order.Channel, order.StationId, delivery.PickupId));
        Assert.Equal((SmallCounty.StationB, "group", placed.OrderId, 5_800, 580), (task.StationId, task.Task, task.CauseId, task.Amount.Value, task.Fee.Value));
        // Its commission, and the 0.80 of every order.
        Assert.Equal(580 + 80, await LedgerOf.Balance(host.Host, "station", "V-02"));
        Assert.Equal(0, await LedgerOf.Balance(host.Host, "host", ""));
    }
}
