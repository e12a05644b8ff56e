using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement.Overview;

/// <summary>One sum as the overview cuts it: of the county from <see cref="Ledger.MonthSum"/>, of a cooperative from the sums of its lots.</summary>
internal sealed record SumFact
{
    public required DateOnly Month { get; init; }
    public required long SchemeVersionId { get; init; }
    public required long ProductId { get; init; }

    /// <summary>Null: no station, so the county.</summary>
    public required AreaCode? Area { get; init; }
    public required string Role { get; init; }
    public required Fen Amount { get; init; }
    public required long Quantity { get; init; }
}

/// <summary>Buyers' and growers' money of one value of a cut.</summary>
/// <param name="Key">Month, product, scheme version, area.</param>
/// <param name="Paid">What buyers paid, refunds taken off.</param>
/// <param name="Growers">What growers received.</param>
/// <param name="Quantity">Grams or pieces sold.</param>
internal readonly record struct Slice<TKey>(TKey Key, Fen Paid, Fen Growers, long Quantity)
{
    /// <summary>The growers' part of the buyers' yuan in tenths of a percent; null where buyers paid nothing.</summary>
    public long? GrowersPerMille => Paid > Fen.Zero ? Rounding.HalfEven((Int128)Growers.Value * 1000, Paid.Value) : null;
}

/// <summary>Reads the overview from kept sums. Their number grows with months, goods and places, not with sales.</summary>
internal sealed class OverviewReader(ShanhuoDb db)
{
    /// <summary>Code of the reader's cooperative; null: the reader sees an area.</summary>
    public async Task<string?> OwnCooperative(CancellationToken cancel) =>
        db.Scope.OrganisationId is { } own && db.Scope.Role == Role.Cooperative ? await db.OrganisationFacts.Where(o => o.Id == own).Select(o => o.Code).SingleOrDefaultAsync(cancel) ?? "" : null;

    public IQueryable<SumFact> Sums(OverviewFilter filter, string? cooperative)
    {
        var sums = cooperative is null
            ? db.MonthSums.Select(s => new SumFact { Month = s.Month, SchemeVersionId = s.SchemeVersionId, ProductId = s.ProductId, Area = s.Area, Role = s.Role, Amount = s.Amount, Quantity = s.Quantity })
            : from s in db.LotSums
              join lot in db.LotFacts on new { s.County, Id = s.LotId } equals new { lot.County, lot.Id }
              where lot.Cooperative == cooperative
              select new SumFact { Month = s.Month, SchemeVersionId = s.SchemeVersionId, ProductId = lot.ProductId, Area = lot.StationArea, Role = s.Role, Amount = s.Amount, Quantity = s.Quantity };
        sums = sums.Where(s => s.Month >= filter.From && s.Month <= filter.To);
        if (filter.Area is { } area) { var last = area.Last; sums = sums.Where(s => s.Area >= area && s.Area <= last); }
        if (filter.Product is { } product) sums = sums.Where(s => s.ProductId == product);
        if (filter.Scheme is { } scheme) sums = sums.Where(s => s.SchemeVersionId == scheme);
        return sums;
    }

    /// <summary>What each role received, the buyer's amount below zero; the largest first.</summary>
    public async Task<IReadOnlyList<(string Role, Fen Amount)>> ByRole(IQueryable<SumFact> sums, CancellationToken cancel)
    {
        var roles = await sums.GroupBy(s => s.Role).Select(g => new { Role = g.Key, Amount = g.Sum(s => (long)s.Amount) }).ToListAsync(cancel);
        return [.. roles.OrderByDescending(r => r.Amount).ThenBy(r => r.Role, StringComparer.Ordinal).Select(r => (r.Role, new Fen(r.Amount)))];
    }

