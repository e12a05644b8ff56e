using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Organisations;

/// <summary>A station, cooperative, enterprise, platform or village collective.</summary>
internal sealed class Organisation : IInArea
{
    public required long Id { get; init; }

    /// <summary>Public code, such as <c>C-01</c> or <c>taobao</c>: the owner in ledger accounts.</summary>
    public required string Code { get; init; }

    public required OrganisationKind Kind { get; init; }

    /// <summary>Seat: a village for village stations and collectives, a township or the county for others, 0 for national platforms.</summary>
    public required AreaCode Area { get; set; }

    public required string Name { get; set; }
    public string? NameEn { get; set; }

    /// <summary>Where households reach a station, as it is dialled; null where nobody wrote it down. Numbers that begin with <c>0000-</c> are invented: no network routes them.</summary>
    public string? Phone { get; set; }

    /// <summary>The station one level up (village → township → county centre).</summary>
    public long? ParentId { get; set; }

    public required DateOnly Since { get; init; }
    public DateOnly? Until { get; set; }
}

/// <summary>A household's membership of a cooperative.</summary>
internal sealed class Membership : IOfHousehold, IOfOrganisation
{
    public required long Id { get; init; }
    public required long OrganisationId { get; init; }
    public required long HouseholdId { get; init; }
    public required DateOnly Since { get; init; }
    public DateOnly? Until { get; set; }
}

internal sealed class OrganisationTable : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> table)
    {
        table.ToTable("registry_organisations");
        table.HasKey(o => o.Id);
        table.HasIndex(o => o.Code).IsUnique();
        table.Property(o => o.Phone).HasMaxLength(24);
        table.HasIndex(o => new { o.Area, o.Kind });
    }
}

internal sealed class MembershipTable : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> table)
    {
        table.ToTable("registry_memberships");
        table.HasKey(m => m.Id);
        table.HasIndex(m => new { m.OrganisationId, m.HouseholdId });
        table.HasIndex(m => m.HouseholdId);
    }
}
