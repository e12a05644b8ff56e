using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Why money moved. The numbers are stored and sealed: never change one.</summary>
internal enum Cause
{
    /// <summary>A sale line, by its id.</summary>
    Line = 1,

    /// <summary>A refund, by its claim's id.</summary>
    Refund = 2,

    /// <summary>Goods bought at intake, by the intake's id.</summary>
    IntakeBought = 3,

    /// <summary>A pool credited to households or villages, by lot and run.</summary>
    PoolPaid = 4,

    /// <summary>A cooperative's close.</summary>
    Close = 5,

    /// <summary>Money sent out: bank line or cash.</summary>
    Payout = 6,

    /// <summary>A bank line that came back.</summary>
    PayoutReturned = 7,

    /// <summary>An advance paid at intake.</summary>
    Advance = 8,

    /// <summary>Guaranteed goods that nobody bought.</summary>
    LotClosed = 9,

    /// <summary>A correction by a new entry.</summary>
    Correction = 10,

    /// <summary>A cooperative's cash-book entry: income, cost, wage, rent.</summary>
    CashBook = 11,

    /// <summary>Money that came in at the payment institution, bank or cash box.</summary>
    Inflow = 12,
}

/// <summary>An account of the ledger: a role and its owner, such as <c>growers/L-1</c>. Never a name.</summary>
internal sealed class LedgerAccount : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }

    /// <summary>Role of settlement.md, or <c>buyer</c>, <c>household</c>, <c>village</c>, <c>bank</c>, <c>cash</c>…</summary>
    public required string Role { get; init; }

    /// <summary>Owner's public code; empty for a role without one.</summary>
    public required string Owner { get; init; }

    /// <summary>Sum of its postings; kept in the same transaction, can be rebuilt from them.</summary>
    public Fen Balance { get; set; }

    /// <summary><c>role/owner</c>, or just the role.</summary>
    public string Name => new AccountName(Role, Owner).ToString();
}

/// <summary>A journal entry: one cause, once; its postings sum to zero. Append-only.</summary>
internal sealed class JournalEntry : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Cause Cause { get; init; }

    /// <summary>What caused it; unique with the cause.</summary>
    public required string CauseKey { get; init; }

    /// <summary>Business day.</summary>
    public required DateOnly Day { get; init; }
    public required long RecordedMs { get; init; }

    /// <summary>The frozen scheme version, for lines and refunds.</summary>
    public long? SchemeVersionId { get; init; }

    /// <summary>The lot, where there is one: the way from a pool back to its lines.</summary>
    public long? LotId { get; init; }

    /// <summary>The order line, for lines and refunds.</summary>
    public long? LineId { get; init; }

    /// <summary>Day after which the growers' part may be paid: end of the return window.</summary>
    public DateOnly? ReleaseDay { get; init; }
}

/// <summary>One row of an entry: a positive number is what the account received.</summary>
internal sealed class Posting : IInCounty
{
    public required AreaCode County { get; init; }
    public required long EntryId { get; init; }
    public required long AccountId { get; init; }

    /// <summary>Received through a sunk step: spent, not given back on a refund.</summary>
    public required bool IsSunk { get; init; }
    public required Fen Amount { get; init; }
}

/// <summary>A link of the county's hash chain over its entries, made afterwards by one sealer.</summary>
internal sealed class Seal : IInCounty
{
    public required AreaCode County { get; init; }

    /// <summary>1, 2, 3… without a gap.</summary>
    public required long Number { get; init; }
    public required long EntryId { get; init; }

    /// <summary>SHA-256 over the hash before, the number, the entry and its postings.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>What each role received in a month, by scheme, product and area: the overview reads this and not the postings, so it does not slow down as lines grow. Kept in the transaction that posts; can be rebuilt.</summary>
internal sealed class MonthSum : IInCounty, IInArea
{
    public required AreaCode County { get; init; }

    /// <summary>First day of the month.</summary>
    public required DateOnly Month { get; init; }
    public required long SchemeVersionId { get; init; }
    public required long ProductId { get; init; }

    /// <summary>Village or seat of the lot's station; the county where the lot has none.</summary>
    public required AreaCode Area { get; init; }
    public required string Channel { get; init; }
    public required string Role { get; init; }
    public required Fen Amount { get; set; }

    /// <summary>Grams or pieces sold, counted on the role <c>buyer</c> only.</summary>
    public required long Quantity { get; set; }
}

internal sealed class LedgerTables : IEntityTypeConfiguration<LedgerAccount>, IEntityTypeConfiguration<JournalEntry>, IEntityTypeConfiguration<Posting>, IEntityTypeConfiguration<Seal>, IEntityTypeConfiguration<MonthSum>
{
    public void Configure(EntityTypeBuilder<LedgerAccount> table)
    {
        table.ToTable("settlement_accounts");
        table.HasKey(a => new { a.County, a.Id });
        table.HasIndex(a => new { a.County, a.Role, a.Owner }).IsUnique();
        table.Ignore(a => a.Name);
    }

    public void Configure(EntityTypeBuilder<JournalEntry> table)
    {
        table.ToTable("settlement_entries");
        table.HasKey(e => new { e.County, e.Id });
        table.HasIndex(e => new { e.County, e.Cause, e.CauseKey }).IsUnique();
        table.HasIndex(e => new { e.County, e.LineId });
        table.HasIndex(e => new { e.County, e.LotId });
        table.HasIndex(e => new { e.County, e.Day });
    }

    public void Configure(EntityTypeBuilder<Posting> table)
    {
        table.ToTable("settlement_postings");
        table.HasKey(p => new { p.County, p.EntryId, p.AccountId, p.IsSunk });
        table.HasIndex(p => new { p.County, p.AccountId, p.EntryId });
    }

    public void Configure(EntityTypeBuilder<Seal> table)
    {
        table.ToTable("settlement_seals");
        table.HasKey(s => new { s.County, s.Number });
        table.HasIndex(s => new { s.County, s.EntryId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<MonthSum> table)
    {
        table.ToTable("settlement_month_sums");
        table.HasKey(s => new { s.County, s.Month, s.SchemeVersionId, s.ProductId, s.Area, s.Channel, s.Role });
    }
}
