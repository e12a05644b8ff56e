using Shanhuo.Settlement.Refunds;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Tests.Settlement.Refunds;

public sealed class RefundSplitTests
{
    [Fact]
    public void Any_sequence_of_refunds_ends_where_one_would_and_none_runs_the_wrong_way()
    {
        var chance = new Random(1);
        for (var run = 0; run < 3000; run++)
        {
            var (line, gross) = AnyLine(chance);
            var (bearer, refunded) = (SchemeRole.RiskFund, 0L);
            var all = new long[Roles.Count];
            var last = chance.NextInt64(1, gross + 1);
            if (run % 2 == 0) last = gross;
            while (refunded < last)
            {
                var amount = chance.NextInt64(1, last - refunded + 1);
                var one = Post(line, gross, refunded, amount, bearer);
                Assert.Equal(0, one.Sum());
                Assert.Equal(amount, one[0]);
                for (var role = 1; role < Roles.Count; role++)
                {
                    if (role != (int)bearer) Assert.True(line.Netted[role] > 0 ? one[role] <= 0 : one[role] >= 0);
                    all[role] += one[role];
                }
                refunded += amount;
            }
            all[0] = last;
            Assert.Equal(Post(line, gross, 0, last, bearer), all);
        }
    }

    [Fact]
    public void A_full_refund_takes_back_exactly_what_was_paid_sunk_costs_aside_which_the_bearer_carries()
    {
        var chance = new Random(2);
        for (var run = 0; run < 3000; run++)
        {
            var (line, gross) = AnyLine(chance);
            var postings = Post(line, gross, 0, gross, SchemeRole.Collective);
            for (var role = 1; role < Roles.Count; role++)
                Assert.Equal(-line.Netted[role] - (role == (int)SchemeRole.Collective ? line.Sunk.Sum() : 0), postings[role]);
        }
    }

    [Fact]
    public void The_fault_that_a_refund_names_carries_the_sunk_costs_of_this_refund_only()
    {
        var line = new LinePostings();
        (line.Netted[(int)SchemeRole.Cooperative], line.Sunk[(int)SchemeRole.Packaging]) = (900, 100);
        var (first, second) = (Post(line, 1000, 0, 500, SchemeRole.Carrier), Post(line, 1000, 500, 500, SchemeRole.Programme));
        Assert.Equal((500L, -450L, -50L, 0L), (first[0], first[(int)SchemeRole.Cooperative], first[(int)SchemeRole.Carrier], first[(int)SchemeRole.Programme]));
        Assert.Equal((500L, -450L, 0L, -50L), (second[0], second[(int)SchemeRole.Cooperative], second[(int)SchemeRole.Carrier], second[(int)SchemeRole.Programme]));
    }

    [Fact]
    public void A_pool_gives_back_what_it_has_not_yet_paid_and_the_bearer_the_rest()
    {
        var line = new LinePostings();
        (line.Netted[(int)SchemeRole.Growers], line.Netted[(int)SchemeRole.Cooperative]) = (800, 200);
        var unpaid = (long[])RefundSplit.NothingPaidOut.Clone();
        unpaid[(int)SchemeRole.Growers] = 300;
        var postings = new long[Roles.Count];
        RefundSplit.Post(line, 1000, 0, 500, SchemeRole.Carrier, SchemeRole.RiskFund, unpaid, postings);
        Assert.Equal((-300L, -100L, -100L), (postings[(int)SchemeRole.Growers], postings[(int)SchemeRole.RiskFund], postings[(int)SchemeRole.Cooperative]));
    }

    [Fact]
    public void More_than_is_left_is_a_fault_of_the_caller()
    {
        var line = new LinePostings();
        line.Netted[(int)SchemeRole.Cooperative] = 1000;
        Assert.Throws<ArgumentOutOfRangeException>(() => Post(line, 1000, 600, 401, SchemeRole.RiskFund));
        Assert.Throws<ArgumentOutOfRangeException>(() => Post(line, 1000, 600, 0, SchemeRole.RiskFund));
    }

    private static long[] Post(LinePostings line, long gross, long before, long amount, SchemeRole bearer)
    {
        var postings = new long[Roles.Count];
        RefundSplit.Post(line, gross, before, amount, bearer, bearer, RefundSplit.NothingPaidOut, postings);
        return postings;
    }

    // Receivers, some through sunk steps, and some who put in; together the gross.
    private static (LinePostings Line, long Gross) AnyLine(Random chance)
    {
        var line = new LinePostings();
        for (var role = 1; role < Roles.Count; role++)
        {
            if (chance.Next(3) == 0) line.Netted[role] = chance.Next(-400, 2000);
            if (chance.Next(6) == 0) line.Sunk[role] = chance.Next(0, 300);
        }
        line.Netted[(int)SchemeRole.Workers] += Math.Max(0, 1 - line.Netted.Sum() - line.Sunk.Sum());
        return (line, line.Netted.Sum() + line.Sunk.Sum());
    }
}
