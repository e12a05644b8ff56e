using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Procedure;

/// <summary>Somebody objects, at a public notice or to a cadre who writes it down.</summary>
/// <param name="NoticeCode">The notice under which it was written; null: written down by an official for <paramref name="CaseId"/>.</param>
internal sealed record MakeObjection(Guid RequestId, string? NoticeCode, long CaseId, string? Name, string? About);

internal sealed class MakeObjectionHandler(ShanhuoDb db, Ids ids, TimeProvider clock, CaseBook book)
{
    /// <summary>So many open ones of a case at most: a flood of them helps nobody.</summary>
    public const int MostOpen = 20;

    public async Task<Outcome<Done>> Handle(MakeObjection request, CancellationToken cancel)
    {
        if (await db.Unfiltered<Objection>("asks only whether this request came before").AnyAsync(o => o.RequestId == request.RequestId, cancel)) return new Done();
        var about = request.About?.Trim() ?? "";
        if (about.Length is < 4 or > 500) return new Refusal("procedure.objection-text", Place.Input("About"));
        if (request.Name?.Trim().Length > 50) return new Refusal("procedure.objection-name", Place.Input("Name"));
        var caseId = request.CaseId;
        if (request.NoticeCode is { } code)
        {
            if (await Notices.Public(db, clock.Today).SingleOrDefaultAsync(n => n.Code == code, cancel) is not { } notice) return new Refusal("procedure.notice-over");
            caseId = notice.CaseId;
        }
        var cases = request.NoticeCode is null ? db.Cases : db.Unfiltered<Case>("a public notice is up, and everybody may object to it");
        if (await cases.SingleOrDefaultAsync(c => c.Id == caseId, cancel) is not { } row) return new Refusal("procedure.gone");
        if (await db.Unfiltered<Objection>("counts them").CountAsync(o => o.CaseId == caseId && o.End == ObjectionEnd.Open, cancel) >= MostOpen) return new Refusal("procedure.objections-many");
        var id = ids.Next();
        // A stranger cannot see the steps; the notice that is up says that the window is open.
        if (row.End != CaseEnd.None) return new Refusal("procedure.no-objection-now");
        if (request.NoticeCode is null && CaseRule.Object(await book.View(row, cancel), new ObjectionView(id, db.Scope.AccountId, ObjectionEnd.Open, 0), false, clock.Today).Refused is { } no) return no;
        db.Objections.Add(new Objection { Id = id, RequestId = request.RequestId, CaseId = caseId, Area = row.Area, HouseholdId = row.HouseholdId, ByName = request.Name?.Trim() is { Length: > 0 } name ? name : null, ByAccountId = db.Scope.AccountId, About = about, Day = clock.Today });
        row.Revision++; // nobody approves while somebody objects
        db.Record(ids, clock, "change", "objection", row.HouseholdId);
        return await CaseSaved.Save(db, cancel);
    }
}

/// <summary>Decides on an objection.</summary>
internal sealed record DecideObjection(long ObjectionId, bool Upheld, string? Reason);

internal sealed class DecideObjectionHandler(ShanhuoDb db, Ids ids, TimeProvider clock, CaseBook book)
{
    public async Task<Outcome<Done>> Handle(DecideObjection request, CancellationToken cancel)
    {
        if (await db.Objections.SingleOrDefaultAsync(o => o.Id == request.ObjectionId, cancel) is not { } objection || await db.Cases.SingleOrDefaultAsync(c => c.Id == objection.CaseId, cancel) is not { } row) return new Refusal("procedure.gone");
        var before = await book.View(row, cancel);
        if (!CaseRule.Decide(before, objection.Id, request.Upheld, Actor.Of(db.Scope), request.Reason).Ok(out var after, out var no)) return no;
        (objection.End, objection.DecidedBy, objection.DecidedDay, objection.Reason) = (request.Upheld ? ObjectionEnd.Upheld : ObjectionEnd.Dismissed, db.Scope.AccountId, clock.Today, request.Reason!.Trim());
        await book.Follow(row, after, clock.Today, cancel);
        db.Record(ids, clock, "decision", request.Upheld ? "objection-upheld" : "objection-dismissed", row.HouseholdId);
        return await CaseSaved.Save(db, cancel);
    }
}

/// <summary>The notices that everybody may read.</summary>
internal static class Notices
{
    public static IQueryable<Notice> Public(ShanhuoDb db, DateOnly today) => db.Unfiltered<Notice>("a notice is put up for everybody to read").Where(n => n.PostedDay <= today && n.LastDay >= today);
}
