using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Payouts;

namespace Shanhuo.Settlement;

/// <summary>Where each fen goes: schemes, the split, pools, refunds, the ledger, the close and the way out to people.</summary>
public sealed class SettlementModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services)
    {
        services.AddScoped<CashBook>().AddScoped<MemberAccounts>().AddScoped<CloseCooperative>().AddScoped<WorkersPool>();
        services.AddScoped<Payees>().AddScoped<MakePayoutFileHandler>().AddScoped<PayoutFiles>().AddScoped<BankResults>().AddScoped<CashAtStation>().AddScoped<MirrorBook>();
    }

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
    [
        new("close.menu", "/settlement/close", "cooperative", Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("close.mine-menu", "/settlement/close/mine", "cooperative", Role.Household),
        new("payouts.menu", "/settlement/payouts", "hand-over", Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("payouts.payees-menu", "/settlement/payouts/payees", "household", Role.Station, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("payouts.cash-menu", "/settlement/payouts/cash", "notes", Role.Station, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("payouts.reconcile-menu", "/settlement/payouts/reconcile", "ledger", Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
    ];
}
