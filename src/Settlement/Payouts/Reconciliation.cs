using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Payouts;

/// <summary>One movement as the ledger and the statement have it; one side may be missing.</summary>
/// <param name="Amount">In above zero, out below.</param>
/// <param name="Ours">Cause of our entry, or null.</param>
/// <param name="Theirs">Note on the statement, or null.</param>
internal sealed record MatchedMove(Fen Amount, string? Ours, string? Theirs);

/// <summary>An account on a day: what we say and what the statement says.</summary>
internal sealed record AccountDay
{
    public required string Role { get; init; }
    public required string Owner { get; init; }

    /// <summary>At the end of the day, by our ledger.</summary>
    public required Fen Ours { get; init; }

    /// <summary>By the latest statement of the day, or null.</summary>
    public Fen? Theirs { get; init; }
    public required IReadOnlyList<MatchedMove> Moves { get; init; }
    public string Name => $"{Role}/{Owner}";

    /// <summary>Ours less theirs; null without a statement.</summary>
    public Fen? Difference => Theirs is { } theirs ? Ours - theirs : null;
}

/// <summary>The daily comparison of our mirror accounts with what bank, institution and cash count say.</summary>
internal static class Reconciliation
{
    /// <summary>Lays our movements beside theirs: first those whose note names our entry, then those of the same amount, in order; what is left stands alone. Each is used once.</summary>
    public static IReadOnlyList<MatchedMove> Match(IEnumerable<(Fen Amount, string Key)> ours, IEnumerable<(Fen Amount, string Note)> theirs)
    {
        var (left, right, pairs) = (ours.ToList(), theirs.ToList(), new List<MatchedMove>());
        foreach (var byName in new[] { true, false })
            for (var i = 0; i < left.Count; i++)
            {
                var (amount, key) = left[i];
                var at = right.FindIndex(r => r.Amount == amount && (!byName || r.Note.Contains(key, StringComparison.OrdinalIgnoreCase)));
                if (at < 0) continue;
                pairs.Add(new MatchedMove(amount, key, right[at].Note));
                right.RemoveAt(at);
                left.RemoveAt(i--);
            }
        return [.. left.Select(l => new MatchedMove(l.Amount, l.Key, null)), .. right.Select(r => new MatchedMove(r.Amount, null, r.Note)), .. pairs];
    }

    /// <summary>All mirror accounts of a county on a day.</summary>
    public static async Task<IReadOnlyList<AccountDay>> Of(ShanhuoDb db, AreaCode county, DateOnly day, CancellationToken cancel)
    {
        var roles = Mirrors.Roles;
        var balances = await (
            from a in db.LedgerAccounts
            where a.County == county && roles.Contains(a.Role)
            join p in db.Postings on new { a.County, AccountId = a.Id } equals new { p.County, p.AccountId }
            join e in db.JournalEntries on new { p.County, Id = p.EntryId } equals new { e.County, e.Id }
            where e.Day <= day
            group p by new { a.Role, a.Owner } into g
            select new { g.Key.Role, g.Key.Owner, Sum = g.Sum(p => (long)p.Amount) }).ToListAsync(cancel);
        var moves = await (
            from e in db.JournalEntries
            where e.County == county && e.Day == day
            join p in db.Postings on new { e.County, EntryId = e.Id } equals new { p.County, p.EntryId }
            join a in db.LedgerAccounts on new { p.County, Id = p.AccountId } equals new { a.County, a.Id }
            where roles.Contains(a.Role)
            select new { e.Id, a.Role, a.Owner, p.Amount, e.CauseKey }).ToListAsync(cancel);
        var statements = (await db.AccountStatements.AsNoTracking().Where(s => s.County == county && s.Day == day).OrderBy(s => s.AtMs).ThenBy(s => s.Id).ToListAsync(cancel)).GroupBy(s => (s.Role, s.Owner)).Select(g => g.Last()).ToList();
        var used = statements.Select(s => s.Id).ToList();
        var lines = (await db.StatementLines.AsNoTracking().Where(l => l.County == county && used.Contains(l.StatementId)).OrderBy(l => l.Number).ToListAsync(cancel)).ToLookup(l => l.StatementId);
        return [.. balances.Select(b => (b.Role, b.Owner)).Union(statements.Select(s => (s.Role, s.Owner))).OrderBy(n => n.Role, StringComparer.Ordinal).ThenBy(n => n.Owner, StringComparer.Ordinal).Select(name =>
        {
            var statement = statements.Find(s => (s.Role, s.Owner) == name);
            return new AccountDay
            {
                Role = name.Role, Owner = name.Owner, Ours = new Fen(-(balances.Find(b => (b.Role, b.Owner) == name)?.Sum ?? 0)), Theirs = statement?.Balance,
                Moves = Match(moves.Where(m => (m.Role, m.Owner) == name).OrderBy(m => m.Id).Select(m => (-m.Amount, m.CauseKey)), statement is null ? [] : lines[statement.Id].Select(l => (l.Amount, l.Note))),
            };
        })];
    }
}
