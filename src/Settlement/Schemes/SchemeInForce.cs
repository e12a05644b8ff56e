using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Schemes;

/// <summary>Which version holds for whom on a day.</summary>
internal static class SchemeInForce
{
    /// <summary>The version for a seller and channel: of cooperative and channel, cooperative, channel, county, the first that has one adopted by that day; null where none has.</summary>
    public static async Task<SchemeVersion?> For(ShanhuoDb db, AreaCode county, long? cooperativeId, string? channel, DateOnly day, CancellationToken cancel)
    {
        var uses = await db.SchemeUses.AsNoTracking()
            .Where(u => u.County == county && u.Since <= day && (u.CooperativeId == null || u.CooperativeId == cooperativeId) && (u.Channel == null || u.Channel == channel)).ToListAsync(cancel);
        foreach (var use in uses.OrderByDescending(u => u.CooperativeId is not null).ThenByDescending(u => u.Channel is not null).ThenByDescending(u => u.Since))
            if (await Of(db, use.SchemeId, day, cancel) is { } version) return version;
        return null;
    }

    /// <summary>The version of a scheme that holds on a day; null before the first was adopted.</summary>
    public static Task<SchemeVersion?> Of(ShanhuoDb db, long schemeId, DateOnly day, CancellationToken cancel) =>
        db.SchemeVersions.AsNoTracking().Where(v => v.SchemeId == schemeId && v.State == SchemeState.Adopted && v.AdoptedDay <= day).OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancel);

    /// <summary>The document of an adopted version.</summary>
    /// <exception cref="InvalidOperationException">It is none; it was checked when it was adopted.</exception>
    public static Scheme Read(SchemeVersion version) =>
        // The floors of the day of adoption bind; a later law does not rewrite what was agreed.
        SchemeReader.TryRead(Encoding.UTF8.GetBytes(version.Document), version.AdoptedDay ?? DateOnly.MinValue, out var scheme, out var faults) ? scheme
            : throw new InvalidOperationException($"Scheme version {version.Id} is none: {faults[0]}");
}

/// <summary>Names the version that an order keeps for good.</summary>
internal sealed class ChooseScheme(ShanhuoDb db) : IChooseScheme
{
    public async Task<Outcome<long>> For(AreaCode county, long lotId, string channel, DateOnly day, CancellationToken cancel)
    {
        var code = await db.LotFacts.Where(l => l.County == county && l.Id == lotId).Select(l => l.Cooperative).SingleOrDefaultAsync(cancel);
        long? cooperative = code is null ? null : await db.OrganisationFacts.Where(o => o.Code == code).Select(o => o.Id).SingleAsync(cancel);
        var version = await SchemeInForce.For(db, county, cooperative, channel, day, cancel);
        return version is not null ? version.Id : new Refusal("settlement.no-scheme", Place.None, channel, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }
}
