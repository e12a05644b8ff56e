using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Epcis;

/// <summary>An event that somebody else recorded and sent here; never changed. Our own are told from our own records.</summary>
internal sealed class ForeignEvent : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }

    /// <summary>As it was sent; without one, its hash.</summary>
    public required string EventId { get; init; }

    /// <summary>An error declaration repeats the id of the event that it withdraws, so an id stands at most twice.</summary>
    public required bool DeclaresError { get; init; }

    /// <summary>SHA-256 of its content by the standard's rule, hexadecimal; the same for an event and its error declaration.</summary>
    public required string Hash { get; init; }

    /// <summary>The event in JSON, as it was sent, with the namespaces of its document.</summary>
    public required string Document { get; init; }
    public required long EventMs { get; init; }
    public required long RecordedMs { get; init; }

    /// <summary>Organisation that sent it; null: the county's own people.</summary>
    public long? ByOrganisationId { get; init; }
    public required long CaptureId { get; init; }
}

/// <summary>A thing that a foreign event names, in one spelling, to be found by it.</summary>
internal sealed class ForeignEpc : IInCounty
{
    public required AreaCode County { get; init; }
    public required string Epc { get; init; }
    public required long EventRowId { get; init; }
}

/// <summary>One sending of events and what came of it.</summary>
internal sealed class CaptureJob : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long CreatedMs { get; init; }
    public required long FinishedMs { get; init; }

    /// <summary>What was good is taken although something else was not; else all or nothing.</summary>
    public required bool Proceeds { get; init; }
    public required bool Success { get; init; }

    /// <summary>Events in it, and those that are new here.</summary>
    public required int Events { get; init; }
    public required int Added { get; init; }

    /// <summary>Problems in JSON, an array.</summary>
    public required string Errors { get; init; }
    public long? ByOrganisationId { get; init; }
    public required long ByAccountId { get; init; }
}

/// <summary>The id under which an event of our own was put out, and its record. An id cannot be reckoned back, so whoever got it from us finds it again by this.</summary>
internal sealed class GivenEventId : IInCounty
{
    public required AreaCode County { get; init; }
    public required string EventId { get; init; }
    public required bool DeclaresError { get; init; }
    public required OwnKind Kind { get; init; }
    public required long RowId { get; init; }
}

internal sealed class EpcisTables : IEntityTypeConfiguration<ForeignEvent>, IEntityTypeConfiguration<ForeignEpc>, IEntityTypeConfiguration<CaptureJob>, IEntityTypeConfiguration<GivenEventId>
{
    public void Configure(EntityTypeBuilder<ForeignEvent> table)
    {
        table.ToTable("market_epcis_events");
        table.HasKey(e => new { e.County, e.Id });
        table.HasIndex(e => new { e.County, e.EventId, e.DeclaresError }).IsUnique();
        table.Property(e => e.EventId).HasMaxLength(Capture.LongestId);
        table.Property(e => e.Hash).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<ForeignEpc> table)
    {
        table.ToTable("market_epcis_epcs");
        table.HasKey(e => new { e.County, e.Epc, e.EventRowId });
        table.Property(e => e.Epc).HasMaxLength(Capture.LongestId);
    }

    public void Configure(EntityTypeBuilder<CaptureJob> table)
    {
        table.ToTable("market_epcis_captures");
        table.HasKey(c => new { c.County, c.Id });
    }

    public void Configure(EntityTypeBuilder<GivenEventId> table)
    {
        table.ToTable("market_epcis_ids");
        table.HasKey(i => new { i.County, i.EventId, i.DeclaresError });
        table.Property(i => i.EventId).HasMaxLength(120);
    }
}
