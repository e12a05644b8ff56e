using System.Runtime.InteropServices;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>A posting as it is written.</summary>
internal readonly record struct PostingRow(long EntryId, long AccountId, bool IsSunk, long Fen);

/// <summary>Entries with all that follows from them: postings, balances, overview. Written in one go.</summary>
internal sealed class LedgerBatch(AreaCode county, int entries)
{
    private readonly Dictionary<long, long> balances = [];
    private readonly Dictionary<(MonthPlace Place, long? LotId), Dictionary<string, LotChange>> figures = [];
    private Dictionary<MonthRole, MonthChange>? months;
    private Dictionary<LotRole, LotChange>? lots;

    public AreaCode County => county;
    public required IReadOnlyList<LedgerAccount> Opened { get; init; }
    public List<JournalEntry> Entries { get; } = new(entries);
    public List<PostingRow> Postings { get; } = new(entries * 10);
    public IReadOnlyDictionary<long, long> Balances => balances;
    public IReadOnlyDictionary<MonthRole, MonthChange> Months => months ?? FoldMonths();
    public IReadOnlyDictionary<LotRole, LotChange> Lots => lots ?? FoldLots();

    /// <exception cref="InvalidOperationException">The entry does not sum to zero, or names an account twice.</exception>
    public void Add(long id, long nowMs, Draft draft, AccountBook accounts)
    {
        Entries.Add(new JournalEntry { County = county, Id = id, Cause = draft.Cause, CauseKey = draft.Key, Day = draft.Day, RecordedMs = nowMs, SchemeVersionId = draft.SchemeVersionId, LotId = draft.LotId, LineId = draft.LineId, ReleaseDay = draft.ReleaseDay });
        var (sum, first) = (0L, Postings.Count);
        foreach (var row in draft.Rows)
        {
            var account = accounts[row.Account];
            Postings.Add(new PostingRow(id, account, row.Sunk, row.Fen));
            balances[account] = balances.GetValueOrDefault(account) + row.Fen;
            sum += row.Fen;
        }
        if (sum != 0) throw new InvalidOperationException($"Entry {draft.Cause} {draft.Key} sums to {sum} fen, not to zero.");
        // In the order of their key, which both databases write faster.
        Postings.Sort(first, Postings.Count - first, KeyOrder.Instance);
        if (draft.Month is { } place) Count(place, draft);
    }

    /// <summary>What is added to a balance without an entry, when balances are made anew.</summary>
    public void Add(long account, long fen) => balances[account] = fen;

    /// <summary>The figures of a whole county, when they are made anew.</summary>
    public void Add(Dictionary<MonthRole, MonthChange> allMonths, Dictionary<LotRole, LotChange> allLots)
    {
        (months, lots) = (allMonths, allLots);
    }

    // Entries of a batch share few places; so a place is looked up once an entry, and its roles by name alone.
    private void Count(MonthPlace place, Draft draft)
    {
        if (!figures.TryGetValue((place, draft.LotId), out var at)) figures[(place, draft.LotId)] = at = [];
        foreach (var row in draft.Rows) Add(at, row.Account.Role, row.Fen, 0, draft.ReleaseDay);
        if (draft.Quantity != 0) Add(at, "buyer", 0, draft.Quantity, draft.ReleaseDay);
    }

    private static void Add(Dictionary<string, LotChange> to, string role, long fen, long quantity, DateOnly? releaseDay)
    {
        ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(to, role, out _);
        at = at.Plus(new LotChange(fen, quantity, releaseDay));
    }

    private Dictionary<MonthRole, MonthChange> FoldMonths()
    {
        var folded = new Dictionary<MonthRole, MonthChange>();
        foreach (var ((place, _), roles) in figures)
            foreach (var (role, change) in roles)
            {
                var before = folded.GetValueOrDefault(new(place, role));
                folded[new(place, role)] = new MonthChange(before.Fen + change.Fen, before.Quantity + change.Quantity);
            }
        return folded;
    }

    private Dictionary<LotRole, LotChange> FoldLots()
    {
        var folded = new Dictionary<LotRole, LotChange>();
        foreach (var ((place, lot), roles) in figures)
            foreach (var (role, change) in roles)
                if (lot is { } id)
                {
                    var of = new LotRole(id, place.Month, place.SchemeVersionId, role);
                    folded[of] = folded.GetValueOrDefault(of).Plus(change);
                }
        return folded;
    }

    private sealed class KeyOrder : IComparer<PostingRow>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare(PostingRow x, PostingRow y) => x.AccountId != y.AccountId ? x.AccountId.CompareTo(y.AccountId) : x.IsSunk.CompareTo(y.IsSunk);
    }
}
