using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Changes;

/// <summary>Agrees to a change request, refuses it, or takes it back. Who asked agrees to nothing of it, and nobody agrees twice; the last one's yes makes the change in the same transaction.</summary>
internal sealed class DecideChangeHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets, RegisterBook book)
{
    /// <summary>Agrees or refuses.</summary>
    /// <param name="changeId">Which.</param>
    /// <param name="agrees">Yes or no.</param>
    /// <param name="note">Why not; needed for a no.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Outcome<ChangeRequest>> Handle(long changeId, bool agrees, string? note, CancellationToken cancel)
    {
        if (await db.ChangeRequests.SingleOrDefaultAsync(c => c.Id == changeId, cancel) is not { } change) return new Refusal("change.gone");
        if (change.State != ChangeState.Open) return new Refusal("change.ended");
        if (!ChangeRoutes.MayTake(db.Scope.Role, change.NextStep)) return new Refusal("change.not-your-step");
        if (change.ByAccountId == db.Scope.AccountId) return new Refusal("change.own");
        if (await db.ChangeDecisions.AnyAsync(d => d.ChangeId == change.Id && d.ByAccountId == db.Scope.AccountId, cancel)) return new Refusal("change.twice");
        if (!agrees && string.IsNullOrWhiteSpace(note)) return new Refusal("change.why-not", Place.Input("Note"));

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.ChangeDecisions.Add(new ChangeDecision { Id = ids.Next(), ChangeId = change.Id, Step = change.StepsDone, Agrees = agrees, ByAccountId = db.Scope.AccountId, ByRole = db.Scope.Role, Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(), AtMs = clock.NowMs });
        if (agrees) change.StepsDone++;
        if (!agrees) End(change, ChangeState.Refused);
        else if (change.StepsDone == change.Route.Split(',').Length)
        {
            if ((await new ApplyChange(db, ids, clock, secrets, book).Run(change, Operation(change), cancel)).Refused is { } no) { db.ChangeTracker.Clear(); return no; }
            End(change, ChangeState.Done);
        }
        return await Save(change, agrees ? "agree" : "refuse", note, transaction, cancel);
    }

    /// <summary>Who asked takes it back.</summary>
    public async Task<Outcome<ChangeRequest>> Withdraw(long changeId, CancellationToken cancel)
    {
        if (await db.ChangeRequests.SingleOrDefaultAsync(c => c.Id == changeId && c.ByAccountId == db.Scope.AccountId, cancel) is not { } change) return new Refusal("change.gone");
        if (change.State != ChangeState.Open) return new Refusal("change.ended");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        End(change, ChangeState.Withdrawn);
        return await Save(change, "withdraw", null, transaction, cancel);
    }

    /// <summary>Undoes a merge: both entries stand again as they were, unless what the merge wrote was changed since. Needs somebody of the county who did not ask for it.</summary>
    public async Task<Outcome<ChangeRequest>> Undo(long changeId, string? reason, CancellationToken cancel)
    {
        if (await db.ChangeRequests.SingleOrDefaultAsync(c => c.Id == changeId, cancel) is not { } change) return new Refusal("change.gone");
        if (change is not { State: ChangeState.Done, UndoHidden: { } hidden }) return new Refusal("change.no-undo");
        if (!ChangeRoutes.MayTake(db.Scope.Role, "county")) return new Refusal("change.not-your-step");
        if (change.ByAccountId == db.Scope.AccountId) return new Refusal("change.own");
        if (string.IsNullOrWhiteSpace(reason)) return new Refusal("change.reason", Place.Input("Reason"));
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if ((await new Merges(db, ids, clock, book).Undo(change, secrets.Reveal(hidden, UndoBinding(change.Id)), cancel)).Refused is { } no) { db.ChangeTracker.Clear(); return no; }
        (change.State, change.EndedMs) = (ChangeState.Undone, clock.NowMs);
        return await Save(change, "undo", reason, transaction, cancel);
    }

    /// <summary>What a request asks for, in clear.</summary>
    public ChangeOperation Operation(ChangeRequest change) => JsonSerializer.Deserialize<ChangeOperation>(secrets.Reveal(change.OperationHidden, AskChangeHandler.OperationBinding(change.Id)))!;

    public static string UndoBinding(long changeId) => Secrets.Binding(ChangeRequest.Table, "undo", changeId);

    private void End(ChangeRequest change, ChangeState state)
    {
        (change.State, change.EndedMs) = (state, clock.NowMs);
        db.ChangeTouches.RemoveRange(db.ChangeTouches.Where(t => t.ChangeId == change.Id));
    }

    private async Task<Outcome<ChangeRequest>> Save(ChangeRequest change, string what, string? note, IDbContextTransaction transaction, CancellationToken cancel)
    {
        change.Stamp = Guid.NewGuid();
        db.Record(ids, clock, change.State is ChangeState.Done or ChangeState.Undone ? "change" : "decision", $"{what}-{change.Kind}", change.HouseholdId, fields: change.Fields, reason: note?.Trim());
        try
        {
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateConcurrencyException) { db.ChangeTracker.Clear(); return new Refusal("change.meanwhile"); }
        catch (DbUpdateException)
        {
            // A unique index refused it: a second head, a person in two households, a number that is somebody else's now.
            db.ChangeTracker.Clear();
            return new Refusal("change.meanwhile");
        }
        return change;
    }
}
