using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Where a proposed bank account stands.</summary>
internal enum PayeeState
{
    /// <summary>Entered, to be checked by a second person.</summary>
    Proposed,

    /// <summary>Checked; used from <see cref="Payee.UsableFromMs"/> on, until a later one is.</summary>
    Approved,

    /// <summary>Turned down.</summary>
    Refused,
}

/// <summary>The bank account to which a household's money goes. A change is a new row; the old one is used until the new one may be.</summary>
internal sealed class Payee : IInCounty, IOfHousehold
{
    public const string Table = "settlement_payees";

    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required long HouseholdId { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Name on the account.</summary>
    public required string Holder { get; init; }

    /// <summary>Of the holder to the head of the household.</summary>
    public required string Relation { get; init; }

    /// <summary>Where the holder is not the head: the head's consent, when and how it was given.</summary>
    public string? Consent { get; init; }
    public required string Bank { get; init; }

    /// <summary>The number, hidden (see <see cref="Secrets"/>).</summary>
    public required string AccountHidden { get; init; }

    /// <summary>Its last four digits.</summary>
    public required string AccountMask { get; init; }
    public PayeeState State { get; set; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
    public long? DecidedByAccountId { get; set; }
    public long? DecidedMs { get; set; }

    /// <summary>A day after approval, so that the household can object.</summary>
    public long? UsableFromMs { get; set; }

    public static string Binding(long id) => $"{Table}:account:{id}";
}

internal sealed class PayeeTable : IEntityTypeConfiguration<Payee>
{
    public void Configure(EntityTypeBuilder<Payee> table)
    {
        table.ToTable(Payee.Table);
        table.HasKey(p => new { p.County, p.Id });
        table.HasIndex(p => new { p.County, p.RequestId }).IsUnique();
        table.HasIndex(p => new { p.County, p.HouseholdId, p.State });
    }
}
