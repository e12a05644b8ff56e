using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>A journal entry to be written: its cause and what each account receives. Accounts that do not exist are opened by writing it.</summary>
/// <param name="cause">Why money moves.</param>
/// <param name="key">What caused it; with the cause it is written once only.</param>
/// <param name="day">Business day.</param>
internal sealed class Draft(Cause cause, string key, DateOnly day)
{
    private readonly List<DraftRow> rows = new(12);

    public Cause Cause => cause;
    public string Key => key;
    public DateOnly Day => day;
    public long? SchemeVersionId { get; init; }
    public long? LotId { get; init; }
    public long? LineId { get; init; }

    /// <summary>Day after which the growers' part may be paid; null: at once.</summary>
    public DateOnly? ReleaseDay { get; init; }

    /// <summary>Where the overview and the sums of its lot count it; null: nowhere, for it moves no money of a sale.</summary>
    public MonthPlace? Month { get; init; }

    /// <summary>Grams or pieces sold, for the overview.</summary>
    public long Quantity { get; init; }

    public IReadOnlyList<DraftRow> Rows => rows;

    /// <summary>Adds what an account receives (above 0) or gives (below 0); nothing where it is 0. One account at most once, its sunk part apart.</summary>
    /// <param name="role">Role of settlement.md, or buyer, household, village, bank, cash…</param>
    /// <param name="owner">Public code, or empty.</param>
    /// <param name="fen">Fen.</param>
    /// <param name="sunk">Received through a sunk step.</param>
    public Draft Post(string role, string owner, long fen, bool sunk = false)
    {
        if (fen != 0) rows.Add(new DraftRow(new AccountName(role, owner), fen, sunk));
        return this;
    }
}

/// <summary>Role and owner of an account; an owner without a code is empty.</summary>
internal readonly record struct AccountName(string Role, string Owner)
{
    /// <summary><c>role/owner</c>, or just the role.</summary>
    public override string ToString() => Owner.Length == 0 ? Role : $"{Role}/{Owner}";
}

/// <summary>One row of a draft.</summary>
internal readonly record struct DraftRow(AccountName Account, long Fen, bool Sunk);

/// <summary>A place in the overview: see <see cref="MonthSum"/>.</summary>
internal readonly record struct MonthPlace(DateOnly Month, long SchemeVersionId, long ProductId, AreaCode Area, string Channel)
{
    public static DateOnly Of(DateOnly day) => new(day.Year, day.Month, 1);
}

/// <summary>A place in the overview with its role.</summary>
internal readonly record struct MonthRole(MonthPlace Place, string Role);

/// <summary>A place in the sums of a lot: see <see cref="Trace.LotSum"/>.</summary>
internal readonly record struct LotRole(long LotId, DateOnly Month, long SchemeVersionId, string Role);

/// <summary>What is added to one row of a lot's sums.</summary>
internal readonly record struct LotChange(long Fen, long Quantity, DateOnly? ReleaseDay)
{
    /// <summary>Both together; the later of the release days.</summary>
    public LotChange Plus(LotChange other) => new(Fen + other.Fen, Quantity + other.Quantity, ReleaseDay is null || other.ReleaseDay > ReleaseDay ? other.ReleaseDay ?? ReleaseDay : ReleaseDay);
}

/// <summary>What is added to one row of the overview.</summary>
internal readonly record struct MonthChange(long Fen, long Quantity);
