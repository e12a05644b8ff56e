using Shanhuo.Kernel;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Tests.Settlement.Close;

public sealed class SurplusTests
{
    private static readonly DateOnly Day = new(2025, 12, 31);
    private static readonly CloseTerms Terms = new(new Rate(200_000), new Rate(600_000), new Rate(50_000), new Rate(0));

    /// <summary>Source: settlement rules, "Cooperative close", the published example.</summary>
    [Fact]
    public void The_published_example_gives_its_known_answer()
    {
        var s = Divide(10_000_000, 4_000_000, 0, Terms, new MemberStake("H-1", new Fen(3), 0, new Fen(1)), new MemberStake("H-2", new Fen(1), 0, new Fen(1)));
        Assert.Equal((1_200_000, 4_800_000, 2_880_000, 240_000, 0, 1_680_000), (s.Reserve.Value, s.Distributable.Value, s.Patronage.Value, s.Welfare.Value, s.Labour.Value, s.ByAccount.Value));
        Assert.Equal([2_160_000, 720_000], s.Shares.Select(m => m.Patronage.Value));
        Assert.Equal([840_000, 840_000], s.Shares.Select(m => m.ByAccount.Value));
        Assert.Equal([900_000, 300_000], s.Shares.Select(m => m.ReserveCredit.Value));
    }

    /// <summary>Apache Fineract issue FINERACT-608: a dividend run failed on, or paid, members without anything to their name.</summary>
    [Fact]
    public void A_member_without_trade_gets_no_patronage_and_still_its_part_by_account()
    {
        var s = Divide(10_000_000, 4_000_000, 0, Terms, new MemberStake("H-1", new Fen(0), 0, new Fen(500)), new MemberStake("H-2", new Fen(7), 0, new Fen(500)));
        Assert.Equal((0, 840_000, 0), (s.Shares[0].Patronage.Value, s.Shares[0].ByAccount.Value, s.Shares[0].ReserveCredit.Value));
        Assert.Equal(s.Patronage, s.Shares[1].Patronage);
    }

    [Fact]
    public void A_year_of_loss_pays_nothing_and_carries_the_loss_on()
    {
        var s = Divide(100, 300, 50, Terms, new MemberStake("H-1", new Fen(1), 1, new Fen(1)));
        Assert.Equal((250, 0, 0), (s.LossCarried.Value, s.Reserve.Value, s.Distributable.Value));
        Assert.Equal(Fen.Zero, s.Shares[0].Paid);
    }

    [Fact]
    public void Past_losses_come_first_and_the_reserve_is_of_what_is_then_left()
    {
        var s = Divide(10_000_000, 4_000_000, 1_000_000, Terms, new MemberStake("H-1", new Fen(1), 1, new Fen(1)));
        Assert.Equal((1_000_000, 4_000_000, 0), (s.Reserve.Value, s.Distributable.Value, s.LossCarried.Value));
    }

    [Fact]
    public void Patronage_under_the_law_is_refused_with_limit_and_source()
    {
        var no = Surplus.Divide(new Fen(100), Fen.Zero, Fen.Zero, Terms with { Patronage = new Rate(599_999) }, [], Day).Refused;
        Assert.Equal("close.patronage-floor", no?.Code);
        Assert.Equal("59.9999%", no!.Arguments[0]);
        Assert.Equal("60%", no.Arguments[1]);
        Assert.Contains("第四十四条", (string)no.Arguments[2]);
    }

    [Fact]
    public void Parts_over_the_whole_and_parts_without_anybody_are_refused()
    {
        var one = new MemberStake("H-1", new Fen(1), 0, new Fen(1));
        Assert.Equal("close.over-whole", Refused(Terms with { Welfare = new Rate(400_001) }, one));
        Assert.Equal("close.no-trade", Refused(Terms, one with { Trade = Fen.Zero }));
        Assert.Equal("close.no-accounts", Refused(Terms, one with { Account = Fen.Zero }));
        Assert.Equal("close.no-trade", Refused(Terms));

        static string? Refused(CloseTerms terms, params MemberStake[] members) => Surplus.Divide(new Fen(1_000), Fen.Zero, Fen.Zero, terms, members, Day).Refused?.Code;
    }

    [Fact]
    public void A_labour_bonus_goes_by_days_and_without_days_to_the_accounts()
    {
        var terms = Terms with { Labour = new Rate(100_000) };
        var with = Divide(10_000_000, 4_000_000, 0, terms, new MemberStake("H-1", new Fen(1), 3, new Fen(1)), new MemberStake("H-2", new Fen(1), 1, new Fen(1)));
        Assert.Equal([360_000, 120_000], with.Shares.Select(m => m.Labour.Value));
        var without = Divide(10_000_000, 4_000_000, 0, terms, new MemberStake("H-1", new Fen(1), 0, new Fen(1)));
        Assert.Equal((0, 1_680_000), (without.Labour.Value, without.ByAccount.Value));
    }

    [Fact]
    public void For_any_figures_every_fen_has_an_owner_and_the_order_of_members_changes_nothing()
    {
        var chance = new Random(608);
        for (var round = 0; round < 300; round++)
        {
            var members = Enumerable.Range(0, chance.Next(1, 40)).Select(i => new MemberStake($"H-{i}", new Fen(chance.Next(5) == 0 ? 0 : chance.NextInt64(1, 10_000_000)), chance.Next(0, 60), new Fen(chance.NextInt64(1, 100_000_000)))).ToList();
            members[0] = members[0] with { Trade = new Fen(1) };
            var patronage = chance.Next(600_000, 1_000_001);
            var welfare = chance.Next(0, 1_000_001 - patronage);
            var terms = new CloseTerms(new Rate(chance.Next(0, 1_000_001)), new Rate(patronage), new Rate(welfare), new Rate(chance.Next(0, 1_000_001 - patronage - welfare)));
            var (income, costs, past) = (new Fen(chance.NextInt64(0, 1_000_000_000)), new Fen(chance.NextInt64(0, 500_000_000)), new Fen(chance.NextInt64(0, 100_000_000)));
            var s = Surplus.Divide(income, costs, past, terms, members, Day).Value;
            Assert.Equal((income - costs - past).Value, (s.Reserve + s.Distributable - s.LossCarried).Value);
            Assert.Equal(s.Distributable, s.Patronage + s.Welfare + s.Labour + s.ByAccount);
            Assert.Equal(s.Patronage.Value, s.Shares.Sum(m => m.Patronage.Value));
            Assert.Equal(s.Labour.Value, s.Shares.Sum(m => m.Labour.Value));
            Assert.Equal(s.ByAccount.Value, s.Shares.Sum(m => m.ByAccount.Value));
            Assert.Equal(s.Reserve.Value, s.Shares.Sum(m => m.ReserveCredit.Value));
            Assert.All(s.Shares, m => Assert.True(m.Patronage >= Fen.Zero && m.Labour >= Fen.Zero && m.ByAccount >= Fen.Zero));
            chance.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(members));
            Assert.Equal(s.Shares, Surplus.Divide(income, costs, past, terms, members, Day).Value.Shares);
        }
    }

    private static Surplus Divide(long income, long costs, long pastLoss, CloseTerms terms, params MemberStake[] members) =>
        Surplus.Divide(new Fen(income), new Fen(costs), new Fen(pastLoss), terms, members, Day).Value;
}