    /// <summary>Buyers and growers by whatever <paramref name="by"/> picks.</summary>
    public async Task<IReadOnlyList<Slice<TKey>>> By<TKey>(IQueryable<SumFact> sums, System.Linq.Expressions.Expression<Func<SumFact, TKey>> by, CancellationToken cancel)
    {
        var slices = await sums.Where(s => s.Role == "buyer" || s.Role == "growers").GroupBy(by)
            .Select(g => new { g.Key, Paid = g.Sum(s => s.Role == "buyer" ? -(long)s.Amount : 0L), Growers = g.Sum(s => s.Role == "growers" ? (long)s.Amount : 0L), Quantity = g.Sum(s => s.Quantity) }).ToListAsync(cancel);
        return [.. slices.Select(s => new Slice<TKey>(s.Key, new Fen(s.Paid), new Fen(s.Growers), s.Quantity))];
    }

    /// <summary>By the areas one level below the filter's: counties of a province, townships of a county, villages of a township. For officials of the province areas with fewer than five households stand together under a null key.</summary>
    public async Task<IReadOnlyList<Slice<AreaCode?>>> ByArea(IQueryable<SumFact> sums, OverviewFilter filter, CancellationToken cancel)
    {
        var level = LevelBelow(filter.Area ?? db.Scope.Area);
        var slices = (await By(sums, s => s.Area, cancel)).GroupBy(s => (s.Key ?? db.Scope.County).At(level))
            .Select(g => new Slice<AreaCode?>(g.Key, new Fen(g.Sum(s => s.Paid.Value)), new Fen(g.Sum(s => s.Growers.Value)), g.Sum(s => s.Quantity))).OrderByDescending(s => s.Paid.Value).ToList();
        if (db.Scope.Role != Role.ProvinceOfficial || level <= AreaLevel.County) return slices;

        var households = await Households(filter, level, cancel);
        var shown = SmallGroups.Merge(slices.Select(s => new HouseholdGroup(s.Key, households.GetValueOrDefault(s.Key!.Value), 0))).Where(g => g.Area is not null).Select(g => g.Area).ToHashSet();
        var rest = slices.Where(s => !shown.Contains(s.Key)).ToList();
        var open = slices.Where(s => shown.Contains(s.Key)).ToList();
        if (rest.Count > 0) open.Add(new Slice<AreaCode?>(null, new Fen(rest.Sum(s => s.Paid.Value)), new Fen(rest.Sum(s => s.Growers.Value)), rest.Sum(s => s.Quantity)));
        return open;
    }

    /// <summary>The level whose areas are listed inside an area.</summary>
    public static AreaLevel LevelBelow(AreaCode area) => area.Level < AreaLevel.County ? AreaLevel.County : area.Level == AreaLevel.County ? AreaLevel.Township : AreaLevel.Village;

    // Households of an area: the most that any one of its places has, for a household that delivers at two places must not count as two.
    private async Task<Dictionary<AreaCode, long>> Households(OverviewFilter filter, AreaLevel level, CancellationToken cancel)
    {
        var (first, last) = (db.Scope.FirstArea, db.Scope.LastArea);
        var lots = db.LotFacts.Where(l => l.County >= first && l.County <= last && l.OpenedDay <= filter.LastDay && (l.ClosedDay == null || l.ClosedDay >= filter.From));
        if (filter.Area is { } area) lots = lots.Where(l => l.County == area.County);
        if (filter.Product is { } product) lots = lots.Where(l => l.ProductId == product);
        var counts = await lots.Join(db.GrowerFacts, l => new { l.County, Lot = l.Id }, g => new { g.County, Lot = g.LotId }, (l, g) => new { l.StationArea, l.County, g.HouseholdId }).Distinct()
            .GroupBy(x => new { x.StationArea, x.County }).Select(g => new { g.Key, Households = g.Count() }).ToListAsync(cancel);
        return counts.GroupBy(c => (c.Key.StationArea ?? c.Key.County).At(level)).ToDictionary(g => g.Key, g => (long)g.Max(c => c.Households));
    }
}
