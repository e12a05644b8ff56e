using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

internal sealed class DifferencesPage(ShanhuoDb db, ReadAgain again) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public int Number { get; set; }
    [BindProperty] public Choice Choice { get; set; }

    public Ballot Ballot { get; private set; } = null!;
    public Count Count { get; private set; } = null!;
    public int? Place => Count.PlaceOf(db.Scope.AccountId);
    public bool IsCounter => Place is not null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var outcome = await again.Handle(new PaperReadAgain(Id, Number, Choice), cancel);
        if (outcome.Ok(out _, out var no)) return RedirectToPage(new { Id });
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.Ballots.AsNoTracking().SingleOrDefaultAsync(b => b.Id == Id, cancel) is not { State: BallotState.Counting } ballot) return false;
        (Ballot, Count) = (ballot, await Ballots.Count.Of(db, ballot, cancel));
        return true;
    }
}
