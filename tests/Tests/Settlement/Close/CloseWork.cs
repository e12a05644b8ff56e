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

namespace Shanhuo.Tests.Settlement.Close;

/// <summary>Closes day after day of a cooperative, as its people do: a sale, a line of the cash book, the plan, the vote, which posts it. Every third plan is voted down and drawn up anew.</summary>
internal static class CloseWork
{
    public const string Name = "close", Posting = "post";
    public static readonly DateOnly First = new(2026, 4, 1);

    public static async Task Round(TestHost host, Action<string> at)
    {
        // Time goes on where the vote before has left it.
        var today = await host.Db(db => db.Ballots.MaxAsync(b => (DateOnly?)b.MeetingDay));
        if (today > host.Clock.Today) host.Clock.Days(today.Value.DayNumber - host.Clock.Today.DayNumber);
        if (await Waiting(host) is not { } close)
        {
            var day = (await host.Db(db => db.Closes.Where(c => c.State == CloseState.Confirmed).MaxAsync(c => (DateOnly?)c.Until)))?.AddDays(1) ?? First;
            at("sale");
            await Once(host, Cause.Line, day, ("cooperative", "C-01", 100_000), ("growers", "L-1", 4_000), ("buyer", "", -104_000));
            at("pool");
            await Once(host, Cause.PoolPaid, day, ("growers", "L-1", -4_000), ("household", "H-101", 3_000), ("household", "H-102", 1_000));
            at("cash book");
            Assert.Null((await host.In(s => s.GetRequiredService<CashBook>().Handle(new BookCash(Request(day, 0), SmallCounty.Cooperative, day, CashCategory.Management, new Fen(20_001), "电费"), default), CloseCounty.Manager)).Refused);
            at("propose");
            var attempt = await host.Db(db => db.Closes.CountAsync(c => c.From == day));
            close = (await CloseCounty.Propose(host, day, day, request: Request(day, attempt + 1))).Value;
        }
        var isAgain = await host.Db(db => db.Closes.AnyAsync(c => c.From == close.From && c.State == CloseState.VotedDown));
        await AssemblyDay.Count(host, close.BallotId, at, close.From.DayNumber % 3 == 0 && !isAgain ? [Choice.Yes, Choice.No] : [Choice.Yes, Choice.Yes]);
        at(Posting);
        Assert.Null((await AssemblyDay.End(host, close.BallotId)).Refused);
    }

    private static Task<CooperativeClose?> Waiting(TestHost host) => host.Db(db => db.Closes.SingleOrDefaultAsync(c => c.State == CloseState.Proposed));

    private static async Task Once(TestHost host, Cause cause, DateOnly day, params (string Role, string Owner, long Fen)[] legs)
    {
        var key = $"{day.DayNumber}";
        if (!await host.Db(db => db.JournalEntries.AnyAsync(e => e.Cause == cause && e.CauseKey == key))) await LedgerOf.Enter(host, cause, key, day, SmallCounty.Lot, legs);
    }

    private static Guid Request(DateOnly day, int attempt) => new(day.DayNumber, (short)attempt, 1, 0, 0, 0, 0, 0, 0, 0, 0);
}
