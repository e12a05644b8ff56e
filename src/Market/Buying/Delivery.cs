using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Buying;

/// <summary>How the goods reach the buyer.</summary>
internal enum DeliveryMode
{
    /// <summary>To the door.</summary>
    Home,

    /// <summary>Fetched at a station.</summary>
    Pickup,
}

/// <summary>To whom and where an order of ours goes. Name, phone and address are hidden; only those who pack and carry it reveal them.</summary>
internal sealed class Delivery : IInCounty, IInArea
{
    public const string Table = "market_deliveries";

    public required AreaCode County { get; init; }
    public required long OrderId { get; init; }

    /// <summary>Seat of the seller, as of the order.</summary>
    public required AreaCode Area { get; init; }
    public required DeliveryMode Mode { get; init; }

    /// <summary>Station of pick-up.</summary>
    public long? PickupId { get; init; }
    public required string NameHidden { get; init; }
    public required string PhoneHidden { get; init; }

    /// <summary>Address in one line; empty when picked up.</summary>
    public required string AddressHidden { get; init; }

    /// <summary>Last four digits, to call the right parcel.</summary>
    public required string PhoneMask { get; init; }

    /// <summary>Finds a buyer's orders by phone.</summary>
    public required string PhoneKey { get; init; }

    /// <summary>Account that ordered while signed in; null: a guest.</summary>
    public long? BuyerAccountId { get; init; }

    /// <summary>Freight zone of data/market/freight.json.</summary>
    public required string Zone { get; init; }

    /// <summary>First two digits of the division code of where it goes, or of the station of pick-up; null: not kept.</summary>
    public string? Province { get; init; }

    /// <summary>Last day by which it was promised.</summary>
    public required DateOnly PromisedDay { get; init; }

    /// <summary>Carrier and number of the parcel, when it left.</summary>
    public string? Carrier { get; set; }
    public string? Waybill { get; set; }

    /// <summary>A name in the hidden columns is bound to its order.</summary>
    public static string Binding(string column, long orderId) => Secrets.Binding(Table, column, orderId);
}

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> table)
    {
        table.ToTable(Delivery.Table);
        table.HasKey(d => new { d.County, d.OrderId });
        table.HasIndex(d => new { d.County, d.PickupId });
        table.HasIndex(d => new { d.County, d.PhoneKey });
        // A buyer's own orders, of whatever county.
        table.HasIndex(d => new { d.BuyerAccountId, d.OrderId }).HasFilter("buyer_account_id is not null").HasDatabaseName("ix_market_deliveries_buyer");
    }
}
