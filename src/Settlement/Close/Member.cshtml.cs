using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>A close as one member sees it.</summary>
/// <param name="Sentence">How its figures came about, in one sentence.</param>
/// <param name="Spoken">The same with amounts in words, to be read aloud.</param>
internal sealed record MemberYear(CooperativeClose Close, CloseShare Share, string Cooperative, string Sentence, string Spoken);

/// <summary>A member's account and what each close gave it: for the household itself, and for those who keep or check the books.</summary>
internal sealed class MemberPage(ShanhuoDb db, Ids ids, TimeProvider clock, Say say) : PageModel
{
    public IReadOnlyList<MemberYear> Years { get; private set; } = [];
    public IReadOnlyList<MemberAccountEntry> Entries { get; private set; } = [];
    public Fen Total { get; private set; }
    public bool IsOwn => db.Scope.Role == Role.Household;
    public long CooperativeId { get; private set; }
    public string Name { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long? cooperative, long? household, CancellationToken cancel)
    {
        if ((IsOwn ? db.Scope.HouseholdId : household) is not { } id) return NotFound();
        if (!IsOwn)
        {
            if (cooperative is not { } asked || await db.OpenCooperative(asked, cancel) is null) return NotFound();
            if (await db.MembersOf(asked).Where(m => m.HouseholdId == id).Select(m => m.HeadName).FirstOrDefaultAsync(cancel) is not { } name) return NotFound();
            (CooperativeId, Name) = (asked, name);
            db.RecordLook(ids, clock, id, "member-account");
            await db.SaveChangesAsync(cancel);
        }
        var entries = db.MemberAccountEntries.AsNoTracking().Where(e => e.HouseholdId == id && (IsOwn || e.OrganisationId == CooperativeId));
        Total = new Fen(await entries.SumAsync(e => (long)e.Amount, cancel));
        Entries = await entries.OrderByDescending(e => e.Day).ThenByDescending(e => e.Id).Take(50).ToListAsync(cancel);
        var years = await (
            from share in db.CloseShares.AsNoTracking()
            where share.HouseholdId == id && (IsOwn || share.OrganisationId == CooperativeId)
            join close in db.Closes.AsNoTracking() on new { share.County, Id = share.CloseId } equals new { close.County, close.Id }
            where close.State == CloseState.Confirmed || close.State == CloseState.Proposed
            orderby close.Until descending
            select new { share, close }).Take(10).ToListAsync(cancel);
        var names = await db.OrganisationFacts.Where(o => years.Select(y => y.close.OrganisationId).Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        Years = [.. years.Select(y => new MemberYear(y.close, y.share, names[y.close.OrganisationId].NameIn(say.Language), MemberSentence.Of(say, y.close, y.share, f => f.ToDisplay()), MemberSentence.Of(say, y.close, y.share, f => AmountWords.Spoken(f, say.Language))))];
        return Page();
    }
}
