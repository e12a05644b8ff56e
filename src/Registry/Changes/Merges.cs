using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Changes;

/// <summary>Makes one entry of two, and two of one again. Adds to the current change and saves nothing itself.</summary>
internal sealed class Merges(ShanhuoDb db, Ids ids, TimeProvider clock, RegisterBook book)
{
    private const string Why = "a merge to which all have agreed is made wherever it reaches";
    private readonly Places places = new(db, ids, book);

    /// <summary>What a merge of members moved, to put it back: identity number as kept, fields that the kept one took, role of the one that went.</summary>
    private sealed record MemberUndo(long Keep, long Gone, string? IdentityHidden, string? IdentityKey, string? IdentityMask, Dictionary<string, string> Taken, string Relation, DateOnly Since, long GoneHome, bool HomeEnded);

    private sealed record HouseholdUndo(long Keep, long Gone, List<HouseholdUndo.Moved> People)
    {
        internal sealed record Moved(long Member, string Relation, string NowRelation);
    }

    /// <summary>Merges.</summary>
    /// <returns>What is needed to undo it, as JSON.</returns>
    public async Task<Outcome<string>> Merge(ChangeOperation operation, Household home, ChangeCause cause, CancellationToken cancel) =>
        operation is MergeMembers members ? await Members(members, home, cause, cancel) : await Homes((MergeHouseholds)operation, home, cause, cancel);

