using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Statements;

namespace Shanhuo.Settlement.Trace;

/// <summary>A group of growers on a trace page.</summary>
/// <param name="Place">Its village, or null where small groups stand together.</param>
/// <param name="Households">At least five; 0: fewer, and then no number is said.</param>
internal sealed record GrowerGroup(string? Place, long Households);

/// <summary>A lot as anybody may see it.</summary>
internal sealed record LotTrace
{
    public required LotFact Lot { get; init; }
    public required ProductFact Product { get; init; }
    public required GradeFact? Grade { get; init; }

    /// <summary>Prefecture and county.</summary>
    public required string Place { get; init; }

    /// <summary>Cooperative or enterprise that sells it, in the reader's language; null: none.</summary>
    public string? Seller { get; init; }

    /// <summary>Station of intake; null: several.</summary>
    public string? Station { get; init; }

    /// <summary>Null while nothing is sold.</summary>
    public PriceBuildUp? Price { get; init; }
    public required IReadOnlyList<GrowerGroup> Groups { get; init; }

    /// <summary>Growers who allow their names, at most <see cref="TraceReader.MostNames"/>.</summary>
    public required IReadOnlyList<string> Names { get; init; }
}

/// <summary>Reads the public story of a lot: from lots, growers by village, and sums; never from lines.</summary>
internal sealed class TraceReader(ShanhuoDb db, TimeProvider clock)
{
    /// <summary>Names shown on a page, at most.</summary>
    public const int MostNames = 20;

    /// <summary>The lot with this code; null when there is none.</summary>
    public async Task<LotTrace?> Lot(string code, Language language, CancellationToken cancel)
    {
        if (code.Length > 40 || await db.LotFacts.SingleOrDefaultAsync(l => l.Code == code, cancel) is not { } lot) return null;
        var product = await db.ProductFacts.SingleAsync(p => p.Id == lot.ProductId, cancel);
        var grade = await db.GradeFacts.SingleOrDefaultAsync(g => g.ProductId == lot.ProductId && g.Code == lot.Grade, cancel);
        var sums = await db.Unfiltered<LotSum>("the price of a lot is public")
            .Where(s => s.County == lot.County && s.LotId == lot.Id).GroupBy(s => s.Role).Select(g => new { Role = g.Key, Amount = g.Sum(s => (long)s.Amount), Quantity = g.Sum(s => s.Quantity) }).ToListAsync(cancel);
        var (groups, names) = await Growers(lot, cancel);
        var areas = groups.Where(g => g.Area is not null).Select(g => g.Area!.Value).Append(lot.County).Append(lot.County.At(AreaLevel.Prefecture)).ToList();
        var placeNames = await db.AreaFacts.Where(a => areas.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => language == Language.En ? a.NameEn ?? a.Name : a.Name, cancel);
        string[] codes = [lot.Cooperative ?? lot.Enterprise ?? "", lot.IntakeStation ?? ""];
        var sellers = await db.OrganisationFacts.Where(o => codes.Contains(o.Code)).ToDictionaryAsync(o => o.Code, o => o.NameIn(language), cancel);
        return new LotTrace
        {
            Lot = lot, Product = product, Grade = grade,
            Place = string.Join(language == Language.Zh ? "" : ", ", new[] { lot.County.At(AreaLevel.Prefecture), lot.County }.Select(a => placeNames.GetValueOrDefault(a)).Where(n => n is not null)),
            Seller = sellers.GetValueOrDefault(codes[0]),
            Station = sellers.GetValueOrDefault(codes[1]),
            Price = PriceBuildUp.Of(sums.Select(s => KeyValuePair.Create(s.Role, new Fen(s.Amount))), sums.Sum(s => s.Quantity), Delivery.UnitOf(product)),
            Groups = [.. groups.Select(g => new GrowerGroup(g.Area is { } area ? placeNames.GetValueOrDefault(area) : null, g.Households))],
            Names = names,
        };
    }

    // Those who allow their names leave the groups, so that no group together with the names gives away its last member.
    private async Task<(IReadOnlyList<HouseholdGroup>, IReadOnlyList<string>)> Growers(LotFact lot, CancellationToken cancel)
    {
        var today = clock.Today;
        var growers = db.GrowerFacts.Where(g => g.County == lot.County && g.LotId == lot.Id);
        var named = db.ConsentedNames.Where(n => n.Since <= today);
        var names = await growers.Join(named, g => g.HouseholdId, n => n.HouseholdId, (g, n) => n.Name).Distinct().OrderBy(n => n).Take(MostNames).ToListAsync(cancel);
        var villages = await growers.Where(g => !named.Any(n => n.HouseholdId == g.HouseholdId)).GroupBy(g => g.Village)
            .Select(g => new { Village = g.Key, Households = g.Count(), Quantity = g.Sum(x => x.Quantity) }).ToListAsync(cancel);
        return (SmallGroups.Merge(villages.Select(v => new HouseholdGroup(v.Village, v.Households, v.Quantity))), names);
    }
}
