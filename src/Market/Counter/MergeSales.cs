using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Orders;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Counter;

/// <summary>A sale as the counter tells it.</summary>
/// <param name="Number">The station's own, 1 to 40 characters.</param>
/// <param name="Lot">Code of the lot.</param>
/// <param name="Quantity">Grams or pieces.</param>
/// <param name="Price">Per kilogram or piece.</param>
/// <param name="SoldAt">By the counter's clock; null: not told.</param>
internal sealed record ToldSale(string Number, string Lot, long Quantity, Fen Price, DateTimeOffset? SoldAt);

/// <summary>
/// Brings together what was sold without a line with what was sold meanwhile everywhere else. Each sale is kept first and then takes its goods through the same door as every order; where they are gone it waits for somebody, and nothing is sold twice because of it.
/// Told again, whole or in part, in any order, by two at once: each is one sale.
/// </summary>
internal sealed class MergeSales(ShanhuoDb db, Ids ids, TimeProvider clock, IServiceScopeFactory scopes)
{
    /// <summary>At once.</summary>
    public const int Most = 500;

    // Of the request that follows from a sale.
    private const long Purpose = 9;

    /// <summary>Keeps and takes sales of the asker's station.</summary>
    /// <returns>As they stand, in the order told; or what is wrong, with its number from 1 in the place's row, and then none is kept.</returns>
    public async Task<Outcome<IReadOnlyList<CounterSale>>> Handle(IReadOnlyList<ToldSale> sales, CancellationToken cancel)
    {
        if (await Station(cancel) is not { } station) return new Refusal("counter.station");
        if (sales.Count is 0 or > Most) return new Refusal("counter.count", Place.None, Most);
        for (var i = 0; i < sales.Count; i++)
            if (Check(sales[i]) is { } no) return no with { Where = no.Where with { Row = i + 1 } };
        if (sales.GroupBy(s => s.Number, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) return new Refusal("counter.twice", Place.Input("Number"), twice.Key);
        var kept = new List<CounterSale>();
        for (var i = 0; i < sales.Count; i++)
        {
            if (!(await Keep(station, sales[i], cancel)).Ok(out var sale, out var no)) return no with { Where = no.Where with { Row = i + 1 } };
            kept.Add(sale.State == CounterSaleState.Waiting ? await Take(sale, cancel) : sale);
        }
        return kept;
    }

    /// <summary>Tries a waiting sale once more, as when an order that held its goods was cancelled.</summary>
    public async Task<Outcome<CounterSale>> Again(long id, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await db.CounterSales.AsNoTracking().SingleOrDefaultAsync(s => s.County == county && s.Id == id && s.State == CounterSaleState.Waiting, cancel) is not { } sale) return new Refusal("counter.over");
        return await Take(sale, cancel) is { State: CounterSaleState.Taken } taken ? taken : new Refusal("counter.waits", Place.None, sale.Number);
    }

    /// <summary>It was never made. Only for one that has taken nothing.</summary>
    public async Task<Refusal?> Void(long id, string? why, CancellationToken cancel)
    {
        var (county, request) = (db.Scope.County, OrderLots.Request(id, Purpose));
        if (why?.Trim().Length is not (>= 2 and <= 200)) return new Refusal("counter.why", Place.Input("why"));
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        // Its order is there already, only not noted on it: the program was stopped in between, or somebody tries it at this moment.
        if (await db.Orders.AnyAsync(o => o.County == county && o.RequestId == request, cancel)) return new Refusal("counter.over");
        if (await db.CounterSales.Where(s => s.County == county && s.Id == id && s.State == CounterSaleState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(s => s.State, CounterSaleState.Void).SetProperty(s => s.Why, why.Trim()), cancel) == 0) return new Refusal("counter.over");
        db.Record(ids, clock, "counter-void", id.ToString(System.Globalization.CultureInfo.InvariantCulture), 0);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }

