using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Trail;

/// <summary>Somebody looked at private data, changed it, took it out, decided about it, or was refused. Rows are only added, and chained by <see cref="TrailSealer"/>.</summary>
internal sealed class AuditRecord : IOfHousehold
{
    public required long Id { get; init; }

    /// <summary><c>look</c>, <c>reveal</c>, <c>refused</c>, <c>change</c>, <c>export</c>, <c>decision</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>0: of no single household, as a list that was taken out.</summary>
    public required long HouseholdId { get; init; }

    public long? MemberId { get; init; }
    public required long AccountId { get; init; }
    public required string Role { get; init; }

    /// <summary>Area for which the account acted.</summary>
    public required AreaCode ActorArea { get; init; }

    /// <summary>Which part: <c>statement</c>, <c>bank-account</c>, …; never the value.</summary>
    public required string What { get; init; }

    /// <summary>Names of fields, with commas; never values.</summary>
    public string? Fields { get; init; }

    public string? Reason { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>A record that is not in the chain yet; written and taken away together with what it stands for.</summary>
internal sealed class TrailWaiting
{
    public required long RecordId { get; init; }
}

/// <summary>A link of the chain of the trail, one for the whole installation.</summary>
internal sealed class TrailSeal
{
    /// <summary>From 1 without a gap.</summary>
    public required long Number { get; init; }
    public required long RecordId { get; init; }

    /// <summary>SHA-256 over the hash before, the number and the record.</summary>
    public required byte[] Hash { get; init; }
}

internal sealed class TrailTables : IEntityTypeConfiguration<AuditRecord>, IEntityTypeConfiguration<TrailWaiting>, IEntityTypeConfiguration<TrailSeal>
{
    public void Configure(EntityTypeBuilder<AuditRecord> table)
    {
        table.ToTable("registry_trail");
        table.HasKey(r => r.Id);
        table.HasIndex(r => new { r.HouseholdId, r.AtMs });
        table.HasIndex(r => r.AtMs);
    }

    public void Configure(EntityTypeBuilder<TrailWaiting> table)
    {
        table.ToTable("registry_trail_waiting");
        table.HasKey(w => w.RecordId);
    }

    public void Configure(EntityTypeBuilder<TrailSeal> table)
    {
        table.ToTable("registry_trail_seals");
        table.HasKey(s => s.Number);
        table.HasIndex(s => s.RecordId).IsUnique();
    }
}
