using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

/// <summary>A scheme of a county or of one cooperative; what it says stands in its versions.</summary>
internal sealed class SchemeRecord : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }

    /// <summary>Public code, such as <c>S-620525-01</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The cooperative whose assembly adopts it; null: adopted by a second person of the county.</summary>
    public long? CooperativeId { get; init; }

    /// <summary>The one channel for which it is meant; null: every channel.</summary>
    public string? Channel { get; init; }

    /// <summary>Made by the form before it is sent, so that a second sending makes no second scheme.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>The organisation model of P1 it follows, 1 to 4, or 0.</summary>
    public int Model { get; init; }
    public required string Name { get; set; }
    public required string NameEn { get; set; }
}

/// <summary>Where a version stands.</summary>
internal enum SchemeState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Put to the assembly or to the second person.</summary>
    Proposed,

    /// <summary>In force for new orders, until a later version is adopted.</summary>
    Adopted,

    /// <summary>Voted down or withdrawn.</summary>
    Refused,
}

/// <summary>One version of a scheme. Its document never changes once proposed; orders keep its id.</summary>
internal sealed class SchemeVersion : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long SchemeId { get; init; }

    /// <summary>1, 2, 3…</summary>
    public required int Number { get; init; }

    /// <summary>The scheme as JSON, as settlement reads it.</summary>
    public required string Document { get; set; }

    /// <summary>Goes up with every change, so that of two who change it at once the second is told.</summary>
    public int Revision { get; set; }
    public Guid? RequestId { get; init; }
    public SchemeState State { get; set; }
    public required long ByAccountId { get; init; }

    /// <summary>Who put it to the assembly or to the second person.</summary>
    public long? ProposedByAccountId { get; set; }
    public long? ApprovedByAccountId { get; set; }

    /// <summary>Why the second person refused it.</summary>
    public string? Reason { get; set; }

    /// <summary>The assembly's ballot, for a cooperative's scheme.</summary>
    public long? BallotId { get; set; }
    public DateOnly? AdoptedDay { get; set; }
}

/// <summary>Which scheme a sale follows: the most particular rule that fits wins (cooperative and channel, cooperative, channel, county).</summary>
internal sealed class SchemeUse : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }

    /// <summary>Selling cooperative, or null for any.</summary>
    public long? CooperativeId { get; init; }

    /// <summary>Channel, or null for any.</summary>
    public string? Channel { get; init; }

    /// <summary>First day; the same use of a later day takes its place, and orders of the days between keep to this one.</summary>
    public DateOnly Since { get; init; }
    public required long SchemeId { get; set; }

    /// <summary>Cooperative and channel as one text, since databases hold two empty columns for different.</summary>
    public string Key { get => KeyOf(CooperativeId, Channel); private init { } }

    public static string KeyOf(long? cooperativeId, string? channel) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{cooperativeId}/{channel}");
}

internal sealed class SchemeTables : IEntityTypeConfiguration<SchemeRecord>, IEntityTypeConfiguration<SchemeVersion>, IEntityTypeConfiguration<SchemeUse>
{
    public void Configure(EntityTypeBuilder<SchemeRecord> table)
    {
        table.ToTable("settlement_schemes");
        table.HasKey(s => s.Id);
        table.HasIndex(s => s.Code).IsUnique();
        table.HasIndex(s => s.RequestId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SchemeVersion> table)
    {
        table.ToTable("settlement_scheme_versions");
        table.HasKey(v => v.Id);
        table.HasIndex(v => new { v.SchemeId, v.Number }).IsUnique();
        table.HasIndex(v => v.RequestId).IsUnique();
        table.HasIndex(v => v.SchemeId).IsUnique().HasFilter("state = 1").HasDatabaseName("ix_settlement_scheme_versions_proposed"); // one proposal at a time
        table.Property(v => v.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<SchemeUse> table)
    {
        table.ToTable("settlement_scheme_uses");
        table.HasKey(u => u.Id);
        table.HasIndex(u => new { u.County, u.Key, u.Since }).IsUnique();
    }
}
