using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Voice.Ballots;
using Shanhuo.Voice;
using Shanhuo.Voice.Ballots;
using Shanhuo.Voice.Contracts;
using static Shanhuo.Tests.Settlement.Close.CloseCounty;

namespace Shanhuo.Tests.Settlement.Close;

/// <summary>A close is put to the assembly, and what the assembly carries is posted.</summary>
public sealed class CloseCooperativeTests
{
    [Theory, EachDatabase]
    public async Task The_published_example_is_posted_once_when_the_assembly_carries_it_however_often_its_result_is_fixed(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var close = (await Propose(host)).Value;
        Assert.Equal((10_000_000, 4_000_000), (close.Income.Value, close.Costs.Value));
        Assert.Equal((1_200_000, 4_800_000, 2_880_000, 240_000, 1_680_000), (close.Reserve.Value, close.Distributable.Value, close.Patronage.Value, close.Welfare.Value, close.ByAccount.Value));
        Assert.Equal(90_000, close.OthersTrade.Value);
        var before = (await Balance(host, "household", "H-101"), await Balance(host, "household", "H-102"), await Balance(host, "household", "H-103"));
        await AssemblyDay.Count(host, close.BallotId, Choice.Yes, Choice.Yes);
        Assert.Equal(0, await host.Db(db => db.JournalEntries.CountAsync(e => e.Cause == Cause.Close)));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => AssemblyDay.End(host, close.BallotId))));
        Assert.All(answers, a => Assert.Equal(BallotResult.Carried, a.Value));
        // Ma traded 180 000 fen, Li 60 000; Ma holds 30 000.00 yuan, Li 10 000.00.
        Assert.Equal(before.Item1 + 2_160_000 + 1_260_000, await Balance(host, "household", "H-101"));
        Assert.Equal(before.Item2 + 720_000 + 420_000, await Balance(host, "household", "H-102"));
        Assert.Equal(before.Item3, await Balance(host, "household", "H-103"));
        Assert.Equal((1_200_000, 240_000, 0), (await Balance(host, "reserve", "C-01"), await Balance(host, "welfare", "C-01"), await Balance(host, "cooperative", "C-01")));
        Assert.Equal(1, await host.Db(db => db.JournalEntries.CountAsync(e => e.Cause == Cause.Close)));
        Assert.Equal(0, await host.Db(db => db.Postings.SumAsync(p => (long)p.Amount)));
        Assert.Equal([900_000, 300_000], await host.Db(db => db.MemberAccountEntries.Where(e => e.Kind == StakeKind.Reserve).OrderBy(e => e.HouseholdId).Select(e => (long)e.Amount).ToListAsync()));
        Assert.Equal((CloseState.Confirmed, host.Clock.Today), await State(host, close));
    }

    [Theory, EachDatabase]
    public async Task The_question_names_the_fingerprint_of_the_figures_and_gives_the_members_fifteen_days(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        Assert.Equal("close.no-meeting-day", (await Propose(host, meeting: 0)).Refused?.Code);
        var soon = (await Propose(host, meeting: 14)).Refused;
        Assert.Equal("voice.ballot-notice", soon?.Code);
        Assert.Contains(soon!.Arguments, a => $"{a}".Contains("第四十条", StringComparison.Ordinal));
        var close = (await Propose(host)).Value;
        var ballot = await host.Db(db => db.Ballots.SingleAsync());
        Assert.Equal((close.FiguresHash, BallotMatter.SurplusPlan), (ballot.SubjectHash, ballot.Matter));
        Assert.Contains(string.Join(' ', close.FiguresHash[..16].Chunk(4).Select(c => new string(c))), ballot.Text);
        Assert.Equal(close.FiguresHash, CloseHash.Of("C-01", close, await host.Db(db => db.CloseShares.ToListAsync())));
    }

    [Theory, EachDatabase]
    public async Task A_plan_that_is_not_carried_posts_nothing_and_is_drawn_up_anew(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var lost = (await Propose(host)).Value;
        Assert.Equal("close.one-proposed", (await Propose(host)).Refused?.Code);
        Assert.Equal(BallotResult.NoMajority, await AssemblyDay.Vote(host, lost.BallotId, Choice.Yes, Choice.No));
        Assert.Equal((CloseState.VotedDown, 0), ((await State(host, lost)).State, await host.Db(db => db.JournalEntries.CountAsync(e => e.Cause == Cause.Close))));
        await Book(host, CashCategory.Management, 100);
        var second = (await Propose(host)).Value;
        Assert.Equal((4_000_100, false), (second.Costs.Value, second.FiguresHash == lost.FiguresHash));
        Assert.Equal(BallotResult.Carried, await AssemblyDay.Vote(host, second.BallotId, Choice.Yes, Choice.Yes));
        Assert.Equal(1, await host.Db(db => db.JournalEntries.CountAsync(e => e.Cause == Cause.Close)));
    }

    [Theory, EachDatabase]
    public async Task A_vote_that_is_called_off_frees_the_figures(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var close = (await Propose(host)).Value;
        Assert.Equal("close.period-closed", (await TryBook(host, CashCategory.Management, 100)).Refused?.Code);
        Assert.Equal(BallotResult.CalledOff, (await host.In(s => s.GetRequiredService<CloseBallot>().CallOff(close.BallotId, default), Manager)).Value);
        Assert.Equal(CloseState.Withdrawn, (await State(host, close)).State);
        Assert.Null((await TryBook(host, CashCategory.Management, 100)).Refused);
        Assert.Null((await Propose(host)).Refused);
    }

    [Theory, EachDatabase]
    public async Task What_was_voted_on_is_what_is_posted_and_what_comes_late_belongs_to_the_next_close(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var close = (await Propose(host)).Value;
        // An import brings a line of March while the plan lies open.
        await Enter(host, Cause.Line, "late", March, SmallCounty.Lot, ("cooperative", "C-01", 70_000), ("buyer", "", -70_000));
        await Enter(host, Cause.PoolPaid, "late", March, SmallCounty.Lot, ("growers", "L-1", -500), ("household", "H-102", 500));
        Assert.Equal(BallotResult.Carried, await AssemblyDay.Vote(host, close.BallotId, Choice.Yes, Choice.Yes));
        Assert.Equal((1_200_000, 70_000), (await Balance(host, "reserve", "C-01"), await Balance(host, "cooperative", "C-01")));
        var next = (await Propose(host, Until.AddDays(1), Until.AddDays(9))).Value;
        Assert.Equal((70_000, 0, 500), (next.Income.Value, next.Costs.Value, next.MembersTrade.Value));
        Assert.Equal(BallotResult.Carried, await AssemblyDay.Vote(host, next.BallotId, Choice.Yes, Choice.Yes));
        Assert.Equal(0, await Balance(host, "cooperative", "C-01"));
    }

    [Theory, EachDatabase]
    public async Task Figures_changed_behind_the_program_are_never_posted_however_many_voted_yes(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var close = (await Propose(host)).Value;
        await host.Db(db => db.CloseShares.Where(s => s.HouseholdId == SmallCounty.Ma).ExecuteUpdateAsync(s => s.SetProperty(x => x.ByAccount, new Fen(9_999_999))));
        Assert.Equal(BallotResult.Carried, await AssemblyDay.Vote(host, close.BallotId, Choice.Yes, Choice.Yes));
        Assert.Equal((CloseState.Spoiled, 0), ((await State(host, close)).State, await host.Db(db => db.JournalEntries.CountAsync(e => e.Cause == Cause.Close))));
        Assert.Null((await Propose(host)).Refused);
    }

    [Theory, EachDatabase]
    public async Task After_the_close_its_period_takes_no_more_entries_and_the_next_one_follows_without_a_gap(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var close = (await Propose(host)).Value;
        await AssemblyDay.Vote(host, close.BallotId, Choice.Yes, Choice.Yes);
        Assert.Equal("close.period-closed", (await TryBook(host, CashCategory.Management, 100)).Refused?.Code);
        Assert.Equal("close.period-next", (await Propose(host)).Refused?.Code);
        Assert.Equal("close.period-next", (await Propose(host, Until.AddDays(2), Until.AddDays(9))).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_close_proposed_by_ten_clicks_is_one_close_and_one_vote(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var click = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => Propose(host, request: n == 9 ? null : click))));
        Assert.Single(answers.Where(a => a.Refused is null).Select(a => a.Value.Id).Distinct());
        Assert.Equal((1, 1), await host.Db(async db => (await db.Closes.CountAsync(), await db.Ballots.CountAsync())));
    }

    private static Task<(CloseState State, DateOnly? Day)> State(TestHost host, CooperativeClose close) => host.Db(async db => await db.Closes.Where(c => c.Id == close.Id).Select(c => new { c.State, c.DecidedDay }).SingleAsync() is var c ? (c.State, c.DecidedDay) : default);
}
