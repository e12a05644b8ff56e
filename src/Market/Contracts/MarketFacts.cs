using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Contracts;

/// <summary>Where an order stands.</summary>
public enum OrderState
{
    /// <summary>Placed and paid.</summary>
    Placed,

    /// <summary>On its way.</summary>
    Shipped,

    /// <summary>The buyer has it.</summary>
    Received,

    /// <summary>Given back before shipping; nothing is settled.</summary>
    Cancelled,

    /// <summary>Its goods are kept for a buyer who has not paid yet; given back when the time is over.</summary>
    Unpaid,
}

/// <summary>What of a lot a settlement needs.</summary>
public sealed record LotFact
{
    /// <summary>County of the lot.</summary>
    public required AreaCode County { get; init; }

    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>Public code; owner of its pool.</summary>
    public required string Code { get; init; }

    /// <summary>Product.</summary>
    public required long ProductId { get; init; }

    /// <summary>Public code of the product.</summary>
    public required string ProductCode { get; init; }

    /// <summary>Grade.</summary>
    public required string Grade { get; init; }

    /// <summary>Quantities are pieces, not grams.</summary>
    public required bool ByPiece { get; init; }

    /// <summary>Code of the selling cooperative, or null.</summary>
    public string? Cooperative { get; init; }

    /// <summary>Code of the enterprise, or null.</summary>
    public string? Enterprise { get; init; }

    /// <summary>Code of the station of intake, or null.</summary>
    public string? IntakeStation { get; init; }

    /// <summary><c>cooperative</c>, <c>enterprise</c>, <c>platform</c>, or null.</summary>
    public string? BoughtBy { get; init; }

    /// <summary>First intake.</summary>
    public required DateOnly OpenedDay { get; init; }

    /// <summary>First sale, or null.</summary>
    public DateOnly? SealedDay { get; init; }

    /// <summary>Closed, or null.</summary>
    public DateOnly? ClosedDay { get; init; }

    /// <summary>Grams or pieces taken in.</summary>
    public required long TakenIn { get; init; }

    /// <summary>Grams or pieces still there.</summary>
    public required long Available { get; init; }

    /// <summary>Seat of its station of intake, or null.</summary>
    public AreaCode? StationArea { get; init; }

    /// <summary>The area under which its money is counted: the seat of its station of intake, or its county where it has none. Not for queries.</summary>
    public AreaCode Area => StationArea ?? County;
}

/// <summary>A household's part of a lot.</summary>
public sealed record GrowerFact
{
    /// <summary>County.</summary>
    public required AreaCode County { get; init; }

    /// <summary>The lot.</summary>
    public required long LotId { get; init; }

    /// <summary>The household.</summary>
    public required long HouseholdId { get; init; }

    /// <summary>Its village at intake.</summary>
    public required AreaCode Village { get; init; }

    /// <summary>Grams or pieces.</summary>
    public required long Quantity { get; init; }

    /// <summary>Σ quantity × agreed price: its weight in the pool.</summary>
    public required long Value { get; init; }

    /// <summary>Σ quantity × guaranteed price, or null.</summary>
    public long? ContractValue { get; init; }
}

/// <summary>All that a scheme can ask of a line.</summary>
public sealed record LineFact
{
    /// <summary>County.</summary>
    public required AreaCode County { get; init; }

    /// <summary>Row id; the cause of its journal entry.</summary>
    public required long Id { get; init; }

    /// <summary>Its order: lines of one order share fixed amounts.</summary>
    public required long OrderId { get; init; }

    /// <summary>Place in its order: 1, 2, 3…</summary>
    public required int Number { get; init; }

    /// <summary>The frozen version.</summary>
    public required long SchemeVersionId { get; init; }

    /// <summary>Sales channel.</summary>
    public required string Channel { get; init; }

    /// <summary>Code of the selling station, or null.</summary>
    public string? Station { get; init; }

    /// <summary>Campaign, or null.</summary>
    public string? Campaign { get; init; }

    /// <summary>Product.</summary>
    public required long ProductId { get; init; }

    /// <summary>Code of the product.</summary>
    public required string ProductCode { get; init; }

    /// <summary>Its lot.</summary>
    public required long LotId { get; init; }

    /// <summary>Sold grams.</summary>
    public required long Grams { get; init; }

    /// <summary>Sold pieces.</summary>
    public required long Pieces { get; init; }

    /// <summary>Goods amount.</summary>
    public required Fen Goods { get; init; }

    /// <summary>Freight the buyer paid.</summary>
    public required Fen Freight { get; init; }

    /// <summary>Actual cost.</summary>
    public required Fen Packaging { get; init; }

    /// <summary>Actual cost.</summary>
    public required Fen Processing { get; init; }

    /// <summary>Actual cost.</summary>
    public required Fen Commission { get; init; }

    /// <summary>Actual cost.</summary>
    public required Fen Promotion { get; init; }

    /// <summary>Parcels of the order.</summary>
    public required int Parcels { get; init; }

    /// <summary>Business day of settlement.</summary>
    public required DateOnly DueDay { get; init; }

    /// <summary>End of the return window.</summary>
    public required DateOnly ReturnUntil { get; init; }

    /// <summary>Is it in the ledger?</summary>
    public required bool IsSettled { get; init; }
}

