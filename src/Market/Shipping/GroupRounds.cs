using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Shipping;

/// <summary>Decides group buys whose time is over: enough units paid and it has come about; else each of its orders is undone whole and each buyer has the money back. Every step may be repeated and done by several processes at once.</summary>
internal sealed class GroupRounds(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Decides what is due, then undoes.</summary>
    /// <returns>How many orders were undone.</returns>
    public async Task<int> Step(CancellationToken cancel)
    {
        var now = clock.NowMs;
        var undone = 0;
        foreach (var (county, offer) in await Find(o => o.Round == GroupRound.Open && o.ClosesMs <= now, cancel))
            await scopes.In(county, db => Decide(db.GetRequiredService<ShanhuoDb>(), county, offer, cancel));
        foreach (var (county, offer) in await Find(o => o.Round == GroupRound.Failing, cancel))
            undone += await Undo(county, offer, cancel);
        return undone;
    }

    private Task<List<(AreaCode County, long Id)>> Find(System.Linq.Expressions.Expression<Func<Offer, bool>> which, CancellationToken cancel) =>
        scopes.In(null, async s => (await s.GetRequiredService<ShanhuoDb>().Offers.Where(o => o.Kind == OfferKind.Group).Where(which).OrderBy(o => o.ClosesMs).Select(o => new { o.County, o.Id }).Take(200).ToListAsync(cancel)).ConvertAll(o => (o.County, o.Id)));

    private static async Task<bool> Decide(ShanhuoDb db, AreaCode county, long id, CancellationToken cancel)
    {
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Offers.Where(o => o.County == county && o.Id == id && o.Round == GroupRound.Open).ExecuteUpdateAsync(set => set.SetProperty(o => o.Sold, o => o.Sold), cancel) == 0) return false;
        var offer = await db.Offers.SingleAsync(o => o.County == county && o.Id == id, cancel);
        var (paid, open) = await Leaving.Units(db, county, id, cancel);
        // While payments that could still tip it are open nobody can say.
        if (paid < offer.Minimum && paid + open >= offer.Minimum) return false;
        offer.Round = paid >= offer.Minimum ? GroupRound.Reached : GroupRound.Failing;
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return true;
    }

    private async Task<int> Undo(AreaCode county, long offer, CancellationToken cancel)
    {
        var orders = await scopes.In(county, s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            return (from l in db.OrderLines where l.County == county && l.OfferId == offer join o in db.Orders on new { l.County, Id = l.OrderId } equals new { o.County, o.Id } where o.State == OrderState.Placed || o.State == OrderState.Unpaid select o.Id).Distinct().ToListAsync(cancel);
        });
        var undone = 0;
        foreach (var order in orders.Order())
            if (await scopes.In(county, s => UndoOne(s, county, order, cancel))) undone++;
        if (undone == orders.Count) await scopes.In(county, async s => await s.GetRequiredService<ShanhuoDb>().Offers.Where(o => o.County == county && o.Id == offer && o.Round == GroupRound.Failing).ExecuteUpdateAsync(set => set.SetProperty(o => o.Round, GroupRound.Failed), cancel) == 1);
        return undone;
    }

    private static async Task<bool> UndoOne(IServiceProvider services, AreaCode county, long orderId, CancellationToken cancel)
    {
        var db = services.GetRequiredService<ShanhuoDb>();
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Orders.Where(o => o.County == county && o.Id == orderId && (o.State == OrderState.Placed || o.State == OrderState.Unpaid)).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel) == 0) return false;
        var order = await db.Orders.SingleAsync(o => o.County == county && o.Id == orderId, cancel);
        var lines = await db.OrderLines.Where(l => l.County == county && l.OrderId == orderId).ToListAsync(cancel);
        if (await services.GetRequiredService<GiveBack>().Undo(order, lines, "group-failed", cancel) is not null) return false;
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return true;
    }
}

/// <summary>Looks after group buys twice a minute.</summary>
internal sealed class GroupWorker(GroupRounds rounds, ILogger<GroupWorker> log) : Rounds(TimeSpan.FromSeconds(30), log)
{
    protected override Task Round(CancellationToken stopping) => rounds.Step(stopping);
}
