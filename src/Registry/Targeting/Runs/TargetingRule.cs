using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Rules;

namespace Shanhuo.Registry.Targeting.Runs;

/// <summary>What a rule does.</summary>
internal enum RuleKind
{
    /// <summary>Picks households (<see cref="RuleDocument"/>).</summary>
    Picks,

    /// <summary>Proposes a way out for the picked (<see cref="Ways.WaysDocument"/>).</summary>
    Ways,
}

/// <summary>A rule of a county; what it says stands in its versions.</summary>
internal sealed class TargetingRule : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }
    public required RuleKind Kind { get; init; }

    /// <summary>Of the newest version.</summary>
    public required string Name { get; set; }
    public required string NameEn { get; set; }
}

/// <summary>Where a version stands.</summary>
internal enum RuleState { Draft, Proposed, Adopted, Refused }

/// <summary>A version of a rule. Its document changes only while it is a draft.</summary>
internal sealed class TargetingVersion : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long RuleId { get; init; }

    /// <summary>1, 2, 3… within the rule.</summary>
    public required int Number { get; init; }

    /// <summary>Of a draft as typed, right or wrong; else canonical.</summary>
    public required string Document { get; set; }

    /// <summary>SHA-256 of the canonical document, in hex; null while it has faults.</summary>
    public string? Hash { get; set; }
    public RuleState State { get; set; }

    /// <summary>Goes up with every step: of two people who take one at once, the second is told.</summary>
    public int Revision { get; set; }
    public required long ByAccountId { get; init; }

    /// <summary>Who last changed the draft: neither this person nor who proposed it adopts it.</summary>
    public required long WrittenByAccountId { get; set; }
    public long? ProposedByAccountId { get; set; }
    public long? DecidedByAccountId { get; set; }
    public DateOnly? DecidedDay { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; set; }
}

/// <summary>A version applied to the households of an area on a day.</summary>
internal sealed class TargetingRun : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }
    public required long VersionId { get; init; }
    public required RuleKind Kind { get; init; }

    /// <summary>Of ways out: the run whose picked and undecided households were asked.</summary>
    public long? OfRunId { get; init; }
    public required DateOnly Day { get; init; }
    public required int Households { get; init; }

    /// <summary>Picked; of ways out, those with a sure first way.</summary>
    public required int Picked { get; init; }
    public required int Undecided { get; init; }

    /// <summary>SHA-256 over all that was known of all households (see <see cref="Features.HouseholdFeatures.Fingerprint"/>), in hex.</summary>
    public required string RegisterHash { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>The answer of a run for a household, with its reasons and the inputs as they were.</summary>
internal sealed class TargetingAnswer : IInArea, IOfHousehold
{
    public const string Table = "registry_targeting_answers";

    public required AreaCode County { get; init; }
    public required long RunId { get; init; }
    public required long HouseholdId { get; init; }

    /// <summary>Village then.</summary>
    public required AreaCode Area { get; init; }
    public required Truth Answer { get; init; }

    /// <summary>Hundred-millionths of a point; null: the rule counts none.</summary>
    public long? ScoreLow { get; init; }
    public long? ScoreHigh { get; init; }

    /// <summary>The way that is chosen; null in runs that pick.</summary>
    public string? Way { get; set; }

    /// <summary>Who chose another way than the rule's first, and why; null: it is the rule's.</summary>
    public long? ChosenByAccountId { get; set; }
    public string? Reason { get; set; }

    /// <summary>Canonical JSON of <see cref="Inputs"/>.</summary>
    public required string Document { get; init; }
}

internal sealed class TargetingTables : IEntityTypeConfiguration<TargetingRule>, IEntityTypeConfiguration<TargetingVersion>, IEntityTypeConfiguration<TargetingRun>, IEntityTypeConfiguration<TargetingAnswer>
{
    public void Configure(EntityTypeBuilder<TargetingRule> table)
    {
        table.ToTable("registry_targeting_rules");
        table.HasKey(r => r.Id);
        table.HasIndex(r => new { r.County, r.RequestId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<TargetingVersion> table)
    {
        table.ToTable("registry_targeting_versions");
        table.HasKey(v => v.Id);
        table.HasIndex(v => new { v.RuleId, v.Number }).IsUnique();
        table.HasIndex(v => v.RuleId).IsUnique().HasDatabaseName("ix_registry_targeting_versions_open").HasFilter("state in (0, 1)"); // one draft or proposal at a time
        table.Property(v => v.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<TargetingRun> table)
    {
        table.ToTable("registry_targeting_runs");
        table.HasKey(r => r.Id);
        table.HasIndex(r => new { r.County, r.RequestId }).IsUnique();
        table.HasIndex(r => new { r.VersionId, r.Id });
        table.HasIndex(r => r.OfRunId);
    }

    public void Configure(EntityTypeBuilder<TargetingAnswer> table)
    {
        table.ToTable(TargetingAnswer.Table);
        table.HasKey(a => new { a.County, a.RunId, a.HouseholdId });
        table.Property(a => a.Answer).HasConversion<int>();
        table.HasIndex(a => new { a.County, a.RunId, a.Answer, a.Area, a.HouseholdId }); // the list page by page
        table.HasIndex(a => a.HouseholdId);
    }
}
