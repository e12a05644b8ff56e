using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Settlement.Schemes;

/// <summary>Puts a draft without faults forward: a cooperative's to its assembly, the county's to a second person. From now on its document never changes.</summary>
/// <param name="MeetingDay">Day of the assembly; for a cooperative's scheme only.</param>
internal sealed record ProposeVersion(long VersionId, DateOnly? MeetingDay);

internal sealed class ProposeVersionHandler(ShanhuoDb db, TimeProvider clock, CallBallot ballots)
{
    /// <summary>What ballots call a version of a scheme.</summary>
    public const string SubjectKind = "scheme-version";

    public async Task<Outcome<Done>> Handle(ProposeVersion request, CancellationToken cancel)
    {
        if (await SchemeAccess.Writable(db, request.VersionId, cancel) is not var (scheme, version)) return new Refusal("scheme.gone");
        if (version.State == SchemeState.Proposed) return new Done(); // pressed twice
        if (version.State != SchemeState.Draft) return new Refusal("scheme.not-a-draft");
        if (!SchemeReader.TryRead(Encoding.UTF8.GetBytes(version.Document), clock.Today, out var read, out var faults)) return new Refusal("scheme.has-faults", Place.None, faults.Count);
        if (await db.SchemeVersions.AnyAsync(v => v.SchemeId == scheme.Id && v.State == SchemeState.Proposed, cancel)) return new Refusal("scheme.already-proposed");
        if (await Passed(scheme.Id, version.Number, cancel)) return new Refusal("scheme.passed-over");
        if (scheme.CooperativeId is { } cooperative)
        {
            if (request.MeetingDay is not { } day) return new Refusal("scheme.no-meeting-day", Place.Input(nameof(request.MeetingDay)));
            var called = ballots.Add(new BallotCall
            {
                County = scheme.County, OrganisationId = cooperative, SubjectKind = SubjectKind, SubjectId = version.Id, SubjectPath = $"/settlement/schemes/version/{version.Id}", MeetingDay = day,
                Text = $"采用分配方案“{scheme.Name}”第 {version.Number} 版", TextEn = $"Adopt the scheme “{scheme.NameEn}”, version {version.Number}",
            });
            if (!called.Ok(out var ballot, out var no)) return no;
            version.BallotId = ballot;
        }
        // The text that binds is the one that was checked.
        (version.Document, version.State, version.ProposedByAccountId, version.Revision) = (read.Json, SchemeState.Proposed, db.Scope.AccountId, version.Revision + 1);
        return await Adoption.Save(db, cancel);
    }

    private Task<bool> Passed(long schemeId, int number, CancellationToken cancel) => db.SchemeVersions.AnyAsync(v => v.SchemeId == schemeId && v.Number > number && v.State == SchemeState.Adopted, cancel);
}

/// <summary>The second person's word on a scheme of the county.</summary>
/// <param name="Reason">Why not; for a refusal only.</param>
internal sealed record DecideVersion(long VersionId, bool Adopt, string? Reason);

internal sealed class DecideVersionHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<Done>> Handle(DecideVersion request, CancellationToken cancel)
    {
        if (await db.SchemeVersions.SingleOrDefaultAsync(v => v.Id == request.VersionId, cancel) is not { } version) return new Refusal("scheme.gone");
        if (await SchemeAccess.Readable(db).SingleOrDefaultAsync(s => s.Id == version.SchemeId, cancel) is not { } scheme) return new Refusal("scheme.gone");
        if (scheme.CooperativeId is not null) return new Refusal("scheme.assembly-decides");
        if (!SchemeAccess.MayDecide(db.Scope, scheme)) return new Refusal("scheme.gone");
        var me = db.Scope.AccountId;
        if (version.State == (request.Adopt ? SchemeState.Adopted : SchemeState.Refused) && version.ApprovedByAccountId == me) return new Done(); // pressed twice
        if (version.State != SchemeState.Proposed) return new Refusal("scheme.not-proposed");
        // Taking back one's own proposal needs nobody else; adopting it does.
        if (request.Adopt && (me == version.ProposedByAccountId || me == version.ByAccountId)) return new Refusal("scheme.second-person");
        if (!request.Adopt && string.IsNullOrWhiteSpace(request.Reason)) return new Refusal("scheme.no-reason", Place.Input(nameof(request.Reason)));
        if (request.Adopt && Adoption.Faults(version, clock.Today) is { } faults) return new Refusal("scheme.has-faults", Place.None, faults);
        version.ApprovedByAccountId = me;
        version.Reason = request.Adopt ? null : request.Reason!.Trim();
        if (request.Adopt) await Adoption.Adopt(db, ids, scheme, version, clock.Today, cancel);
        else (version.State, version.Revision) = (SchemeState.Refused, version.Revision + 1);
        return await Adoption.Save(db, cancel);
    }
}

/// <summary>The assembly has decided on a cooperative's scheme.</summary>
internal sealed class AdoptVoted(ShanhuoDb db, Ids ids) : IHandle<BallotClosed>
{
    public async Task<Refusal?> Handle(BallotClosed news, CancellationToken cancel)
    {
        if (news.SubjectKind != ProposeVersionHandler.SubjectKind) return null;
        var version = await db.SchemeVersions.SingleAsync(v => v.Id == news.SubjectId && v.BallotId == news.BallotId, cancel);
        if (version.State != SchemeState.Proposed) return new Refusal("scheme.not-proposed");
        var scheme = await db.Schemes.SingleAsync(s => s.Id == version.SchemeId, cancel);
        // A law that changed since the notice leaves nothing to adopt, however many voted yes.
        if (news.Result == BallotResult.Carried && Adoption.Faults(version, news.Day) is null) await Adoption.Adopt(db, ids, scheme, version, news.Day, cancel);
        else (version.State, version.Revision) = (SchemeState.Refused, version.Revision + 1);
        return null;
    }
}

/// <summary>What adoption changes: the version is in force from its day, for the use that its scheme is meant for. Nothing earlier is touched.</summary>
internal static class Adoption
{
    /// <summary>How many faults the document has by the law of a day; null: none.</summary>
    public static int? Faults(SchemeVersion version, DateOnly on) => SchemeReader.TryRead(Encoding.UTF8.GetBytes(version.Document), on, out _, out var faults) ? null : faults.Count;

    /// <summary>Adds the adoption to the current change.</summary>
    public static async Task Adopt(ShanhuoDb db, Ids ids, SchemeRecord scheme, SchemeVersion version, DateOnly day, CancellationToken cancel)
    {
        (version.State, version.AdoptedDay, version.Revision) = (SchemeState.Adopted, day, version.Revision + 1);
        var key = SchemeUse.KeyOf(scheme.CooperativeId, scheme.Channel);
        var now = await db.SchemeUses.Where(u => u.County == scheme.County && u.Key == key).OrderByDescending(u => u.Since).FirstOrDefaultAsync(cancel);
        if (now?.SchemeId == scheme.Id) return;
        if (now?.Since == day) now.SchemeId = scheme.Id;
        else db.SchemeUses.Add(new SchemeUse { Id = ids.Next(), County = scheme.County, CooperativeId = scheme.CooperativeId, Channel = scheme.Channel, Since = day, SchemeId = scheme.Id });
    }

    /// <summary>Saves a step; of two who take it at once, the second is told to look again.</summary>
    public static async Task<Outcome<Done>> Save(ShanhuoDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return new Done();
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("scheme.raced");
        }
    }
}
