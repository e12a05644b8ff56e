using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Statements;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement;

/// <summary>Where each fen goes: schemes, the split, pools, refunds, the ledger, the close and the way out to people.</summary>
public sealed class SettlementModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services)
    {
        services.AddLedger();
        services.AddSingleton<CostNorms>();
        services.AddScoped<WhoMayRead>().AddScoped<StatementReader>().AddScoped<GoodsReader>().AddScoped<NetIncomeReader>().AddScoped<WriteCostHandler>();
        services.AddScoped<TraceReader>();
        services.AddClose().AddPayouts();
    }

    /// <inheritdoc/>
    public override void MapEndpoints(IEndpointRouteBuilder routes) => TraceCode.Map(routes);

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu => [.. CloseServices.Menu, .. PayoutServices.Menu];
}
