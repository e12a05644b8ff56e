using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Offers;

/// <summary>How goods are offered.</summary>
internal enum OfferKind
{
    /// <summary>Goods that are there, at a price, as long as there are any.</summary>
    Fixed,

    /// <summary>A harvest to come, with the days on which it is delivered (预售).</summary>
    Presale,

    /// <summary>Ordered until a closing time, then brought in and delivered together (集单).</summary>
    Cycle,

    /// <summary>Only when enough are ordered before it closes; else every buyer has the money back (拼团).</summary>
    Group,

    /// <summary>A few hours, a few units, tied to a campaign (限时抢购).</summary>
    Flash,

    /// <summary>Sold by a host in a live session, for a commission (直播).</summary>
    Live,

    /// <summary>A neighbourhood group with a leader, a pick-up list and a commission (社区团购).</summary>
    Community,

    /// <summary>A visit or a stay on a day, with so many places (采摘、农家乐).</summary>
    Visit,
}

/// <summary>Where an offer stands by the will of its seller; whether it can be ordered says <see cref="OfferStanding"/>.</summary>
internal enum OfferState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Published.</summary>
    Open,

    /// <summary>Taken back, or recalled.</summary>
    Withdrawn,

    /// <summary>Made to one buyer by a quotation or a standing order: never in the window, ordered only by what was agreed.</summary>
    Agreed,

    /// <summary>Such an offer that a newer one replaced or that has ended.</summary>
    Ended,
}

/// <summary>Questions that many ask of offers.</summary>
internal static class OfferQueries
{
    extension(IQueryable<Offer> offers)
    {
        /// <summary>Those that anybody may know of: published, also where taken back since; not those made to one buyer.</summary>
        public IQueryable<Offer> Published => offers.Where(o => o.State == OfferState.Open || o.State == OfferState.Withdrawn);
    }
}

/// <summary>How far a group buy is.</summary>
internal enum GroupRound
{
    /// <summary>Nobody has decided.</summary>
    Open,

    /// <summary>Enough were ordered and paid.</summary>
    Reached,

    /// <summary>It did not come about; its orders are being undone.</summary>
    Failing,

    /// <summary>All of them are undone.</summary>
    Failed,
}

/// <summary>What a seller offers to buyers: a pack of a product and grade at a price, under conditions.</summary>
internal sealed class Offer : IInCounty, IInArea
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the seller.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>Public, such as <c>almond-2</c>; part of its address.</summary>
    public required string Code { get; init; }
    public required long ProductId { get; init; }

    /// <summary>Only lots of this grade serve it; null: any.</summary>
    public string? Grade { get; set; }

    /// <summary>The cooperative, enterprise or station that sells: its lots serve the offer.</summary>
    public required long SellerId { get; init; }

    /// <summary>Only this lot serves it (a visit's day, goods of one shipment); null: any of the seller's.</summary>
    public long? LotId { get; set; }
    public required OfferKind Kind { get; init; }
    public OfferState State { get; set; }

    /// <summary>5 to 60 characters, as the platforms demand.</summary>
    public required string Title { get; set; }
    public required string TitleEn { get; set; }

    /// <summary>What a buyer wants to know, plain text.</summary>
    public string Words { get; set; } = "";
    public string WordsEn { get; set; } = "";

    /// <summary>What one unit holds: grams, or pieces for goods by the piece; above zero.</summary>
    public required long PerUnit { get; set; }

    /// <summary>For one unit. Where <see cref="ByWeight"/>, for the weight as ordered; the actual weight decides in the end.</summary>
    public required Fen Price { get; set; }

    /// <summary>Each unit weighs a little more or less (a leg of mutton): the final price is by actual weight, never above the one that was paid.</summary>
    public bool ByWeight { get; set; }

    /// <summary>First instant at which it can be ordered; null: since it is open.</summary>
    public long? OpensMs { get; set; }

    /// <summary>First instant at which it can no more be ordered; null: no end.</summary>
    public long? ClosesMs { get; set; }

    /// <summary>Most units sold in all; null: as many as there are goods.</summary>
    public long? Cap { get; set; }

    /// <summary>Units ordered and not given back.</summary>
    public long Sold { get; set; }

    /// <summary>Most units in one order; 1 to 10,000.</summary>
    public int MostPerOrder { get; set; } = 99;

    /// <summary>Units without which a group buy does not come about.</summary>
    public long? Minimum { get; set; }

    /// <summary>Whether a group buy came about; once it did, a buyer who leaves takes it from nobody else.</summary>
    public GroupRound Round { get; set; }

    /// <summary>The goods come in later; the order's lines wait for their lots, and <see cref="Cap"/> limits them.</summary>
    public bool Harvest { get; set; }

    /// <summary>First and last day of delivery, where the offer promises them.</summary>
    public DateOnly? DeliverFrom { get; set; }
    public DateOnly? DeliverUntil { get; set; }

    /// <summary>Part of the goods amount paid at once, in parts per million; the balance before shipping. Null: all at once.</summary>
    public int? DepositPpm { get; set; }

    /// <summary>Kind of document by which somebody stands for a presale.</summary>
    public const string GuaranteeKind = "guarantee";

    /// <summary>The document by which somebody guarantees a presale instead of a deposit; when it is no more in force the offer is closed. Null: none.</summary>
    public long? GuaranteeId { get; init; }

    /// <summary>Who guarantees; empty: nobody.</summary>
    public string Guarantor { get; init; } = "";

    /// <summary>Of the goods amount, for the host or the leader, in parts per million.</summary>
    public int CommissionPpm { get; set; }

    /// <summary>Code of the campaign: account <c>host/CODE</c>.</summary>
    public string? Campaign { get; set; }

    /// <summary>Station where its orders are picked up; null: delivered home or to a station of the buyer's choice.</summary>
    public long? PickupId { get; set; }

    /// <summary>Reviews that are shown, the sum of their stars (1 to 5 each), and how many are hidden: written in one change with the review, so that a page need not count.</summary>
    public long ReviewCount { get; set; }
    public long ReviewStars { get; set; }
    public long ReviewsHidden { get; set; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }

    /// <summary>When it was last written or ordered, for pages that lie in memory.</summary>
    public long ChangedMs { get; set; }
}

