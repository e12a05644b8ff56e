using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Close;

/// <summary>What a line of a member account holds. The numbers are stored: never change one.</summary>
internal enum StakeKind
{
    /// <summary>Money paid in (货币出资).</summary>
    Money = 1,

    /// <summary>Land-use right at its registered value (土地经营权作价出资).</summary>
    LandRight = 2,

    /// <summary>Share of the reserve, by trade (公积金份额).</summary>
    Reserve = 3,

    /// <summary>Equal share of state aid (国家财政直接补助份额).</summary>
    StateAid = 4,

    /// <summary>Equal share of gifts (他人捐赠份额).</summary>
    Gift = 5,
}

/// <summary>A line of a member account (成员账户; law of 2017, article 43). Append-only; the sum of a member's lines is its account.</summary>
internal sealed class MemberAccountEntry : IInCounty, IOfOrganisation, IOfHousehold
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required long OrganisationId { get; init; }
    public required long HouseholdId { get; init; }

    /// <summary>Of the request that made it; aid for all members is one request.</summary>
    public required Guid RequestId { get; init; }
    public required StakeKind Kind { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Below zero when something was taken back or undone.</summary>
    public required Fen Amount { get; init; }

    /// <summary>Receipt number, valuation and registration of the land right, notice of the aid.</summary>
    public required string Note { get; init; }
    public long? CorrectsId { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class MemberAccountTable : IEntityTypeConfiguration<MemberAccountEntry>
{
    public void Configure(EntityTypeBuilder<MemberAccountEntry> table)
    {
        table.ToTable("settlement_member_account_entries");
        table.HasKey(e => new { e.County, e.Id });
        table.HasIndex(e => new { e.County, e.RequestId, e.HouseholdId }).IsUnique();
        table.HasIndex(e => new { e.County, e.OrganisationId, e.HouseholdId });
        table.HasIndex(e => new { e.County, e.CorrectsId }).IsUnique();
    }
}
