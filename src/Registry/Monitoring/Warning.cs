using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Monitoring;

/// <summary>Something that struck a household, as a cadre reported it.</summary>
internal sealed class HouseholdEvent : IInArea, IOfHousehold
{
    public static IReadOnlyList<string> Kinds { get; } = ["illness", "accident", "disaster", "lost-job"];

    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required long HouseholdId { get; init; }
    public required AreaCode Area { get; set; }

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>First day of the month in which it happened.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>What it costs the household itself, insurance and aid taken off; for lost work the wages of half a year. Above 0.</summary>
    public required Fen Cost { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>What the check on the spot found.</summary>
internal enum Finding { None = 0, FalseAlarm = 1, SupportNeeded = 2 }

/// <summary>A warning that a household may fall into hardship; once for a household, trigger and month.</summary>
internal sealed class Warning : IInArea, IOfHousehold
{
    public required long Id { get; init; }
    public required long HouseholdId { get; init; }
    public required AreaCode Area { get; set; }
    public required DateOnly Month { get; init; }

    /// <summary>One of <see cref="TriggerSet.Causes"/>.</summary>
    public required string Trigger { get; init; }

    /// <summary>See <see cref="Alarm"/>.</summary>
    public required int Percent { get; init; }
    public required Fen Amount { get; init; }
    public Fen? PerHead { get; init; }
    public required int InMonths { get; init; }

    /// <summary>The monitoring line by which it was found.</summary>
    public required Fen Line { get; init; }
    public required DateOnly FoundDay { get; init; }

    /// <summary>Last day of the check on the spot.</summary>
    public required DateOnly DueDay { get; init; }
    public Finding Finding { get; set; }
    public string? FindingText { get; set; }
    public DateOnly? CheckedDay { get; set; }
    public long? CheckedBy { get; set; }

    /// <summary>The case of monitoring that followed.</summary>
    public long? CaseId { get; set; }

    /// <summary>Goes up with the check: of two at once, the second is told.</summary>
    public int Revision { get; set; }
}

internal sealed class WarningTables : IEntityTypeConfiguration<HouseholdEvent>, IEntityTypeConfiguration<Warning>
{
    public void Configure(EntityTypeBuilder<HouseholdEvent> table)
    {
        table.ToTable("registry_household_events");
        table.HasKey(e => e.Id);
        table.HasIndex(e => e.RequestId).IsUnique();
        table.HasIndex(e => new { e.Area, e.Month });
        table.HasIndex(e => new { e.HouseholdId, e.Month });
    }

    public void Configure(EntityTypeBuilder<Warning> table)
    {
        table.ToTable("registry_warnings");
        table.HasKey(w => w.Id);
        table.HasIndex(w => new { w.HouseholdId, w.Trigger, w.Month }).IsUnique();
        table.HasIndex(w => new { w.Finding, w.Area, w.DueDay });
        table.HasIndex(w => new { w.Area, w.Month });
        table.Property(w => w.Revision).IsConcurrencyToken();
    }
}
