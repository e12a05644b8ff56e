using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Intakes;

/// <summary>The household says yes to the finished figures: by its code, or by the voice clip or signed slip in <paramref name="Proof"/>.</summary>
internal sealed record ApproveIntake(long IntakeId, ApprovalKind Kind, string? Code, Upload? Proof);

internal sealed class ApproveIntakeHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Events events, LotIntake lots, OwnCodeCheck codes)
{
    private const int Tries = 4;

    /// <summary>Confirms the intake, puts it into a lot and tells settlement: all or nothing, once however often it is asked.</summary>
    public async Task<Outcome<Intake>> Handle(ApproveIntake request, CancellationToken cancel)
    {
        var intake = await db.IntakesForMe.AsNoTracking().SingleOrDefaultAsync(i => i.Id == request.IntakeId, cancel);
        if (intake is null) return new Refusal("market.intake-unknown");
        if (intake.State == IntakeState.Confirmed) return intake;
        if (intake.State == IntakeState.Cancelled) return new Refusal("market.intake-cancelled");
        switch (request.Kind)
        {
            case ApprovalKind.OwnCode:
                if (await codes.Check(intake, request.Code, cancel) is { } no) return no;
                break;
            case ApprovalKind.Voice or ApprovalKind.SignedSlip when request.Proof is not null: break;
            default: return new Refusal("market.upload-none");
        }

        for (var attempt = 1; ; attempt++)
            try { return await Confirm(request, intake, cancel); }
            // Somebody opened the same lot in the same moment: this time it is there.
            catch (DbUpdateException) when (attempt < Tries) { db.ChangeTracker.Clear(); }
    }

    private async Task<Outcome<Intake>> Confirm(ApproveIntake request, Intake intake, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = db.IntakesForMe.Where(i => i.Id == intake.Id && i.State == IntakeState.Unconfirmed);
        var evidence = request.Proof is { } proof ? new Evidence { Id = ids.Next(), County = intake.County, ContentType = proof.ContentType, Content = proof.Content, AtMs = clock.NowMs } : null;
        var (kind, now, evidenceId) = (request.Kind, clock.NowMs, evidence?.Id);
        var mine = await row.ExecuteUpdateAsync(set => set.SetProperty(i => i.State, IntakeState.Confirmed).SetProperty(i => i.Approval, kind).SetProperty(i => i.ApprovedMs, now).SetProperty(i => i.EvidenceId, evidenceId), cancel);
        if (mine == 1)
        {
            if (evidence is not null) db.Evidences.Add(evidence);
            var village = await db.HouseholdFacts.Where(h => h.Id == intake.HouseholdId).Select(h => h.Area).SingleAsync(cancel);
            var (lotId, boughtBy) = await lots.Put(intake, village, clock.Today, cancel);
            await db.IntakesForMe.Where(i => i.Id == intake.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.LotId, lotId), cancel);
            db.AgentTasks.Add(new AgentTask { County = intake.County, Id = ids.Next(), Area = intake.Area, StationId = intake.StationId, Task = "sell", CauseId = intake.Id, Amount = intake.Amount, Fee = AgentFees.Shipped["sell"].Of(intake.Amount), Day = clock.Today });
            await db.SaveChangesAsync(cancel);
            if (await events.Raise(new IntakeConfirmed(intake.County, intake.Id, lotId, intake.HouseholdId, intake.Amount, boughtBy, intake.Advance, clock.Today), cancel) is { } no)
            {
                await transaction.RollbackAsync(cancel);
                db.ChangeTracker.Clear();
                return no;
            }
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        else await transaction.RollbackAsync(cancel);
        var after = await db.IntakesForMe.AsNoTracking().SingleAsync(i => i.Id == intake.Id, cancel);
        return after.State == IntakeState.Cancelled ? new Refusal("market.intake-cancelled") : after;
    }
}
