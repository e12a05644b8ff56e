using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Settlement.Audit;
using Shanhuo.Settlement.Overview;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement.Statements;

/// <summary>What shows money to those who may ask: statements, trace pages, overviews, the journal.</summary>
internal static class StatementServices
{
    public static IServiceCollection AddStatements(this IServiceCollection services) => services
        .AddSingleton<CostNorms>()
        .AddScoped<WhoMayRead>().AddScoped<StatementReader>().AddScoped<GoodsReader>().AddScoped<NetIncomeReader>().AddScoped<WriteCostHandler>()
        .AddScoped<TraceReader>().AddScoped<Market.Contracts.ITellOfLots, LotStories>().AddScoped<Registry.Contracts.ISalesFacts, SalesOfVillages>().AddScoped<Registry.Contracts.IMonthlyReceipts, LedgerReceipts>()
        .AddScoped<OverviewReader>()
        .AddSingleton<LedgerChecks>().AddScoped<EntryReader>().AddScoped<LineReader>();
}
