using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Changes;

/// <summary>Asks for a change of the register.</summary>
/// <param name="RequestId">The same for every try.</param>
/// <param name="HouseholdId">Which household; 0 to register one.</param>
/// <param name="Operation">What shall change.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Evidence">What proves it, or null.</param>
internal sealed record AskChange(Guid RequestId, long HouseholdId, ChangeOperation Operation, string Reason, string? Evidence = null);

/// <summary>Checks a request as far as can be seen today, and keeps it from meeting another open one. What may change until it is due is checked again then.</summary>
internal sealed class AskChangeHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets, RegisterBook book)
{
    /// <summary>The request; of one that was sent before, that one. Refusals: <c>change.*</c> and those of the fields.</summary>
    public async Task<Outcome<ChangeRequest>> Handle(AskChange request, CancellationToken cancel)
    {
        if (await db.ChangeRequests.SingleOrDefaultAsync(c => c.RequestId == request.RequestId, cancel) is { } known) return known;
        if (!ChangeRoutes.Askers.Contains(db.Scope.Role)) return new Refusal("change.not-you");
        var reason = request.Reason.Trim();
        if (reason.Length is < 2 or > 500) return new Refusal("change.reason", Place.Input("Reason"));
        var found = await Look(request, cancel);
        if (!found.Ok(out var looked, out var no)) return no;
        if (await Taken(looked.Subjects, request.HouseholdId, cancel) is { } taken)
            // Sent twice at once, the second meets what the first has just taken.
            return await db.ChangeRequests.SingleOrDefaultAsync(c => c.RequestId == request.RequestId, cancel) is { } same ? same : taken;

        var id = ids.Next();
        var change = new ChangeRequest
        {
            Id = id, RequestId = request.RequestId, Area = looked.Area, HouseholdId = request.HouseholdId, Kind = looked.Operation.Kind, OperationHidden = secrets.Hide(JsonSerializer.Serialize(looked.Operation), OperationBinding(id)),
            Fields = looked.Fields, Reason = reason, Evidence = string.IsNullOrWhiteSpace(request.Evidence) ? null : request.Evidence.Trim(), ByAccountId = db.Scope.AccountId, ByRole = db.Scope.Role, AtMs = clock.NowMs,
            Route = ChangeRoutes.Of(looked.Operation, looked.Area, looked.To), Stamp = Guid.NewGuid(),
        };
        db.ChangeRequests.Add(change);
        db.ChangeTouches.AddRange(looked.Subjects.Select(s => new ChangeTouch { Subject = s, ChangeId = id }));
        db.Record(ids, clock, "change", "ask-" + change.Kind, request.HouseholdId, fields: looked.Fields, reason: reason);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            // Sent twice at once, or another request touched the same thing a moment earlier.
            db.ChangeTracker.Clear();
            if (await db.ChangeRequests.SingleOrDefaultAsync(c => c.RequestId == request.RequestId, cancel) is { } first) return first;
            if (await Taken(looked.Subjects, request.HouseholdId, cancel) is { } other) return other;
            throw;
        }
        return change;
    }

    public static string OperationBinding(long changeId) => Secrets.Binding(ChangeRequest.Table, "operation", changeId);

    private sealed record Looked(ChangeOperation Operation, AreaCode Area, IReadOnlyList<string> Subjects, string Fields, AreaCode? To = null);

    private async Task<Outcome<Looked>> Look(AskChange request, CancellationToken cancel)
    {
        if (request.Operation is RegisterHousehold fresh) return await LookAtNew(fresh, cancel);
        var home = await db.Households.AsNoTracking().SingleOrDefaultAsync(h => h.Id == request.HouseholdId && (db.Scope.HouseholdId == null || db.Scope.HouseholdId == h.Id), cancel);
        if (home is null || home.Until is not null) return new Refusal("change.no-household");
        var members = await db.Members.AsNoTracking().Where(m => m.HouseholdId == home.Id && m.Until == null).ToListAsync(cancel);
        Member? Of(long id) => members.Find(m => m.Id == id);
        Looked Made(ChangeOperation operation, string fields, AreaCode? to, params string[] subjects) => new(operation, home.Area, subjects, fields, to);
        var today = clock.Today;
        switch (request.Operation)
        {
            case CorrectField correct:
                {
                    var member = correct.MemberId is { } id ? Of(id) : null;
                    if (correct.MemberId is not null && member is null) return new Refusal("change.no-member");
                    if (RegisterFields.Find(member is null ? FieldOwner.Household : FieldOwner.Member, correct.Field) is not { } field) return new Refusal("change.no-field", Place.Input("Field"), correct.Field);
                    if (!FieldValue.TryRead(field, correct.Value, today, null, Place.Input("Value")).Ok(out var value, out var wrong)) return wrong;
                    if (field.Kind == FieldKind.Identity && value is not null && await Registered(value, member!.Id, cancel) is { } twice) return twice;
                    var now = Shown(field, home, member);
                    if (field.Privacy != FieldPrivacy.Secret && value == now) return new Refusal("change.same", Place.Input("Value"));
                    return Made(correct with { Value = value, Seen = now }, field.Key, null, member is null ? $"h/{home.Id}/{field.Key}" : $"m/{member.Id}/{field.Key}");
                }
            case SetCauses causes:
                return causes.Causes.Count > 6 || causes.Causes.Any(c => !PovertyCause.All.Contains(c)) || causes.Causes.Distinct().Count() != causes.Causes.Count ? new Refusal("change.causes-wrong", Place.Input("Causes")) : Made(causes, "causes", null, $"h/{home.Id}/causes");
            case AddMember add:
                {
                    if (add.Relation == "head" || !MemberRole.All.Contains(add.Relation)) return new Refusal("change.relation", Place.Input("Relation"));
                    if (!Values(add.Values, FieldOwner.Member, out var values, out var wrong)) return wrong;
                    if (values.GetValueOrDefault("identity") is { } number && await Registered(number, null, cancel) is { } twice) return twice;
                    if (add.On > today) return new Refusal("register.future", Place.Input("On"), add.On);
                    return Made(add with { Values = values }, string.Join(',', values.Keys), null, [.. values.TryGetValue("identity", out var who) ? new[] { $"i/{book.IdentityKey(who)}" } : [$"h/{home.Id}/new/{values["name"]}"]]);
                }
            case MemberLeft left:
                return Of(left.MemberId) is not { } leaver ? new Refusal("change.no-member") : leaver.Relation == "head" && members.Count > 1 ? new Refusal("change.head-first") : left.Because is not ("died" or "moved-away") ? new Refusal("change.because", Place.Input("Because"))
                    : left.On > today ? new Refusal("register.future", Place.Input("On"), left.On) : Made(left, "relation", null, $"m/{leaver.Id}/relation");
            case MoveMember move:
                {
                    var to = await db.Unfiltered<Household>("somebody may marry into a household of another area").AsNoTracking().Where(h => h.Id == move.ToHouseholdId && h.Until == null).Select(h => new { h.Id, h.Area }).SingleOrDefaultAsync(cancel);
                    if (to is null || to.Id == home.Id) return new Refusal("change.no-target", Place.Input("To"));
                    if (Of(move.MemberId) is not { } member) return new Refusal("change.no-member");
                    if (member.Relation == "head" && members.Count > 1) return new Refusal("change.head-first");
                    if (move.Relation == "head" || !MemberRole.All.Contains(move.Relation)) return new Refusal("change.relation", Place.Input("Relation"));
                    return move.On > today ? new Refusal("register.future", Place.Input("On"), move.On) : Made(move, "relation", to.Area, $"m/{member.Id}/relation");
                }
            case SplitHousehold split:
                if (split.MemberIds.Count == 0 || split.MemberIds.Distinct().Count() != split.MemberIds.Count || split.MemberIds.Any(id => Of(id) is null)) return new Refusal("change.no-member");
                if (split.MemberIds.Any(id => Of(id)!.Relation == "head")) return new Refusal("change.head-stays");
                if (!split.MemberIds.Contains(split.HeadMemberId)) return new Refusal("change.new-head", Place.Input("Head"));
                if (split.MemberIds.Any(id => id != split.HeadMemberId && (!split.Relations.TryGetValue(id, out var relation) || relation == "head" || !MemberRole.All.Contains(relation)))) return new Refusal("change.relation", Place.Input("Relation"));
                return split.On > today ? new Refusal("register.future", Place.Input("On"), split.On) : Made(split, "relation", null, [$"h/{home.Id}/people", .. split.MemberIds.Select(id => $"m/{id}/relation")]);
            case ChangeHead head:
                return Of(head.HeadMemberId) is not { } next ? new Refusal("change.no-member") : next.Relation == "head" ? new Refusal("change.same", Place.Input("Head")) : head.FormerHead == "head" || !MemberRole.All.Contains(head.FormerHead) ? new Refusal("change.relation", Place.Input("Relation"))
                    : head.On > today ? new Refusal("register.future", Place.Input("On"), head.On) : Made(head, "relation", null, [$"h/{home.Id}/people", $"m/{next.Id}/relation", .. members.Where(m => m.Relation == "head").Select(m => $"m/{m.Id}/relation")]);
            case MoveHousehold move:
                return !await db.Areas.AnyAsync(a => a.Code == move.Village && a.Level == AreaLevel.Village, cancel) || move.Village == home.Area ? new Refusal("change.no-village", Place.Input("Village")) : move.On > today ? new Refusal("register.future", Place.Input("On"), move.On)
                    : Made(move, "village", move.Village, $"h/{home.Id}/village", $"h/{home.Id}/people");
            case MergeMembers merge:
                {
                    var gone = await db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Id == merge.GoneId && m.Until == null, cancel);
                    if (Of(merge.KeepId) is not { } keep || gone is null || keep.Id == gone.Id) return new Refusal("change.no-member");
                    if (keep.IdentityKey is not null && gone.IdentityKey is not null) return new Refusal("change.two-people");
                    if (gone.Relation == "head" && await db.Members.CountAsync(m => m.HouseholdId == gone.HouseholdId && m.Until == null, cancel) > 1) return new Refusal("change.head-first");
                    return Made(merge, "relation", gone.Area, [.. new[] { keep, gone }.SelectMany(m => RegisterFields.OfMember.Select(f => $"m/{m.Id}/{f.Key}").Append($"m/{m.Id}/relation"))]);
                }
            case MergeHouseholds merge:
                {
                    var other = await db.Households.AsNoTracking().SingleOrDefaultAsync(h => h.Id == merge.GoneId && h.Until == null, cancel);
                    if (other is null || other.Id == home.Id || merge.KeepId != home.Id) return new Refusal("change.no-household");
                    if (await db.ChangeRequests.AnyAsync(c => c.State == ChangeState.Open && (c.HouseholdId == home.Id || c.HouseholdId == other.Id), cancel)) return new Refusal("change.others-first");
                    return Made(merge, "relation", other.Area, $"h/{home.Id}/people", $"h/{other.Id}/people");
                }
            default: throw new NotSupportedException(request.Operation.Kind);
        }
    }

    private async Task<Outcome<Looked>> LookAtNew(RegisterHousehold fresh, CancellationToken cancel)
    {
        if (db.Scope.HouseholdId is not null) return new Refusal("change.not-you");
        if (!fresh.Household.TryGetValue("village", out var text) || !AreaCode.TryParse(text, out var village) || !db.Scope.Area.Contains(village) || !await db.Areas.AnyAsync(a => a.Code == village && a.Level == AreaLevel.Village, cancel)) return new Refusal("change.no-village", Place.Input("Village"));
        if (!Values(fresh.Household.Where(v => v.Key != "village").ToDictionary(), FieldOwner.Household, out var household, out var wrong) || !Values(fresh.Head, FieldOwner.Member, out var head, out wrong)) return wrong;
        if (household.TryGetValue("book", out var number) && await db.Unfiltered<Household>("a household book stands for one household").AnyAsync(h => h.BookNumber == number && h.Until == null, cancel)) return new Refusal("change.book-twice", Place.Input("book"));
        if (head.GetValueOrDefault("identity") is { } identity && await Registered(identity, null, cancel) is { } twice) return twice;
        if (fresh.On > clock.Today) return new Refusal("register.future", Place.Input("On"), fresh.On);
        household["village"] = village.ToString();
        return new Looked(fresh with { Household = household, Head = head }, village, [head.TryGetValue("identity", out var who) ? $"i/{book.IdentityKey(who)}" : $"v/{village}/new/{head["name"]}"], string.Join(',', household.Keys.Concat(head.Keys)));
    }

    private bool Values(IReadOnlyDictionary<string, string> given, FieldOwner owner, out Dictionary<string, string> values, out Refusal wrong)
    {
        values = new(StringComparer.Ordinal);
        wrong = new Refusal("change.no-field");
        foreach (var (key, text) in given)
        {
            if (RegisterFields.Find(owner, key) is not { } field) { wrong = new Refusal("change.no-field", Place.Input(key), key); return false; }
            if (!FieldValue.TryRead(field, text, clock.Today, null, Place.Input(key)).Ok(out var value, out var no)) { wrong = no; return false; }
            if (value is not null) values[key] = value;
        }
        if (owner == FieldOwner.Member && !values.ContainsKey("name")) { wrong = new Refusal("register.required", Place.Input("name")); return false; }
        return true;
    }

    private async Task<Refusal?> Registered(string number, long? but, CancellationToken cancel)
    {
        var key = book.IdentityKey(number);
        return await db.Unfiltered<Member>("a person is registered once in the country, in whatever area").AnyAsync(m => m.IdentityKey == key && m.Id != but, cancel) ? new Refusal("register.member-elsewhere", Place.Input("identity")) : null;
    }

    /// <summary>Is something of it in another open request, or is the household as a whole being split or merged?</summary>
    private async Task<Refusal?> Taken(IReadOnlyList<string> subjects, long householdId, CancellationToken cancel)
    {
        var touched = await db.ChangeTouches.Where(t => subjects.Contains(t.Subject)).Select(t => (long?)t.ChangeId).FirstOrDefaultAsync(cancel)
            ?? (householdId == 0 ? null : await db.ChangeRequests.Where(c => c.State == ChangeState.Open && c.Kind == "merge-households" && c.HouseholdId == householdId).Select(c => (long?)c.Id).FirstOrDefaultAsync(cancel));
        if (touched is not { } other) return null;
        var open = await db.ChangeRequests.AsNoTracking().SingleOrDefaultAsync(c => c.Id == other, cancel);
        return new Refusal("change.conflict", Place.None, open is null ? "" : DateOnly.FromDateTime(Clock.ToChina(open.AtMs)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), other);
    }

    /// <summary>What a field says now; of a secret one its mask.</summary>
    internal static string? Shown(RegisterField field, Household home, Member? member) => field.Kind == FieldKind.Identity ? member!.IdentityMask : field.Read((object?)member ?? home) is var value && field.Privacy == FieldPrivacy.Secret ? value is null ? null : "••••" : value;
}
