using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Registry.Monitoring;

/// <summary>Goes through the households of a county and writes the warnings of the last whole month.</summary>
internal sealed class FindWarnings(ShanhuoDb db, Ids ids, TimeProvider clock, Policies policies, IReadOnlyList<TriggerSet> triggers, IEnumerable<IMonthlyReceipts> receipts)
{
    private const int Months = 27;

    /// <returns>How many were new.</returns>
    public async Task<Outcome<int>> Handle(AreaCode county, CancellationToken cancel)
    {
        var today = clock.Today;
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        if (triggers.Where(t => t.From <= month && (t.Until is not { } until || month <= until)).MaxBy(t => t.From) is not { } rule || policies.Line("monitoring", month) is not { } line) return new Refusal("monitoring.no-rule");
        var first = month.AddMonths(1 - Months);
        var quiet = month.AddMonths(-rule.QuietMonths);
        var known = (await db.Warnings.Where(w => w.Area >= county && w.Area <= county.Last && w.Month > quiet).Select(w => w.HouseholdId).ToListAsync(cancel)).ToHashSet();
        var monitored = (await (from s in db.HouseholdStatuses join h in db.Households on s.HouseholdId equals h.Id where s.Status == "monitored" && s.Until == null && h.Area >= county && h.Area <= county.Last select h.Id).ToListAsync(cancel)).ToHashSet();
        var found = 0;
        foreach (var (home, history) in await Histories(county, first, month, cancel))
        {
            if (known.Contains(home.Id) || monitored.Contains(home.Id) || WarningRule.At(history, Months - 1, rule, line.Amount) is not { } alarm) continue;
            db.Warnings.Add(new Warning
            {
                Id = ids.Next(), HouseholdId = home.Id, Area = home.Area, Month = alarm.Month, Trigger = alarm.Cause, Percent = alarm.Percent, Amount = alarm.Amount, PerHead = alarm.PerHead, InMonths = alarm.InMonths,
                Line = line.Amount, FoundDay = today, DueDay = today.AddDays(rule.CheckWithinDays),
            });
            found++;
        }
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("procedure.raced");
        }
        return found;
    }

    private async Task<List<((long Id, AreaCode Area) Home, HouseholdHistory History)>> Histories(AreaCode county, DateOnly first, DateOnly last, CancellationToken cancel)
    {
        var homes = await db.Households.Where(h => h.Area >= county && h.Area <= county.Last && h.Until == null).Select(h => new { h.Id, h.Code, h.Area }).ToListAsync(cancel);
        var sizes = await db.Members.Where(m => m.Area >= county && m.Area <= county.Last && m.Until == null).GroupBy(m => m.HouseholdId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var events = (await db.HouseholdEvents.Where(e => e.Area >= county && e.Area <= county.Last && e.Month >= first && e.Month <= last).Select(e => new { e.HouseholdId, e.Month, e.Kind, e.Cost }).ToListAsync(cancel)).ToLookup(e => e.HouseholdId);
        // Net income of the years outside the ledger; a kind that is missing, or whose costs are, makes its year unknown: missing is not poor.
        var years = (await db.Incomes.Where(i => i.Area >= county && i.Area <= county.Last && i.Year >= first.Year - 2).Select(i => new { i.HouseholdId, i.Year, i.Gross, i.Costs }).ToListAsync(cancel))
            .GroupBy(i => (i.HouseholdId, i.Year)).ToDictionary(g => g.Key, g => g.Count() == HouseholdIncome.Kinds.Count && g.All(i => i.Costs is not null) ? (long?)g.Sum(i => i.Gross.Value - i.Costs!.Value.Value) : null);
        var sales = new Dictionary<(string, DateOnly), long>();
        foreach (var source in receipts)
            foreach (var r in await source.Of(county, first, last.AddMonths(1).AddDays(-1), cancel)) sales[(r.HouseholdCode, r.Month)] = sales.GetValueOrDefault((r.HouseholdCode, r.Month)) + r.Amount.Value;
        return [.. homes.Select(h => ((h.Id, h.Area), new HouseholdHistory(h.Id, sizes.TryGetValue(h.Id, out var size) ? size : null,
            [.. Enumerable.Range(0, Months).Select(i => first.AddMonths(i)).Select(m => new MonthFacts(m, new Fen(sales.GetValueOrDefault((h.Code, m))), Other(h.Id, m.Year)))],
            [.. events[h.Id].Select(e => new EventFact(e.Month, e.Kind, e.Cost))])))];

        // A twelfth of the year; of the year before last where the last is not written down yet.
        Fen? Other(long household, int year)
        {
            for (var y = year; y >= year - 2; y--)
                if (years.TryGetValue((household, y), out var net)) return net is { } sum ? new Fen(sum / 12) : null;
            return null;
        }
    }
}
