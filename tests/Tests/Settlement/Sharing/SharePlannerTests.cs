using Shanhuo.Kernel;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Sharing;

namespace Shanhuo.Tests.Settlement.Sharing;

/// <summary>Which share fits into which payment.</summary>
public sealed class SharePlannerTests
{
    private static AccountName Account(string name) => new("cooperative", name);

    [Fact]
    public void Shares_are_served_in_order_up_to_the_ratio_and_go_on_with_the_next_payment()
    {
        var plan = SharePlanner.Plan([new Fen(1_000), new Fen(10_000)], [new(Account("a"), "1900", new Fen(2_500)), new(Account("b"), "1901", new Fen(793)), new(Account("c"), "1900", new Fen(7))], new ShareLimits(300_000));
        Assert.Equal([(0, true), (1, true)], plan.Select(p => (p.Payment, p.IsLast)));
        Assert.Equal([("a", 300L)], plan[0].Shares.Select(s => (s.Account.Owner, s.Amount.Value)));
        Assert.Equal([("a", "1900", 2_200L), ("c", "1900", 7L), ("b", "1901", 793L)], plan[1].Shares.Select(s => (s.Account.Owner, s.Merchant, s.Amount.Value)));
        // Without anybody to pay, each payment is still unfrozen.
        Assert.Equal([(0, 0, true), (1, 0, true)], SharePlanner.Plan([new Fen(5), new Fen(6)], [], new ShareLimits(300_000)).Select(p => (p.Payment, p.Shares.Count, p.IsLast)));
    }

    [Fact]
    public void Of_50_000_random_orders_none_breaks_a_rule_of_the_rail_and_nobody_gets_more_than_is_due()
    {
        var random = new Random(20261122);
        var (requests, several, cut, over) = (0, 0, 0, 0);
        for (var i = 0; i < 50_000; i++)
        {
            var payments = Enumerable.Range(0, random.Next(1, 3)).Select(_ => new Fen(random.NextInt64(1, i % 3 == 0 ? 200 : 5_000_000))).ToList();
            var limits = new ShareLimits(i % 2 == 0 ? 300_000 : random.Next(0, 1_000_001), i % 4 == 0 ? 50 : random.Next(1, 6));
            var paid = payments.Sum(p => p.Value);
            var dues = Enumerable.Range(0, random.Next(i % 50 == 0 ? 120 : 12)).Select(n => new DueShare(Account("M" + n), "19" + random.Next(i % 50 == 0 ? 200 : 9), new Fen(random.NextInt64(0, paid / (1 + n) + 1)))).ToList();
            var plan = SharePlanner.Plan(payments, dues, limits);
            Assert.Equal(payments.Count, plan.Count(p => p.IsLast));
            Assert.All(plan, r => Assert.True(r.Shares.Select(s => s.Merchant).Distinct().Count() <= limits.MostReceivers && r.Shares.All(s => s.Amount > Fen.Zero)));
            for (var at = 0; at < payments.Count; at++)
            {
                var mine = plan.Where(p => p.Payment == at).ToList();
                Assert.True(mine[^1].IsLast);
                Assert.True((Int128)mine.Sum(p => p.Shares.Sum(s => s.Amount.Value)) * 1_000_000 <= (Int128)payments[at].Value * limits.MostPpm);
                // No merchant stands in two requests of a payment: returns find the one share.
                Assert.Equal(mine.SelectMany(p => p.Shares.Select(s => s.Merchant).Distinct()).Count(), mine.SelectMany(p => p.Shares.Select(s => s.Merchant)).Distinct().Count());
                if (mine.Count > 1) several++;
            }
            var got = plan.SelectMany(p => p.Shares).ToList();
            foreach (var due in dues) Assert.True(got.Where(s => s.Account == due.Account).Sum(s => s.Amount.Value) <= due.Amount.Value);
            Assert.All(got, s => Assert.Equal(dues.Single(d => d.Account == s.Account).Merchant, s.Merchant));
            // Nobody waits while there is room.
            var (total, room) = (got.Sum(s => s.Amount.Value), payments.Sum(p => limits.MostOf(p).Value));
            Assert.Equal(Math.Min(dues.Sum(d => d.Amount.Value), room), total);
            if (dues.Sum(d => d.Amount.Value) > room) cut++;
            if (payments.Count > 1 && total > limits.MostOf(payments[0]).Value) over++;
            requests += plan.Count;
        }
        Assert.True(requests > 50_000 && several > 1_000 && cut > 1_000 && over > 1_000);
    }
}
