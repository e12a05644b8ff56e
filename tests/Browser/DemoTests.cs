using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;

namespace Shanhuo.Browser;

/// <summary>The demo county shows what the program can do, by figures that hold.</summary>
public sealed class DemoTests(DemoSite site)
{
    [Fact]
    public async Task The_ledgers_of_both_counties_are_sound()
    {
        await In(async s =>
        {
            foreach (var county in new[] { DemoCounty.Zhangjiachuan, DemoCounty.Yongjing })
                Assert.Null((await s.GetRequiredService<LedgerAudit>().Verify(county, null, null, default)).First);
        });
    }

    [Fact]
    public async Task Stations_are_those_of_the_survey_and_households_those_of_the_case()
    {
        await In(async s =>
        {
            var kinds = await s.GetRequiredService<ShanhuoDb>().OrganisationFacts.Where(o => o.Area >= DemoCounty.Zhangjiachuan && o.Area <= DemoCounty.Zhangjiachuan.Last).GroupBy(o => o.Kind).ToDictionaryAsync(g => g.Key, g => g.Count());
            Assert.Equal((1, 15, 176), (kinds[OrganisationKind.Centre], kinds[OrganisationKind.TownshipStation], kinds[OrganisationKind.VillageStation]));
            Assert.Equal(260, await s.GetRequiredService<ShanhuoDb>().HouseholdFacts.CountAsync(h => h.Area >= DemoCounty.Yongjing && h.Area <= DemoCounty.Yongjing.Last));
        });
    }

    [Fact]
    public async Task Goods_bought_outright_are_paid_at_once_and_sold_on_the_buyers_account()
    {
        await In(async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var bought = await db.Lots.Where(l => l.Manner == IntakeManner.Bought).Select(l => l.Id).ToListAsync();
            Assert.NotEmpty(bought);
            var owed = await db.Intakes.Where(i => i.Manner == IntakeManner.Bought && i.State == IntakeState.Confirmed).ToListAsync();
            Assert.All(owed, i => Assert.Contains(i.LotId!.Value, bought));
            var paid = await (from e in db.JournalEntries
                              where e.Cause == Cause.PoolPaid && e.LotId != null && bought.Contains(e.LotId.Value)
                              join p in db.Postings on new { e.County, EntryId = e.Id } equals new { p.County, p.EntryId }
                              join a in db.LedgerAccounts on new { p.County, Id = p.AccountId } equals new { a.County, a.Id }
                              where a.Role == "household"
                              select p).SumAsync(p => (long)p.Amount);
            Assert.Equal(owed.Sum(i => i.Amount.Value), paid);
            Assert.True(await db.OrderLines.AnyAsync(l => l.LotId != null && bought.Contains(l.LotId.Value) && l.IsSettled));
        });
    }

    [Fact]
    public async Task Money_has_gone_out_by_file_and_cash_and_one_file_waits_for_its_second_person()
    {
        await In(async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            Assert.Equal([FileState.Released, FileState.Released, FileState.Made], await db.PayoutFiles.OrderBy(f => f.Number).Select(f => f.State).ToListAsync());
            Assert.True(await db.PayoutLines.AnyAsync(l => l.State == LineState.Returned));
            Assert.True(await db.CashPayments.AnyAsync());
            // The fee that the institution took is not booked yet: the day's comparison finds it.
            var today = await db.AccountStatements.MaxAsync(a => a.Day);
            var days = await Reconciliation.Of(db, DemoCounty.Zhangjiachuan, today, default);
            Assert.Equal(new Fen(1_200), Assert.Single(days, d => d.Difference is { } apart && apart != Fen.Zero).Difference);
        });
    }

    [Fact]
    public async Task A_cooperative_has_voted_on_its_year_and_its_members_have_their_shares()
    {
        await In(async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var close = await db.Closes.SingleAsync();
            Assert.Equal(CloseState.Confirmed, close.State);
            // Whoever came in after the period has no share; the payments are those of the plan, to the fen.
            Assert.Equal(close.Distributable - close.Welfare, new Fen((await db.CloseShares.ToListAsync()).Sum(c => c.Paid.Value)));
        });
    }

    [Fact]
    public async Task A_platforms_file_is_in_with_lines_that_wait_and_a_row_that_is_wrong()
    {
        await In(async s =>
        {
            var run = await s.GetRequiredService<ShanhuoDb>().ImportRuns.SingleAsync(r => r.FileName.Contains("虚构"));
            Assert.True(run.Waiting > 0 && run.Refused == 1 && run.Added > 10, $"{run.Waiting} {run.Refused} {run.Added}");
        });
    }

    private async Task In(Func<IServiceProvider, Task> work)
    {
        await using var scope = site.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        await work(scope.ServiceProvider);
    }
}
