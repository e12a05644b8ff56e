using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Ledger;

/// <summary>Somebody with the database's password changes rows. Each change is put back, so that one season serves two hundred.</summary>
public sealed class TamperTests
{
    private const int Tries = 200;

    [Theory, EachDatabase]
    public async Task Verify_names_the_first_entry_that_was_changed_dropped_swapped_or_invented(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await new Season(6, orderCount: 25).Enter(host);
        await host.Settle();
        host.Clock.Days(30);
        await host.PayPools();
        await host.In(s => s.GetRequiredService<Sealer>().SealAll(Ledgers.County, default));
        await host.IsSound();
        var (chance, numbers) = (new Random(7), await host.Db(db => db.Seals.ToDictionaryAsync(s => s.EntryId, s => s.Number)));
        var entries = numbers.Keys.Order().ToList();
        for (var i = 0; i < Tries; i++)
        {
            var id = entries[chance.Next(1, entries.Count - 1)];
            var other = entries[entries.IndexOf(id) + 1];
            // One transaction that is never committed: what verify reads is what the vandal left.
            await host.In(async s =>
            {
                var db = s.GetRequiredService<ShanhuoDb>();
                await using var never = await db.Database.BeginTransactionAsync();
                var expected = await Tamper(db, i % Kinds, id, other);
                var check = new ChainCheck(db, Ledgers.County, null);
                var fault = await check.Run(null, default) ?? await check.Balances(default);
                Assert.NotNull(fault);
                Assert.True(expected.Contains(fault.Kind), $"try {i}, kind {i % Kinds}: {fault}");
                var invented = i % Kinds == 8 ? entries[0] - 1 : id;
                if (fault.Kind is not FaultKind.Balance) Assert.True(fault.EntryId == invented || fault.Number == numbers[id], $"try {i}, kind {i % Kinds}: {fault} but tampered {id} number {numbers[id]}");
                if (fault.Kind is FaultKind.Changed or FaultKind.Missing) Assert.Equal(numbers[id] - 1, check.Head.Number);
            });
        }
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task A_cut_tail_is_found_by_the_head_that_was_printed(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await new Season(8, orderCount: 10, refunds: 0).Enter(host);
        await host.Settle();
        await host.In(s => s.GetRequiredService<Sealer>().SealAll(Ledgers.County, default));
        var printed = await host.In(s => s.GetRequiredService<LedgerAudit>().Head(Ledgers.County, default));
        Assert.True(LedgerHead.TryParse($"{printed}", out var read) && read == printed);
        Assert.Null((await host.Verify(printed)).First);
        Assert.Equal(FaultKind.Cut, (await host.Verify(printed with { Hash = new string('0', 64) })).First?.Kind);
        await host.Db(async db =>
        {
            var last = await db.Seals.OrderByDescending(s => s.Number).FirstAsync();
            await db.Postings.Where(p => p.EntryId == last.EntryId).ExecuteDeleteAsync();
            await db.JournalEntries.Where(e => e.Id == last.EntryId).ExecuteDeleteAsync();
            await db.Seals.Where(s => s.Number == last.Number).ExecuteDeleteAsync();
        });
        await host.In(s => s.GetRequiredService<RebuildLedger>().Rebuild(Ledgers.County, default));
        Assert.Null((await host.Verify()).First);
        Assert.Equal(FaultKind.Cut, (await host.Verify(printed)).First?.Kind);
    }

    [Theory, EachDatabase]
    public async Task A_figure_of_the_overview_that_was_changed_is_found_and_made_anew(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await new Season(9, orderCount: 10).Enter(host);
        await host.Settle();
        await host.Db(async db =>
        {
            var sum = await db.MonthSums.FirstAsync();
            sum.Amount += new Fen(1);
            await db.SaveChangesAsync();
        });
        Assert.Equal(FaultKind.Overview, (await host.Verify()).First?.Kind);
        await host.In(s => s.GetRequiredService<RebuildLedger>().Rebuild(Ledgers.County, default));
        await host.IsSound();
    }

    private const int Kinds = 12;

    private static async Task<FaultKind[]> Tamper(ShanhuoDb db, int kind, long id, long other)
    {
        var entry = db.JournalEntries.Where(e => e.Id == id);
        var postings = db.Postings.Where(p => p.EntryId == id);
        var account = await postings.OrderBy(p => p.AccountId).Select(p => p.AccountId).FirstAsync();
        switch (kind)
        {
            case 0: await entry.ExecuteUpdateAsync(set => set.SetProperty(e => e.Day, e => e.Day.AddDays(1))); return [FaultKind.Changed];
            case 1: await entry.ExecuteUpdateAsync(set => set.SetProperty(e => e.CauseKey, "another")); return [FaultKind.Changed];
            case 2: await postings.Where(p => p.AccountId == account).ExecuteUpdateAsync(set => set.SetProperty(p => p.Amount, new Fen(123_456))); return [FaultKind.Changed];
            case 3: await postings.Where(p => p.AccountId == account).ExecuteDeleteAsync(); return [FaultKind.Changed];
            case 4: await postings.ExecuteDeleteAsync(); await entry.ExecuteDeleteAsync(); return [FaultKind.Missing];
            case 5: await entry.ExecuteDeleteAsync(); return [FaultKind.Invented];
            case 6: await db.Seals.Where(s => s.EntryId == id).ExecuteDeleteAsync(); return [FaultKind.Missing, FaultKind.Invented];
            case 7: await db.Seals.Where(s => s.EntryId == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Hash, new byte[32])); return [FaultKind.Changed];
            case 8:
                // A careful vandal: the entry sums to zero and the balances agree. It stands before all others, for there is no gap between them.
                var pair = await db.LedgerAccounts.OrderBy(a => a.Id).Take(2).ToListAsync();
                var first = await db.JournalEntries.MinAsync(e => e.Id) - 1;
                db.JournalEntries.Add(new JournalEntry { County = Ledgers.County, Id = first, Cause = Cause.Correction, CauseKey = "invented", Day = SmallCounty.Day, RecordedMs = 1 });
                foreach (var (at, fen) in pair.Zip([500L, -500L]))
                {
                    at.Balance += new Fen(fen);
                    db.Postings.Add(new Posting { County = Ledgers.County, EntryId = first, AccountId = at.Id, IsSunk = false, Amount = new Fen(fen) });
                }
                await db.SaveChangesAsync();
                return [FaultKind.Invented];
            case 9: await Swap(db.JournalEntries, id, other); return [FaultKind.Changed];
            case 10:
                await db.Seals.Where(s => s.EntryId == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.EntryId, -1));
                await db.Seals.Where(s => s.EntryId == other).ExecuteUpdateAsync(set => set.SetProperty(s => s.EntryId, id));
                await db.Seals.Where(s => s.EntryId == -1).ExecuteUpdateAsync(set => set.SetProperty(s => s.EntryId, other));
                return [FaultKind.Swapped];
            default:
                await db.LedgerAccounts.Where(a => a.Id == account).ExecuteUpdateAsync(set => set.SetProperty(a => a.Balance, a => new Fen(1)));
                return [FaultKind.Balance];
        }
    }

    // Entry and neighbour change places; their postings stay.
    private static async Task Swap(IQueryable<JournalEntry> entries, long id, long other)
    {
        await entries.Where(e => e.Id == id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Id, -1));
        await entries.Where(e => e.Id == other).ExecuteUpdateAsync(set => set.SetProperty(e => e.Id, id));
        await entries.Where(e => e.Id == -1).ExecuteUpdateAsync(set => set.SetProperty(e => e.Id, other));
    }
}
