using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

internal sealed class RollPage(ShanhuoDb db, Say say, MarkPresent mark) : PageModel
{
    /// <summary>Households on one page.</summary>
    public const int Size = 60;

    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty(SupportsGet = true)] public int From { get; set; }
    [BindProperty] public List<long> Shown { get; set; } = [];
    [BindProperty] public List<long> Came { get; set; } = [];
    [BindProperty] public int Next { get; set; }

    public Ballot Ballot { get; private set; } = null!;
    public List<Row> Rows { get; private set; } = [];
    public int Present { get; private set; }
    public int Needed { get; private set; }
    public bool HasMore => From + Size < Ballot.Members;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var outcome = await mark.Handle(new PresentOnPage(Id, Shown, Came), cancel);
        if (outcome.Ok(out _, out var no)) return RedirectToPage(new { Id, From = Next });
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.Ballots.AsNoTracking().SingleOrDefaultAsync(b => b.Id == Id, cancel) is not { State: BallotState.Meeting } ballot) return false;
        Ballot = ballot;
        Present = await db.BallotVoters.CountAsync(v => v.BallotId == Id && v.IsPresent, cancel);
        Needed = AssemblyRule.On(ballot.MeetingDay, ballot.Matter).Quorum.LeastOf(ballot.Members);
        var rows = await (from voter in db.BallotVoters
                          where voter.BallotId == Id
                          join h in db.HouseholdFacts on voter.HouseholdId equals h.Id
                          join a in db.AreaFacts on h.Area equals a.Code
                          orderby h.Area, h.Code
                          select new { voter.HouseholdId, h.HeadName, h.Code, a.Name, a.NameEn, voter.IsPresent }).Skip(Math.Max(0, From)).Take(Size).ToListAsync(cancel);
        Rows = [.. rows.Select(r => new Row(r.HouseholdId, r.HeadName, r.Code, say.Pick(r.Name, r.NameEn), r.IsPresent))];
        return true;
    }

    internal sealed record Row(long Id, string Name, string Code, string Village, bool IsPresent);
}
