using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Trace;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Statements;

/// <summary>Writes entries with their postings, balances and sums straight into the ledger, so that what is seen can be tested apart from what is settled.</summary>
public sealed class Books(TestHost host)
{
    private static readonly AreaCode County = SmallCounty.County;

    /// <summary>The line of settlement.md's example on lot L-1: 1 kg for 58.90 and 6.00 freight, 35.00 of which reached the growers.</summary>
    public Task<long> Line(long lineId, DateOnly? day = null, string lot = "L-1") => Post(Cause.Line, $"{lineId}", day ?? SmallCounty.Day, lot, 1000, lineId,
        ("buyer", "", -6490), ("platform", "taobao", 325), ("carrier", "", 600), ("station", "V-01", 80), ("packaging", "", 50), ("growers", lot, 3500), ("village-fund", lot, 194), ("cooperative", "C-01", 1741));

    public Task<long> PoolPaid(int run, params (string Owner, long Fen)[] households) =>
        Post(Cause.PoolPaid, $"L-1:{run}", SmallCounty.Day.AddDays(8), "L-1", 0, null, [("growers", "L-1", -households.Sum(h => h.Fen)), .. households.Select(h => ("household", h.Owner, h.Fen))]);

    public Task<long> Paid(int number, params (string Owner, long Fen)[] households) =>
        Post(Cause.Payout, $"{number}", SmallCounty.Day.AddDays(9), null, 0, null, [("bank", "", households.Sum(h => h.Fen)), .. households.Select(h => ("household", h.Owner, -h.Fen))]);

    internal Task<long> Post(Cause cause, string key, DateOnly day, string? lotCode, long quantity, long? lineId, params (string Role, string Owner, long Fen)[] postings) => host.In(async services =>
    {
        var (db, ids) = (services.GetRequiredService<ShanhuoDb>(), services.GetRequiredService<Ids>());
        Assert.Equal(0, postings.Sum(p => p.Fen));
        var lot = lotCode is null ? null : await db.LotFacts.SingleAsync(l => l.Code == lotCode);
        var entry = new JournalEntry { County = County, Id = ids.Next(), Cause = cause, CauseKey = key, Day = day, RecordedMs = 1, SchemeVersionId = lineId is null ? null : SmallCounty.SchemeVersionId, LotId = lot?.Id, LineId = lineId, ReleaseDay = lineId is null ? null : day.AddDays(7) };
        db.JournalEntries.Add(entry);
        foreach (var (role, owner, fen) in postings)
        {
            var account = await db.LedgerAccounts.SingleOrDefaultAsync(a => a.County == County && a.Role == role && a.Owner == owner);
            if (account is null) db.LedgerAccounts.Add(account = new LedgerAccount { Id = ids.Next(), County = County, Role = role, Owner = owner });
            account.Balance += new Fen(fen);
            db.Postings.Add(new Posting { County = County, EntryId = entry.Id, AccountId = account.Id, IsSunk = role == "packaging", Amount = new Fen(fen) });
            if (lot is null || cause == Cause.PoolPaid) continue;
            var month = new DateOnly(day.Year, day.Month, 1);
            var version = entry.SchemeVersionId ?? 0;
            var sum = await db.MonthSums.SingleOrDefaultAsync(s => s.County == County && s.Month == month && s.SchemeVersionId == version && s.ProductId == lot.ProductId && s.Area == lot.Area && s.Role == role);
            if (sum is null) db.MonthSums.Add(sum = new MonthSum { County = County, Month = month, SchemeVersionId = version, ProductId = lot.ProductId, Area = lot.Area, Channel = "taobao", Role = role, Amount = Fen.Zero, Quantity = 0 });
            sum.Amount += new Fen(fen);
            sum.Quantity += role == "buyer" ? quantity : 0;
            var ofLot = await db.LotSums.SingleOrDefaultAsync(s => s.County == County && s.LotId == lot.Id && s.Month == month && s.SchemeVersionId == version && s.Role == role);
            if (ofLot is null) db.LotSums.Add(ofLot = new LotSum { County = County, LotId = lot.Id, Month = month, SchemeVersionId = version, Role = role, Amount = Fen.Zero, Quantity = 0 });
            ofLot.Amount += new Fen(fen);
            ofLot.Quantity += role == "buyer" ? quantity : 0;
            ofLot.ReleaseUntil = entry.ReleaseDay > ofLot.ReleaseUntil ? entry.ReleaseDay : ofLot.ReleaseUntil ?? entry.ReleaseDay;
        }
        await db.SaveChangesAsync();
        return entry.Id;
    });
}
