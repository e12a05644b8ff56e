using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Channels;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Orders;

/// <summary>One list of our own channels: whatever is sold on one of them falls due, has a name, and can be looked for.</summary>
public sealed class OwnChannelTests
{
    [Theory, EachDatabase]
    public async Task An_order_of_every_channel_of_our_own_falls_due_after_its_days_and_not_before(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        foreach (var channel in OwnChannel.All) await SmallCounty.Sell(host.Host, 500, 2900, channel: channel.Code);
        await host.Db(db => db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OrderState.Shipped).SetProperty(o => o.DeliveredDay, SmallCounty.Day).SetProperty(o => o.ReceivedDay, (DateOnly?)null)));
        Task<int> Take() => host.Do((OverdueOrdersHandler overdue) => overdue.Handle(SmallCounty.County, CancellationToken.None));
        host.Clock.Days(OwnChannel.All.Min(c => c.DueDays) - 1);
        Assert.Equal(0, await Take());
        host.Clock.Days(OwnChannel.All.Max(c => c.DueDays));
        Assert.Equal(OwnChannel.All.Count, await Take());
        Assert.Equal(OwnChannel.All.Count, await host.Db(db => db.Orders.CountAsync(o => o.State == OrderState.Received)));
    }

    [Fact]
    public void Every_channel_has_its_names_and_a_shipped_mapping_says_the_same_days()
    {
        var texts = new Texts([typeof(MarketModule).Assembly, typeof(Shanhuo.Settlement.SettlementModule).Assembly]);
        Assert.All(OwnChannel.AllCodes, code => Assert.True(texts.Has("channel." + code) && texts.Has("scheme.channel-" + code), code));
        Assert.All(OwnChannel.All.Where(c => ChannelBook.Shipped.ContainsKey(c.Code)), c => Assert.Equal(c.DueDays, ChannelBook.Shipped[c.Code].DueDays));
        Assert.Superset(ChannelBook.Shipped.Keys.ToHashSet(), OwnChannel.AllCodes.ToHashSet());
    }
}
