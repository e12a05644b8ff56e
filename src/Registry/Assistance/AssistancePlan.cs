using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Assistance;

/// <summary>How one household is helped: by whom, with what, and whether it agreed.</summary>
internal sealed class AssistancePlan : IInArea, IOfHousehold
{
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required long HouseholdId { get; init; }
    public required AreaCode Area { get; set; }

    /// <summary>The named helper (帮扶责任人) and the work team.</summary>
    public required string Helper { get; init; }
    public required string WorkTeam { get; init; }
    public required DateOnly Since { get; init; }
    public required long ByAccountId { get; init; }

    /// <summary>Day on which the household agreed; null: not yet.</summary>
    public DateOnly? AgreedDay { get; set; }

    /// <summary><c>own-code</c> or <c>paper</c>.</summary>
    public string? AgreedBy { get; set; }

    /// <summary>Last day; null: it runs.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>Goes up with every change: a household agrees to the plan that it saw.</summary>
    public int Revision { get; set; }
}

/// <summary>One measure of a plan.</summary>
internal sealed class Measure : IInArea, IOfHousehold
{
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required long PlanId { get; init; }
    public required long HouseholdId { get; init; }
    public required AreaCode Area { get; set; }

    /// <summary>Key of <c>data/policies/measures.json</c>.</summary>
    public required string Kind { get; init; }
    public required string What { get; init; }
    public required DateOnly Start { get; init; }
    public required DateOnly Due { get; init; }

    /// <summary>At least 0.</summary>
    public required Fen Cost { get; init; }
    public required string Payer { get; init; }
    public DateOnly? DoneDay { get; set; }
    public string? Result { get; set; }
}

/// <summary>A visit to the household with what was found.</summary>
internal sealed class Visit : IInArea, IOfHousehold
{
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required long PlanId { get; init; }
    public required long HouseholdId { get; init; }
    public required AreaCode Area { get; set; }
    public required DateOnly Day { get; init; }
    public required long ByAccountId { get; init; }
    public required string Found { get; init; }
}

internal sealed class AssistanceTables : IEntityTypeConfiguration<AssistancePlan>, IEntityTypeConfiguration<Measure>, IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<AssistancePlan> table)
    {
        table.ToTable("registry_assistance_plans");
        table.HasKey(p => p.Id);
        table.HasIndex(p => p.RequestId).IsUnique();
        table.HasIndex(p => p.HouseholdId).IsUnique().HasDatabaseName("ix_registry_assistance_plans_now").HasFilter("until is null");
        table.HasIndex(p => new { p.Area, p.Id });
        table.Property(p => p.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<Measure> table)
    {
        table.ToTable("registry_assistance_measures");
        table.HasKey(m => m.Id);
        table.HasIndex(m => m.RequestId).IsUnique();
        table.HasIndex(m => m.PlanId);
        table.HasIndex(m => new { m.Area, m.Due }).HasDatabaseName("ix_registry_assistance_measures_open").HasFilter("done_day is null");
    }

    public void Configure(EntityTypeBuilder<Visit> table)
    {
        table.ToTable("registry_assistance_visits");
        table.HasKey(v => v.Id);
        table.HasIndex(v => v.RequestId).IsUnique();
        table.HasIndex(v => new { v.PlanId, v.Day });
    }
}
