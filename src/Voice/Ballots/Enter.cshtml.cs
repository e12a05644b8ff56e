using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

internal sealed class EnterPage(ShanhuoDb db, EnterPapers enter) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public int From { get; set; }
    [BindProperty] public List<Choice?> Choices { get; set; } = [];

    public Ballot Ballot { get; private set; } = null!;
    public int Last => Math.Min(From + EnterPapers.Bundle - 1, Ballot.Papers);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await Load(cancel) is not { } count) return NotFound();
        From = (count.PlaceOf(db.Scope.AccountId) is { } place ? count.EnteredBy(place) : 0) + 1;
        return From > Ballot.Papers ? RedirectToPage("/Voice/Ballots/Ballot", new { Id }) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var outcome = await enter.Handle(new PapersRead(Id, From, Choices), cancel);
        if (outcome.Ok(out _, out var no)) return RedirectToPage(new { Id });
        return await Load(cancel) is null ? NotFound() : this.Refuse(no, "");
    }

    private async Task<Count?> Load(CancellationToken cancel)
    {
        if (await db.Ballots.AsNoTracking().SingleOrDefaultAsync(b => b.Id == Id, cancel) is not { State: BallotState.Counting } ballot) return null;
        Ballot = ballot;
        return await Count.Of(db, ballot, cancel);
    }
}
