using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Targeting.Features;

/// <summary>
/// Keeps the features of a few areas in memory, so that a preview need not read the register. They are read anew when a household, member, income, cause, status or change of a field was added,
/// and at the latest after ten minutes, since the end of a status adds no row. What binds (<see cref="Runs.RunRule"/>) always reads anew.
/// </summary>
internal sealed class FeatureStore(TimeProvider clock)
{
    private const int MostAreas = 4;
    private const long LongestMs = 600_000;
    private readonly ConcurrentDictionary<AreaCode, Kept> kept = new();
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>The features of an area in whose scope the reader is.</summary>
    public async Task<HouseholdFeatures> Of(ShanhuoDb db, FeatureLoader loader, AreaCode area, CancellationToken cancel)
    {
        if (db.Scope.HouseholdId is not null || !db.Scope.Area.Contains(area)) throw new InvalidOperationException("The features of an area are for those who serve it.");
        var version = await Version(db, cancel);
        if (Fresh(area, version) is { } known) return known;
        await gate.WaitAsync(cancel);
        try
        {
            if (Fresh(area, version) is { } meanwhile) return meanwhile;
            if (kept.Count >= MostAreas && !kept.ContainsKey(area)) kept.TryRemove(kept.MinBy(k => k.Value.AtMs).Key, out _);
            var features = await loader.Load(area, cancel);
            kept[area] = new Kept(features, version, clock.NowMs);
            return features;
        }
        finally { gate.Release(); }
    }

    private HouseholdFeatures? Fresh(AreaCode area, string version) => kept.TryGetValue(area, out var one) && one.Version == version && clock.NowMs - one.AtMs < LongestMs ? one.Features : null;

    private static async Task<string> Version(ShanhuoDb db, CancellationToken cancel)
    {
        const string because = "only whether anything was added is asked";
        long?[] newest =
        [
            await db.Unfiltered<Households.Household>(because).MaxAsync(r => (long?)r.Id, cancel), await db.Unfiltered<Households.Member>(because).MaxAsync(r => (long?)r.Id, cancel),
            await db.Unfiltered<Households.HouseholdIncome>(because).MaxAsync(r => (long?)r.Id, cancel), await db.Unfiltered<Households.PovertyCause>(because).MaxAsync(r => (long?)r.Id, cancel),
            await db.Unfiltered<Households.HouseholdStatus>(because).MaxAsync(r => (long?)r.Id, cancel), await db.Unfiltered<Households.Fields.FieldChange>(because).MaxAsync(r => (long?)r.Id, cancel),
        ];
        return string.Join(' ', newest);
    }

    private sealed record Kept(HouseholdFeatures Features, string Version, long AtMs);
}
