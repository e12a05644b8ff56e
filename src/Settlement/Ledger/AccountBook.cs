using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>The ids of a county's accounts by role and owner. An account is opened by the first entry that names it.</summary>
internal sealed class AccountBook(ShanhuoDb db, Ids ids)
{
    private readonly Dictionary<AccountName, long> known = [];
    private AreaCode of;
    private Guid? within;

    /// <summary>The account's id.</summary>
    public long this[AccountName name] => known[name];

    /// <summary>Looks up the accounts that the drafts name.</summary>
    /// <returns>Those that are new and must be written with them.</returns>
    public async Task<IReadOnlyList<LedgerAccount>> Open(AreaCode county, IReadOnlyList<Draft> drafts, CancellationToken cancel)
    {
        // What was opened in a change that did not commit does not exist; so nothing is carried from one change to the next.
        var change = db.Database.CurrentTransaction?.TransactionId;
        if (county != of || change != within) known.Clear();
        (of, within) = (county, change);
        var wanted = new HashSet<AccountName>();
        foreach (var draft in drafts)
            foreach (var row in draft.Rows)
                if (!known.ContainsKey(row.Account)) wanted.Add(row.Account);
        if (wanted.Count == 0) return [];
        var (roles, owners) = (wanted.Select(w => w.Role).Distinct().ToList(), wanted.Select(w => w.Owner).Distinct().ToList());
        var found = await db.Unfiltered<LedgerAccount>("an account is opened once, whoever's act names it").Where(a => a.County == county && EF.Parameter(roles).Contains(a.Role) && EF.Parameter(owners).Contains(a.Owner))
            .Select(a => new { a.Role, a.Owner, a.Id }).ToListAsync(cancel);
        foreach (var account in found) known[new(account.Role, account.Owner)] = account.Id;
        wanted.RemoveWhere(known.ContainsKey);
        var opened = wanted.Select(name => new LedgerAccount { County = county, Id = ids.Next(), Role = name.Role, Owner = name.Owner }).ToList();
        foreach (var account in opened) known[new(account.Role, account.Owner)] = account.Id;
        return opened;
    }
}