    private static Refusal? Check(ToldSale sale)
    {
        if (sale.Number.Length is < 1 or > 40) return new Refusal("counter.number", Place.Input("Number"));
        if (sale.Lot.Length is < 1 or > 40) return new Refusal("counter.lot", Place.Input("Lot"));
        if (sale.Quantity is < 1 or > 1_000_000_000) return new Refusal("market.order-quantity", Place.Input("Quantity"));
        if (sale.SoldAt is { Year: > 2200 }) return new Refusal("counter.time", Place.Input("SoldAt"), sale.SoldAt);
        return sale.Price < Fen.Zero || sale.Price.Value > 100_000_000 ? new Refusal("market.order-money", Place.Input("Price"), sale.Price) : null;
    }

    // There before anything is taken, so that a stop in between loses nothing.
    private async Task<Outcome<CounterSale>> Keep(OrganisationFact station, ToldSale told, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await Known() is not { } sale)
        {
            sale = new CounterSale { County = county, Id = ids.Next(), Area = station.Area, StationId = station.Id, Number = told.Number, Lot = told.Lot, Quantity = told.Quantity, Price = told.Price, SoldMs = told.SoldAt?.ToUnixTimeMilliseconds(), AtMs = clock.NowMs, OperatorId = db.Scope.AccountId };
            db.CounterSales.Add(sale);
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
                if (await Known() is not { } twin) throw;
                sale = twin;
            }
            db.ChangeTracker.Clear();
        }
        return sale.Lot == told.Lot && sale.Quantity == told.Quantity && sale.Price == told.Price ? sale : new Refusal("counter.other", Place.Input("Number"), told.Number);

        Task<CounterSale?> Known() => db.CounterSales.AsNoTracking().SingleOrDefaultAsync(s => s.County == county && s.StationId == station.Id && s.Number == told.Number, cancel);
    }

    // As the station, whoever presses. The order's request follows from the sale, so it is one order however often this runs.
    private async Task<CounterSale> Take(CounterSale sale, CancellationToken cancel)
    {
        var (county, id) = (sale.County, sale.Id);
        var outcome = await scopes.As(new Scope { Area = sale.Area, Role = Role.Station, OrganisationId = sale.StationId, AccountId = sale.OperatorId }, async s =>
        {
            var own = s.GetRequiredService<ShanhuoDb>();
            if (await own.Lots.AsNoTracking().SingleOrDefaultAsync(l => l.County == county && l.Code == sale.Lot, cancel) is not { } lot) return new Refusal("market.lot-unknown", Place.Input("Lot"), sale.Lot);
            return await s.GetRequiredService<PlaceOrderHandler>().Handle(new PlaceOrder(OrderLots.Request(id, Purpose), "shop", "", null, Fen.Zero, 1, true, [new PlaceLine(lot.ProductId, null, lot.Id, sale.Quantity, sale.Price)]) { HasLeft = true }, cancel);
        });
        var (state, order, why) = outcome.Ok(out var placed, out var no) ? (CounterSaleState.Taken, (long?)placed.Id, (string?)null) : (CounterSaleState.Waiting, null, no.Code);
        // Goods that were taken are taken, whatever somebody said of the sale meanwhile.
        await db.CounterSales.Where(s => s.County == county && s.Id == id && (s.State == CounterSaleState.Waiting || order != null)).ExecuteUpdateAsync(set => set.SetProperty(s => s.State, state).SetProperty(s => s.OrderId, order).SetProperty(s => s.Why, why), cancel);
        (sale.State, sale.OrderId, sale.Why) = (state, order, why);
        return sale;
    }

    private async Task<OrganisationFact?> Station(CancellationToken cancel) =>
        db.Scope.OrganisationId is { } own ? await db.OrganisationFacts.AsNoTracking().SingleOrDefaultAsync(o => o.Id == own && (o.Kind == OrganisationKind.Centre || o.Kind == OrganisationKind.TownshipStation || o.Kind == OrganisationKind.VillageStation), cancel) : null;
}
