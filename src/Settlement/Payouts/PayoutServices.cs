using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Payouts;

/// <summary>What money out offers to its pages, and where they stand in the menu.</summary>
internal static class PayoutServices
{
    public static IServiceCollection AddPayouts(this IServiceCollection services) =>
        services.AddScoped<IHoldHiddenFields, HiddenOfPayouts>().AddScoped<Payees>().AddScoped<MakePayoutFileHandler>().AddScoped<PayoutFiles>().AddScoped<BankResults>().AddScoped<CashAtStation>().AddScoped<MirrorBook>().AddSingleton<MirroredUntil>().AddScoped<MirrorPayments>();

    public static IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new("payouts.menu", "/settlement/payouts", "hand-over", Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("payouts.payees-menu", "/settlement/payouts/payees", "user", Role.Station, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("payouts.cash-menu", "/settlement/payouts/cash", "notes", Role.Station, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("payouts.reconcile-menu", "/settlement/payouts/reconcile", "ledger", Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
    ];
}
