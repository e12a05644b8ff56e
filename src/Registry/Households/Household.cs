using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Households;

/// <summary>A household (户): the unit that hands in goods, is paid and is registered.</summary>
internal sealed class Household : IInArea
{
    public required long Id { get; init; }

    /// <summary>Public code, such as <c>H-000123</c>: the owner of its ledger account, never a name.</summary>
    public required string Code { get; init; }

    /// <summary>Village.</summary>
    public required AreaCode Area { get; set; }

    public required string HeadName { get; set; }

    /// <summary>Villagers' group (村民小组), as people call it; null when it is not known.</summary>
    public string? VillageGroup { get; set; }

    /// <summary>Hash of the household's own code, with which it approves figures; null when it has none yet.</summary>
    public string? ApprovalCodeHash { get; set; }

    /// <summary>Phone, hidden (see <see cref="Secrets"/>); null when there is none.</summary>
    public string? PhoneHidden { get; set; }

    /// <summary>Since when the household allows its name on trace pages; null: it does not.</summary>
    public DateOnly? NameConsentSince { get; set; }
}

/// <summary>A person in a household, for as long as it is one of its members.</summary>
internal sealed class Member : IOfHousehold
{
    public required long Id { get; init; }
    public required long HouseholdId { get; init; }
    public required string Name { get; set; }

    /// <summary>To the head: <c>head</c>, <c>spouse</c>, <c>child</c>, <c>parent</c>, <c>grandchild</c>, <c>other</c>.</summary>
    public required string Relation { get; set; }

    public int? BirthYear { get; set; }
    public required DateOnly Since { get; init; }

    /// <summary>Last day as a member; null: still one.</summary>
    public DateOnly? Until { get; set; }
}

/// <summary>A dated fact about a household under a policy, such as being registered as poor; a household is not its poverty.</summary>
internal sealed class HouseholdStatus : IOfHousehold
{
    public required long Id { get; init; }
    public required long HouseholdId { get; init; }

    /// <summary><c>registered</c> (建档立卡), <c>exited</c> (脱贫), <c>monitored</c> (监测).</summary>
    public required string Status { get; init; }

    public required DateOnly Since { get; init; }
    public DateOnly? Until { get; set; }
}

internal sealed class HouseholdTable : IEntityTypeConfiguration<Household>
{
    public void Configure(EntityTypeBuilder<Household> table)
    {
        table.ToTable("registry_households");
        table.HasKey(h => h.Id);
        table.HasIndex(h => h.Code).IsUnique();
        table.HasIndex(h => new { h.Area, h.Id });
    }
}

internal sealed class MemberTable : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> table)
    {
        table.ToTable("registry_members");
        table.HasKey(m => m.Id);
        table.HasIndex(m => m.HouseholdId);
    }
}

internal sealed class HouseholdStatusTable : IEntityTypeConfiguration<HouseholdStatus>
{
    public void Configure(EntityTypeBuilder<HouseholdStatus> table)
    {
        table.ToTable("registry_household_statuses");
        table.HasKey(s => s.Id);
        table.HasIndex(s => s.HouseholdId);
    }
}
