using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Refunds;

/// <summary>A line as the ledger has it.</summary>
internal sealed class SettledLine
{
    public required LineFact Line { get; init; }
    public DateOnly? ReleaseDay { get; set; }
    public LinePostings Postings { get; } = new();
    public long Gross => Line.Goods.Value + Line.Freight.Value;

    /// <summary>Refunded so far, in fen.</summary>
    public long Refunded { get; set; }
}

/// <summary>Lines with their postings, what was refunded of them, and what their pools still hold.</summary>
internal sealed class SettledLines
{
    private const string Why = "a refund takes back from everybody who received, whoever claims it";
    private readonly Dictionary<long, SettledLine> lines = [];
    private readonly Dictionary<AccountName, long> held = [];

    public IReadOnlyCollection<SettledLine> All => lines.Values;

    public SettledLine this[long lineId] => lines[lineId];

    /// <summary>Looks them up; the county's lock must be held.</summary>
    public static async Task<SettledLines> Read(ShanhuoDb db, AreaCode county, IReadOnlyCollection<long> lineIds, CancellationToken cancel)
    {
        var read = new SettledLines();
        foreach (var line in await db.LineFacts.Where(l => l.County == county && EF.Parameter(lineIds).Contains(l.Id)).ToListAsync(cancel)) read.lines[line.Id] = new SettledLine { Line = line };
        var rows = await (from entry in db.Unfiltered<JournalEntry>(Why)
                          join posting in db.Unfiltered<Posting>(Why) on new { entry.County, EntryId = entry.Id } equals new { posting.County, posting.EntryId }
                          join account in db.Unfiltered<LedgerAccount>(Why) on new { posting.County, Id = posting.AccountId } equals new { account.County, account.Id }
                          where entry.County == county && entry.LineId != null && EF.Parameter(lineIds).Contains(entry.LineId.Value) && (entry.Cause == Cause.Line || (entry.Cause == Cause.Refund && account.Role == "buyer"))
                          select new { LineId = entry.LineId!.Value, entry.Cause, entry.ReleaseDay, posting.Amount, posting.IsSunk, account.Role }).ToListAsync(cancel);
        foreach (var row in rows)
        {
            var line = read.lines[row.LineId];
            if (row.Cause == Cause.Refund) line.Refunded += row.Amount.Value;
            else line.ReleaseDay = row.ReleaseDay;
            if (row.Cause == Cause.Line && Roles.TryParse(row.Role, out var role)) (row.IsSunk ? line.Postings.Sunk : line.Postings.Netted)[(int)role] += row.Amount.Value;
        }
        var lotIds = read.All.Select(l => l.Line.LotId).Distinct().ToList();
        var lots = db.LotFacts.Where(l => l.County == county && lotIds.Contains(l.Id)).Select(l => l.Code);
        var pools = await db.Unfiltered<LedgerAccount>(Why).Where(a => a.County == county && (a.Role == "growers" || a.Role == "village-fund") && lots.Contains(a.Owner)).AsNoTracking().ToListAsync(cancel);
        foreach (var pool in pools) read.held[new(pool.Role, pool.Owner)] = pool.Balance.Value;
        return read;
    }

    /// <summary>What a pool still holds and can give back; at least 0.</summary>
    public long Held(SchemeRole pool, string lot) => Math.Max(held.GetValueOrDefault(new(pool.Name(), lot)), 0);

    /// <summary>Notes what an earlier refund of the same batch did to a pool.</summary>
    public void Change(SchemeRole pool, string lot, long fen) => held[new(pool.Name(), lot)] = held.GetValueOrDefault(new(pool.Name(), lot)) + fen;
}
