using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Schemes;

/// <summary>Begins a scheme with a first draft.</summary>
/// <param name="RequestId">Made by the form.</param>
/// <param name="CooperativeId">Whose assembly will adopt it; null: a second person of the county will.</param>
/// <param name="Channel">The one channel for which it is meant; null or empty: every channel.</param>
/// <param name="Model">The organisation model from whose example it starts, 1 to 4.</param>
internal sealed record BeginScheme(Guid RequestId, string Name, string NameEn, long? CooperativeId, string? Channel, int Model);

internal sealed class BeginSchemeHandler(ShanhuoDb db, Ids ids, SchemeModels models)
{
    public async Task<Outcome<SchemeVersion>> Handle(BeginScheme request, CancellationToken cancel)
    {
        for (var tries = 0; ; tries++)
        {
            if (await Begun(request.RequestId, cancel) is { } begun) return begun;
            var (name, nameEn, channel) = (request.Name.Trim(), request.NameEn.Trim(), string.IsNullOrWhiteSpace(request.Channel) ? null : request.Channel.Trim());
            if (name.Length is 0 or > 60) return new Refusal("scheme.name-length", Place.Input(nameof(request.Name)));
            if (nameEn.Length is 0 or > 120) return new Refusal("scheme.name-length", Place.Input(nameof(request.NameEn)));
            if (!models.Has(request.Model)) return new Refusal("scheme.no-model", Place.Input(nameof(request.Model)));
            if (request.CooperativeId is { } id && !await MayWriteFor(id, cancel)) return new Refusal("scheme.not-yours", Place.Input(nameof(request.CooperativeId)));
            if (request.CooperativeId is null && db.Scope.Role == Role.Cooperative) return new Refusal("scheme.not-yours", Place.Input(nameof(request.CooperativeId)));
            var county = db.Scope.County;
            var number = await db.Schemes.CountAsync(s => s.County == county, cancel) + 1 + tries;
            var scheme = new SchemeRecord
            {
                Id = ids.Next(), County = county, Code = string.Create(CultureInfo.InvariantCulture, $"S-{county}-{number:00}"), RequestId = request.RequestId,
                CooperativeId = request.CooperativeId, Channel = channel, Model = request.Model, Name = name, NameEn = nameEn,
            };
            var version = new SchemeVersion { Id = ids.Next(), County = county, SchemeId = scheme.Id, Number = 1, RequestId = request.RequestId, Document = models.Document(request.Model), ByAccountId = db.Scope.AccountId };
            db.Schemes.Add(scheme);
            db.SchemeVersions.Add(version);
            try
            {
                await db.SaveChangesAsync(cancel);
                return version;
            }
            catch (DbUpdateException) when (tries < 5)
            {
                db.ChangeTracker.Clear(); // the same request a second time, or the same code
            }
        }
    }

    private Task<SchemeVersion?> Begun(Guid requestId, CancellationToken cancel) => db.SchemeVersions.FirstOrDefaultAsync(v => v.RequestId == requestId, cancel);

    private async Task<bool> MayWriteFor(long cooperative, CancellationToken cancel) =>
        (db.Scope.Role != Role.Cooperative || db.Scope.OrganisationId == cooperative)
        && await db.OrganisationFacts.AnyAsync(o => o.Id == cooperative && o.Kind == OrganisationKind.Cooperative && o.Area >= db.Scope.FirstArea && o.Area <= db.Scope.LastArea, cancel);
}

/// <summary>Begins a new draft from a version of the same scheme.</summary>
internal sealed record CopyVersion(Guid RequestId, long VersionId);

internal sealed class CopyVersionHandler(ShanhuoDb db, Ids ids)
{
    public async Task<Outcome<SchemeVersion>> Handle(CopyVersion request, CancellationToken cancel)
    {
        for (var tries = 0; ; tries++)
        {
            if (await db.SchemeVersions.FirstOrDefaultAsync(v => v.RequestId == request.RequestId, cancel) is { } made) return made;
            if (await SchemeAccess.Writable(db, request.VersionId, cancel) is not var (scheme, from)) return new Refusal("scheme.gone");
            var number = await db.SchemeVersions.Where(v => v.SchemeId == scheme.Id).MaxAsync(v => v.Number, cancel) + 1;
            var version = new SchemeVersion { Id = ids.Next(), County = scheme.County, SchemeId = scheme.Id, Number = number, RequestId = request.RequestId, Document = from.Document, ByAccountId = db.Scope.AccountId };
            db.SchemeVersions.Add(version);
            try
            {
                await db.SaveChangesAsync(cancel);
                return version;
            }
            catch (DbUpdateException) when (tries < 5)
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}

/// <summary>Keeps what is written in a draft, faults and all: only what is put to others must be without.</summary>
internal sealed record SaveDraft(long VersionId, int Revision, string Document);

internal sealed class SaveDraftHandler(ShanhuoDb db)
{
    public async Task<Outcome<SchemeVersion>> Handle(SaveDraft request, CancellationToken cancel)
    {
        if (await SchemeAccess.Writable(db, request.VersionId, cancel) is not var (_, version)) return new Refusal("scheme.gone");
        if (version.State != SchemeState.Draft) return new Refusal("scheme.not-a-draft");
        if (version.Document == request.Document) return version;
        if (version.Revision != request.Revision) return new Refusal("scheme.draft-changed");
        (version.Document, version.Revision) = (request.Document, version.Revision + 1);
        try
        {
            await db.SaveChangesAsync(cancel);
            return version;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("scheme.draft-changed");
        }
    }
}

/// <summary>Who may read and write which schemes.</summary>
internal static class SchemeAccess
{
    /// <summary>The schemes that a reader sees: a cooperative's manager the own and those of the county, a household those of its cooperatives and of the county, others all of their area.</summary>
    public static IQueryable<SchemeRecord> Readable(ShanhuoDb db)
    {
        var scope = db.Scope;
        if (scope.HouseholdId is { } household)
        {
            var mine = db.MembershipFacts.Where(m => m.HouseholdId == household);
            return db.Schemes.Where(s => s.CooperativeId == null || mine.Any(m => m.OrganisationId == s.CooperativeId));
        }
        return scope.Role == Role.Cooperative ? db.Schemes.Where(s => s.CooperativeId == null || s.CooperativeId == scope.OrganisationId) : db.Schemes;
    }

    /// <summary>A version with its scheme, to be changed by this person; null where it is not there or not theirs.</summary>
    public static async Task<(SchemeRecord Scheme, SchemeVersion Version)?> Writable(ShanhuoDb db, long versionId, CancellationToken cancel)
    {
        if (await db.SchemeVersions.SingleOrDefaultAsync(v => v.Id == versionId, cancel) is not { } version) return null;
        if (await Readable(db).SingleOrDefaultAsync(s => s.Id == version.SchemeId, cancel) is not { } scheme) return null;
        return MayWrite(db.Scope, scheme) ? (scheme, version) : null;
    }

    /// <summary>May this person write drafts of the scheme and put them forward?</summary>
    public static bool MayWrite(Scope scope, SchemeRecord scheme) => scope.Role == Role.CountyStaff || (scope.Role == Role.Cooperative && scheme.CooperativeId is not null && scheme.CooperativeId == scope.OrganisationId);

    /// <summary>May this person be the second one for a scheme of the county?</summary>
    public static bool MayDecide(Scope scope, SchemeRecord scheme) => scheme.CooperativeId is null && scope.Role is Role.CountyStaff or Role.CountyOfficial;
}
