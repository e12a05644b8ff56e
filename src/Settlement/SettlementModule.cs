using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Demo;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Sharing;
using Shanhuo.Settlement.Statements;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement;

/// <summary>Where each fen goes: schemes, the split, pools, refunds, the ledger, the close and the way out to people.</summary>
public sealed class SettlementModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services) => services.AddLedger().AddSchemes().AddClose().AddPayouts().AddSharing().AddStatements().AddDemo();

    /// <inheritdoc/>
    public override void MapEndpoints(IEndpointRouteBuilder routes) => TraceCode.Map(routes);

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
    [
        new("statement.title", "/settlement/statements/household", "money", Role.Household),
        new("statement.looks", "/registry/households/looks", "user", Role.Household) { Group = MenuGroup.More },
        .. PayoutServices.Menu.Select(e => e with { Group = MenuGroup.Money }),
        SharingServices.Menu with { Group = MenuGroup.Money },
        new("find.title", "/settlement/statements/find", "search", Role.Station, Role.CountyStaff, Role.Auditor) { Group = MenuGroup.Money },
        SchemeServices.Menu with { Group = MenuGroup.Schemes },
        .. CloseServices.Menu.Select(e => e with { Group = e.Roles.Contains(Role.Household) ? MenuGroup.More : MenuGroup.Schemes }),
        new("model.title", "/settlement/schemes/models", "split") { Group = MenuGroup.More },
        new("overview.title", "/settlement/overview/money", "chart", Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor) { Group = MenuGroup.Audit },
        new("screen.menu", "/screen", "chart", Role.CountyStaff, Role.CountyOfficial) { Group = MenuGroup.Audit },
        new("audit.title", "/settlement/audit/entries", "ledger", Role.Auditor, Role.CountyStaff, Role.CountyOfficial, Role.Cooperative) { Group = MenuGroup.Audit },
        new("audit.verify", "/settlement/audit/verify", "seal", Role.Auditor, Role.CountyStaff, Role.CountyOfficial) { Group = MenuGroup.Audit },
    ];
}
