using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Bulk;

/// <summary>Where a standing order stands.</summary>
internal enum StandingState
{
    /// <summary>The seller has written it; the buyer has not said yes.</summary>
    Proposed,

    /// <summary>Each due day is ordered.</summary>
    Active,

    /// <summary>The buyer wants nothing until further notice; due days are written down as paused.</summary>
    Paused,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>What came of a due day.</summary>
internal enum StandingDayState
{
    /// <summary>Being ordered.</summary>
    Due,

    /// <summary>There is an order.</summary>
    Ordered,

    /// <summary>It could not be ordered: no goods, price above the ceiling, a document that ran out. The reason stands beside it.</summary>
    Short,

    /// <summary>The buyer had paused.</summary>
    Paused,

    /// <summary>The day passed while the program did not run.</summary>
    Missed,
}

/// <summary>An order that repeats itself (a supermarket, a canteen, an office): agreed once, then ordered on each due day through the same door as every order.</summary>
internal sealed class StandingOrder : IInCounty, IInArea
{
    /// <summary>Purpose of the key of its page.</summary>
    public const string Page = "standing-page";

    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the seller.</summary>
    public required AreaCode Area { get; init; }
    public required long SellerId { get; init; }

    /// <summary>The request it came from: buyer, contact and address.</summary>
    public required long QuoteId { get; init; }
    public required string Organisation { get; init; }

    /// <summary>What is ordered: an offer to this buyer alone where the price is fixed, else the offer of the window at its price of the day.</summary>
    public required long OfferId { get; init; }

    /// <summary>Packs a day; 1 to 10,000.</summary>
    public required int Units { get; init; }

    /// <summary>With the price of the day: the most a pack may cost; a dearer day is not ordered. Null: the price is fixed.</summary>
    public Fen? Ceiling { get; init; }

    /// <summary>Every so many days from the first; 0: on weekdays.</summary>
    public required int EveryDays { get; init; }

    /// <summary>Monday 1, Tuesday 2, Wednesday 4… Sunday 64; 0 where it is every so many days.</summary>
    public required int Weekdays { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Of each day's order.</summary>
    public required Fen Freight { get; init; }

    /// <summary>As in a quotation: 0 is nothing before the balance, null all at once.</summary>
    public int? DepositPpm { get; init; }
    public required string Method { get; init; }
    public StandingState State { get; set; }

    /// <summary>First day that has no row yet.</summary>
    public required DateOnly NextDay { get; set; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
    public long? AcceptedMs { get; set; }
}

/// <summary>A due day and what came of it: exactly one row a day, never taken back.</summary>
internal sealed class StandingDay : IInCounty
{
    public required AreaCode County { get; init; }
    public required long StandingOrderId { get; init; }
    public required DateOnly Day { get; init; }
    public required StandingDayState State { get; set; }
    public long? OrderId { get; set; }

    /// <summary>Code of the refusal of a short day, and in which figure it failed where there is one (what was left, the price of the day).</summary>
    public string? Why { get; set; }
    public string? Figure { get; set; }

    /// <summary>Why it is short or missed, in words; empty: it is neither.</summary>
    public string Words(Say say) => Why is { } why ? say[why, Figure ?? "", "", "", ""] : "";
}

internal sealed class StandingTables : IEntityTypeConfiguration<StandingOrder>, IEntityTypeConfiguration<StandingDay>
{
    public void Configure(EntityTypeBuilder<StandingOrder> table)
    {
        table.ToTable("market_standing_orders");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.RequestId }).IsUnique();
        table.HasIndex(s => new { s.County, s.QuoteId });
        table.HasIndex(s => new { s.State, s.NextDay });
    }

    public void Configure(EntityTypeBuilder<StandingDay> table)
    {
        table.ToTable("market_standing_days");
        table.HasKey(d => new { d.County, d.StandingOrderId, d.Day });
        table.HasIndex(d => new { d.County, d.State, d.Day });
        // Worded as the query of StandingRounds is, which looks at all counties every minute.
        table.HasIndex(d => new { d.Day, d.StandingOrderId }).HasFilter("state = 0").HasDatabaseName("ix_market_standing_days_due");
    }
}
