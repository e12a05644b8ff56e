using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Orders;

/// <summary>An order, of ours or from another platform's file.</summary>
internal sealed class Order : IInCounty, IInArea
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the seller; the county while no line has a lot.</summary>
    public required AreaCode Area { get; set; }

    /// <summary>Where it was sold: one of <see cref="OwnChannel.AllCodes"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>Number on the channel; for our own orders our own number. Unique on the channel.</summary>
    public required string Number { get; init; }

    /// <summary>Station that sold or ships it: account <c>station/CODE</c>.</summary>
    public long? StationId { get; set; }

    /// <summary>Whose offers it was bought by; null: by hand or from a file.</summary>
    public long? SellerId { get; init; }

    /// <summary>Campaign, if any: account <c>host/CODE</c>.</summary>
    public string? Campaign { get; init; }

    /// <summary>Buyer's name, for bulk buyers on the slip, and the public unit on the 832 platform; empty for other platform orders, whose buyers we do not keep.</summary>
    public string Buyer { get; init; } = "";

    public required DateOnly PlacedDay { get; init; }
    public OrderState State { get; set; }
    public DateOnly? ShippedDay { get; set; }

    /// <summary>The carrier says that the buyer has it; some days later the order is due without the buyer's word.</summary>
    public DateOnly? DeliveredDay { get; set; }
    public DateOnly? ReceivedDay { get; set; }

    /// <summary>Parcels it ships in, at least 1.</summary>
    public int Parcels { get; set; } = 1;

    /// <summary>The adopted version of the scheme, frozen when the order was placed; null while no line has a lot.</summary>
    public long? SchemeVersionId { get; set; }

    /// <summary>Some line waits for a lot, a product or a scheme: nothing of the order is due until none does, for its lines share fixed amounts.</summary>
    public bool IsWaiting { get; set; }
}

/// <summary>For what a line waits.</summary>
internal enum WaitReason
{
    /// <summary>It has its lot.</summary>
    None,

    /// <summary>Nobody has said which product the seller code is.</summary>
    Code,

    /// <summary>No open lot has enough.</summary>
    Stock,

    /// <summary>The lot that was scanned at packing cannot give it: unknown, closed, too little, or another product.</summary>
    ScannedLot,

    /// <summary>No scheme is in force for its seller.</summary>
    Scheme,

    /// <summary>It was sold before the harvest.</summary>
    Harvest,
}

/// <summary>A line of an order: what is settled. A line sold from two lots is two lines.</summary>
internal sealed class OrderLine : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long OrderId { get; init; }

    /// <summary>1, 2, 3…</summary>
    public required int Number { get; init; }

    /// <summary>The product; 0 while nobody has said which one the seller code is.</summary>
    public required long ProductId { get; set; }

    /// <summary>Null: waits for a lot and is not settled.</summary>
    public long? LotId { get; set; }

    /// <summary>Sold grams; zero for goods by the piece.</summary>
    public required long Grams { get; set; }
    public required long Pieces { get; set; }

    /// <summary>Goods amount of the line, as settled (what the seller got for goods).</summary>
    public required Fen Goods { get; set; }

    /// <summary>Its share of the freight the buyer paid.</summary>
    public required Fen Freight { get; set; }

    /// <summary>Costs recorded on the line, for steps with <c>actual</c>.</summary>
    public Fen Packaging { get; set; }
    public Fen Processing { get; set; }
    public Fen Commission { get; set; }
    public Fen Promotion { get; set; }

    /// <summary>Of the goods: paid by the seller as discount, or by the platform as subsidy; kept apart for the statement.</summary>
    public Fen MerchantDiscount { get; set; }
    public Fen PlatformSubsidy { get; set; }

    /// <summary>What the file or slip called it, to find a waiting line's lot.</summary>
    public string? SellerCode { get; init; }

    /// <summary>The row of the platform's order that it came from (its sub-order number, or 1, 2, 3…); the parts of a split line share it. Empty for our own orders.</summary>
    public string ChannelLine { get; init; } = "";

    /// <summary>How many units the platform sold; grams or pieces follow from the seller code.</summary>
    public long Units { get; set; }

    /// <summary>The offer of ours that it was bought by; null: by hand or from a file.</summary>
    public long? OfferId { get; init; }

    /// <summary>Only lots of this grade serve it while it waits; null: any.</summary>
    public string? Grade { get; init; }

    /// <summary>Why it has no lot.</summary>
    public WaitReason Waits { get; set; }

    /// <summary>Day from which it can be settled (receipt, or days after delivery); null: not yet.</summary>
    public DateOnly? DueDay { get; set; }

    /// <summary>Is it in the ledger? Set with its entry, in one change.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Last day of the return window; growers are paid after it.</summary>
    public DateOnly? ReturnUntil { get; set; }
}

