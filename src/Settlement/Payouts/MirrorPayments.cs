using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Mirrors each day what buyers paid into the payment institutions and got back from them: one entry a day and institution, when the day is over. The program holds none of it.</summary>
internal sealed class MirrorPayments(ShanhuoDb db, Ids ids, TimeProvider clock, MirroredUntil mirrored)
{
    private const string Key = "held:";

    /// <summary>How long after midnight a day is booked: what was stamped in its last second is in the database by then.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Books the days that are over and not in the ledger yet.</summary>
    /// <returns>How many entries.</returns>
    public async Task<int> Book(AreaCode county, CancellationToken cancel)
    {
        var until = DateOnly.FromDateTime(Clock.ToChina(clock.NowMs - (long)Grace.TotalMilliseconds)).AddDays(-1);
        if (mirrored.Has(county, until)) return 0;
        if (await db.FirstHeld(county, cancel) is not { } first || first > until)
        {
            mirrored.Keep(county, until);
            return 0;
        }
        await using var change = await db.BeginAlone(county, Turn.Payouts, cancel);
        var last = await db.JournalEntries.Where(e => e.County == county && e.Cause == Cause.Inflow && e.CauseKey.StartsWith(Key)).MaxAsync(e => (DateOnly?)e.Day, cancel);
        var booked = 0;
        foreach (var held in await db.HeldBy(county, last is { } day && day.AddDays(1) > first ? day.AddDays(1) : first, until, cancel))
        {
            var net = held.In - held.Out;
            var key = string.Create(CultureInfo.InvariantCulture, $"{Key}{held.Institution}:{held.Day:yyyy-MM-dd}");
            if (await Journal.Post(db, ids, clock, county, Cause.Inflow, key, held.Day, [new Leg("buyer", "", net), new Leg("institution", held.Institution, -net)], cancel) is null) continue;
            await db.SaveChangesAsync(cancel);
            booked++;
        }
        await change.CommitAsync(cancel);
        mirrored.Keep(county, until);
        return booked;
    }
}

/// <summary>Up to which day this process has mirrored each county, so that a day without payments is not looked through again every minute.</summary>
internal sealed class MirroredUntil
{
    private readonly ConcurrentDictionary<AreaCode, DateOnly> days = new();

    /// <summary>Is it mirrored up to this day?</summary>
    public bool Has(AreaCode county, DateOnly day) => days.TryGetValue(county, out var until) && until >= day;

    /// <summary>It is.</summary>
    public void Keep(AreaCode county, DateOnly day) => days[county] = day;
}
