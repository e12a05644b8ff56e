using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Agreements;

/// <summary>What is agreed.</summary>
internal enum AgreementKind
{
    /// <summary>Production contract (订单生产): the buyer takes what is grown at a guaranteed price by grade.</summary>
    Production,

    /// <summary>Purchase and sale (购销): platform or enterprise and cooperative.</summary>
    PurchaseAndSale,

    /// <summary>Station partner (站点合伙): work against commission.</summary>
    StationPartner,

    /// <summary>Land lease (土地流转).</summary>
    LandLease,
}

/// <summary>A contract (合同): who, what, at which price, how much, until when, and who bears a shortfall.</summary>
internal sealed class Agreement : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Number on the paper; unique in the county.</summary>
    public required string Number { get; init; }
    public required AgreementKind Kind { get; init; }

    /// <summary>Buyer, lessee, or the organisation that engages the partner.</summary>
    public required long FirstOrganisationId { get; init; }

    /// <summary>The cooperative or station on the other side; null: households alone.</summary>
    public long? SecondOrganisationId { get; init; }

    /// <summary>Goods agreed on; null for station partners and leases.</summary>
    public long? ProductId { get; init; }

    /// <summary>Grams or pieces over the whole term; zero where none is agreed.</summary>
    public long Quantity { get; init; }

    /// <summary>Leased land in hundredths of a mu; zero unless a lease.</summary>
    public long LandMuHundredths { get; init; }

    /// <summary>Rent per mu and year; zero unless a lease.</summary>
    public Fen RentPerMu { get; init; }

    /// <summary>Commission in parts per million of the goods; zero unless a station partner.</summary>
    public int CommissionPpm { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>What may be taken off at intake, in words.</summary>
    public string? Deductions { get; init; }

    /// <summary>Who bears a shortfall: <c>buyer</c>, <c>seller</c>, <c>collective</c> or <c>risk-fund</c>.</summary>
    public required string ShortfallBearer { get; init; }

    /// <summary>The signed paper; null: not yet.</summary>
    public long? FileId { get; set; }

    /// <summary>Ended before its term; null: not.</summary>
    public DateOnly? EndedDay { get; set; }
    public string? EndedReason { get; set; }
    public required long ByAccountId { get; init; }
}

/// <summary>A household that is a party.</summary>
internal sealed class AgreementHousehold : IInCounty, IOfHousehold
{
    public required AreaCode County { get; init; }
    public required long AgreementId { get; init; }
    public required long HouseholdId { get; init; }
}

/// <summary>Guaranteed price of a grade.</summary>
internal sealed class AgreementPrice : IInCounty
{
    public required AreaCode County { get; init; }
    public required long AgreementId { get; init; }
    public required string Grade { get; init; }

    /// <summary>Per kilogram or piece.</summary>
    public required Fen Price { get; init; }
}

/// <summary>A row of the delivery plan: so much until that day.</summary>
internal sealed class AgreementDelivery : IInCounty
{
    public required AreaCode County { get; init; }
    public required long AgreementId { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Grams or pieces due by this day, beyond what was due before.</summary>
    public required long Quantity { get; init; }
}

internal sealed class AgreementTable : IEntityTypeConfiguration<Agreement>, IEntityTypeConfiguration<AgreementHousehold>, IEntityTypeConfiguration<AgreementPrice>, IEntityTypeConfiguration<AgreementDelivery>
{
    public void Configure(EntityTypeBuilder<Agreement> table)
    {
        table.ToTable("market_agreements");
        table.HasKey(a => new { a.County, a.Id });
        table.HasIndex(a => new { a.County, a.RequestId }).IsUnique();
        table.HasIndex(a => new { a.County, a.Number }).IsUnique();
        table.HasIndex(a => new { a.County, a.ProductId, a.Until });
    }

    public void Configure(EntityTypeBuilder<AgreementHousehold> table)
    {
        table.ToTable("market_agreement_households");
        table.HasKey(h => new { h.County, h.AgreementId, h.HouseholdId });
        table.HasIndex(h => new { h.County, h.HouseholdId });
    }

    public void Configure(EntityTypeBuilder<AgreementPrice> table)
    {
        table.ToTable("market_agreement_prices");
        table.HasKey(p => new { p.County, p.AgreementId, p.Grade });
    }

    public void Configure(EntityTypeBuilder<AgreementDelivery> table)
    {
        table.ToTable("market_agreement_deliveries");
        table.HasKey(d => new { d.County, d.AgreementId, d.Day });
    }
}
