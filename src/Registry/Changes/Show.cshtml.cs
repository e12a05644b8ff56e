using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Changes;

internal sealed class ShowPage(ShanhuoDb db, Ids ids, TimeProvider clock, Say say, DecideChangeHandler decide) : PageModel
{
    [BindProperty] public string? Note { get; set; }

    public ChangeRequest Change { get; private set; } = null!;
    public Household? Home { get; private set; }
    public IReadOnlyList<(string What, string? Before, string? After)> Lines { get; private set; } = [];
    public IReadOnlyList<ChangeDecision> Decisions { get; private set; } = [];
    public IReadOnlyDictionary<long, string> People { get; private set; } = new Dictionary<long, string>();
    public bool MayDecide => Change.ByAccountId != db.Scope.AccountId && ChangeRoutes.MayTake(db.Scope.Role, Change.NextStep) && Decisions.All(d => d.ByAccountId != db.Scope.AccountId);
    public bool IsOfHousehold => db.Scope.HouseholdId is not null;
    public bool IsMine => Change.ByAccountId == db.Scope.AccountId && Change.State == ChangeState.Open;
    public bool MayUndo => Change is { State: ChangeState.Done, UndoHidden: not null } && Change.ByAccountId != db.Scope.AccountId && ChangeRoutes.MayTake(db.Scope.Role, "county");

    public string NameOf(long account) => People.GetValueOrDefault(account, "—");

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        if (Home is { } home && db.Scope.HouseholdId is null)
        {
            db.RecordLook(ids, clock, home.Id, "change-request");
            await db.SaveChangesAsync(cancel);
        }
        return Page();
    }

    public Task<IActionResult> OnPostAsync(long id, bool agrees, CancellationToken cancel) => Do(id, () => decide.Handle(id, agrees, Note, cancel), cancel);

    public Task<IActionResult> OnPostWithdrawAsync(long id, CancellationToken cancel) => Do(id, () => decide.Withdraw(id, cancel), cancel);

    public Task<IActionResult> OnPostUndoAsync(long id, CancellationToken cancel) => Do(id, () => decide.Undo(id, Note, cancel), cancel);

    private async Task<IActionResult> Do(long id, Func<Task<Outcome<ChangeRequest>>> act, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        if ((await act()).Refused is not { } no) return LocalRedirect($"/registry/changes/show/{id}");
        await Load(id, cancel);
        return this.Refuse(no, "");
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await db.ChangeRequests.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && (db.Scope.HouseholdId == null || db.Scope.HouseholdId == c.HouseholdId), cancel) is not { } change) return false;
        Change = change;
        Home = await db.Households.AsNoTracking().SingleOrDefaultAsync(h => h.Id == change.HouseholdId, cancel);
        Decisions = await db.ChangeDecisions.AsNoTracking().Where(d => d.ChangeId == id).OrderBy(d => d.Step).ToListAsync(cancel);
        var accounts = Decisions.Select(d => d.ByAccountId).Append(change.ByAccountId).ToList();
        People = await db.Accounts.Where(a => accounts.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, cancel);
        Lines = await Describe(decide.Operation(change), cancel);
        return true;
    }

    /// <summary>The request line by line; identity numbers and phones as masks only.</summary>
    private async Task<List<(string, string?, string?)>> Describe(ChangeOperation operation, CancellationToken cancel)
    {
        var named = new List<long>();
        switch (operation)
        {
            case CorrectField { MemberId: { } m }: named.Add(m); break;
            case MemberLeft left: named.Add(left.MemberId); break;
            case MoveMember move: named.Add(move.MemberId); break;
            case SplitHousehold split: named.AddRange(split.MemberIds); break;
            case ChangeHead head: named.Add(head.HeadMemberId); break;
            case MergeMembers merge: named.AddRange([merge.KeepId, merge.GoneId]); break;
        }
        var names = await db.Members.AsNoTracking().Where(m => named.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name, cancel);
        string Name(long id) => names.GetValueOrDefault(id, "—");
        string Relation(string relation) => say["register.relation." + relation];
        switch (operation)
        {
            case CorrectField correct:
                var field = RegisterFields.Find(correct.MemberId is null ? FieldOwner.Household : FieldOwner.Member, correct.Field)!;
                return [(correct.MemberId is { } who ? $"{Name(who)} · {say[field.TextKey]}" : say[field.TextKey], Value(field, correct.Seen, true), Value(field, correct.Value, false))];
            case SetCauses causes: return [(say["change.causes"], null, string.Join("、", causes.Causes.Select(c => say["register.cause." + c])))];
            case AddMember add: return [(say["register.relation"], null, Relation(add.Relation)), .. Values(FieldOwner.Member, add.Values), (say["change.on"], null, say.Day(add.On))];
            case MemberLeft left: return [(Name(left.MemberId), null, say["change.because." + left.Because]), (say["change.on"], null, say.Day(left.On))];
            case MoveMember move:
                var to = await db.Unfiltered<Household>("a request names the household to which somebody goes").Where(h => h.Id == move.ToHouseholdId).Select(h => h.Code).SingleOrDefaultAsync(cancel);
                return [(Name(move.MemberId), null, $"{to} · {Relation(move.Relation)}"), (say["change.on"], null, say.Day(move.On))];
            case SplitHousehold split: return [.. split.MemberIds.Select(m => (Name(m), (string?)null, (string?)Relation(m == split.HeadMemberId ? "head" : split.Relations[m]))), (say["change.on"], null, say.Day(split.On))];
            case ChangeHead head: return [(Name(head.HeadMemberId), null, Relation("head")), (say["change.former-head"], Relation("head"), Relation(head.FormerHead)), (say["change.on"], null, say.Day(head.On))];
            case MoveHousehold move: return [(say["register.village"], null, await db.Areas.Where(a => a.Code == move.Village).Select(a => a.Name).SingleOrDefaultAsync(cancel)), (say["change.on"], null, say.Day(move.On))];
            case RegisterHousehold fresh: return [(say["register.village"], null, fresh.Household["village"]), .. Values(FieldOwner.Household, fresh.Household), .. Values(FieldOwner.Member, fresh.Head)];
            case MergeMembers merge: return [(Name(merge.KeepId), null, say["change.kept"]), (Name(merge.GoneId), null, say["change.merged"])];
            case MergeHouseholds merge:
                var homes = await db.Unfiltered<Household>("a request names the household that is merged").Where(h => h.Id == merge.KeepId || h.Id == merge.GoneId).ToDictionaryAsync(h => h.Id, h => $"{h.HeadName} · {h.Code}", cancel);
                return [(homes[merge.KeepId], null, say["change.kept"]), (homes[merge.GoneId], null, say["change.merged"])];
            default: return [];
        }

        IEnumerable<(string, string?, string?)> Values(FieldOwner owner, IReadOnlyDictionary<string, string> values) =>
            values.Where(v => v.Key != "village").Select(v => RegisterFields.Find(owner, v.Key)! is var f ? (say[f.TextKey], (string?)null, (string?)Value(f, v.Value, false)) : default);
    }

    private string Value(RegisterField field, string? value, bool masked) => value is null ? say["register.unknown"] : field.Privacy == FieldPrivacy.Secret ? masked ? value : field.Kind == FieldKind.Identity ? $"{value[..6]}********{value[^4..]}" : Secrets.Mask(value) : FieldValue.Show(field, value, key => say[key]);
}