/// <summary>Money to give back to a buyer on a line.</summary>
internal sealed class RefundClaim : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }
    public required long LineId { get; init; }
    public required Fen Amount { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Role at fault, or null: the scheme's bearer.</summary>
    public string? Fault { get; init; }

    /// <summary>Household whose own intake is at fault; set off against its later sales.</summary>
    public long? FaultHouseholdId { get; init; }
    public string? Reason { get; init; }
    public bool IsSettled { get; set; }
}

internal sealed class OrderTable : IEntityTypeConfiguration<Order>, IEntityTypeConfiguration<OrderLine>, IEntityTypeConfiguration<RefundClaim>
{
    public void Configure(EntityTypeBuilder<Order> table)
    {
        table.ToTable("market_orders");
        table.HasKey(o => new { o.County, o.Id });
        table.HasIndex(o => new { o.County, o.Channel, o.Number }).IsUnique();
        table.HasIndex(o => new { o.County, o.RequestId }).IsUnique();
        table.HasIndex(o => new { o.County, o.PlacedDay, o.Id });
        table.HasIndex(o => new { o.County, o.Area, o.PlacedDay, o.Id });
        table.HasIndex(o => new { o.County, o.State, o.PlacedDay, o.Id });
        table.HasIndex(o => new { o.County, o.Channel, o.PlacedDay, o.Id });
        // What is still to be sent or on its way; worded as the queries are.
        table.HasIndex(o => new { o.County, o.Channel, o.PlacedDay, o.Id }, "ix_market_orders_open").HasFilter("state <= 1").HasDatabaseName("ix_market_orders_open");
        table.HasIndex(o => new { o.County, o.SellerId, o.Id }).HasFilter("seller_id is not null").HasDatabaseName("ix_market_orders_seller");
        table.HasIndex(o => new { o.County, o.DeliveredDay }).HasFilter("state = 1").HasDatabaseName("ix_market_orders_delivered");
    }

    public void Configure(EntityTypeBuilder<OrderLine> table)
    {
        table.ToTable("market_order_lines");
        table.HasKey(l => new { l.County, l.Id });
        table.HasIndex(l => new { l.County, l.OrderId, l.Number }).IsUnique();
        table.HasIndex(l => new { l.County, l.LotId });
        table.HasIndex(l => new { l.County, l.OfferId, l.OrderId }).HasFilter("offer_id is not null").HasDatabaseName("ix_market_order_lines_offer");
        table.HasIndex(l => new { l.County, l.Waits, l.Id }).HasFilter("waits > 0").HasDatabaseName("ix_market_order_lines_waiting");
        // In the order of settlement, and worded as the queries are: SQLite takes a partial index only where its filter stands in the query.
        table.HasIndex(l => new { l.County, l.DueDay, l.OrderId, l.Number }).HasFilter("not is_settled").HasDatabaseName("ix_market_order_lines_due");
    }

    public void Configure(EntityTypeBuilder<RefundClaim> table)
    {
        table.ToTable("market_refund_claims");
        table.HasKey(r => new { r.County, r.Id });
        table.HasIndex(r => new { r.County, r.RequestId }).IsUnique();
        table.HasIndex(r => new { r.County, r.LineId });
        table.HasIndex(r => new { r.County, r.Day, r.Id }).HasFilter("not is_settled").HasDatabaseName("ix_market_refund_claims_due");
    }
}
