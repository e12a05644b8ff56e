using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Agents;

/// <summary>Where a slip stands.</summary>
internal enum SlipState
{
    /// <summary>Written; the household has not approved.</summary>
    Open,

    /// <summary>The household approved; the order is being placed.</summary>
    Approved,

    /// <summary>The order stands, or the goods are handed over.</summary>
    Done,

    /// <summary>Approved, but the order could not be placed: nothing is owed.</summary>
    Failed,

    /// <summary>Taken back before it was approved.</summary>
    Cancelled,
}

/// <summary>A matter of a household's money that a station carries out for it. Nothing happens before the household approves the finished amount.</summary>
internal sealed class AgentSlip : IInCounty, IInArea, IOfHousehold
{
    public const string Table = "market_agent_slips";

    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Village of the household.</summary>
    public required AreaCode Area { get; init; }
    public required long StationId { get; init; }
    public required long HouseholdId { get; init; }

    /// <summary><c>order</c> or <c>bring</c>.</summary>
    public required string Task { get; init; }

    /// <summary>Price of the goods.</summary>
    public required Fen Goods { get; init; }

    /// <summary>Freight of an order.</summary>
    public Fen Freight { get; init; }

    /// <summary>What the station gets.</summary>
    public required Fen Fee { get; init; }

    /// <summary>All that the household pays: goods, freight, and the fee where the household pays it.</summary>
    public required Fen Amount { get; init; }

    /// <summary>Phone for the parcel, hidden; null: none.</summary>
    public string? PhoneHidden { get; init; }
    public required long OperatorId { get; init; }
    public required DateOnly Day { get; init; }
    public required long AtMs { get; init; }
    public SlipState State { get; set; }
    public ApprovalKind Approval { get; set; }
    public long? ApprovedMs { get; set; }

    /// <summary>Photo of the signed paper.</summary>
    public long? EvidenceId { get; set; }
    public int WrongCodes { get; set; }

    /// <summary>The order that came of it.</summary>
    public long? OrderId { get; set; }

    /// <summary>Code of the refusal of a failed one.</summary>
    public string? Refused { get; set; }
}

/// <summary>What is ordered on a slip.</summary>
internal sealed class AgentSlipLine : IInCounty
{
    public required AreaCode County { get; init; }
    public required long SlipId { get; init; }
    public required int Number { get; init; }
    public required long OfferId { get; init; }
    public required int Units { get; init; }

    /// <summary>For all units, as shown.</summary>
    public required Fen Goods { get; init; }
}

internal sealed class AgentSlipTables : IEntityTypeConfiguration<AgentSlip>, IEntityTypeConfiguration<AgentSlipLine>
{
    public void Configure(EntityTypeBuilder<AgentSlip> table)
    {
        table.ToTable(AgentSlip.Table);
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.RequestId }).IsUnique();
        table.HasIndex(s => new { s.County, s.StationId, s.Day });
        table.HasIndex(s => new { s.County, s.HouseholdId, s.AtMs });
    }

    public void Configure(EntityTypeBuilder<AgentSlipLine> table)
    {
        table.ToTable("market_agent_slip_lines");
        table.HasKey(l => new { l.County, l.SlipId, l.Number });
    }
}

/// <summary>Which slips and reports somebody meets.</summary>
internal static class SlipQueries
{
    extension(ShanhuoDb db)
    {
        /// <summary>A station: its own. A household: its own. Others: those of their area.</summary>
        public IQueryable<AgentSlip> SlipsForMe
        {
            get
            {
                var county = db.Scope.County;
                var slips = db.AgentSlips.Where(s => s.County == county);
                return db.Scope is { Role: Role.Station, OrganisationId: { } station } ? slips.Where(s => s.StationId == station) : slips;
            }
        }

        /// <summary>Reports on goods; to whom, as with slips.</summary>
        public IQueryable<SupplyReport> ReportsForMe
        {
            get
            {
                var county = db.Scope.County;
                var reports = db.SupplyReports.Where(r => r.County == county);
                return db.Scope is { Role: Role.Station, OrganisationId: { } station } ? reports.Where(r => r.StationId == station) : reports;
            }
        }
    }
}
