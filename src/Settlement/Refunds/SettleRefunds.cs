using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Sharing;

namespace Shanhuo.Settlement.Refunds;

/// <summary>Settles the refunds that were claimed on settled lines, each once and in order of day and claim.</summary>
internal sealed class SettleRefunds(ShanhuoDb db, LedgerWriter ledger, SchemeBook schemes) : IHandle<RefundClaimed>
{
    private const int Batch = 1_000;
    private readonly LotBook lots = new(db);

    /// <summary>Settles all that wait.</summary>
    /// <param name="county">County.</param>
    /// <param name="stuck">Takes those that cannot be settled, with the reason.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>How many were settled.</returns>
    public async Task<long> Settle(AreaCode county, List<Refusal> stuck, CancellationToken cancel)
    {
        var (settled, from) = (0L, default(RefundClaimFact));
        while (true)
        {
            await using var change = await ledger.Begin(county, cancel);
            var waiting = from is null ? db.UnsettledRefunds(county) : db.UnsettledRefunds(county).Where(r => r.Day > from.Day || (r.Day == from.Day && r.Id > from.Id));
            var page = await waiting.Take(Batch).ToListAsync(cancel);
            if (page.Count == 0) return settled;
            settled += await Write(county, page, stuck, cancel);
            await change.Commit(cancel);
            from = page[^1];
        }
    }

    /// <summary>A refund on a settled line is settled in the change that claims it; a wrong one refuses that change.</summary>
    async Task<Refusal?> IHandle<RefundClaimed>.Handle(RefundClaimed news, CancellationToken cancel)
    {
        await ledger.Join(news.County, cancel);
        var claims = await db.UnsettledRefunds(news.County).Where(r => r.Id == news.ClaimId).ToListAsync(cancel);
        var stuck = new List<Refusal>();
        if (claims.Count > 0) await Write(news.County, claims, stuck, cancel);
        return stuck.Count > 0 ? stuck[0] : null;
    }

    private async Task<int> Write(AreaCode county, List<RefundClaimFact> page, List<Refusal> stuck, CancellationToken cancel)
    {
        var settled = await SettledLines.Read(db, county, page.Select(r => r.LineId).Distinct().ToList(), cancel);
        await lots.Know(county, settled.All.Select(l => l.Line.LotId), cancel);
        var households = page.Where(r => r.FaultHouseholdId != null).Select(r => r.FaultHouseholdId!.Value).ToList();
        var codes = households.Count == 0 ? [] : await db.HouseholdCodes.Where(h => households.Contains(h.Id)).ToDictionaryAsync(h => h.Id, h => h.Code, cancel);
        var allowances = await AllowanceBook.Read(db, county, cancel);
        var (drafts, ids, restored) = (new List<Draft>(), new List<long>(), new List<(long, long, long, long)>());
        foreach (var claim in page)
        {
            var line = settled[claim.LineId];
            var scheme = await schemes.Of(db, line.Line.SchemeVersionId, cancel);
            if (Refuse(claim, line) is { } no)
            {
                stuck.Add(no);
                continue;
            }
            restored.Add((claim.LineId, line.Gross, line.Refunded, claim.Amount.Value));
            drafts.Add(Entry(claim, line, scheme, claim.FaultHouseholdId is { } at ? codes[at] : null, settled));
            ids.Add(claim.Id);
            line.Refunded += claim.Amount.Value;
        }
        if (ids.Count == 0) return 0;
        await ledger.Write(county, drafts, cancel);
        await allowances.Restore(county, restored, cancel);
        await allowances.Save(ledger, cancel);
        await db.MarkRefundsSettled(county, ids, cancel);
        var orders = settled.All.Select(l => l.Line.OrderId).Distinct().ToList();
        await db.Unfiltered<ShareRequest>("what merchants got of an order is looked at again whoever claimed the refund").Where(r => r.County == county && orders.Contains(r.OrderId)).ExecuteUpdateAsync(set => set.SetProperty(r => r.NeedsLook, true), cancel);
        return ids.Count;
    }

    private static Refusal? Refuse(RefundClaimFact claim, SettledLine line)
    {
        var left = new Fen(line.Gross - line.Refunded);
        if (claim.Amount <= Fen.Zero || claim.Amount > left) return new Refusal("settlement.refund-amount", Place.Input("Amount"), claim.Amount, left);
        if (claim.Fault is { } fault && !(Roles.TryParse(fault, out var role) && role.MayBeAtFault())) return new Refusal("settlement.refund-fault", Place.Input("Fault"), fault);
        return null;
    }

    private Draft Entry(RefundClaimFact claim, SettledLine line, Scheme scheme, string? faultHousehold, SettledLines settled)
    {
        var lot = lots[line.Line.LotId];
        var bearer = claim.Fault is { } fault && Roles.TryParse(fault, out var role) ? role : scheme.RefundBearer;
        // Only pools are ever short: they have paid households and villages, whom nobody asks for money.
        var unpaid = (long[])RefundSplit.NothingPaidOut.Clone();
        foreach (var pool in new[] { SchemeRole.Growers, SchemeRole.VillageFund }) unpaid[(int)pool] = settled.Held(pool, lot.Fact.Code);
        var postings = new long[Roles.Count];
        RefundSplit.Post(line.Postings, line.Gross, line.Refunded, claim.Amount.Value, bearer, scheme.RefundBearer, unpaid, postings);
        var draft = new Draft(Cause.Refund, LineKey.Of(claim.Id), claim.Day)
        {
            SchemeVersionId = line.Line.SchemeVersionId,
            LotId = line.Line.LotId,
            LineId = claim.LineId,
            // With its line: what is not yet released of one is not yet taken from the other.
            ReleaseDay = line.ReleaseDay,
            Month = new MonthPlace(MonthPlace.Of(claim.Day), line.Line.SchemeVersionId, line.Line.ProductId, lot.Area, line.Line.Channel),
        };
        if (faultHousehold is not null)
        {
            // What the pool has already paid out is set off against the later sales of the household whose intake was at fault.
            var debt = PaidOut(line, claim, scheme, unpaid[(int)SchemeRole.Growers]);
            postings[(int)scheme.RefundBearer] += debt;
            draft.Post("household", faultHousehold, -debt);
        }
        for (var at = SchemeRole.Buyer; (int)at < Roles.Count; at++) draft.Post(at.Name(), LineAccounts.Owner(at, line.Line, lot.Fact), postings[(int)at]);
        foreach (var pool in new[] { SchemeRole.Growers, SchemeRole.VillageFund }) settled.Change(pool, lot.Fact.Code, postings[(int)pool]);
        return draft;
    }

    private static long PaidOut(SettledLine line, RefundClaimFact claim, Scheme scheme, long unpaid)
    {
        var postings = new long[Roles.Count];
        RefundSplit.Post(line.Postings, line.Gross, line.Refunded, claim.Amount.Value, scheme.RefundBearer, scheme.RefundBearer, RefundSplit.NothingPaidOut, postings);
        return Math.Max(-postings[(int)SchemeRole.Growers] - unpaid, 0);
    }
}
