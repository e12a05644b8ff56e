using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Tests.Databases;
using Shanhuo.Voice;
using Shanhuo.Voice.Ballots;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Tests.Voice.Ballots;

/// <summary>The day on which the small county's cooperative votes: both members come, two people read the papers alike.</summary>
internal static class AssemblyDay
{
    /// <summary>From notice to result.</summary>
    public static async Task<BallotResult> Vote(TestHost host, long ballot, params Choice[] papers)
    {
        await Count(host, ballot, papers);
        return (await End(host, ballot)).Value;
    }

    /// <summary>Up to the last paper; the result is not fixed yet.</summary>
    public static Task Count(TestHost host, long ballot, params Choice[] papers) => Count(host, ballot, _ => { }, papers);

    /// <summary>The same, saying each step before it is taken; steps that were taken already are passed over.</summary>
    public static async Task Count(TestHost host, long ballot, Action<string> at, Choice[] papers)
    {
        var meeting = await host.Db(db => db.Ballots.Where(b => b.Id == ballot).Select(b => b.MeetingDay).SingleAsync());
        host.Clock.Days(Math.Max(0, meeting.DayNumber - host.Clock.Today.DayNumber));
        at("open");
        await As(host, 1, s => s.GetRequiredService<OpenMeeting>().Handle(ballot, default));
        at("roll");
        await As(host, 1, s => s.GetRequiredService<MarkPresent>().Handle(new PresentOnPage(ballot, [SmallCounty.Ma, SmallCounty.Li], [SmallCounty.Ma, SmallCounty.Li]), default));
        at("box");
        await As(host, 1, s => s.GetRequiredService<OpenBox>().Handle(new PapersFound(ballot, papers.Length), default));
        at("papers");
        foreach (var person in new[] { 1, 2 }) await As(host, person, s => s.GetRequiredService<EnterPapers>().Handle(new PapersRead(ballot, 1, [.. papers.Cast<Choice?>()]), default));
    }

    /// <summary>Fixes the result.</summary>
    public static Task<Outcome<BallotResult>> End(TestHost host, long ballot, int person = 1) => As(host, person, s => s.GetRequiredService<CloseBallot>().Handle(ballot, default));

    private static Task<T> As<T>(TestHost host, long person, Func<IServiceProvider, Task<T>> work) => host.In(work, new Scope { Area = SmallCounty.County, AccountId = person, Role = Role.CountyStaff });
}
