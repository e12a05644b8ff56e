using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Pools;

/// <summary>
/// What the bearer of a lot's scheme owes when the lot is closed: guaranteed goods that nobody bought at once, at the mean guaranteed price; and
/// what advances exceed the pool by, once all its lines are settled and paid out.
/// </summary>
internal sealed class CloseLot(ShanhuoDb db, LedgerWriter ledger, SchemeBook schemes, IEnumerable<IChooseScheme> choose, TimeProvider clock) : IHandle<LotClosed>
{
    private const string Why = "what is owed to a pool does not depend on who closes its lot";
    private readonly LotBook lots = new(db);

    public async Task<Refusal?> Handle(LotClosed news, CancellationToken cancel)
    {
        await ledger.Join(news.County, cancel);
        await lots.Know(news.County, [news.LotId], cancel);
        var lot = lots[news.LotId];
        if (news.Unsold <= 0 || lot.Terms.BoughtBy is not null || lot.Terms.Contract is not { } guaranteed) return null;
        if (!(await Scheme(lot.Fact, cancel)).Ok(out var found, out var no)) return no;
        // A guarantee that holds for some sales only holds for none of what was not sold.
        foreach (var step in found.Scheme.Steps.Where(s => s is { Measure: Measure.Price, Price: PriceKind.Contract, To: SchemeRole.Growers, When: null }))
            await Bear(lot, found.Version, Divide(guaranteed.Of(news.Unsold), step.Bearers), "growers", news.Day, cancel);
        return null;
    }

    /// <summary>Has bearers pay what advances exceed the pools of finished lots by: closed, every line settled and released, everything paid.</summary>
    /// <returns>How many lots.</returns>
    public async Task<int> BearAdvances(AreaCode county, CancellationToken cancel)
    {
        var (today, borne) = (clock.Today, 0);
        var open = await db.Unfiltered<LedgerAccount>(Why).Where(a => a.County == county && a.Role == "advances" && a.Balance < Fen.Zero).Select(a => a.Owner).ToListAsync(cancel);
        foreach (var code in open)
        {
            await using var change = await ledger.Begin(county, cancel);
            if (await db.LotFacts.SingleOrDefaultAsync(l => l.County == county && l.Code == code && l.ClosedDay != null, cancel) is not { } fact) continue;
            if (await db.HasOpenLines(county, fact.Id, cancel)) continue;
            if (await db.Unfiltered<JournalEntry>(Why).AnyAsync(e => e.County == county && e.LotId == fact.Id && e.ReleaseDay >= today, cancel)) continue;
            var accounts = await db.Unfiltered<LedgerAccount>(Why).AsNoTracking().Where(a => a.County == county && a.Owner == code && (a.Role == "advances" || a.Role == "growers")).ToDictionaryAsync(a => a.Role, a => a.Balance, cancel);
            if (accounts.GetValueOrDefault("growers") > Fen.Zero) continue;
            await lots.Know(county, [fact.Id], cancel);
            if (!(await Scheme(fact, cancel)).Ok(out var found, out _)) continue;
            var price = found.Scheme.Steps.FirstOrDefault(s => s.Measure == Measure.Price && s.To == SchemeRole.Growers && !s.Bearers.IsEmpty);
            await Bear(lots[fact.Id], found.Version, Divide(-accounts["advances"].Value, price?.Bearers ?? [new Share(found.Scheme.RefundBearer, 1)]), "advances", today, cancel);
            await change.Commit(cancel);
            borne++;
        }
        return borne;
    }

    // By the scheme of its last line; a lot that sold nothing by the one that its sale would follow.
    private async Task<Outcome<(long Version, Scheme Scheme)>> Scheme(LotFact lot, CancellationToken cancel)
    {
        var version = await db.Unfiltered<JournalEntry>(Why).Where(e => e.County == lot.County && e.LotId == lot.Id && e.Cause == Cause.Line).OrderByDescending(e => e.Id).Select(e => e.SchemeVersionId).FirstOrDefaultAsync(cancel);
        if (version is null)
            foreach (var chooser in choose)
            {
                if (!(await chooser.For(lot.County, lot.Id, "", clock.Today, cancel)).Ok(out var chosen, out var no)) return no;
                version = chosen;
            }
        if (version is not { } known) return new Refusal("settlement.no-scheme");
        return (known, await schemes.Of(db, known, cancel));
    }

    private static List<(SchemeRole, long)> Divide(long fen, IReadOnlyList<Share> bearers)
    {
        var shares = new long[bearers.Count];
        Webster.Apportion(fen, [.. bearers.Select(b => b.Weight)], shares);
        return [.. bearers.Select((b, i) => (b.To, shares[i]))];
    }

    // What a bearer's limit does not allow stays owed to nobody: the step is reduced, as on a line.
    private async Task Bear(KnownLot lot, long version, IReadOnlyList<(SchemeRole Role, long Fen)> bearers, string account, DateOnly day, CancellationToken cancel)
    {
        var county = lot.Fact.County;
        var allowances = await AllowanceBook.Read(db, county, cancel);
        string Owner(SchemeRole of) => LineAccounts.Buyer(of, lot.Fact).Owner;
        var purse = allowances.Purse(Owner) ?? new Purse();
        var draft = new Draft(Cause.LotClosed, $"{lot.Fact.Code}:{account}", day) { SchemeVersionId = version, LotId = lot.Fact.Id, Month = new MonthPlace(MonthPlace.Of(day), version, lot.Fact.ProductId, lot.Area, "") };
        var borne = 0L;
        foreach (var (role, fen) in bearers)
        {
            var paid = Math.Min(fen, purse.Limits[(int)role]);
            if (purse.Limits[(int)role] != long.MaxValue) purse.Limits[(int)role] -= paid;
            draft.Post(role.Name(), Owner(role), -paid);
            borne += paid;
        }
        if (borne == 0) return;
        draft.Post(account, lot.Fact.Code, borne);
        if (await ledger.Post(county, [draft], cancel) == 0) return;
        allowances.Take(purse, county, null, Owner);
        await allowances.Save(ledger, cancel);
    }
}