/// <summary>A confirmed intake has gone into a lot. Bought goods are owed to the pool at once.</summary>
/// <param name="County">County.</param>
/// <param name="IntakeId">The intake.</param>
/// <param name="LotId">Its lot.</param>
/// <param name="HouseholdId">The household.</param>
/// <param name="Amount">Quantity × price, rounded.</param>
/// <param name="BoughtBy">Role of the buyer, or null.</param>
/// <param name="Advance">Paid in advance.</param>
/// <param name="Day">Business day.</param>
public sealed record IntakeConfirmed(AreaCode County, long IntakeId, long LotId, long HouseholdId, Fen Amount, string? BoughtBy, Fen Advance, DateOnly Day);

/// <summary>Lines of an order have become due (received, or settled by their platform).</summary>
/// <param name="County">County.</param>
/// <param name="OrderIds">Their orders.</param>
public sealed record LinesDue(AreaCode County, IReadOnlyCollection<long> OrderIds);

/// <summary>A lot was closed; what nobody bought of guaranteed goods is owed by the scheme's bearer.</summary>
/// <param name="County">County.</param>
/// <param name="LotId">The lot.</param>
/// <param name="Unsold">Grams or pieces that were neither sold nor made into other lots.</param>
/// <param name="Day">Business day.</param>
public sealed record LotClosed(AreaCode County, long LotId, long Unsold, DateOnly Day);

/// <summary>Names the scheme version that is frozen into an order of this lot. The one question the market asks upwards: no order without a scheme.</summary>
public interface IChooseScheme
{
    /// <summary>The adopted version for the seller of this lot on this channel, or the refusal <c>settlement.no-scheme</c>.</summary>
    Task<Outcome<long>> For(AreaCode county, long lotId, string channel, DateOnly day, CancellationToken cancel);
}

/// <summary>The market's facts for other modules. Settlement must see every grower and line of a lot, whoever asked for the sale to be settled; so these are not filtered by area, and their callers are.</summary>
public static class MarketFacts
{
    private const string Why = "settlement and trace need the whole lot; their endpoints declare and check who may see what";

    extension(ShanhuoDb db)
    {
        /// <summary>All lots.</summary>
        public IQueryable<LotFact> LotFacts =>
            from lot in db.Unfiltered<Lots.Lot>(Why)
            join product in db.Unfiltered<Products.Product>(Why) on lot.ProductId equals product.Id
            join c in db.OrganisationFacts on lot.CooperativeId equals (long?)c.Id into cs
            from cooperative in cs.DefaultIfEmpty()
            join e in db.OrganisationFacts on lot.EnterpriseId equals (long?)e.Id into es
            from enterprise in es.DefaultIfEmpty()
            join s in db.OrganisationFacts on lot.IntakeStationId equals (long?)s.Id into ss
            from station in ss.DefaultIfEmpty()
            select new LotFact { County = lot.County, Id = lot.Id, Code = lot.Code, ProductId = lot.ProductId, ProductCode = product.Code, Grade = lot.Grade, ByPiece = product.ByPiece, Cooperative = cooperative.Code, Enterprise = enterprise.Code, IntakeStation = station.Code, BoughtBy = lot.BoughtBy, OpenedDay = lot.OpenedDay, SealedDay = lot.SealedDay, ClosedDay = lot.ClosedDay, TakenIn = lot.TakenIn, Available = lot.Available, StationArea = (AreaCode?)station.Area };

        /// <summary>All growers of lots.</summary>
        public IQueryable<GrowerFact> GrowerFacts => db.Unfiltered<Lots.LotGrower>(Why).Select(g => new GrowerFact { County = g.County, LotId = g.LotId, HouseholdId = g.HouseholdId, Village = g.Village, Quantity = g.Quantity, Value = g.Value, ContractValue = g.ContractValue });

        /// <summary>Lines that have a lot, a scheme and a due day, settled or not.</summary>
        public IQueryable<LineFact> LineFacts =>
            from line in db.Unfiltered<Orders.OrderLine>(Why)
            join order in db.Unfiltered<Orders.Order>(Why) on new { line.County, Id = line.OrderId } equals new { order.County, order.Id }
            join product in db.Unfiltered<Products.Product>(Why) on line.ProductId equals product.Id
            join s in db.OrganisationFacts on order.StationId equals (long?)s.Id into ss
            from station in ss.DefaultIfEmpty()
            where line.DueDay != null && line.LotId != null && order.SchemeVersionId != null
            select new LineFact { County = line.County, Id = line.Id, OrderId = line.OrderId, Number = line.Number, SchemeVersionId = order.SchemeVersionId!.Value, Channel = order.Channel, Station = station.Code, Campaign = order.Campaign, ProductId = line.ProductId, ProductCode = product.Code, LotId = line.LotId!.Value, Grams = line.Grams, Pieces = line.Pieces, Goods = line.Goods, Freight = line.Freight, Packaging = line.Packaging, Processing = line.Processing, Commission = line.Commission, Promotion = line.Promotion, Parcels = order.Parcels, DueDay = line.DueDay!.Value, ReturnUntil = line.ReturnUntil ?? line.DueDay!.Value, IsSettled = line.IsSettled };

        /// <summary>Lines that are due, have a lot and a scheme, and are not in the ledger; in order of day, order and line.</summary>
        /// <param name="county">County.</param>
        /// <param name="until">Last due day taken.</param>
        public IQueryable<LineFact> UnsettledLines(AreaCode county, DateOnly until) =>
            db.LineFacts.Where(l => l.County == county && !l.IsSettled && l.DueDay <= until).OrderBy(l => l.DueDay).ThenBy(l => l.OrderId).ThenBy(l => l.Number);
    }
}
