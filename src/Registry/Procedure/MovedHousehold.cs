using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Procedure;

/// <summary>What follows a household to another village: its cases with their steps, its warnings, events and running plan, so that the new village goes on with them. Notices stay where they were put up.</summary>
internal static class MovedHousehold
{
    /// <summary>Adds it to the current change.</summary>
    public static async Task Follow(ShanhuoDb db, long household, AreaCode village, CancellationToken cancel)
    {
        var cases = await db.Cases.Where(c => c.HouseholdId == household).ToListAsync(cancel);
        var ids = cases.Select(c => c.Id).ToList();
        foreach (var row in cases) row.Area = village;
        foreach (var row in await db.CaseSteps.Where(s => ids.Contains(s.CaseId)).ToListAsync(cancel)) row.Area = village;
        foreach (var row in await db.Objections.Where(o => ids.Contains(o.CaseId)).ToListAsync(cancel)) row.Area = village;
        foreach (var row in await db.Warnings.Where(w => w.HouseholdId == household).ToListAsync(cancel)) row.Area = village;
        foreach (var row in await db.HouseholdEvents.Where(e => e.HouseholdId == household).ToListAsync(cancel)) row.Area = village;
        var plans = await db.AssistancePlans.Where(p => p.HouseholdId == household && p.Until == null).ToListAsync(cancel);
        ids = [.. plans.Select(p => p.Id)];
        foreach (var row in plans) row.Area = village;
        foreach (var row in await db.AssistanceMeasures.Where(m => ids.Contains(m.PlanId)).ToListAsync(cancel)) row.Area = village;
        foreach (var row in await db.AssistanceVisits.Where(v => ids.Contains(v.PlanId)).ToListAsync(cancel)) row.Area = village;
    }
}
