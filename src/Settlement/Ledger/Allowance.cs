using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>What an allowance binds.</summary>
internal enum AllowanceKind
{
    /// <summary>A budget from which a role pays on top (<c>from</c>).</summary>
    Budget,

    /// <summary>How far a role tops up what a price is short of (<c>ifShort</c>).</summary>
    Limit,
}

/// <summary>How much a role's account may put in. An account without an allowance is not bound.</summary>
internal sealed class Allowance : IInCounty
{
    public required AreaCode County { get; init; }
    public required string Role { get; init; }

    /// <summary>Public code; empty for a role without one.</summary>
    public required string Owner { get; init; }
    public required AllowanceKind Kind { get; init; }

    /// <summary>At most so much in all.</summary>
    public required Fen Limit { get; set; }

    /// <summary>Put in so far, less what refunds restored. Kept in the transaction that posts.</summary>
    public Fen Used { get; set; }
}

/// <summary>What a line took of an allowance, so that its refunds restore that.</summary>
internal sealed class AllowanceUse : IInCounty
{
    public required AreaCode County { get; init; }
    public required long LineId { get; init; }
    public required string Role { get; init; }
    public required string Owner { get; init; }
    public required AllowanceKind Kind { get; init; }
    public required Fen Amount { get; init; }
}

internal sealed class AllowanceTables : IEntityTypeConfiguration<Allowance>, IEntityTypeConfiguration<AllowanceUse>
{
    public void Configure(EntityTypeBuilder<Allowance> table)
    {
        table.ToTable("settlement_allowances");
        table.HasKey(a => new { a.County, a.Role, a.Owner, a.Kind });
    }

    public void Configure(EntityTypeBuilder<AllowanceUse> table)
    {
        table.ToTable("settlement_allowance_uses");
        table.HasKey(u => new { u.County, u.LineId, u.Role, u.Owner, u.Kind });
    }
}
