using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Bulk;

/// <summary>Orders what is due of standing orders. First each due day gets its row, then each row its outcome; both steps may be repeated, stopped anywhere and done by several processes at once: the order of a day and its row are one change.</summary>
internal sealed class StandingRounds(IServiceScopeFactory scopes, CheckoutQueue queue, TimeProvider clock, ILogger<StandingRounds> log)
{
    /// <summary>Most standing orders looked at in one step.</summary>
    private const int Most = 500;

    /// <summary>Does what is due by now.</summary>
    /// <returns>How many days got their outcome.</returns>
    public async Task<int> Step(CancellationToken cancel)
    {
        var today = clock.Today;
        var reached = await In(null, db => db.StandingOrders.Where(s => (s.State == StandingState.Active || s.State == StandingState.Paused) && s.NextDay <= today).OrderBy(s => s.NextDay).Select(s => new { s.County, s.Id }).Take(Most).ToListAsync(cancel));
        foreach (var one in reached) await Try(one.Id, () => In(one.County, db => Write(db, one.County, one.Id, today, cancel)));
        var due = await In(null, db => db.StandingDays.AsNoTracking().Where(d => d.State == StandingDayState.Due).OrderBy(d => d.Day).ThenBy(d => d.StandingOrderId).Take(Most).ToListAsync(cancel));
        var done = 0;
        foreach (var day in due)
            if (await Try(day.StandingOrderId, () => Order(day, today, cancel))) done++;
        return done;
    }

    // One that fails does not keep the others from their turn.
    private async Task<bool> Try(long id, Func<Task<bool>> step)
    {
        try { return await step(); }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Standing order {Id} was not looked after; tried again soon.", id);
            return false;
        }
    }

    // Gives each due day up to today its row; what lies behind today was missed.
    private static async Task<bool> Write(ShanhuoDb db, AreaCode county, long id, DateOnly today, CancellationToken cancel)
    {
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.StandingOrders.Where(s => s.County == county && s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Units, s => s.Units), cancel) == 0) return false;
        var order = await db.StandingOrders.SingleAsync(s => s.County == county && s.Id == id, cancel);
        if (order.State is not (StandingState.Active or StandingState.Paused)) return false;
        Fill(db, order, today, today);
        if (order.Until <= today) order.State = StandingState.Ended;
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return true;
    }

    /// <summary>Adds the rows of due days up to and with one, as the order stands: those before today were missed, or paused.</summary>
    public static void Fill(ShanhuoDb db, StandingOrder order, DateOnly through, DateOnly today)
    {
        foreach (var day in StandingCalendar.Due(order, through))
        {
            var state = order.State == StandingState.Paused ? StandingDayState.Paused : day < today ? StandingDayState.Missed : StandingDayState.Due;
            db.StandingDays.Add(new StandingDay { County = order.County, StandingOrderId = order.Id, Day = day, State = state, Why = state == StandingDayState.Missed ? "standing.missed" : null });
        }
        if (order.NextDay <= through) order.NextDay = through.AddDays(1);
    }

    private async Task<bool> Order(StandingDay day, DateOnly today, CancellationToken cancel)
    {
        var no = day.Day < today ? new Refusal("standing.missed") : null;
        if (no is null)
        {
            var (wanted, refused) = await scopes.In(day.County, services => Wanted(services.GetRequiredService<ShanhuoDb>(), services, day, cancel));
            no = refused ?? (await queue.Place(wanted!, cancel)).Refused;
        }
        if (no is null) return true;
        // The lane is full, or the price changed between two looks: the day is looked at again.
        if (no.Code is "market.busy" or "market.cart-changed") return false;
        var (why, figure, state) = (no.Code, no.Arguments is [var first, ..] ? Convert.ToString(first, CultureInfo.InvariantCulture) : null, day.Day < today ? StandingDayState.Missed : StandingDayState.Short);
        return await In(day.County, db => db.StandingDays.Where(d => d.County == day.County && d.StandingOrderId == day.StandingOrderId && d.Day == day.Day && d.State == StandingDayState.Due)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, state).SetProperty(d => d.Why, why).SetProperty(d => d.Figure, figure), cancel)) == 1;
    }

    private async Task<(WebOrder? Order, Refusal? No)> Wanted(ShanhuoDb db, IServiceProvider services, StandingDay day, CancellationToken cancel)
    {
        var standing = await db.StandingOrders.AsNoTracking().SingleAsync(s => s.County == day.County && s.Id == day.StandingOrderId, cancel);
        var quote = await db.QuoteRequests.AsNoTracking().SingleAsync(q => q.County == day.County && q.Id == standing.QuoteId, cancel);
        var price = await db.Unfiltered<Offer>("a standing order buys at the seller's price of the day").Where(o => o.County == day.County && o.Id == standing.OfferId).Select(o => o.Price).SingleAsync(cancel);
        if (standing.Ceiling is { } ceiling && price > ceiling) return (null, new Refusal("standing.dear", Place.None, price));
        var sum = new Fen(checked(price.Value * standing.Units)) + standing.Freight;
        var agreed = new Agreed(standing.Organisation, standing.Freight, standing.DepositPpm, BulkRules.Shipped.PayUntil(standing.Method, clock.NowMs), day.Day, null, new StandingDayKey(day.County, standing.Id, day.Day));
        return (new WebOrder(Orders.OrderLots.Request(standing.Id, day.Day.DayNumber), day.County, "bulk", [new Wish(standing.OfferId, standing.Units)], services.GetRequiredService<AcceptQuotationHandler>().Recipient(quote), standing.Method, sum, Agreed: agreed), null);
    }

    private Task<T> In<T>(AreaCode? county, Func<ShanhuoDb, Task<T>> work) => scopes.In(county, s => work(s.GetRequiredService<ShanhuoDb>()));
}

/// <summary>Looks after standing orders every minute.</summary>
internal sealed class StandingWorker(StandingRounds rounds, ILogger<StandingWorker> log) : Rounds(TimeSpan.FromMinutes(1), log)
{
    protected override Task Round(CancellationToken stopping) => rounds.Step(stopping);
}
