using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Bulk;

/// <summary>Where a request for a quotation stands.</summary>
internal enum QuoteState
{
    /// <summary>The seller has not answered.</summary>
    Asked,

    /// <summary>There is a quotation; the buyer has not answered.</summary>
    Quoted,

    /// <summary>The buyer has accepted one: there is a contract and an order.</summary>
    Accepted,

    /// <summary>The seller or the buyer has said no.</summary>
    Declined,
}

/// <summary>A buyer of a large quantity (a supermarket, a canteen, an office) asks what it would cost. Contact, phone and address are hidden; who has the link of its page has the request.</summary>
internal sealed class QuoteRequest : IInCounty, IInArea
{
    public const string Table = "market_quote_requests";

    /// <summary>Purpose of the key of its page; see <see cref="Buying.OrderKey"/>.</summary>
    public const string Page = "quote-page";

    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the seller; the county while nobody has said who sells.</summary>
    public required AreaCode Area { get; set; }

    /// <summary>Whose lots will serve it; null: asked of the county's pavilion, county staff choose.</summary>
    public long? SellerId { get; set; }

    /// <summary>The offer at which it was asked; null: the pavilion.</summary>
    public long? OfferId { get; init; }
    public required long ProductId { get; init; }
    public string? Grade { get; init; }

    /// <summary>Grams, or pieces for goods by the piece; above zero.</summary>
    public required long Quantity { get; init; }
    public required DateOnly WantedDay { get; init; }

    /// <summary>The buyer's organisation, 2 to 80 characters; it stands on slip and contract.</summary>
    public required string Organisation { get; init; }
    public required string ContactHidden { get; init; }
    public required string PhoneHidden { get; init; }
    public required string AddressHidden { get; init; }

    /// <summary>Last four digits.</summary>
    public required string PhoneMask { get; init; }

    /// <summary>Finds the requests of one phone: only so many are open at once.</summary>
    public required string PhoneKey { get; init; }

    /// <summary>Two digits of the province, or six of the seller's own county.</summary>
    public required string Province { get; init; }

    /// <summary>The buyer's own words, at most 500 characters.</summary>
    public required string Words { get; init; }
    public required long AskedMs { get; init; }
    public QuoteState State { get; set; }

    /// <summary>Number of the newest quotation; 0: none.</summary>
    public int Versions { get; set; }
    public int? AcceptedVersion { get; set; }
    public long? OrderId { get; set; }
    public long? ContractId { get; set; }

    /// <summary>Why it was declined, and whether by the buyer.</summary>
    public string? DeclinedWhy { get; set; }

    /// <summary>Shown to people and written into the contract.</summary>
    public string Number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Q{Id % 10_000_000_000:0000000000}");

    public static string Binding(string column, long id) => Secrets.Binding(Table, column, id);
}

internal sealed class QuoteRequestTable : IEntityTypeConfiguration<QuoteRequest>
{
    public void Configure(EntityTypeBuilder<QuoteRequest> table)
    {
        table.ToTable(QuoteRequest.Table);
        table.HasKey(q => new { q.County, q.Id });
        table.HasIndex(q => new { q.County, q.RequestId }).IsUnique();
        table.HasIndex(q => new { q.County, q.State, q.Id });
        table.HasIndex(q => new { q.County, q.PhoneKey });
        table.Ignore(q => q.Number);
    }
}
