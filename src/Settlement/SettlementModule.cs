using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Demo;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Statements;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement;

/// <summary>Where each fen goes: schemes, the split, pools, refunds, the ledger, the close and the way out to people.</summary>
public sealed class SettlementModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services) => services.AddLedger().AddSchemes().AddClose().AddPayouts().AddStatements().AddDemo();

    /// <inheritdoc/>
    public override void MapEndpoints(IEndpointRouteBuilder routes) => TraceCode.Map(routes);

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
    [
        new("statement.title", "/settlement/statements/household", "money", Kernel.Role.Household),
        new("statement.goods", "/settlement/statements/goods", "scale", Kernel.Role.Household),
        new("statement.payments", "/settlement/statements/payments", "notes", Kernel.Role.Household),
        new("statement.costs", "/settlement/statements/costs", "ledger", Kernel.Role.Household),
        new("statement.looks", "/registry/households/looks", "user", Kernel.Role.Household),
        new("overview.title", "/settlement/overview/money", "chart", Kernel.Role.Cooperative, Kernel.Role.CountyStaff, Kernel.Role.CountyOfficial, Kernel.Role.ProvinceOfficial, Kernel.Role.Auditor),
        SchemeServices.Menu,
        .. CloseServices.Menu,
        .. PayoutServices.Menu,
        new("find.title", "/settlement/statements/find", "household", Kernel.Role.Station, Kernel.Role.CountyStaff, Kernel.Role.Auditor),
        new("audit.title", "/settlement/audit/entries", "ledger", Kernel.Role.Auditor, Kernel.Role.CountyStaff, Kernel.Role.CountyOfficial, Kernel.Role.Cooperative),
        new("audit.verify", "/settlement/audit/verify", "seal", Kernel.Role.Auditor, Kernel.Role.CountyStaff, Kernel.Role.CountyOfficial),
    ];
}
