using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Ledger;

/// <summary>The allowances of a county inside one change: lent to lines as a purse, given back by refunds, saved with the entries.</summary>
internal sealed class AllowanceBook
{
    private const string Why = "a budget binds every sale that draws on it, whoever asks for it to be settled";
    private readonly ShanhuoDb db;
    private readonly Dictionary<(AllowanceKind, AccountName), Allowance> all;
    private readonly Dictionary<(AllowanceKind, AccountName), long> changes = [];
    private readonly List<AllowanceUse> uses = [];

    private AllowanceBook(ShanhuoDb db, Dictionary<(AllowanceKind, AccountName), Allowance> all) => (this.db, this.all) = (db, all);

    /// <summary>Reads them; the county's lock must be held.</summary>
    public static async Task<AllowanceBook> Read(ShanhuoDb db, AreaCode county, CancellationToken cancel) =>
        new(db, await db.Unfiltered<Allowance>(Why).AsNoTracking().Where(a => a.County == county).ToDictionaryAsync(a => (a.Kind, new AccountName(a.Role, a.Owner)), cancel));

    /// <summary>What the accounts of a line can still put in; null: nothing binds.</summary>
    /// <param name="owner">The owner of a role on the line.</param>
    public Purse? Purse(Func<SchemeRole, string> owner)
    {
        if (all.Count == 0) return null;
        var purse = new Purse();
        foreach (var role in Roles.All)
        {
            var account = new AccountName(role.Name(), owner(role));
            purse.Budgets[(int)role] = Left(AllowanceKind.Budget, account);
            purse.Limits[(int)role] = Left(AllowanceKind.Limit, account);
        }
        return purse;
    }

    /// <summary>Notes what was taken out of a purse.</summary>
    /// <param name="purse">The purse, after it was taken from.</param>
    /// <param name="county">County.</param>
    /// <param name="lineId">The line, whose refunds restore it; null: nothing ever does.</param>
    /// <param name="owner">The owner of a role, as for <see cref="Purse"/>.</param>
    public void Take(Purse purse, AreaCode county, long? lineId, Func<SchemeRole, string> owner)
    {
        foreach (var role in Roles.All)
        {
            var account = new AccountName(role.Name(), owner(role));
            Take(AllowanceKind.Budget, account, purse.Budgets[(int)role], county, lineId);
            Take(AllowanceKind.Limit, account, purse.Limits[(int)role], county, lineId);
        }
    }

    /// <summary>Restores what refunds give back of what lines took: in proportion to the refunded gross, rounded half to even, each refund what is due after it less what was due before.</summary>
    public async Task Restore(AreaCode county, IReadOnlyCollection<(long LineId, long Gross, long Before, long Amount)> refunds, CancellationToken cancel)
    {
        if (all.Count == 0) return;
        var lines = refunds.Select(r => r.LineId).ToList();
        var taken = (await db.Unfiltered<AllowanceUse>(Why).AsNoTracking().Where(u => u.County == county && lines.Contains(u.LineId)).ToListAsync(cancel)).ToLookup(u => u.LineId);
        foreach (var (line, gross, before, amount) in refunds)
            foreach (var use in taken[line])
            {
                long Due(long refunded) => Rounding.HalfEven((Int128)use.Amount.Value * refunded, gross);
                Change(use.Kind, new(use.Role, use.Owner), Due(before) - Due(before + amount));
            }
    }

    /// <summary>Writes what has changed.</summary>
    /// <param name="ledger">In whose change.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task Save(LedgerWriter ledger, CancellationToken cancel)
    {
        foreach (var ((kind, account), fen) in changes)
        {
            if (fen == 0 || !all.TryGetValue((kind, account), out var allowance)) continue;
            var used = allowance.Used + new Fen(fen);
            await db.Unfiltered<Allowance>(Why).Where(a => a.County == allowance.County && a.Role == account.Role && a.Owner == account.Owner && a.Kind == kind)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Used, used), cancel);
            allowance.Used = used;
        }
        changes.Clear();
        if (uses.Count == 0) return;
        db.AddRange(uses);
        await ledger.Flush(cancel);
        foreach (var use in uses) db.Entry(use).State = EntityState.Detached;
        uses.Clear();
    }

    private long Left(AllowanceKind kind, AccountName account) => all.TryGetValue((kind, account), out var allowance)
        ? Math.Max(allowance.Limit.Value - allowance.Used.Value - changes.GetValueOrDefault((kind, account)), 0) : long.MaxValue;

    private void Take(AllowanceKind kind, AccountName account, long left, AreaCode county, long? lineId)
    {
        var fen = Left(kind, account) - left;
        if (fen == 0) return;
        Change(kind, account, fen);
        if (lineId is { } line) uses.Add(new AllowanceUse { County = county, LineId = line, Role = account.Role, Owner = account.Owner, Kind = kind, Amount = new Fen(fen) });
    }

    private void Change(AllowanceKind kind, AccountName account, long fen) => changes[(kind, account)] = changes.GetValueOrDefault((kind, account)) + fen;
}
