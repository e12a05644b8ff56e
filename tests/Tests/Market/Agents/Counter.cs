using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Intakes;

namespace Shanhuo.Tests.Market.Agents;

/// <summary>The counter of station A with almonds in the window, villagers who have their codes, and one supplier of seed.</summary>
internal static class Counter
{
    private static readonly string Hash = ApprovalCodes.Hash(Morning.Code);

    public static async Task<SalesHost> Start(DatabaseKind kind)
    {
        var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await host.Db(db => db.Households.ExecuteUpdateAsync(set => set.SetProperty(h => h.ApprovalCodeHash, Hash)));
        return host;
    }

    public static Task<Outcome<AgentSlip>> Draft(this SalesHost host, int units = 2, Guid? request = null, long household = SmallCounty.Ma, Scope? scope = null) =>
        host.Do((DraftOrderHandler draft) => draft.Handle(new DraftOrder(request ?? Guid.CreateVersion7(), household, [new Wish(Window.Almonds, units)], "13900001234"), CancellationToken.None), scope ?? Morning.StationA);

    public static Task<Outcome<AgentSlip>> Yes(this SalesHost host, long slip, string? code = Morning.Code, Scope? scope = null, bool paper = false) =>
        host.Do((ApproveSlipHandler approve) => approve.Handle(new ApproveSlip(slip, code, paper ? new Upload("image/jpeg", Morning.Photo) : null), CancellationToken.None), scope ?? Morning.StationA);

    public static Task<Outcome<AgentSlip>> Bring(this SalesHost host, string kind = "seed", string? licence = "甘A12345", string supplier = "某某种业", string phone = "09381234567", long price = 10_000, Guid? request = null, Scope? scope = null, long household = SmallCounty.Ma) =>
        host.Do((BringSupplyHandler bring) => bring.Handle(new BringSupply(request ?? Guid.CreateVersion7(), household, kind, "玉米种 5 斤", new Fen(price), supplier, licence, phone, new Upload("image/jpeg", Morning.Photo)), CancellationToken.None), scope ?? Morning.StationA);

    /// <summary>Of the payment that is named, else of the last one of the order.</summary>
    public static async Task<Outcome<CashSlip>> Cash(this SalesHost host, string number, long fen, Scope? scope = null, string? payment = null)
    {
        payment ??= (await host.Payments(number)).LastOrDefault() ?? "none";
        return await host.Do((TakeCashHandler cash) => cash.Take(number, payment, new Fen(fen), CancellationToken.None), scope ?? Morning.StationA);
    }

    /// <summary>Numbers of an order's payments.</summary>
    public static Task<List<string>> Payments(this SalesHost host, string number) => host.Db(db =>
    {
        var orders = db.Orders;
        return db.Payments.Where(p => orders.Any(o => o.Id == p.OrderId && o.Number == number)).OrderBy(p => p.Id).Select(p => p.Number).ToListAsync();
    });

    public static Task<List<TaskSum>> Month(this SalesHost host, Scope? scope = null) => host.Do((Commissions c) => c.Of(SmallCounty.Day, CancellationToken.None), scope ?? Morning.StationA);

    public static Task<string> NumberOf(this SalesHost host, AgentSlip slip) => host.Db(db => db.Orders.Where(o => o.Id == slip.OrderId).Select(o => o.Number).SingleAsync());
}
