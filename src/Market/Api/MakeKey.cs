using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Api;

/// <summary>A key for an organisation of the county.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="OrganisationId">Cooperative, enterprise or station.</param>
/// <param name="Name">1 to 60 characters.</param>
/// <param name="Rights">At least one.</param>
/// <param name="PerMinute">1 to 6000.</param>
internal sealed record MakeKey(Guid RequestId, long OrganisationId, string Name, ApiRights Rights, int PerMinute);

/// <summary>Makes and takes back keys; both stand in the trail.</summary>
internal sealed class MakeKeyHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>Most requests a minute that a key can have.</summary>
    public const int MostPerMinute = 6000;

    /// <summary>Makes it.</summary>
    /// <returns>The key, this once: sent again it is refused with <c>api.key-shown</c>, for nobody knows it any more.</returns>
    public async Task<Outcome<string>> Handle(MakeKey request, CancellationToken cancel)
    {
        var name = request.Name.Trim();
        if (name.Length is < 1 or > 60) return new Refusal("api.key-name", Place.Input("Name"));
        if (request.Rights == ApiRights.None) return new Refusal("api.key-rights", Place.Input("Rights"));
        if (request.PerMinute is < 1 or > MostPerMinute) return new Refusal("api.key-limit", Place.Input("PerMinute"), MostPerMinute);
        var (county, last) = (db.Scope.County, db.Scope.County.Last);
        var organisation = await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == request.OrganisationId && o.Area >= county && o.Area <= last, cancel);
        if (organisation is null || RoleOf(organisation.Kind) is not { } role) return new Refusal("api.key-organisation", Place.Input("OrganisationId"));
        var key = ApiKey.Draw();
        db.ApiKeys.Add(new ApiKey
        {
            Id = ids.Next(), County = county, RequestId = request.RequestId, OrganisationId = organisation.Id, Area = organisation.Area, Role = role, Name = name, Hash = ApiKey.HashOf(key), Tail = key[^4..],
            Rights = request.Rights, PerMinute = request.PerMinute, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs,
        });
        db.Record(ids, clock, "decision", "api-key", 0, fields: request.Rights.ToString(), reason: $"{organisation.Code} {name}");
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.ApiKeys.AnyAsync(k => k.RequestId == request.RequestId, cancel)) return new Refusal("api.key-shown");
            throw;
        }
        return key;
    }

    /// <summary>Takes a key back: from the next request on it opens nothing. Taken back again, nothing changes.</summary>
    public async Task<Outcome<Done>> Revoke(long keyId, CancellationToken cancel)
    {
        if (await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == keyId, cancel) is not { } key) return new Refusal("api.key-unknown");
        if (key.RevokedMs is not null) return new Done();
        (key.RevokedMs, key.RevokedByAccountId) = (clock.NowMs, db.Scope.AccountId);
        db.Record(ids, clock, "decision", "api-key-revoked", 0, reason: $"{key.Name} …{key.Tail}");
        await db.SaveChangesAsync(cancel);
        return new Done();
    }

    /// <summary>The role in which a program of an organisation acts; null: it can have no key.</summary>
    public static string? RoleOf(OrganisationKind kind) => kind switch
    {
        OrganisationKind.Cooperative or OrganisationKind.Enterprise => Role.Cooperative,
        OrganisationKind.Centre or OrganisationKind.TownshipStation or OrganisationKind.VillageStation => Role.Station,
        _ => null,
    };
}
