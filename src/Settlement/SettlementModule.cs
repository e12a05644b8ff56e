using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Statements;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement;

/// <summary>Where each fen goes: schemes, the split, pools, refunds, the ledger, the close and the way out to people.</summary>
public sealed class SettlementModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services) => services.AddLedger().AddStatements().AddDemo();

    /// <inheritdoc/>
    public override void MapEndpoints(IEndpointRouteBuilder routes) => TraceCode.Map(routes);
}
