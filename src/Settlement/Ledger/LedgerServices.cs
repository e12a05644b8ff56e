using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Pools;
using Shanhuo.Settlement.Refunds;

namespace Shanhuo.Settlement.Ledger;

/// <summary>What keeps the ledger: writing, settling, paying pools, sealing, checking.</summary>
internal static class LedgerServices
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<SchemeBook>()
        .AddScoped<LedgerWriter>()
        .AddScoped<SettleLines>().AddScoped<IHandle<LinesDue>>(s => s.GetRequiredService<SettleLines>())
        .AddScoped<SettleRefunds>().AddScoped<IHandle<RefundClaimed>>(s => s.GetRequiredService<SettleRefunds>())
        .AddScoped<PayPools>()
        .AddScoped<IHandle<IntakeConfirmed>, BuyAtIntake>()
        .AddScoped<CloseLot>().AddScoped<IHandle<LotClosed>>(s => s.GetRequiredService<CloseLot>())
        .AddScoped<Sealer>().AddScoped(s => new LedgerAudit(s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<RebuildLedger>())).AddScoped<RebuildLedger>()
        .AddSingleton<LedgerRound>().AddHostedService<SettlementService>();
}
