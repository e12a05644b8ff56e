using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>A close with the vote on it: for those who keep or check the books, and for the members who vote on it.</summary>
internal sealed class ShowPage(ShanhuoDb db) : PageModel
{
    public CooperativeClose Close { get; private set; } = null!;
    public OrganisationFact Cooperative { get; private set; } = null!;
    public BallotFact Ballot { get; private set; } = null!;
    public FiguresView Figures { get; private set; } = null!;
    public string? After { get; private set; }
    public bool IsOwn => db.Scope.Role == Role.Household;
    public bool MayDrawAgain { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, string? after, CancellationToken cancel) => await Load(id, after, cancel) ? Page() : NotFound();

    private async Task<bool> Load(long id, string? after, CancellationToken cancel)
    {
        if (await db.Closes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } close || await Readable(close, cancel) is not { } cooperative) return false;
        Ballot = await db.BallotFacts.SingleAsync(b => b.Id == close.BallotId, cancel);
        MayDrawAgain = db.Scope.Role == Role.Cooperative && close.State is CloseState.VotedDown or CloseState.Withdrawn or CloseState.Spoiled
            && !await db.Closes.AnyAsync(c => c.County == close.County && c.OrganisationId == close.OrganisationId && (c.State == CloseState.Proposed || (c.State == CloseState.Confirmed && c.Until >= close.From)), cancel);
        (Close, Cooperative) = (close, cooperative);
        var from = after ?? "";
        var shares = await db.CloseShares.AsNoTracking().Where(s => s.County == close.County && s.CloseId == id && string.Compare(s.Code, from) > 0).OrderBy(s => s.Code).Take(FiguresView.MostRows + 1).ToListAsync(cancel);
        if (shares.Count > FiguresView.MostRows) After = shares[FiguresView.MostRows - 1].Code;
        var shown = shares.Select(s => s.HouseholdId).ToList();
        var names = (await db.MembersOf(close.OrganisationId).Where(m => shown.Contains(m.HouseholdId)).Select(m => new { m.HouseholdId, m.HeadName }).ToListAsync(cancel)).DistinctBy(m => m.HouseholdId).ToDictionary(m => m.HouseholdId, m => m.HeadName);
        Figures = FiguresView.Of(close, [.. shares.Take(FiguresView.MostRows).Select(s => new ShareView(IsOwn ? "/settlement/close/member" : $"/settlement/close/member?cooperative={close.OrganisationId}&household={s.HouseholdId}", names.GetValueOrDefault(s.HouseholdId, ""), s.Code, s.Trade, s.Patronage, s.Labour, s.ByAccount, s.ReserveCredit))]);
        return true;
    }

    // A member reads the plan before the vote (law of 2017, article 40): the whole of the figures, and of the members the own line.
    private async Task<OrganisationFact?> Readable(CooperativeClose close, CancellationToken cancel)
    {
        if (!IsOwn) return await db.OpenCooperative(close.OrganisationId, cancel);
        var mine = await db.MembershipFacts.AnyAsync(m => m.OrganisationId == close.OrganisationId && m.HouseholdId == db.Scope.HouseholdId, cancel);
        return mine ? await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == close.OrganisationId, cancel) : null;
    }
}
