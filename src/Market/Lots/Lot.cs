using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Lots;

/// <summary>Goods of one product and grade that are kept and sold together; knows whose they are by share.</summary>
internal sealed class Lot : IInCounty, IInArea
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }

    /// <summary>Public code, such as <c>L-620525-00042-K7QFP</c>: on packs, in files, owner of the pool's account.</summary>
    public required string Code { get; init; }

    /// <summary>Seat of the place that keeps it.</summary>
    public required AreaCode Area { get; set; }

    /// <summary>Station or organisation that keeps it.</summary>
    public required long PlaceId { get; set; }
    public required long ProductId { get; init; }
    public required string Grade { get; init; }

    /// <summary>The cooperative that sells it, if any: account <c>cooperative/CODE</c>.</summary>
    public long? CooperativeId { get; init; }

    /// <summary>The enterprise, if any.</summary>
    public long? EnterpriseId { get; init; }

    /// <summary>Station of intake for role <c>intake-station</c>, if the whole lot has one.</summary>
    public long? IntakeStationId { get; init; }

    /// <summary><c>cooperative</c>, <c>enterprise</c> or <c>platform</c> when bought at intake; else null.</summary>
    public string? BoughtBy { get; init; }

    /// <summary>On what terms its goods were taken in; goods on other terms form another lot.</summary>
    public IntakeManner Manner { get; init; } = IntakeManner.Consigned;

    /// <summary>The contract under which all of it was delivered, so that a guaranteed price never runs into goods without one; null: none.</summary>
    public long? AgreementId { get; init; }

    /// <summary>What an intake must match to go into this lot; null: it takes no more (sealed, too old, or made from other lots). Unique, so that two stationmasters open one lot, not two.</summary>
    public string? OpenKey { get; set; }
    public required DateOnly OpenedDay { get; init; }
    public required DateOnly BestBefore { get; set; }

    /// <summary>Day on which goods first left it: sold, made into another lot, given or lost. From then on no intake is added.</summary>
    public DateOnly? SealedDay { get; set; }
    public DateOnly? ClosedDay { get; set; }

    /// <summary>The recall that took it out of sale; null: none. Its goods can only be written off.</summary>
    public long? RecallId { get; set; }

    /// <summary>Still there, of <see cref="TakenIn"/>; grams, or pieces for goods by the piece. Never below zero.</summary>
    public long Available { get; set; }

    /// <summary>All that came in.</summary>
    public long TakenIn { get; set; }
}

/// <summary>A household's part of a lot; its weight in the pool.</summary>
internal sealed class LotGrower : IInCounty, IOfHousehold
{
    public required AreaCode County { get; init; }
    public required long LotId { get; init; }
    public required long HouseholdId { get; init; }

    /// <summary>Village of the household at intake.</summary>
    public required AreaCode Village { get; init; }

    /// <summary>Grams or pieces.</summary>
    public required long Quantity { get; set; }

    /// <summary>Σ quantity × agreed price (fen per kilogram or piece): the household's weight.</summary>
    public required long Value { get; set; }

    /// <summary>Σ quantity × guaranteed price of its contract; null when there is none.</summary>
    public long? ContractValue { get; set; }
}

/// <summary>Why a lot's quantity changed.</summary>
internal enum MoveKind
{
    /// <summary>Taken in from a household.</summary>
    Intake,

    /// <summary>Made from another lot.</summary>
    MadeFrom,

    /// <summary>Sold on an order line; undone by a negative move when the line is cancelled.</summary>
    Sold,

    /// <summary>Used to make another lot (sorted, packed, processed).</summary>
    UsedFor,

    /// <summary>Given away.</summary>
    Given,

    /// <summary>Spoiled.</summary>
    Spoiled,

    /// <summary>Lost.</summary>
    Lost,

    /// <summary>Sent to the host of a campaign.</summary>
    Sample,
}

/// <summary>One change of a lot's quantity; together they account for every gram.</summary>
internal sealed class LotMove : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }
    public required long LotId { get; init; }
    public required MoveKind Kind { get; init; }

    /// <summary>Grams or pieces: in is positive, out negative.</summary>
    public required long Quantity { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>The intake, line or other lot behind it.</summary>
    public long? CauseId { get; init; }
    public string? Note { get; init; }
    public long ByAccountId { get; init; }
}

/// <summary>The last number given to a lot of a county.</summary>
internal sealed class LotNumber : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Last { get; set; }
}

internal sealed class LotTable : IEntityTypeConfiguration<Lot>, IEntityTypeConfiguration<LotGrower>, IEntityTypeConfiguration<LotMove>, IEntityTypeConfiguration<LotNumber>
{
    public void Configure(EntityTypeBuilder<Lot> table)
    {
        table.ToTable("market_lots", t => t.HasCheckConstraint("ck_market_lots_available", "available >= 0"));
        table.HasKey(l => new { l.County, l.Id });
        table.HasIndex(l => l.Code).IsUnique();
        table.HasIndex(l => new { l.County, l.OpenKey }).IsUnique();
        table.HasIndex(l => new { l.County, l.ProductId, l.ClosedDay, l.BestBefore });
        table.HasIndex(l => new { l.County, l.PlaceId, l.ClosedDay });
    }

    public void Configure(EntityTypeBuilder<LotGrower> table)
    {
        table.ToTable("market_lot_growers");
        table.HasKey(g => new { g.County, g.LotId, g.HouseholdId, g.Village });
        table.HasIndex(g => new { g.County, g.HouseholdId });
    }

    public void Configure(EntityTypeBuilder<LotMove> table)
    {
        table.ToTable("market_lot_moves");
        table.HasKey(m => new { m.County, m.Id });
        table.HasIndex(m => new { m.County, m.RequestId, m.LotId, m.Kind }).IsUnique();
        table.HasIndex(m => new { m.County, m.LotId, m.Id });
    }

    public void Configure(EntityTypeBuilder<LotNumber> table)
    {
        table.ToTable("market_lot_numbers");
        table.HasKey(n => n.County);
    }
}
