using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Settlement.Pools;
using Shanhuo.Settlement.Sharing;

namespace Shanhuo.Settlement.Contracts;

/// <summary>What a settlement did.</summary>
/// <param name="Lines">Lines written into the ledger.</param>
/// <param name="Refunds">Refunds written into the ledger.</param>
/// <param name="Stuck">What cannot be settled, and why.</param>
public sealed record SettleReport(long Lines, long Refunds, IReadOnlyList<Refusal> Stuck);

/// <summary>Brings a county's ledger up to date: takes as received what nobody confirmed in time, settles what is due, pays the pools whose return windows are over, mirrors what buyers paid, seals, shares payments out to merchants. May run in several processes at once; each entry is written once.</summary>
public sealed class LedgerRound(IServiceScopeFactory scopes)
{
    /// <summary>One round for a county, in a scope of its own that sees everything.</summary>
    /// <param name="county">County.</param>
    /// <param name="progress">Told the lines settled so far.</param>
    /// <param name="cancel">Stops it; what was committed stays, and the next round goes on.</param>
    public async Task<SettleReport> Run(AreaCode county, IProgress<long>? progress, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        await services.GetRequiredService<ReceiveOverdue>().Handle(county, cancel);
        var report = await services.GetRequiredService<SettleLines>().Settle(county, services.GetRequiredService<TimeProvider>().Today, progress, cancel);
        await services.GetRequiredService<PayPools>().Pay(county, null, cancel);
        await services.GetRequiredService<CloseLot>().BearAdvances(county, cancel);
        await services.GetRequiredService<MirrorPayments>().Book(county, cancel);
        await services.GetRequiredService<Sealer>().SealAll(county, cancel);
        // Last, since it waits for somebody outside; what it books is sealed with the next round.
        await services.GetRequiredService<SharePayments>().Run(county, cancel);
        return report;
    }

    /// <summary>The counties that have lots.</summary>
    public async Task<AreaCode[]> Counties(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        return await scope.ServiceProvider.GetRequiredService<ShanhuoDb>().LotFacts.Select(l => l.County).Distinct().OrderBy(c => c).ToArrayAsync(cancel);
    }
}
