using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Genuine;

/// <summary>What holds for reports that goods are not genuine (data/market/genuine.json).</summary>
/// <param name="AnswerDays">Days for the answer.</param>
/// <param name="MostPhotos">Of one report.</param>
/// <param name="MostFromOneADay">Reports of one network address a day.</param>
/// <param name="MostADay">Reports of a county a day; more are asked to telephone.</param>
internal sealed record GenuineRules(int AnswerDays, int MostPhotos, int MostFromOneADay, int MostADay)
{
    /// <summary>As shipped.</summary>
    public static GenuineRules Shipped { get; } = GoodsRules.Read<GenuineRules>("genuine");
}

/// <summary>What came of a report.</summary>
internal enum FakeOutcome
{
    /// <summary>Nobody has answered.</summary>
    Open,

    /// <summary>It is so; the lot is recalled.</summary>
    Recalled,

    /// <summary>It is so; the seller is warned.</summary>
    Warned,

    /// <summary>It is not so, or cannot be shown.</summary>
    Unfounded,
}

/// <summary>Somebody says that goods are not what they say they are.</summary>
internal sealed class FakeReport : IInCounty, IInArea
{
    public const string Table = "market_fake_reports";

    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the seller or of the place that keeps the lot.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>Who sells it.</summary>
    public long? SellerId { get; init; }

    /// <summary>From which page it came, at least one of them: the lot, the offer, the order of whoever holds its link.</summary>
    public long? LotId { get; init; }
    public string? LotCode { get; init; }
    public long? OfferId { get; init; }
    public long? OrderId { get; init; }

    /// <summary>10 to 500 characters.</summary>
    public required string Words { get; init; }

    /// <summary>Hidden like that of a buyer; null: none was left.</summary>
    public string? PhoneHidden { get; init; }
    public string? PhoneMask { get; init; }

    /// <summary>Of the network address and the day, so that nobody floods us; it names nobody the day after.</summary>
    public required string FromKey { get; init; }

    /// <summary>1, 2, 3… of that address on that day.</summary>
    public required int FromNumber { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Last day for the answer.</summary>
    public required DateOnly DueDay { get; init; }
    public FakeOutcome Outcome { get; set; }

    /// <summary>For whoever reported, and for the seller that is warned.</summary>
    public string Answer { get; set; } = "";

    public static string Binding(long id) => Secrets.Binding(Table, "phone", id);
}

/// <summary>A step of a report; never changed.</summary>
internal sealed class FakeStep : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long ReportId { get; init; }
    public required FakeOutcome Outcome { get; init; }

    /// <summary>0: whoever reported.</summary>
    public required long AccountId { get; init; }
    public required long AtMs { get; init; }
    public required string Words { get; init; }
}

/// <summary>A photo, hidden like a name.</summary>
internal sealed class FakePhoto : IInCounty
{
    public required AreaCode County { get; init; }
    public required long ReportId { get; init; }

    /// <summary>1, 2, 3.</summary>
    public required int Number { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Hidden { get; init; }

    public static string Binding(long reportId, int number) => Secrets.Binding("market_fake_photos", $"content-{number}", reportId);
}

internal sealed class FakeTables : IEntityTypeConfiguration<FakeReport>, IEntityTypeConfiguration<FakeStep>, IEntityTypeConfiguration<FakePhoto>
{
    public void Configure(EntityTypeBuilder<FakeReport> table)
    {
        table.ToTable(FakeReport.Table);
        table.HasKey(r => new { r.County, r.Id });
        table.HasIndex(r => new { r.County, r.RequestId }).IsUnique();
        table.HasIndex(r => new { r.County, r.Day, r.FromKey, r.FromNumber }).IsUnique();
        table.HasIndex(r => new { r.County, r.Outcome, r.DueDay, r.Id });
        table.HasIndex(r => new { r.County, r.OrderId });
    }

    public void Configure(EntityTypeBuilder<FakeStep> table)
    {
        table.ToTable("market_fake_steps");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.ReportId, s.Id });
    }

    public void Configure(EntityTypeBuilder<FakePhoto> table)
    {
        table.ToTable("market_fake_photos");
        table.HasKey(p => new { p.County, p.ReportId, p.Number });
    }
}