/// <summary>A document that opens offers: a compliance promise, a quarantine certificate, a food licence, halal.</summary>
internal sealed class Certificate : IInCounty, IInArea
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }
    public required AreaCode Area { get; init; }

    /// <summary>One of data/market/documents.json.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose it is.</summary>
    public required long OrganisationId { get; init; }

    /// <summary>Only for this product; null: for all of the organisation.</summary>
    public long? ProductId { get; init; }

    /// <summary>As printed on it.</summary>
    public required string Number { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>Last day on which it is good.</summary>
    public required DateOnly Until { get; init; }
    public DateOnly? RevokedDay { get; set; }
    public required long ByAccountId { get; init; }
}

internal sealed class OfferTable : IEntityTypeConfiguration<Offer>, IEntityTypeConfiguration<Certificate>
{
    public void Configure(EntityTypeBuilder<Offer> table)
    {
        table.ToTable("market_offers", t =>
        {
            t.HasCheckConstraint("ck_market_offers_cap", "sold >= 0 and (cap is null or sold <= cap)");
            t.HasCheckConstraint("ck_market_offers_reviews", "reviews_hidden >= 0 and review_stars between review_count and 5 * review_count");
        });
        table.HasKey(o => new { o.County, o.Id });
        table.HasIndex(o => new { o.County, o.Code }).IsUnique();
        table.HasIndex(o => new { o.County, o.RequestId }).IsUnique();
        table.HasIndex(o => new { o.County, o.ProductId, o.State });
        table.HasIndex(o => new { o.County, o.SellerId });
        table.HasIndex(o => new { o.County, o.Campaign });
        table.HasIndex(o => new { o.County, o.ChangedMs });
        // Worded as the query of GroupRounds is.
        table.HasIndex(o => new { o.Round, o.ClosesMs }).HasFilter("kind = 3").HasDatabaseName("ix_market_offers_groups");
    }

    public void Configure(EntityTypeBuilder<Certificate> table)
    {
        table.ToTable("market_certificates");
        table.HasKey(c => new { c.County, c.Id });
        table.HasIndex(c => new { c.County, c.RequestId }).IsUnique();
        table.HasIndex(c => new { c.County, c.OrganisationId, c.Kind });
    }
}
