using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Targeting.Features;

/// <summary>Reads the features of an area's households: one streaming pass over each table. The reader's scope filters them too.</summary>
internal sealed class FeatureLoader(ShanhuoDb db, TimeProvider clock, IEnumerable<ISalesFacts> sales)
{
    private static Feature F(string key) => HouseholdFeature.Of(key);

    public async Task<HouseholdFeatures> Load(AreaCode area, CancellationToken cancel)
    {
        var (first, last, today, year) = (area, area.Last, clock.Today, clock.Today.Year - 1);
        var homes = await db.Households.Where(h => h.Area >= first && h.Area <= last && h.Until == null).OrderBy(h => h.Area).ThenBy(h => h.Id).Select(h => new { h.Id, h.Area }).ToListAsync(cancel);
        var features = new HouseholdFeatures([.. homes.Select(h => h.Id)], [.. homes.Select(h => h.Area)]);
        var rows = new Dictionary<long, int>(homes.Count);
        for (var row = 0; row < homes.Count; row++) rows[homes[row].Id] = row;
        homes = null;

        await Households(features, rows, first, last, cancel);
        var members = new MemberTally(features, today);
        await foreach (var m in db.Members.Where(m => m.Area >= first && m.Area <= last && m.Until == null)
            .Select(m => new MemberLine(m.HouseholdId, m.Relation, m.BirthYear, m.BirthDay, m.Sex, m.Ethnicity, m.Schooling, m.InSchool, m.Labour, m.Health, m.MedicalInsurance, m.AwayMonths)).AsAsyncEnumerable().WithCancellation(cancel))
            if (rows.TryGetValue(m.HouseholdId, out var row)) members.Add(row, m);
        var incomes = new IncomeTally(features);
        await foreach (var i in db.Incomes.Where(i => i.Area >= first && i.Area <= last && i.Year == year).Select(i => new { i.HouseholdId, i.Kind, i.Gross, i.Costs }).AsAsyncEnumerable().WithCancellation(cancel))
            if (rows.TryGetValue(i.HouseholdId, out var row)) incomes.Add(row, i.Kind, i.Gross.Value, i.Costs?.Value);
        incomes.End();
        await Causes(features, rows, first, last, cancel);
        await Statuses(features, rows, first, last, today, cancel);
        foreach (var facts in sales) Sales(features, await facts.Of(area, today, year, cancel));
        return features;
    }

    private async Task Households(HouseholdFeatures features, Dictionary<long, int> rows, AreaCode first, AreaCode last, CancellationToken cancel)
    {
        var (housing, water, food, land, cattle, sheep, vehicle, road, distance) = (F("housing"), F("safe-water"), F("food-and-clothing"), F("farmland"), F("cattle"), F("sheep"), F("vehicle"), F("road"), F("station-distance"));
        var (phone, signal, broadband, debt, skills, funds, idea, will) = (F("smartphone"), F("signal"), F("broadband"), F("debt"), F("skills"), F("funds"), F("idea"), F("will"));
        await foreach (var h in db.Households.Where(h => h.Area >= first && h.Area <= last && h.Until == null).Select(h => new
        {
            h.Id, h.Housing, h.SafeWater, h.FoodAndClothing, h.FarmlandCentimu, h.Cattle, h.Sheep, h.Vehicle, h.RoadToDoor, h.StationDistanceMetres, h.Smartphone, h.Signal, h.Broadband, h.Debt, h.HasSkills, h.HasFunds, h.HasIdea, h.HasWill,
        }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (!rows.TryGetValue(h.Id, out var row)) continue; // registered while we read
            features.Set(housing, row, h.Housing);
            features.Set(water, row, h.SafeWater);
            features.Set(food, row, h.FoodAndClothing);
            features.Set(land, row, (long?)h.FarmlandCentimu);
            features.Set(cattle, row, (long?)h.Cattle);
            features.Set(sheep, row, (long?)h.Sheep);
            features.Set(vehicle, row, h.Vehicle);
            features.Set(road, row, h.RoadToDoor);
            features.Set(distance, row, (long?)h.StationDistanceMetres);
            features.Set(phone, row, h.Smartphone);
            features.Set(signal, row, h.Signal);
            features.Set(broadband, row, h.Broadband);
            features.Set(debt, row, h.Debt?.Value);
            features.Set(skills, row, h.HasSkills);
            features.Set(funds, row, h.HasFunds);
            features.Set(idea, row, h.HasIdea);
            features.Set(will, row, h.HasWill);
        }
    }

    // A household with one cause or more was asked for its causes: the others are no. Of one without any it is not known.
    private async Task Causes(HouseholdFeatures features, Dictionary<long, int> rows, AreaCode first, AreaCode last, CancellationToken cancel)
    {
        var all = Registry.Households.PovertyCause.All.ToDictionary(c => c, c => F("cause-" + c));
        var asked = new HashSet<int>();
        await foreach (var c in db.PovertyCauses.Where(c => c.Area >= first && c.Area <= last && c.Until == null).Select(c => new { c.HouseholdId, c.Cause }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (!rows.TryGetValue(c.HouseholdId, out var row)) continue;
            if (asked.Add(row))
                foreach (var feature in all.Values) features.Set(feature, row, false);
            if (all.TryGetValue(c.Cause, out var cause)) features.Set(cause, row, true);
        }
    }

    // The register itself says who is registered, so without a row the answer is no.
    private async Task Statuses(HouseholdFeatures features, Dictionary<long, int> rows, AreaCode first, AreaCode last, DateOnly today, CancellationToken cancel)
    {
        var all = new[] { "registered", "exited", "monitored" }.ToDictionary(s => s, F);
        foreach (var feature in all.Values)
            for (var row = 0; row < features.Count; row++) features.Set(feature, row, false);
        var open = from s in db.HouseholdStatuses
                   where s.Since <= today && (s.Until == null || s.Until >= today)
                   join h in db.Households on s.HouseholdId equals h.Id
                   where h.Area >= first && h.Area <= last
                   select new { s.HouseholdId, s.Status };
        await foreach (var s in open.AsAsyncEnumerable().WithCancellation(cancel))
            if (rows.TryGetValue(s.HouseholdId, out var row) && all.TryGetValue(s.Status, out var status)) features.Set(status, row, true);
    }

    private static void Sales(HouseholdFeatures features, SalesOfArea sales)
    {
        var (active, village, received) = (F("station-active"), F("village-sales"), F("received"));
        for (var row = 0; row < features.Count; row++)
        {
            features.Set(active, row, sales.ActiveVillages.Contains(features.Villages[row]));
            features.Set(village, row, (long?)sales.VillageFen.GetValueOrDefault(features.Villages[row]));
            features.Set(received, row, (long?)sales.ReceivedFen.GetValueOrDefault(features.Ids[row]));
        }
    }
}
