using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Campaigns;

/// <summary>A campaign: an official or a host speaks for the county's goods, in a short video or a live session. Offers name it by its code; its page shows them.</summary>
internal sealed class Campaign : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>3 to 40 lower-case letters, digits and hyphens; part of its address, and what offers and orders name.</summary>
    public required string Code { get; init; }
    public required string Title { get; set; }
    public required string TitleEn { get; set; }
    public string Story { get; set; } = "";
    public string StoryEn { get; set; } = "";

    /// <summary>Who speaks, and in which office or station of life.</summary>
    public required string Host { get; set; }
    public required string HostOffice { get; set; }

    /// <summary>First and last day.</summary>
    public required DateOnly From { get; set; }
    public required DateOnly Until { get; set; }

    /// <summary>Of the goods amount, for the host, in thousandths; offers that name no commission of their own take it. 0 to 500.</summary>
    public required int CommissionPerMille { get; set; }
    public required long ByAccountId { get; init; }

    /// <summary>Whose it is: only its people and county staff write it; null: the county's.</summary>
    public long? OrganisationId { get; init; }

    /// <summary>For pages that lie in memory.</summary>
    public required long ChangedMs { get; set; }
}

/// <summary>A sample sent to the host: goods that left their lot unsold.</summary>
internal sealed class CampaignSample : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required long CampaignId { get; init; }
    public required long LotId { get; init; }

    /// <summary>Grams or pieces.</summary>
    public required long Quantity { get; init; }
    public required DateOnly Day { get; init; }
    public required long ByAccountId { get; init; }
}

internal sealed class CampaignTables : IEntityTypeConfiguration<Campaign>, IEntityTypeConfiguration<CampaignSample>
{
    public void Configure(EntityTypeBuilder<Campaign> table)
    {
        table.ToTable("market_campaigns");
        table.HasKey(c => new { c.County, c.Id });
        table.HasIndex(c => new { c.County, c.RequestId }).IsUnique();
        table.HasIndex(c => new { c.County, c.Code }).IsUnique();
        table.HasIndex(c => new { c.County, c.ChangedMs });
    }

    public void Configure(EntityTypeBuilder<CampaignSample> table)
    {
        table.ToTable("market_campaign_samples");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.RequestId }).IsUnique();
        table.HasIndex(s => new { s.County, s.CampaignId });
    }
}
