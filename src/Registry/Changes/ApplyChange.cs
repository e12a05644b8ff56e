using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Changes;

/// <summary>Makes a change to which all have agreed, or says what stands against it by now. Adds to the current change and saves nothing itself.</summary>
internal sealed class ApplyChange(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets, RegisterBook book)
{
    private readonly Places places = new(db, ids, book);

    public async Task<Outcome<Done>> Run(ChangeRequest change, ChangeOperation operation, CancellationToken cancel)
    {
        var cause = ChangeCause.Request(change.Id);
        if (operation is RegisterHousehold fresh) return await Register(change, fresh, cause, cancel);
        // Whoever agrees may see less than the change reaches: the one that asked has been checked for it.
        if (await db.Unfiltered<Household>("a change to which all have agreed is made wherever it reaches").SingleOrDefaultAsync(h => h.Id == change.HouseholdId && h.Until == null, cancel) is not { } home) return new Refusal("change.no-household");
        var members = await db.Members.Where(m => m.HouseholdId == home.Id && m.Until == null).ToListAsync(cancel);
        Member? Of(long id) => members.Find(m => m.Id == id);
        switch (operation)
        {
            case CorrectField correct:
                {
                    var member = correct.MemberId is { } id ? Of(id) : null;
                    if (correct.MemberId is not null && member is null) return new Refusal("change.no-member");
                    var field = RegisterFields.Find(member is null ? FieldOwner.Household : FieldOwner.Member, correct.Field)!;
                    if (AskChangeHandler.Shown(field, home, member) != correct.Seen) return new Refusal("change.seen");
                    if (member is null) book.Set(home, field, correct.Value, cause);
                    else book.Set(member, home, field, correct.Value, cause);
                    return default(Done);
                }
            case SetCauses causes:
                {
                    var old = await db.PovertyCauses.Where(c => c.HouseholdId == home.Id && c.Until == null).ToListAsync(cancel);
                    foreach (var gone in old) gone.Until = clock.Today;
                    db.PovertyCauses.AddRange(causes.Causes.Select((c, i) => new PovertyCause { Id = ids.Next(), HouseholdId = home.Id, Area = home.Area, Cause = c, IsMain = i == 0, Since = clock.Today }));
                    book.Keep(home.Id, null, "causes", string.Join(',', old.OrderByDescending(c => c.IsMain).Select(c => c.Cause)), string.Join(',', causes.Causes), cause);
                    return default(Done);
                }
            case AddMember add:
                Enter(home, add.Relation, add.Values, add.On, cause);
                return default(Done);
            case MemberLeft left:
                if (Of(left.MemberId) is not { } leaving) return new Refusal("change.no-member");
                if (leaving.Relation == "head" && members.Count > 1) return new Refusal("change.head-first");
                await places.Leave(leaving, left.Because, left.On, cause, cancel);
                if (members.Count == 1) home.Until = left.On;
                return default(Done);
            case MoveMember move:
                {
                    var to = await db.Unfiltered<Household>("somebody may marry into a household of another area").SingleOrDefaultAsync(h => h.Id == move.ToHouseholdId && h.Until == null, cancel);
                    if (to is null) return new Refusal("change.no-target");
                    if (Of(move.MemberId) is not { } moving) return new Refusal("change.no-member");
                    if (moving.Relation == "head" && members.Count > 1) return new Refusal("change.head-first");
                    await places.Become(moving, to, move.Relation, move.On, cause, cancel);
                    if (members.Count == 1) home.Until = move.On;
                    return default(Done);
                }
            case SplitHousehold split:
                {
                    if (split.MemberIds.Any(id => Of(id) is null or { Relation: "head" })) return new Refusal("change.no-member");
                    var fresh2 = new Household { Id = ids.Next(), Code = await places.NextCode(home.Area.County, cancel), Area = home.Area, HeadName = Of(split.HeadMemberId)!.Name, VillageGroup = home.VillageGroup };
                    db.Households.Add(fresh2);
                    book.Keep(fresh2.Id, null, "household", null, home.Code, cause);
                    book.Keep(home.Id, null, "household", null, fresh2.Code, cause);
                    foreach (var id in split.MemberIds) await places.Become(Of(id)!, fresh2, id == split.HeadMemberId ? "head" : split.Relations[id], split.On, cause, cancel);
                    return default(Done);
                }
            case ChangeHead head:
                if (Of(head.HeadMemberId) is not { } next || next.Relation == "head") return new Refusal("change.no-member");
                if (members.Find(m => m.Relation == "head") is { } former) await places.Become(former, home, head.FormerHead, head.On, cause, cancel);
                await places.Become(next, home, "head", head.On, cause, cancel);
                return default(Done);
            case MoveHousehold move:
                await places.Move(home, move.Village, cause, cancel);
                return default(Done);
            case MergeMembers or MergeHouseholds:
                var merged = await new Merges(db, ids, clock, book).Merge(operation, home, cause, cancel);
                if (!merged.Ok(out var undo, out var no)) return no;
                change.UndoHidden = secrets.Hide(undo, DecideChangeHandler.UndoBinding(change.Id));
                return default(Done);
            default: throw new NotSupportedException(operation.Kind);
        }
    }

    private async Task<Outcome<Done>> Register(ChangeRequest change, RegisterHousehold fresh, ChangeCause cause, CancellationToken cancel)
    {
        var village = AreaCode.Parse(fresh.Household["village"]);
        var home = new Household { Id = ids.Next(), Code = await places.NextCode(village.County, cancel), Area = village, HeadName = fresh.Head["name"] };
        foreach (var (key, value) in fresh.Household.Where(v => v.Key != "village"))
            if (RegisterFields.Find(FieldOwner.Household, key)! is { Kind: not FieldKind.Phone } field) field.Write(home, value);
            else book.Reach(home, value);
        db.Households.Add(home);
        book.Keep(home.Id, null, "household", null, home.Code, cause);
        Enter(home, "head", fresh.Head, fresh.On, cause);
        change.HouseholdId = home.Id;
        return default(Done);
    }

    private void Enter(Household home, string relation, IReadOnlyDictionary<string, string> values, DateOnly on, ChangeCause cause)
    {
        var member = new Member { Id = ids.Next(), HouseholdId = home.Id, Area = home.Area, Name = values["name"], Relation = relation, Since = on };
        foreach (var (key, value) in values)
            if (RegisterFields.Find(FieldOwner.Member, key)! is { Kind: not FieldKind.Identity } field) field.Write(member, value);
        if (values.TryGetValue("identity", out var number)) book.Identify(member, number);
        if (member.BirthDay is { } born) member.BirthYear = born.Year;
        db.Members.Add(member);
        db.MemberRoles.Add(new MemberRole { Id = ids.Next(), MemberId = member.Id, HouseholdId = home.Id, Relation = relation, Since = on });
        book.Keep(home.Id, member.Id, "member", null, member.Name, cause);
    }
}