    private async Task<Outcome<string>> Members(MergeMembers merge, Household home, ChangeCause cause, CancellationToken cancel)
    {
        var two = await db.Unfiltered<Member>(Why).Where(m => (m.Id == merge.KeepId || m.Id == merge.GoneId) && m.Until == null).ToListAsync(cancel);
        if (two.Find(m => m.Id == merge.KeepId) is not { } keep || two.Find(m => m.Id == merge.GoneId) is not { } gone) return new Refusal("change.no-member");
        if (keep.IdentityKey is not null && gone.IdentityKey is not null) return new Refusal("change.two-people");
        var alone = !await db.Unfiltered<Member>(Why).AnyAsync(m => m.HouseholdId == gone.HouseholdId && m.Until == null && m.Id != gone.Id, cancel);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in RegisterFields.OfMember.Where(f => f.Kind != FieldKind.Identity && f.Read(keep) is null))
            if (field.Read(gone) is { } value)
            {
                book.Set(keep, home, field, value, cause);
                taken[field.Key] = value;
            }
        var undo = new MemberUndo(keep.Id, gone.Id, gone.IdentityHidden, gone.IdentityKey, gone.IdentityMask, taken, gone.Relation, gone.Since, gone.HouseholdId, alone && gone.HouseholdId != home.Id);
        if (gone.IdentityHidden is { } hidden)
        {
            // The number is bound to its row: it is opened and hidden anew for the row that is kept.
            var number = book.IdentityOf(gone);
            (gone.IdentityHidden, gone.IdentityKey, gone.IdentityMask) = (null, null, null);
            await db.SaveChangesAsync(cancel);
            book.Set(keep, home, RegisterFields.Find(FieldOwner.Member, "identity")!, number, cause);
        }
        await places.Leave(gone, "merged", clock.Today, cause, cancel);
        if (undo.HomeEnded && await db.Unfiltered<Household>(Why).SingleOrDefaultAsync(h => h.Id == gone.HouseholdId, cancel) is { } empty) empty.Until = clock.Today;
        return JsonSerializer.Serialize(undo);
    }

    private async Task<Outcome<string>> Homes(MergeHouseholds merge, Household home, ChangeCause cause, CancellationToken cancel)
    {
        var gone = await db.Unfiltered<Household>(Why).SingleOrDefaultAsync(h => h.Id == merge.GoneId && h.Until == null, cancel);
        if (gone is null) return new Refusal("change.no-household");
        var people = await db.Unfiltered<Member>(Why).Where(m => m.HouseholdId == gone.Id && m.Until == null).OrderBy(m => m.Id).ToListAsync(cancel);
        var undo = new HouseholdUndo(home.Id, gone.Id, []);
        foreach (var member in people)
        {
            var relation = member.Relation == "head" ? "other" : member.Relation;
            undo.People.Add(new(member.Id, member.Relation, relation));
            await places.Become(member, home, relation, clock.Today, cause, cancel);
        }
        (gone.Until, gone.MergedIntoId) = (clock.Today, home.Id);
        book.Keep(gone.Id, null, "household", gone.Code, home.Code, cause);
        return JsonSerializer.Serialize(undo);
    }

    /// <summary>Undoes what a request merged.</summary>
    /// <returns>Refused with <c>change.undo-late</c> when what the merge wrote was changed since.</returns>
    public async Task<Outcome<Done>> Undo(ChangeRequest change, string undo, CancellationToken cancel)
    {
        var cause = ChangeCause.Request(change.Id);
        return change.Kind == "merge-members" ? await Part(JsonSerializer.Deserialize<MemberUndo>(undo)!, cause, cancel) : await Part(JsonSerializer.Deserialize<HouseholdUndo>(undo)!, cause, cancel);
    }

    private async Task<Outcome<Done>> Part(MemberUndo undo, ChangeCause cause, CancellationToken cancel)
    {
        var keep = await db.Unfiltered<Member>(Why).SingleAsync(m => m.Id == undo.Keep, cancel);
        var gone = await db.Unfiltered<Member>(Why).SingleAsync(m => m.Id == undo.Gone, cancel);
        var home = await db.Unfiltered<Household>(Why).SingleAsync(h => h.Id == keep.HouseholdId, cancel);
        var old = await db.Unfiltered<Household>(Why).SingleAsync(h => h.Id == undo.GoneHome, cancel);
        if (keep.Until is not null || (old.Until is not null && !undo.HomeEnded) || undo.Taken.Any(t => RegisterFields.Find(FieldOwner.Member, t.Key)!.Read(keep) != t.Value) || (undo.IdentityKey is not null && keep.IdentityKey != undo.IdentityKey)) return new Refusal("change.undo-late");
        if (undo.Relation == "head" && await db.Unfiltered<Member>(Why).AnyAsync(m => m.HouseholdId == old.Id && m.Until == null && m.Relation == "head", cancel)) return new Refusal("change.undo-late");
        foreach (var (key, _) in undo.Taken) book.Set(keep, home, RegisterFields.Find(FieldOwner.Member, key)!, null, cause);
        if (undo.IdentityKey is not null)
        {
            book.Set(keep, home, RegisterFields.Find(FieldOwner.Member, "identity")!, null, cause);
            await db.SaveChangesAsync(cancel);
            (gone.IdentityHidden, gone.IdentityKey, gone.IdentityMask) = (undo.IdentityHidden, undo.IdentityKey, undo.IdentityMask);
        }
        (gone.Until, gone.LeftBecause) = (null, null);
        if (undo.HomeEnded) old.Until = null;
        await places.Become(gone, old, undo.Relation, clock.Today, cause, cancel);
        gone.Since = undo.Since;
        return default(Done);
    }

    private async Task<Outcome<Done>> Part(HouseholdUndo undo, ChangeCause cause, CancellationToken cancel)
    {
        var gone = await db.Unfiltered<Household>(Why).SingleAsync(h => h.Id == undo.Gone, cancel);
        var moved = undo.People.ConvertAll(p => p.Member);
        var people = await db.Unfiltered<Member>(Why).Where(m => moved.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        if (gone.MergedIntoId != undo.Keep || undo.People.Exists(p => people[p.Member] is var m && (m.HouseholdId != undo.Keep || m.Until is not null || m.Relation != p.NowRelation))) return new Refusal("change.undo-late");
        (gone.Until, gone.MergedIntoId) = (null, null);
        foreach (var person in undo.People) await places.Become(people[person.Member], gone, person.Relation, clock.Today, cause, cancel);
        book.Keep(gone.Id, null, "household", null, gone.Code, cause);
        return default(Done);
    }
}
