using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

internal sealed class BallotPage(ShanhuoDb db, Say say, TimeProvider clock, OpenMeeting open, OpenBox box, CloseBallot close) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public string? Papers { get; set; }

    public Ballot Ballot { get; private set; } = null!;
    public string Organisation { get; private set; } = "";
    public AssemblyRule Rule { get; private set; } = null!;
    public Count? Count { get; private set; }
    public int Present { get; private set; }
    public DateOnly Today => clock.Today;
    public bool Leads => BallotWords.MayLead(db.Scope);
    public bool HasQuorum => Present > 0 && Rule.Quorum.IsReachedBy(Present, Ballot.Members);
    public bool HasEntered => Count?.PlaceOf(db.Scope.AccountId) is { } place && Count.EnteredBy(place) == Ballot.Papers;
    public bool MayEnter => Count is not null && !HasEntered && (Count.PlaceOf(db.Scope.AccountId) is not null || Count.Counters < 2);

    /// <summary>The result in a sentence, with the figures that decided it.</summary>
    public string Why => BallotWords.Why(say, Ballot.Result, Rule, Ballot.Members, Ballot.Present, Ballot.Yes);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostOpenAsync(CancellationToken cancel) => Do(async () => (await open.Handle(Id, cancel)).Refused, cancel);

    public Task<IActionResult> OnPostBoxAsync(CancellationToken cancel) => Do(async () =>
        int.TryParse(Numerals.Narrow(Papers ?? ""), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var papers)
            ? (await box.Handle(new PapersFound(Id, papers), cancel)).Refused
            : new Refusal("voice.ballot-papers-number", Place.Input("Papers"), Papers ?? ""), cancel);

    public Task<IActionResult> OnPostCloseAsync(CancellationToken cancel) => Do(async () => (await close.Handle(Id, cancel)).Refused, cancel);

    public Task<IActionResult> OnPostCallOffAsync(CancellationToken cancel) => Do(async () => (await close.CallOff(Id, cancel)).Refused, cancel);

    private async Task<IActionResult> Do(Func<Task<Refusal?>> step, CancellationToken cancel)
    {
        if (!Leads) return Forbid();
        var no = await step();
        if (no is null) return RedirectToPage(new { Id });
        if (!await Load(cancel)) return NotFound();
        return this.Refuse(no, "");
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await BallotWords.Readable(db).AsNoTracking().SingleOrDefaultAsync(b => b.Id == Id, cancel) is not { } ballot) return false;
        (Ballot, Rule) = (ballot, AssemblyRule.On(ballot.MeetingDay, ballot.Matter));
        Organisation = await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == ballot.OrganisationId, cancel) is { } o ? o.NameIn(say.Language) : "";
        Present = ballot.State == BallotState.Meeting && Leads ? await db.BallotVoters.CountAsync(v => v.BallotId == Id && v.IsPresent, cancel) : ballot.Present;
        if (ballot.State == BallotState.Counting) Count = await Ballots.Count.Of(db, ballot, cancel);
        return true;
    }
}
