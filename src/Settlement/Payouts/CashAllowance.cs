using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Where a cash allowance stands.</summary>
internal enum AllowanceState
{
    /// <summary>Asked for by one person.</summary>
    Proposed,

    /// <summary>Released by another: the cash has left the bank for the station's box.</summary>
    Released,

    /// <summary>Its rest has gone back to the bank.</summary>
    Closed,

    /// <summary>Turned down.</summary>
    Refused,
}

/// <summary>Cash that a station may pay to households in some days, and not a fen more.</summary>
internal sealed class CashAllowance : IInCounty, IInArea, IOfOrganisation
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }

    /// <summary>Seat of the station.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>The station.</summary>
    public required long OrganisationId { get; init; }
    public required Guid RequestId { get; init; }
    public required Fen Amount { get; init; }
    public Fen Spent { get; set; }
    public required DateOnly FirstDay { get; init; }
    public required DateOnly LastDay { get; init; }
    public AllowanceState State { get; set; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
    public long? DecidedByAccountId { get; set; }
    public long? DecidedMs { get; set; }

    public Fen Left => Amount - Spent;
}

/// <summary>Cash that a household got at a station, approved with its own code.</summary>
internal sealed class CashPayment : IInCounty, IInArea, IOfHousehold
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }

    /// <summary>Seat of the station.</summary>
    public required AreaCode Area { get; init; }
    public required Guid RequestId { get; init; }
    public required long AllowanceId { get; init; }
    public required long StationId { get; init; }
    public required long HouseholdId { get; init; }
    public required string HouseholdCode { get; init; }
    public required Fen Amount { get; init; }

    /// <summary>What the household was still owed after it.</summary>
    public required Fen Left { get; init; }
    public required DateOnly Day { get; init; }
    public required long AtMs { get; init; }
    public required long OperatorId { get; init; }
}

internal sealed class CashTables : IEntityTypeConfiguration<CashAllowance>, IEntityTypeConfiguration<CashPayment>
{
    public void Configure(EntityTypeBuilder<CashAllowance> table)
    {
        table.ToTable("settlement_cash_allowances");
        table.HasKey(a => new { a.County, a.Id });
        table.HasIndex(a => new { a.County, a.RequestId }).IsUnique();
        table.HasIndex(a => new { a.County, a.OrganisationId, a.State });
        table.Ignore(a => a.Left);
    }

    public void Configure(EntityTypeBuilder<CashPayment> table)
    {
        table.ToTable("settlement_cash_payments");
        table.HasKey(p => new { p.County, p.Id });
        table.HasIndex(p => new { p.County, p.RequestId }).IsUnique();
        table.HasIndex(p => new { p.County, p.HouseholdId, p.Day });
        table.HasIndex(p => new { p.County, p.AllowanceId });
    }
}
