using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Demo;
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

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
    [
        new("statement.title", "/settlement/statements/household", "money", Role.Household),
        new("statement.goods", "/settlement/statements/goods", "scale", Role.Household),
        new("statement.payments", "/settlement/statements/payments", "notes", Role.Household),
        new("statement.costs", "/settlement/statements/costs", "ledger", Role.Household),
        new("statement.looks", "/registry/households/looks", "user", Role.Household),
        new("overview.title", "/settlement/overview/money", "chart", Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor),
        new("find.title", "/settlement/statements/find", "household", Role.Station, Role.CountyStaff, Role.Auditor),
        new("audit.title", "/settlement/audit/entries", "ledger", Role.Auditor, Role.CountyStaff, Role.CountyOfficial, Role.Cooperative),
    ];
}
