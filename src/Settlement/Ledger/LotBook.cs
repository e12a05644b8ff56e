using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Ledger;

/// <summary>A lot with all that a split asks of it.</summary>
/// <param name="Fact">As the market knows it.</param>
/// <param name="Terms">Its mean prices and its buyer at intake.</param>
/// <param name="Area">Seat of its station of intake; the county where it has none.</param>
/// <param name="IsPoor">Were all its growers registered as poor or monitored on the day it was opened?</param>
internal sealed record KnownLot(LotFact Fact, LotTerms Terms, AreaCode Area, bool IsPoor);

/// <summary>Lots that lines were sold from. A lot is sealed at its first sale, so it is looked up once.</summary>
internal sealed class LotBook(ShanhuoDb db)
{
    private readonly Dictionary<long, KnownLot> known = [];

    public KnownLot this[long id] => known[id];

    /// <summary>Looks up those of the lots that are not known yet.</summary>
    public async Task Know(AreaCode county, IEnumerable<long> lotIds, CancellationToken cancel)
    {
        var missing = lotIds.Where(id => !known.ContainsKey(id)).Distinct().ToList();
        if (missing.Count == 0) return;
        var facts = await db.LotFacts.Where(l => l.County == county && EF.Parameter(missing).Contains(l.Id)).ToListAsync(cancel);
        var sums = await db.GrowerFacts.Where(g => g.County == county && EF.Parameter(missing).Contains(g.LotId)).GroupBy(g => g.LotId)
            .Select(g => new { LotId = g.Key, Quantity = g.Sum(x => x.Quantity), Value = g.Sum(x => x.Value), Contract = g.Sum(x => x.ContractValue ?? x.Value), Contracts = g.Sum(x => x.ContractValue != null ? 1 : 0) })
            .ToDictionaryAsync(g => g.LotId, cancel);
        var stations = facts.Select(f => f.IntakeStation).Where(code => code != null).Distinct().ToList();
        var seats = await db.OrganisationFacts.Where(o => stations.Contains(o.Code)).ToDictionaryAsync(o => o.Code, o => o.Area, cancel);
        var poor = await PoorLots(county, facts, missing, cancel);
        foreach (var fact in facts)
        {
            var sum = sums.GetValueOrDefault(fact.Id) ?? throw new InvalidOperationException($"Lot {fact.Code} has no growers.");
            var terms = new LotTerms
            {
                ByPiece = fact.ByPiece,
                Intake = new LotPrice(sum.Value, sum.Quantity, fact.ByPiece),
                // A grower without a contract in a lot that has some is guaranteed what was agreed at intake.
                Contract = sum.Contracts > 0 ? new LotPrice(sum.Contract, sum.Quantity, fact.ByPiece) : null,
                BoughtBy = Buyer(fact),
            };
            known[fact.Id] = new KnownLot(fact, terms, fact.IntakeStation is { } code && seats.TryGetValue(code, out var seat) ? seat : county, poor.Contains(fact.Id));
        }
    }

    private async Task<HashSet<long>> PoorLots(AreaCode county, List<LotFact> facts, List<long> lotIds, CancellationToken cancel)
    {
        var growers = db.GrowerFacts.Where(g => g.County == county && EF.Parameter(lotIds).Contains(g.LotId));
        var spells = await growers.Join(db.PoorSpells, g => g.HouseholdId, s => s.HouseholdId, (g, s) => new { g.LotId, g.HouseholdId, s.Since, s.Until }).ToListAsync(cancel);
        if (spells.Count == 0) return [];
        var opened = facts.ToDictionary(f => f.Id, f => f.OpenedDay);
        var poor = spells.Where(s => s.Since <= opened[s.LotId] && (s.Until is null || s.Until >= opened[s.LotId])).Select(s => (s.LotId, s.HouseholdId)).ToHashSet();
        return [.. (await growers.Select(g => new { g.LotId, g.HouseholdId }).ToListAsync(cancel)).GroupBy(g => g.LotId).Where(lot => lot.All(g => poor.Contains((g.LotId, g.HouseholdId)))).Select(lot => lot.Key)];
    }

    private static SchemeRole? Buyer(LotFact lot) => lot.BoughtBy is not { } name ? null
        : Roles.TryParse(name, out var role) && role.MayBuyAtIntake() ? role : throw new InvalidOperationException($"Lot {lot.Code} was bought by '{name}', which may not buy.");
}
