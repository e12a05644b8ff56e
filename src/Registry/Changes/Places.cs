using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Files;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Changes;

/// <summary>Moves people between roles and households, with their dated history. Adds to the current change and saves nothing itself.</summary>
internal sealed class Places(ShanhuoDb db, Ids ids, RegisterBook book)
{
    /// <summary>Ends a member's role of today and begins another; the day is the first of the new one.</summary>
    public async Task Become(Member member, Household home, string relation, DateOnly on, ChangeCause cause, CancellationToken cancel)
    {
        var (before, from) = (member.Relation, member.HouseholdId);
        if (await Current(member.Id, cancel) is { } role) role.Until = on;
        db.MemberRoles.Add(new MemberRole { Id = ids.Next(), MemberId = member.Id, HouseholdId = home.Id, Relation = relation, Since = on });
        (member.HouseholdId, member.Area, member.Relation) = (home.Id, home.Area, relation);
        if (from != home.Id) member.Since = on;
        if (relation == "head") home.HeadName = member.Name;
        if (from != home.Id) book.Keep(from, member.Id, "member", member.Name, null, cause);
        book.Keep(home.Id, member.Id, from == home.Id ? "relation" : "member", from == home.Id ? before : null, from == home.Id ? relation : member.Name, cause);
    }

    /// <summary>Ends a member's membership of any household.</summary>
    public async Task Leave(Member member, string because, DateOnly on, ChangeCause cause, CancellationToken cancel)
    {
        if (await Current(member.Id, cancel) is { } role) role.Until = on;
        (member.Until, member.LeftBecause) = (on, because);
        book.Keep(member.HouseholdId, member.Id, "member", member.Name, because, cause);
    }

    /// <summary>The whole household goes to another village.</summary>
    public async Task Move(Household home, AreaCode village, ChangeCause cause, CancellationToken cancel)
    {
        book.Keep(home.Id, null, "village", home.Area.ToString(), village.ToString(), cause);
        home.Area = village;
        foreach (var member in await db.Members.Where(m => m.HouseholdId == home.Id && m.Until == null).ToListAsync(cancel)) member.Area = village;
        foreach (var why in await db.PovertyCauses.Where(c => c.HouseholdId == home.Id).ToListAsync(cancel)) why.Area = village;
        foreach (var income in await db.Incomes.Where(i => i.HouseholdId == home.Id).ToListAsync(cancel)) income.Area = village;
        await Procedure.MovedHousehold.Follow(db, home.Id, village, cancel);
    }

    /// <summary>The next free public code of a county.</summary>
    public async Task<string> NextCode(AreaCode county, CancellationToken cancel)
    {
        var prefix = KnownPeople.CodePrefix(county);
        var last = await db.Unfiltered<Household>("codes are given once").Where(h => h.Code.StartsWith(prefix)).OrderByDescending(h => h.Code.Length).ThenByDescending(h => h.Code).TagWith("whole: the last code of a county, once for a new household").Select(h => h.Code).FirstOrDefaultAsync(cancel);
        var number = last is not null && long.TryParse(last.AsSpan(prefix.Length), System.Globalization.CultureInfo.InvariantCulture, out var known) ? known : 0;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}{number + 1:00000}");
    }

    private Task<MemberRole?> Current(long memberId, CancellationToken cancel) => db.MemberRoles.SingleOrDefaultAsync(r => r.MemberId == memberId && r.Until == null, cancel);
}
