using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Procedure;

/// <summary>The path of one household, village or county through a kind of case of <c>data/policies</c>.</summary>
internal sealed class Case : IInArea, IOfHousehold
{
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Village of the household, or the village or county itself.</summary>
    public required AreaCode Area { get; set; }

    /// <summary>0: the subject is the area.</summary>
    public required long HouseholdId { get; init; }

    /// <summary>Key of the policy period by whose rules it runs to its end.</summary>
    public required string Policy { get; init; }
    public required string Kind { get; init; }

    /// <summary>Kind of monitored household: <c>unstable</c>, <c>marginal</c>, <c>sudden</c>.</summary>
    public string? Category { get; init; }

    /// <summary>The warning that led to it.</summary>
    public long? WarningId { get; init; }
    public required DateOnly OpenedDay { get; init; }
    public int StepsTaken { get; set; }

    /// <summary>Key of the step that comes, and who may take it: roles with commas around. Null: it ended.</summary>
    public string? NextStep { get; set; }
    public string? NextRoles { get; set; }
    public DateOnly? NextFrom { get; set; }
    public DateOnly? NextDue { get; set; }
    public CaseEnd End { get; set; }
    public DateOnly? EndedDay { get; set; }

    /// <summary>Goes up with every change: of two at once, the second is told.</summary>
    public int Revision { get; set; }
}

/// <summary>A step that was taken, with what was laid before it. Append-only.</summary>
internal sealed class CaseStep : IInArea, IOfHousehold
{
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required long CaseId { get; init; }
    public required AreaCode Area { get; set; }
    public required long HouseholdId { get; init; }

    /// <summary>1, 2, 3…</summary>
    public required int Number { get; init; }
    public required string Step { get; init; }
    public required bool Passed { get; init; }
    public required long ByAccountId { get; init; }
    public required string Role { get; init; }
    public required DateOnly Day { get; init; }
    public required long AtMs { get; init; }

    /// <summary>An <see cref="Procedure.Evidence"/> as JSON.</summary>
    public required string Evidence { get; init; }
}

/// <summary>An objection to a case; anonymous where neither name nor account is known.</summary>
internal sealed class Objection : IInArea, IOfHousehold
{
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required long CaseId { get; init; }
    public required AreaCode Area { get; set; }
    public required long HouseholdId { get; init; }

    /// <summary>As stated; null: anonymous.</summary>
    public string? ByName { get; init; }

    /// <summary>0: nobody was signed in.</summary>
    public required long ByAccountId { get; init; }
    public required string About { get; init; }
    public required DateOnly Day { get; init; }
    public ObjectionEnd End { get; set; }
    public long DecidedBy { get; set; }
    public DateOnly? DecidedDay { get; set; }
    public string? Reason { get; set; }
}

/// <summary>A public notice: what everybody may read of a case, and nothing else of it. It holds no identity number, phone, illness or child, because it has no place for them.</summary>
internal sealed class Notice : IInArea
{
    public required long Id { get; init; }

    /// <summary>In its address: cannot be guessed.</summary>
    public required string Code { get; init; }
    public required long CaseId { get; init; }
    public required AreaCode Area { get; init; }
    public required string Policy { get; init; }
    public required string Kind { get; init; }
    public required string Step { get; init; }

    /// <summary>Head of the household as the notice names it; null: the subject is the area.</summary>
    public string? Name { get; init; }
    public string? VillageGroup { get; init; }

    /// <summary>Only where another household of the village has the same name and the group does not tell them apart.</summary>
    public int? BirthYear { get; init; }
    public required DateOnly PostedDay { get; init; }

    /// <summary>Last day on which it is shown; from the next it is gone by itself.</summary>
    public required DateOnly LastDay { get; set; }
}

/// <summary>A dated status of a village or county, such as having left poverty.</summary>
internal sealed class AreaStatus : IInArea
{
    public required long Id { get; init; }
    public required AreaCode Area { get; init; }

    /// <summary><c>exited</c>.</summary>
    public required string Status { get; init; }
    public required DateOnly Since { get; init; }
    public required long CaseId { get; init; }
}

internal sealed class CaseTables : IEntityTypeConfiguration<Case>, IEntityTypeConfiguration<CaseStep>, IEntityTypeConfiguration<Objection>, IEntityTypeConfiguration<Notice>, IEntityTypeConfiguration<AreaStatus>
{
    public void Configure(EntityTypeBuilder<Case> table)
    {
        table.ToTable("registry_cases");
        table.HasKey(c => c.Id);
        table.HasIndex(c => c.RequestId).IsUnique();
        // One open case of a kind for each household, village or county.
        table.HasIndex(c => new { c.Area, c.HouseholdId, c.Kind }).IsUnique().HasDatabaseName("ix_registry_cases_open").HasFilter("next_step is not null");
        table.HasIndex(c => new { c.End, c.Area });
        table.HasIndex(c => new { c.HouseholdId, c.OpenedDay });
        table.Property(c => c.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<CaseStep> table)
    {
        table.ToTable("registry_case_steps");
        table.HasKey(s => s.Id);
        table.HasIndex(s => s.RequestId).IsUnique();
        table.HasIndex(s => new { s.CaseId, s.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Objection> table)
    {
        table.ToTable("registry_objections");
        table.HasKey(o => o.Id);
        table.HasIndex(o => o.RequestId).IsUnique();
        table.HasIndex(o => o.CaseId);
    }

    public void Configure(EntityTypeBuilder<Notice> table)
    {
        table.ToTable("registry_notices");
        table.HasKey(n => n.Id);
        table.HasIndex(n => n.Code).IsUnique();
        table.HasIndex(n => new { n.CaseId, n.Step }).IsUnique();
        table.HasIndex(n => new { n.LastDay, n.Area });
    }

    public void Configure(EntityTypeBuilder<AreaStatus> table)
    {
        table.ToTable("registry_area_statuses");
        table.HasKey(s => s.Id);
        table.HasIndex(s => new { s.Area, s.Status }).IsUnique();
    }
}
