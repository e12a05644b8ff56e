using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Api;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Counter;

/// <summary>Sales over counters that had no line.</summary>
internal static class CounterServices
{
    public static IServiceCollection AddCounter(this IServiceCollection services) => services.AddScoped<MergeSales>();

    extension(ShanhuoDb db)
    {
        /// <summary>Those that the asker may see: a station its own, the others those of their area.</summary>
        public IQueryable<CounterSale> CounterSalesForMe => db.Scope is { Role: Role.Station, OrganisationId: var own } ? db.CounterSales.Where(s => s.StationId == own) : db.CounterSales;
    }
}

/// <summary>What a counter's program brings when it has a line again.</summary>
internal static class CounterCalls
{
    public static async Task<IResult> Merge(HttpContext http, ShanhuoDb db, MergeSales merge, CancellationToken cancel)
    {
        if (!(await ApiJson.Read<CounterSalesAsked>(http.Request, cancel)).Ok(out var asked, out var no)) return ApiProblem.Refuse(http, no);
        if (asked.Body.Sales.Any(s => s is null)) return ApiProblem.Refuse(http, new Refusal("api.json", Place.Input("$.sales"), "$.sales"));
        if (!(await merge.Handle([.. asked.Body.Sales.Select(s => new ToldSale(s.Number, s.Lot, s.Quantity, new Fen(s.PriceFen), s.SoldAt))], cancel)).Ok(out var kept, out no)) return ApiProblem.Refuse(http, no);
        var (county, orders) = (db.Scope.County, kept.Select(s => s.OrderId).OfType<long>().ToList());
        var numbers = await db.Unfiltered<Order>("the asker's own sales").Where(o => o.County == county && EF.Parameter(orders).Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Number, cancel);
        return ApiJson.Ok(new CounterSalesAnswer([.. kept.Select(s => new CounterSaleAnswer(s.Number, OrderCalls.Word(s.State), s.OrderId is { } order ? numbers[order] : null, s.Why))]));
    }
}
