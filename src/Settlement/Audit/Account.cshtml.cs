using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Audit;

/// <summary>A movement of an account with the lot behind it.</summary>
internal sealed record AccountRow
{
    public required long EntryId { get; init; }
    public required Cause Cause { get; init; }
    public required string CauseKey { get; init; }
    public required DateOnly Day { get; init; }
    public required Fen Amount { get; init; }
    public required bool IsSunk { get; init; }
    public long? LotId { get; init; }
}

internal sealed class AccountPage(ShanhuoDb db, Ids ids, TimeProvider clock) : PageModel
{
    private const int Size = 50;

    public LedgerAccount Account { get; private set; } = null!;
    public IReadOnlyList<AccountRow> Rows { get; private set; } = [];
    public Dictionary<long, string> Lots { get; private set; } = [];
    public long? Older { get; private set; }
    public bool IsFirst { get; private set; }
    public AreaCode County { get; private set; }

    public async Task<IActionResult> OnGetAsync(string county, long id, long? before, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(county, out var area) || area.Level != AreaLevel.County) return NotFound();
        if (await db.LedgerAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.County == area && a.Id == id, cancel) is not { } account) return NotFound();
        (Account, County, IsFirst) = (account, area, before is null);
        // A household's account is its private part, whoever opens it.
        if (account.Role == "household" && !await Recorded(account.Owner, cancel)) return NotFound();
        var rows = await (from p in db.Postings
                          where p.County == area && p.AccountId == id && (before == null || p.EntryId < before)
                          join e in db.JournalEntries on new { p.County, Id = p.EntryId } equals new { e.County, e.Id }
                          orderby p.EntryId descending
                          select new AccountRow { EntryId = e.Id, Cause = e.Cause, CauseKey = e.CauseKey, Day = e.Day, Amount = p.Amount, IsSunk = p.IsSunk, LotId = e.LotId }).Take(Size + 1).ToListAsync(cancel);
        Rows = [.. rows.Take(Size)];
        Older = rows.Count > Size ? Rows[^1].EntryId : null;
        var lots = Rows.Where(r => r.LotId != null).Select(r => r.LotId!.Value).Distinct().ToList();
        Lots = await db.LotFacts.Where(l => l.County == area && lots.Contains(l.Id)).Select(l => new { l.Id, l.Code }).ToDictionaryAsync(l => l.Id, l => l.Code, cancel);
        return Page();
    }

    private async Task<bool> Recorded(string code, CancellationToken cancel)
    {
        if (await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Code == code, cancel) is not { } household) return false;
        db.RecordLook(ids, clock, household.Id, "ledger");
        await db.SaveChangesAsync(cancel);
        return true;
    }
}
