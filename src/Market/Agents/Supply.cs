using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

/// <summary>What a station brought to the village for a household; its money stands on the slip of the same id.</summary>
internal sealed class Supply : IInCounty
{
    public required AreaCode County { get; init; }
    public required long SlipId { get; init; }
    public required long SupplierId { get; init; }

    /// <summary>One of data/market/supplies.json.</summary>
    public required string Kind { get; init; }

    /// <summary>What and how much, as on the supplier's bill.</summary>
    public required string Goods { get; init; }

    /// <summary>Photo of the goods with the bill.</summary>
    public required long ProofId { get; init; }
}

internal sealed class SupplyTable : IEntityTypeConfiguration<Supply>
{
    public void Configure(EntityTypeBuilder<Supply> table)
    {
        table.ToTable("market_supplies");
        table.HasKey(s => new { s.County, s.SlipId });
        table.HasIndex(s => new { s.County, s.SupplierId });
    }
}

/// <summary>What was brought, as the station writes it down.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="HouseholdId">Of the station's own area.</param>
/// <param name="Kind">One of data/market/supplies.json.</param>
/// <param name="Goods">2 to 120 characters.</param>
/// <param name="Price">As on the bill, above zero.</param>
/// <param name="Supplier">Name of the business.</param>
/// <param name="Licence">Its licence; needed for some kinds.</param>
/// <param name="SupplierPhone">Phone of the business.</param>
/// <param name="Proof">Photo of goods and bill.</param>
internal sealed record BringSupply(Guid RequestId, long HouseholdId, string Kind, string Goods, Fen Price, string? Supplier, string? Licence, string? SupplierPhone, Upload Proof);

/// <summary>Writes a slip for goods that were brought; the household approves price and fee.</summary>
internal sealed class BringSupplyHandler(ShanhuoDb db, Ids ids, TimeProvider clock, SupplierDesk suppliers)
{
    public Task<Outcome<AgentSlip>> Handle(BringSupply request, CancellationToken cancel) => Once(request, false, cancel);

    private async Task<Outcome<AgentSlip>> Once(BringSupply request, bool again, CancellationToken cancel)
    {
        if (await Stations.Own(db, cancel) is not { } station) return new Refusal("agents.no-station");
        var county = station.Area.County;
        if (await Written(county, request.RequestId, cancel) is { } written) return written;
        if (await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == request.HouseholdId, cancel) is not { } household) return new Refusal("market.intake-household", Place.Input("HouseholdId"));
        if (SupplyRules.Shipped.Kinds.FirstOrDefault(k => k.Code == request.Kind) is not { } kind) return new Refusal("agents.kind", Place.Input("Kind"));
        if (request.Goods.Trim().Length is < 2 or > 120) return new Refusal("agents.goods", Place.Input("Goods"));
        if (request.Price.Value is < 1 or > 100_000_000) return new Refusal("agents.price", Place.Input("Price"));
        if (kind.Licence && Supplier.Key(request.Licence).Length < 6) return new Refusal("agents.licence-missing", Place.Input("Licence"));
        if (!(await suppliers.Known(county, request.Supplier, request.Licence, request.SupplierPhone, cancel)).Ok(out var supplier, out var no)) return no;
        var fee = AgentFees.Shipped["bring"].Of(request.Price);
        var slip = new AgentSlip
        {
            County = county, Id = ids.Next(), RequestId = request.RequestId, Area = household.Area, StationId = station.Id, HouseholdId = household.Id, Task = "bring", Goods = request.Price, Fee = fee, Amount = request.Price + fee,
            OperatorId = db.Scope.AccountId, Day = clock.Today, AtMs = clock.NowMs,
        };
        var proof = new Evidence { Id = ids.Next(), County = county, ContentType = request.Proof.ContentType, Content = request.Proof.Content, AtMs = clock.NowMs };
        db.AgentSlips.Add(slip);
        db.Evidences.Add(proof);
        db.Supplies.Add(new Supply { County = county, SlipId = slip.Id, SupplierId = supplier.Id, Kind = kind.Code, Goods = request.Goods.Trim(), ProofId = proof.Id });
        db.RecordLook(ids, clock, household.Id, "agent-supply");
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await Written(county, request.RequestId, cancel) is { } first) return first;
            if (again) throw;
            // Two stations wrote down the same new supplier in one moment: it is known now.
            return await Once(request, true, cancel);
        }
        return slip;
    }

    private Task<AgentSlip?> Written(AreaCode county, Guid request, CancellationToken cancel) => db.SlipsForMe.SingleOrDefaultAsync(s => s.County == county && s.RequestId == request, cancel);
}
