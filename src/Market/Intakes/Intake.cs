using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Intakes;

/// <summary>On what terms goods are taken in.</summary>
internal enum IntakeManner
{
    /// <summary>Bought outright (买断): paid now, the buyer has the risk.</summary>
    Bought,

    /// <summary>Consigned (代销): paid when sold.</summary>
    Consigned,

    /// <summary>Consigned with an advance (预付).</summary>
    Advanced,
}

/// <summary>Where an intake stands.</summary>
internal enum IntakeState
{
    /// <summary>Written down; the household has not yet approved. Not paid.</summary>
    Unconfirmed,

    /// <summary>The household approved the finished figures.</summary>
    Confirmed,

    /// <summary>Taken back before it was confirmed; kept for the record.</summary>
    Cancelled,
}

/// <summary>How the household approved.</summary>
internal enum ApprovalKind
{
    /// <summary>Not yet.</summary>
    None,

    /// <summary>Its own code.</summary>
    OwnCode,

    /// <summary>A voice clip.</summary>
    Voice,

    /// <summary>A signed slip, photographed.</summary>
    SignedSlip,
}

/// <summary>What a household handed in at a station: one product and grade, weighed once or several times, or counted.</summary>
internal sealed class Intake : IInCounty, IInArea, IOfHousehold
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }

    /// <summary>Made by the device before it sends.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the station.</summary>
    public required AreaCode Area { get; init; }
    public required long StationId { get; init; }
    public required long HouseholdId { get; init; }
    public required long ProductId { get; init; }
    public required string Grade { get; init; }
    public required IntakeManner Manner { get; init; }

    /// <summary>Who buys outright or pays the advance; null for goods on consignment.</summary>
    public long? BuyerOrganisationId { get; init; }

    /// <summary>The cooperative of the household that sells the goods; null: none.</summary>
    public long? CooperativeId { get; init; }

    /// <summary>Paid in advance, set off against the first shares; zero unless advanced.</summary>
    public Fen Advance { get; init; }

    /// <summary>Net weight: gross less tare less deduction, over all weighings; zero for goods by the piece.</summary>
    public required Grams Net { get; init; }

    /// <summary>Taken off for moisture, stones…; reason in <see cref="DeductionReason"/>.</summary>
    public Grams Deduction { get; init; }

    /// <summary>The deduction as it was agreed, in parts per million of gross less tare; null when a weight was agreed.</summary>
    public int? DeductionPpm { get; init; }

    /// <summary><c>moisture</c>, <c>impurity</c>, <c>damage</c>, <c>other</c>; null when nothing is taken off.</summary>
    public string? DeductionReason { get; init; }

    /// <summary>Number of pieces or heads; zero for goods by weight.</summary>
    public required long Pieces { get; init; }

    /// <summary>Agreed price per kilogram or piece.</summary>
    public required Fen Price { get; init; }

    /// <summary>Why it is not the price of the board or contract; null when it is.</summary>
    public string? PriceReason { get; init; }

    /// <summary>Contract this delivery counts against, if any.</summary>
    public long? AgreementId { get; init; }

    /// <summary>Business day.</summary>
    public required DateOnly Day { get; init; }
    public required long ReceivedMs { get; init; }
    public required long OperatorId { get; init; }
    public IntakeState State { get; set; }
    public ApprovalKind Approval { get; set; }
    public long? ApprovedMs { get; set; }

    /// <summary>Voice clip or photo of the slip.</summary>
    public long? EvidenceId { get; set; }

    /// <summary>Wrong tries of the household's code; after a few only voice or a signed slip is taken.</summary>
    public int WrongCodes { get; set; }

    /// <summary>Why it was taken back; null unless cancelled.</summary>
    public string? CancelReason { get; set; }

    /// <summary>The lot it went into.</summary>
    public long? LotId { get; set; }

    /// <summary>Pieces, or grams of net weight.</summary>
    public long Quantity => Pieces > 0 ? Pieces : Net.Value;

    /// <summary>Quantity × price, rounded once, half to even.</summary>
    public Fen Amount => IntakeFigures.Amount(Quantity, Price, Pieces > 0);
}

/// <summary>One weighing of an intake.</summary>
internal sealed class Weighing : IInCounty
{
    public required AreaCode County { get; init; }
    public required long IntakeId { get; init; }

    /// <summary>1, 2, 3…</summary>
    public required int Number { get; init; }
    public required Grams Gross { get; init; }
    public required Grams Tare { get; init; }
}

/// <summary>A voice clip or photo that proves an approval.</summary>
internal sealed class Evidence : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Content { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class IntakeTable : IEntityTypeConfiguration<Intake>, IEntityTypeConfiguration<Weighing>, IEntityTypeConfiguration<Evidence>
{
    public void Configure(EntityTypeBuilder<Intake> table)
    {
        table.ToTable("market_intakes");
        table.HasKey(i => new { i.County, i.Id });
        table.HasIndex(i => new { i.County, i.RequestId }).IsUnique();
        table.HasIndex(i => new { i.County, i.HouseholdId, i.Day });
        table.HasIndex(i => new { i.County, i.StationId, i.Day });
        table.HasIndex(i => new { i.County, i.Day });
        // Worded as the queries are: SQLite takes a partial index only where its filter stands in the query.
        table.HasIndex(i => new { i.County, i.Day, i.Id }).HasFilter("state = 0").HasDatabaseName("ix_market_intakes_unconfirmed");
        table.HasIndex(i => new { i.County, i.LotId });
        table.HasIndex(i => new { i.County, i.AgreementId, i.Day });
        table.Ignore(i => i.Quantity).Ignore(i => i.Amount);
    }

    public void Configure(EntityTypeBuilder<Weighing> table)
    {
        table.ToTable("market_weighings");
        table.HasKey(w => new { w.County, w.IntakeId, w.Number });
    }

    public void Configure(EntityTypeBuilder<Evidence> table)
    {
        table.ToTable("market_evidence");
        table.HasKey(e => new { e.County, e.Id });
    }
}
