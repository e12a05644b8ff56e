using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement.Statements;

/// <summary>One delivery of a household and what became of it.</summary>
internal sealed record Delivery
{
    public required IntakeFact Intake { get; init; }
    public required ProductFact Product { get; init; }
    public required GradeFact? Grade { get; init; }

    /// <summary>Code of its lot; null while it is in none.</summary>
    public string? LotCode { get; init; }

    /// <summary>How the lot's price is made so far; null while nothing is sold.</summary>
    public PriceBuildUp? Price { get; init; }

    /// <summary>About what the lot has brought this delivery so far: its share of all that the growers of the lot got.</summary>
    public Fen Share { get; init; }

    /// <summary>Grams or pieces.</summary>
    public long Quantity => Product.ByPiece ? Intake.Pieces : Intake.Net.Value;

    /// <summary>Grams of a 斤, or one piece: what a price is quoted for.</summary>
    public static long UnitOf(ProductFact product) => product.ByPiece ? 1 : 500;

    /// <summary>The agreed price of one unit.</summary>
    public Fen UnitPrice => Product.ByPiece ? Intake.Price : new Fen(Rounding.HalfEven(Intake.Price.Value, 2));
}

/// <summary>Reads what a household handed in and what it sold for, from intakes and the sums of lots.</summary>
internal sealed class GoodsReader(ShanhuoDb db)
{
    /// <summary>A page of deliveries, the latest first.</summary>
    /// <param name="household">Whose.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">Deliveries on a page.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The page, and whether there are more.</returns>
    public async Task<(IReadOnlyList<Delivery> Page, bool More)> Deliveries(HouseholdFact household, int page, int size, CancellationToken cancel)
    {
        var county = household.Area.County;
        var intakes = await db.IntakesOf(county, household.Id).OrderByDescending(i => i.Day).ThenByDescending(i => i.Id).Skip((page - 1) * size).Take(size + 1).ToListAsync(cancel);
        var shown = intakes.Take(size).ToList();
        var products = shown.Select(i => i.ProductId).Distinct().ToList();
        var productFacts = await db.ProductFacts.Where(p => products.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
        var grades = (await db.GradeFacts.Where(g => products.Contains(g.ProductId)).ToListAsync(cancel)).ToDictionary(g => (g.ProductId, g.Code));
        var lots = shown.Where(i => i.LotId != null).Select(i => i.LotId!.Value).Distinct().ToList();
        var found = await Lots(county, lots, cancel);
        return ([.. shown.Select(i =>
        {
            var lot = i.LotId is { } id ? found.GetValueOrDefault(id) : null;
            return new Delivery
            {
                Intake = i, Product = productFacts[i.ProductId], Grade = grades.GetValueOrDefault((i.ProductId, i.Grade)), LotCode = lot?.Code,
                Price = lot is null ? null : PriceBuildUp.Of(lot.Sums, lot.Sold, Delivery.UnitOf(productFacts[i.ProductId])),
                Share = lot is null ? Fen.Zero : lot.ShareOf(i),
            };
        })], intakes.Count > size);
    }

    /// <summary>One lot of which the household is a grower; null when it is none.</summary>
    public async Task<(LotFact Lot, ProductFact Product, PriceBuildUp? Price)?> Lot(HouseholdFact household, string code, CancellationToken cancel)
    {
        var county = household.Area.County;
        if (await db.LotFacts.SingleOrDefaultAsync(l => l.Code == code && l.County == county, cancel) is not { } lot) return null;
        if (!await db.GrowerFacts.AnyAsync(g => g.County == county && g.LotId == lot.Id && g.HouseholdId == household.Id, cancel)) return null;
        var product = await db.ProductFacts.SingleAsync(p => p.Id == lot.ProductId, cancel);
        var sums = (await Lots(county, [lot.Id], cancel))[lot.Id];
        return (lot, product, PriceBuildUp.Of(sums.Sums, sums.Sold, Delivery.UnitOf(product)));
    }

    private async Task<Dictionary<long, LotMoney>> Lots(AreaCode county, List<long> lots, CancellationToken cancel)
    {
        var codes = await db.LotFacts.Where(l => l.County == county && lots.Contains(l.Id)).Select(l => new { l.Id, l.Code }).ToListAsync(cancel);
        var sums = await db.LotSums.Where(s => s.County == county && lots.Contains(s.LotId)).GroupBy(s => new { s.LotId, s.Role })
            .Select(g => new { g.Key.LotId, g.Key.Role, Amount = g.Sum(s => (long)s.Amount), Quantity = g.Sum(s => s.Quantity) }).ToListAsync(cancel);
        var wholes = await db.GrowerFacts.Where(g => g.County == county && lots.Contains(g.LotId)).GroupBy(g => g.LotId)
            .Select(g => new { Lot = g.Key, Value = g.Sum(x => x.Value), Quantity = g.Sum(x => x.Quantity) }).ToDictionaryAsync(g => g.Lot, cancel);
        return codes.ToDictionary(c => c.Id, c => new LotMoney(c.Code,
            [.. sums.Where(s => s.LotId == c.Id).Select(s => KeyValuePair.Create(s.Role, new Fen(s.Amount)))],
            sums.Where(s => s.LotId == c.Id).Sum(s => s.Quantity),
            wholes.TryGetValue(c.Id, out var whole) ? whole.Value : 0, wholes.TryGetValue(c.Id, out whole) ? whole.Quantity : 0));
    }

    private sealed record LotMoney(string Code, IReadOnlyList<KeyValuePair<string, Fen>> Sums, long Sold, long Value, long Quantity)
    {
        public Fen ShareOf(IntakeFact intake)
        {
            var growers = Sums.Where(s => s.Key == "growers").Sum(s => s.Value.Value);
            if (!intake.IsConfirmed || growers <= 0) return Fen.Zero;
            return new Fen(Value > 0 ? Rounding.HalfEven((Int128)growers * intake.Value, Value) : Rounding.HalfEven((Int128)growers * (intake.Pieces + intake.Net.Value), Math.Max(1, Quantity)));
        }
    }
}
