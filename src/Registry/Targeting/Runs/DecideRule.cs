using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Targeting.Runs;

/// <summary>Puts a draft without faults forward.</summary>
internal sealed record ProposeRule(long VersionId);

/// <summary>A second person adopts or refuses.</summary>
/// <param name="Reason">Why not; for a refusal only.</param>
internal sealed record DecideRule(long VersionId, bool Adopt, string? Reason);

internal sealed class DecideRuleHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<Done>> Handle(ProposeRule request, CancellationToken cancel)
    {
        if (await db.TargetingVersions.SingleOrDefaultAsync(v => v.Id == request.VersionId, cancel) is not { } version || !RuleAccess.MayWrite(db.Scope)) return new Refusal("targeting.gone");
        if (version.State == RuleState.Proposed) return new Done(); // pressed twice
        if (version.State != RuleState.Draft) return new Refusal("targeting.not-a-draft");
        if (version.Hash is null) return new Refusal("targeting.has-faults");
        (version.State, version.ProposedByAccountId, version.Revision) = (RuleState.Proposed, db.Scope.AccountId, version.Revision + 1);
        return await RuleAccess.Save(db, cancel);
    }

    public async Task<Outcome<Done>> Handle(DecideRule request, CancellationToken cancel)
    {
        if (await db.TargetingVersions.SingleOrDefaultAsync(v => v.Id == request.VersionId, cancel) is not { } version || !RuleAccess.MayDecide(db.Scope)) return new Refusal("targeting.gone");
        var me = db.Scope.AccountId;
        if (version.State == (request.Adopt ? RuleState.Adopted : RuleState.Refused) && version.DecidedByAccountId == me) return new Done(); // pressed twice
        if (version.State != RuleState.Proposed) return new Refusal("targeting.not-proposed");
        if (request.Adopt && (me == version.ProposedByAccountId || me == version.WrittenByAccountId || me == version.ByAccountId)) return new Refusal("targeting.second-person");
        if (!request.Adopt && string.IsNullOrWhiteSpace(request.Reason)) return new Refusal("targeting.no-reason", Place.Input(nameof(request.Reason)));
        (version.State, version.DecidedByAccountId, version.DecidedDay, version.Revision) = (request.Adopt ? RuleState.Adopted : RuleState.Refused, me, clock.Today, version.Revision + 1);
        version.Reason = request.Adopt ? null : request.Reason!.Trim();
        db.Record(ids, clock, "decision", request.Adopt ? "targeting-adopt" : "targeting-refuse", 0, reason: version.Reason);
        return await RuleAccess.Save(db, cancel);
    }
}
