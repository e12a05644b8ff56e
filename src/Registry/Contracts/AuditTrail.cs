using Shanhuo.Kernel;
using Shanhuo.Registry.Trail;

namespace Shanhuo.Registry.Contracts;

/// <summary>What a check of the audit trail found.</summary>
/// <param name="Sealed">Records whose link is sound.</param>
/// <param name="Waiting">Records that are not chained yet.</param>
/// <param name="Fault">The first fault: <c>trail.gap</c>, <c>trail.missing</c>, <c>trail.changed</c>, <c>trail.outside</c>; null: sound.</param>
public sealed record TrailCheck(long Sealed, long Waiting, Refusal? Fault);

/// <summary>The trail of who looked at, changed, took out or decided about the data of households; hash-chained.</summary>
public sealed class AuditTrail(ShanhuoDb db)
{
    /// <summary>Chains what waits, then goes through the whole chain.</summary>
    public async Task<TrailCheck> Verify(CancellationToken cancel)
    {
        var sealer = new TrailSealer(db);
        await sealer.SealAll(cancel);
        return await sealer.Check(cancel);
    }
}

/// <summary>Writing into the trail.</summary>
public static class TrailOf
{
    extension(ShanhuoDb db)
    {
        /// <summary>Adds to this change the record that somebody looked at a household's private part.</summary>
        public void RecordLook(Ids ids, TimeProvider clock, long householdId, string what, string? reason = null) => db.Record(ids, clock, "look", what, householdId, reason: reason);

        /// <summary>Adds a record to this change.</summary>
        /// <param name="ids">For its id.</param>
        /// <param name="clock">For its time.</param>
        /// <param name="kind"><c>look</c>, <c>reveal</c>, <c>refused</c>, <c>change</c>, <c>export</c>, <c>decision</c>.</param>
        /// <param name="what">Which part, or which act; never a value.</param>
        /// <param name="householdId">0: of no single household.</param>
        /// <param name="memberId">The member, if it is about one.</param>
        /// <param name="fields">Names of fields with commas; never values.</param>
        /// <param name="reason">As stated.</param>
        public void Record(Ids ids, TimeProvider clock, string kind, string what, long householdId, long? memberId = null, string? fields = null, string? reason = null)
        {
            ArgumentNullException.ThrowIfNull(ids);
            var id = ids.Next();
            db.Trail.Add(new AuditRecord
            {
                Id = id, Kind = kind, What = what, HouseholdId = householdId, MemberId = memberId, AccountId = db.Scope.AccountId, Role = db.Scope.Role, ActorArea = db.Scope.Area,
                Fields = fields, Reason = reason, AtMs = clock.NowMs,
            });
            db.TrailWaiting.Add(new TrailWaiting { RecordId = id });
        }
    }
}
