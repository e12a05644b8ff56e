using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Contracts;

/// <summary>A kind of goods, as a page names and draws it.</summary>
public sealed record ProductFact
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>County.</summary>
    public required AreaCode County { get; init; }

    /// <summary>Public code.</summary>
    public required string Code { get; init; }

    /// <summary>Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>English name.</summary>
    public required string NameEn { get; init; }

    /// <summary>Counted, not weighed.</summary>
    public required bool ByPiece { get; init; }

    /// <summary>What one is called (条, 头); null for goods by weight.</summary>
    public string? PieceName { get; init; }

    /// <summary>The same in English.</summary>
    public string? PieceNameEn { get; init; }

    /// <summary>Name of our drawing in /goods/.</summary>
    public required string Drawing { get; init; }
}

/// <summary>A grade of a product and what it asks for.</summary>
public sealed record GradeFact
{
    /// <summary>The product.</summary>
    public required long ProductId { get; init; }

    /// <summary>Code within the product.</summary>
    public required string Code { get; init; }

    /// <summary>Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>English name.</summary>
    public required string NameEn { get; init; }

    /// <summary>What the operator looks for.</summary>
    public required string Standard { get; init; }

    /// <summary>The same in English.</summary>
    public required string StandardEn { get; init; }
}

/// <summary>What a household handed in.</summary>
public sealed record IntakeFact
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>County.</summary>
    public required AreaCode County { get; init; }

    /// <summary>The household.</summary>
    public required long HouseholdId { get; init; }

    /// <summary>The product.</summary>
    public required long ProductId { get; init; }

    /// <summary>Code of the grade.</summary>
    public required string Grade { get; init; }

    /// <summary>Net weight; zero for goods by the piece.</summary>
    public required Grams Net { get; init; }

    /// <summary>Pieces; zero for goods by weight.</summary>
    public required long Pieces { get; init; }

    /// <summary>Agreed price per kilogram or piece.</summary>
    public required Fen Price { get; init; }

    /// <summary>Business day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Did the household approve the figures? Else it is not paid.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>The lot it went into, or null.</summary>
    public long? LotId { get; init; }

    /// <summary>Its weight in the lot's pool: quantity × price.</summary>
    public long Value => (Pieces > 0 ? Pieces : Net.Value) * Price.Value;
}

/// <summary>By what name a person finds an order line again: its channel, the order's number there, and its place in it.</summary>
public sealed record LineName
{
    /// <summary>County.</summary>
    public required AreaCode County { get; init; }

    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>Sales channel.</summary>
    public required string Channel { get; init; }

    /// <summary>Number of the order on its channel.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>1, 2, 3…</summary>
    public required int Number { get; init; }
}

/// <summary>The market's facts that pages show.</summary>
public static class GoodsFacts
{
    extension(ShanhuoDb db)
    {
        /// <summary>All products: what a county sells is public.</summary>
        public IQueryable<ProductFact> ProductFacts => db.Unfiltered<Products.Product>("what a county sells is public").Select(p => new ProductFact { Id = p.Id, County = p.County, Code = p.Code, Name = p.Name, NameEn = p.NameEn, ByPiece = p.ByPiece, PieceName = p.PieceName, PieceNameEn = p.PieceNameEn, Drawing = p.Drawing });

        /// <summary>All grades; public.</summary>
        public IQueryable<GradeFact> GradeFacts => db.Grades.Select(g => new GradeFact { ProductId = g.ProductId, Code = g.Code, Name = g.Name, NameEn = g.NameEn, Standard = g.Standard, StandardEn = g.StandardEn });

        /// <summary>What one household handed in, at whatever station, but for what was taken back. The caller has made sure that the reader may see this household.</summary>
        /// <param name="county">The household's county.</param>
        /// <param name="householdId">The household.</param>
        public IQueryable<IntakeFact> IntakesOf(AreaCode county, long householdId) =>
            db.Unfiltered<Intake>("a household may hand in outside its own village; the caller has checked who reads")
                .Where(i => i.County == county && i.HouseholdId == householdId && i.State != IntakeState.Cancelled)
                .Select(i => new IntakeFact { Id = i.Id, County = i.County, HouseholdId = i.HouseholdId, ProductId = i.ProductId, Grade = i.Grade, Net = i.Net, Pieces = i.Pieces, Price = i.Price, Day = i.Day, IsConfirmed = i.State == IntakeState.Confirmed, LotId = i.LotId });

        /// <summary>Names of the order lines of a county; empty where it is not the reader's.</summary>
        /// <param name="county">The county.</param>
        public IQueryable<LineName> LineNames(AreaCode county)
        {
            // Said here, because an unfiltered table takes the filters off the whole query that it stands in.
            var seen = county >= db.Scope.FirstCounty && county <= db.Scope.LastArea;
            return from line in db.Unfiltered<Orders.OrderLine>("whoever may see a county sees its lines")
                   where seen && line.County == county
                   join order in db.Unfiltered<Orders.Order>("whoever may see a county's line may see its order") on new { line.County, Id = line.OrderId } equals new { order.County, order.Id }
                   select new LineName { County = line.County, Id = line.Id, Channel = order.Channel, OrderNumber = order.Number, Number = line.Number };
        }
    }
}
