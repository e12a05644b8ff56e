using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Audit;

/// <summary>An entry in a list.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Amount">What the listed role or account received; without one, what changed hands.</param>
/// <param name="LotCode">Its lot, or null.</param>
internal sealed record EntryRow(JournalEntry Entry, Fen Amount, string? LotCode);

/// <summary>One posting with the account it moved.</summary>
internal sealed record EntryPosting
{
    public required long AccountId { get; init; }
    public required string Role { get; init; }
    public required string Owner { get; init; }
    public required Fen Amount { get; init; }
    public required bool IsSunk { get; init; }

    /// <summary><c>role/owner</c>.</summary>
    public string Account => Owner.Length == 0 ? Role : $"{Role}/{Owner}";
}

/// <summary>Reads the journal for those who check it. A cooperative sees the entries of its own lots.</summary>
internal sealed class EntryReader(ShanhuoDb db)
{
    /// <summary>The county whose journal is read: the reader's, or the one that is named; null where the reader must choose.</summary>
    public AreaCode? County(AreaCode? named) => db.Scope.Area.Level >= AreaLevel.County ? db.Scope.County : named is { Level: >= AreaLevel.County } area && db.Scope.Area.Contains(area) ? area.County : null;

    /// <summary>The entries that the reader may see.</summary>
    public async Task<IQueryable<JournalEntry>> Visible(AreaCode county, CancellationToken cancel)
    {
        var entries = db.JournalEntries.AsNoTracking().Where(e => e.County == county);
        if (db.Scope.Role != Role.Cooperative) return entries;
        var own = db.Scope.OrganisationId;
        var code = await db.OrganisationFacts.Where(o => o.Id == own).Select(o => o.Code).SingleOrDefaultAsync(cancel) ?? "";
        var lots = db.LotFacts;
        return entries.Where(e => lots.Any(l => l.County == e.County && l.Id == e.LotId && l.Cooperative == code));
    }

    /// <summary>A page of entries, the latest day first.</summary>
    public async Task<IReadOnlyList<EntryRow>> Entries(AreaCode county, EntryFilter filter, int take, CancellationToken cancel)
    {
        var (entries, allLots, allPostings, allAccounts) = (await Visible(county, cancel), db.LotFacts, db.Postings, db.LedgerAccounts);
        if (filter.From is { } from) entries = entries.Where(e => e.Day >= from);
        if (filter.To is { } to) entries = entries.Where(e => e.Day <= to);
        if (filter.Cause is { } cause) entries = entries.Where(e => e.Cause == cause);
        if (filter.LotId is { } lot) entries = entries.Where(e => e.LotId == lot);
        if (filter.SchemeVersionId is { } scheme) entries = scheme == 0 ? entries.Where(e => e.SchemeVersionId == null) : entries.Where(e => e.SchemeVersionId == scheme);
        if (filter.ProductId is { } product) entries = entries.Where(e => allLots.Any(l => l.County == e.County && l.Id == e.LotId && l.ProductId == product));
        if (filter.Area is { Level: > AreaLevel.County } area) { var last = area.Last; entries = entries.Where(e => allLots.Any(l => l.County == e.County && l.Id == e.LotId && l.StationArea >= area && l.StationArea <= last)); }
        if (filter.Role is { } role)
            entries = entries.Where(e => (e.Cause == Cause.Line || e.Cause == Cause.Refund || e.Cause == Cause.IntakeBought || e.Cause == Cause.LotClosed)
                && allPostings.Any(p => p.County == e.County && p.EntryId == e.Id && allAccounts.Any(a => a.County == p.County && a.Id == p.AccountId && a.Role == role)));
        if (filter.Before is var (day, id)) entries = entries.Where(e => e.Day < day || (e.Day == day && e.Id < id));
        var page = await entries.OrderByDescending(e => e.Day).ThenByDescending(e => e.Id).Take(take).ToListAsync(cancel);

        var ids = page.Select(e => e.Id).ToList();
        var postings = from p in db.Postings
                       where p.County == county && ids.Contains(p.EntryId)
                       join a in db.LedgerAccounts on new { p.County, Id = p.AccountId } equals new { a.County, a.Id }
                       select new { p.EntryId, p.Amount, a.Role };
        var amounts = await (filter.Role is { } only ? postings.Where(p => p.Role == only) : postings.Where(p => p.Amount > Fen.Zero))
            .GroupBy(p => p.EntryId).Select(g => new { g.Key, Sum = g.Sum(p => (long)p.Amount) }).ToDictionaryAsync(g => g.Key, g => new Fen(g.Sum), cancel);
        var lots = page.Where(e => e.LotId != null).Select(e => e.LotId!.Value).Distinct().ToList();
        var codes = await db.LotFacts.Where(l => l.County == county && lots.Contains(l.Id)).Select(l => new { l.Id, l.Code }).ToDictionaryAsync(l => l.Id, l => l.Code, cancel);
        return [.. page.Select(e => new EntryRow(e, amounts.GetValueOrDefault(e.Id), e.LotId is { } of ? codes.GetValueOrDefault(of) : null))];
    }

    /// <summary>Postings of an entry in order of account, a page of them.</summary>
    public Task<List<EntryPosting>> Postings(AreaCode county, long entryId, int skip, int take, CancellationToken cancel) =>
        (from p in db.Postings
         where p.County == county && p.EntryId == entryId
         join a in db.LedgerAccounts on new { p.County, Id = p.AccountId } equals new { a.County, a.Id }
         orderby a.Role, a.Owner, p.IsSunk
         select new EntryPosting { AccountId = a.Id, Role = a.Role, Owner = a.Owner, Amount = p.Amount, IsSunk = p.IsSunk }).Skip(skip).Take(take).ToListAsync(cancel);
}
