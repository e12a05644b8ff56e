using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Voice.Ballots;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Demo;

/// <summary>The demo's assemblies whose day has come: four of five members come, most say yes, and two people read the papers.</summary>
internal sealed class VotesDemo(ShanhuoDb db, CurrentScope acting, OpenMeeting open, MarkPresent mark, OpenBox box, EnterPapers enter, CloseBallot close) : ISeedDemo
{
    public int Order => 42;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        var chance = new Random(county.Seed + 5);
        foreach (var ballot in await db.Ballots.AsNoTracking().Where(b => b.County == county.Code && b.State == BallotState.Announced && b.MeetingDay <= county.Today).OrderBy(b => b.Id).ToListAsync(cancel))
        {
            county.Clock.Day = ballot.MeetingDay;
            await As("staff", cancel);
            Done(await open.Handle(ballot.Id, cancel));
            var members = await db.BallotVoters.Where(v => v.BallotId == ballot.Id).Select(v => v.HouseholdId).Order().ToListAsync(cancel);
            var came = members.Where((_, i) => i % 5 != 4).ToList();
            Done(await mark.Handle(new PresentOnPage(ballot.Id, members, came), cancel));
            Done(await box.Handle(new PapersFound(ballot.Id, came.Count), cancel));
            var papers = came.Select(_ => (Choice?)(chance.Next(12) switch { 0 => Choice.No, 1 => Choice.Abstain, _ => Choice.Yes })).ToList();
            foreach (var counter in new[] { "staff", "staff2" })
            {
                await As(counter, cancel);
                for (var from = 0; from < papers.Count; from += EnterPapers.Bundle) Done(await enter.Handle(new PapersRead(ballot.Id, from + 1, [.. papers.Skip(from).Take(EnterPapers.Bundle)]), cancel));
            }
            _ = (await close.Handle(ballot.Id, cancel)).Value;
        }
    }

    private static void Done(Outcome<Done> outcome) => _ = outcome.Value;

    private async Task As(string name, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        acting.Scope = await DemoSignIns.ScopeOf(db, name, cancel);
    }
}
