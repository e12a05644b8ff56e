using Microsoft.EntityFrameworkCore;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Settlement;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Agents;
using Shanhuo.Tests.Market.Shipping;
using Shanhuo.Tests.Settlement.Ledger;

namespace Shanhuo.Tests.Settlement.Schemes;

/// <summary>A station that orders for a villager has its fee in each of the four models, out of the seller's money.</summary>
public sealed class AgentFeeTests
{
    // The fee of 58.00 of goods is 1.74; all models but the third pay a station 0.80 for each order besides, whoever bought.
    public static TheoryData<DatabaseKind, string, long> Models
    {
        get
        {
            var data = new TheoryData<DatabaseKind, string, long>();
            foreach (var kind in Enum.GetValues<DatabaseKind>())
                foreach (var (model, fen) in new[] { ("1-government-farmer-platform", 80L), ("2-government-cooperative-farmer-platform", 80), ("3-enterprise-cooperative-farmer-platform", 0), ("4-government-platform-cooperatives-farmers", 80) }) data.Add(kind, model, fen);
            return data;
        }
    }

    [Theory, MemberData(nameof(Models))]
    public async Task The_account_of_the_station_has_the_fee_of_an_order_for_a_villager(DatabaseKind kind, string model, long perOrder)
    {
        await using var host = await Counter.Start(kind);
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "data", "schemes", model + ".json"));
        await host.Db(db => db.SchemeVersions.ExecuteUpdateAsync(set => set.SetProperty(v => v.Document, document)));
        // The third and the fourth pay growers by their contract.
        await host.Db(db => db.LotGrowers.ExecuteUpdateAsync(set => set.SetProperty(g => g.ContractValue, g => g.Value)));
        var slip = (await host.Yes((await host.Draft()).Value.Id, null, paper: true)).Value;
        Assert.Null((await host.Cash(await host.NumberOf(slip), slip.Amount.Value)).Refused);
        foreach (var step in new[] { OrderStep.Ship, OrderStep.Receive }) Assert.Null(await Parcels.Move(host, slip.OrderId!.Value, step));
        await host.Host.Settle();
        var balances = await host.Host.Balances();
        Assert.Equal(174 + perOrder, balances.GetValueOrDefault("station/V-01"));
        Assert.Equal(-slip.Amount.Value, balances["buyer"]);
        await host.Host.IsSound();
        // The same goods sold in the window bring it no fee.
        var sold = await Parcels.Sent(host, 2);
        await host.Host.Settle();
        Assert.Equal(174 + 2 * perOrder, (await host.Host.Balances()).GetValueOrDefault("station/V-01"));
        Assert.Equal(OrderState.Received, await Parcels.State(host, sold.OrderId));
    }
}
