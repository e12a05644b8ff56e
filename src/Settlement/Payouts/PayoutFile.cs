using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Where a pay-out file stands.</summary>
internal enum FileState
{
    /// <summary>Made: its amounts are set aside, and nobody can download it yet.</summary>
    Made,

    /// <summary>Released by a second person: goes to the bank.</summary>
    Released,

    /// <summary>Turned down: its amounts are payable again.</summary>
    Withdrawn,
}

/// <summary>A list of payments for the bank: made once by one person, released by another. Its bytes are fixed by its rows and proved by its hashes.</summary>
internal sealed class PayoutFile : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }

    /// <summary>1, 2, 3… in the county.</summary>
    public required int Number { get; init; }
    public required Guid RequestId { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Language of its column heads.</summary>
    public required Language Language { get; init; }

    /// <summary>Only balances of at least this.</summary>
    public required Fen Minimum { get; init; }

    /// <summary>Only households of this area, or null.</summary>
    public AreaCode? Area { get; init; }
    public required int Lines { get; init; }
    public required Fen Total { get; init; }

    /// <summary>Number of the last sealed entry of the county's ledger when the file was made; 0 before the first seal.</summary>
    public required long HeadNumber { get; init; }

    /// <summary>Its hash in hex; empty before the first seal.</summary>
    public required string HeadHash { get; init; }

    /// <summary>SHA-256 of the CSV, in hex.</summary>
    public required string CsvHash { get; init; }

    /// <summary>SHA-256 of the workbook, in hex.</summary>
    public required string XlsxHash { get; init; }
    public FileState State { get; set; }
    public required long MadeByAccountId { get; init; }
    public required long MadeMs { get; init; }
    public long? DecidedByAccountId { get; set; }
    public long? DecidedMs { get; set; }

    /// <summary><c>P-620525-0001</c>: in file names, on bank statements, owner of the clearing account.</summary>
    public string Code => FormattableString.Invariant($"P-{County}-{Number:0000}");
}

/// <summary>Where a payment stands.</summary>
internal enum LineState
{
    /// <summary>In the file, no word from the bank.</summary>
    Open,

    /// <summary>The bank has paid it.</summary>
    Paid,

    /// <summary>It came back, and is payable again.</summary>
    Returned,
}

/// <summary>A payment of a file, with the payee as it was when the file was made.</summary>
internal sealed class PayoutLine : IInCounty, IOfHousehold
{
    public const string Table = "settlement_payout_lines";

    public required AreaCode County { get; init; }
    public required long FileId { get; init; }

    /// <summary>1, 2, 3… in the file.</summary>
    public required int Number { get; init; }
    public required long HouseholdId { get; init; }
    public required string HouseholdCode { get; init; }
    public required Fen Amount { get; init; }
    public required long PayeeId { get; init; }
    public required string Holder { get; init; }
    public required string Bank { get; init; }
    public required string AccountHidden { get; init; }
    public required string AccountMask { get; init; }
    public LineState State { get; set; }

    /// <summary>Why it came back.</summary>
    public string? Why { get; set; }
    public DateOnly? StateDay { get; set; }

    public static string Binding(long file, int number) => FormattableString.Invariant($"{Table}:account:{file}/{number}");
}

internal sealed class PayoutTables : IEntityTypeConfiguration<PayoutFile>, IEntityTypeConfiguration<PayoutLine>
{
    public void Configure(EntityTypeBuilder<PayoutFile> table)
    {
        table.ToTable("settlement_payout_files");
        table.HasKey(f => new { f.County, f.Id });
        table.HasIndex(f => new { f.County, f.Number }).IsUnique();
        table.HasIndex(f => new { f.County, f.RequestId }).IsUnique();
        table.Ignore(f => f.Code);
    }

    public void Configure(EntityTypeBuilder<PayoutLine> table)
    {
        table.ToTable(PayoutLine.Table);
        table.HasKey(l => new { l.County, l.FileId, l.Number });
        table.HasIndex(l => new { l.County, l.HouseholdId });
    }
}
