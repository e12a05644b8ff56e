using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>A posting as it is written.</summary>
internal readonly record struct PostingRow(long EntryId, long AccountId, bool IsSunk, long Fen);

/// <summary>Entries with all that follows from them: postings, balances, overview. Written in one go.</summary>
internal sealed class LedgerBatch(AreaCode county, int entries)
{
    private readonly Dictionary<long, long> balances = [];
    private readonly Dictionary<MonthRole, MonthChange> months = [];
    private readonly Dictionary<LotRole, LotChange> lots = [];

    public AreaCode County => county;
    public required IReadOnlyList<LedgerAccount> Opened { get; init; }
    public List<JournalEntry> Entries { get; } = new(entries);
    public List<PostingRow> Postings { get; } = new(entries * 8);
    public IReadOnlyDictionary<long, long> Balances => balances;
    public IReadOnlyDictionary<MonthRole, MonthChange> Months => months;
    public IReadOnlyDictionary<LotRole, LotChange> Lots => lots;

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
        foreach (var (at, change) in allMonths) months[at] = change;
        foreach (var (at, change) in allLots) lots[at] = change;
    }

    private void Count(MonthPlace place, Draft draft)
    {
        foreach (var row in draft.Rows)
        {
            var at = new MonthRole(place, row.Account.Role);
            var before = months.GetValueOrDefault(at);
            months[at] = before with { Fen = before.Fen + row.Fen };
            if (draft.LotId is { } lot) Count(new LotRole(lot, place.Month, place.SchemeVersionId, row.Account.Role), row.Fen, 0, draft.ReleaseDay);
        }
        if (draft.Quantity == 0) return;
        var buyer = new MonthRole(place, "buyer");
        var counted = months.GetValueOrDefault(buyer);
        months[buyer] = counted with { Quantity = counted.Quantity + draft.Quantity };
        if (draft.LotId is { } sold) Count(new LotRole(sold, place.Month, place.SchemeVersionId, "buyer"), 0, draft.Quantity, draft.ReleaseDay);
    }

    private void Count(LotRole at, long fen, long quantity, DateOnly? releaseDay)
    {
        var before = lots.GetValueOrDefault(at);
        lots[at] = new LotChange(before.Fen + fen, before.Quantity + quantity, before.ReleaseDay is null || releaseDay > before.ReleaseDay ? releaseDay ?? before.ReleaseDay : before.ReleaseDay);
    }

    private sealed class KeyOrder : IComparer<PostingRow>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare(PostingRow x, PostingRow y) => x.AccountId != y.AccountId ? x.AccountId.CompareTo(y.AccountId) : x.IsSunk.CompareTo(y.IsSunk);
    }
}
