using System.Text;
using Shanhuo.Settlement.Pools;

namespace Shanhuo.Tests.Settlement.Pools;

public sealed class HoldingsTests
{
    [Fact]
    public void A_household_has_the_weight_of_all_its_intakes_by_price_not_by_the_kilo_alone()
    {
        var lot = Lot(("H-2", 1000, 300), ("H-1", 1000, 1200), ("H-2", 500, 600));
        Assert.Equal(["H-1", "H-2"], lot.All.ToArray().Select(holding => holding.Owner));
        Assert.Equal([6667L, 3333], lot.Entitlements(10_000)); // 1 200 000 to 600 000
    }

    [Fact]
    public void Where_all_prices_are_0_quantity_alone_counts()
    {
        Assert.Equal([100L, 200], Lot(("H-1", 10, 0), ("H-2", 20, 0)).Entitlements(300));
        Assert.Equal([0L, 300], Lot(("H-1", 10, 0), ("H-2", 20, 1)).Entitlements(300));
    }

    [Fact]
    public void What_is_paid_now_is_the_entitlement_less_what_was_paid_before()
    {
        var (lot, chance, received) = (Lot(("H-1", 10, 7), ("H-2", 20, 5), ("H-3", 30, 3)), new Random(1), 0L);
        var paid = new long[3];
        for (var day = 0; day < 200; day++)
        {
            received += chance.Next(0, 90);
            var now = lot.Payable(received, paid);
            for (var i = 0; i < 3; i++) paid[i] += now[i];
            Assert.Equal(received, paid.Sum());
        }
        Assert.Equal(lot.Entitlements(received), paid);
    }

    [Fact]
    public void A_lot_made_from_others_keeps_their_growers_shares_and_all_of_their_value_in_the_end()
    {
        var (first, second) = (Lot(("H-1", 600, 100), ("H-2", 400, 200)), Lot(("H-2", 1000, 50)));
        var made = Holdings.Of(first.Take(0, 500).Concat(second.Take(0, 1000)));
        Assert.Equal(["H-1: 30000, 300", "H-2: 90000, 1200"], made.All.ToArray().Select(h => $"{h.Owner}: {h.Value}, {h.Quantity}"));
        var chance = new Random(2);
        var (taken, parts) = (0L, new List<Holding>());
        while (taken < 1000)
        {
            var some = chance.NextInt64(1, 1001 - taken);
            parts.AddRange(first.Take(taken, some));
            taken += some;
        }
        Assert.Equal(first.All.ToArray(), Holdings.Of(parts).All.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => first.Take(900, 101));
    }

    [Fact]
    public void The_buyer_at_intake_owes_quantity_times_price_rounded_once()
    {
        Assert.Equal(2502, IntakeBought.Owed(1500 * 1001 + 1000 * 1000, byPiece: false)); // 2501.5, half to even
        Assert.Equal(75, IntakeBought.Owed(3 * 25, byPiece: true));
    }

    [Fact]
    public void An_advance_is_set_off_first_and_what_it_exceeds_the_pool_by_is_the_bearers()
    {
        Assert.Equal((300L, 0L), IntakeBought.SetOff(300, 500, 0));
        Assert.Equal((500L, 150L), IntakeBought.SetOff(700, 500, 50));
        Assert.Equal(200, IntakeBought.Excess([300, 700], [500, 500]));
    }

    [Fact]
    public void Ordinal_order_is_that_of_utf8_bytes()
    {
        string[] codes = ["a", "", "ab", "果", "\uFF5E", "𠮷", "é", "A", "a/", "龘", "\uE000"];
        foreach (var a in codes)
            foreach (var b in codes)
                Assert.Equal(Math.Sign(Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b))), Math.Sign(Ordinal.Compare(a, b)));
    }

    private static Holdings Lot(params (string Household, long Grams, long Price)[] intakes) =>
        Holdings.Of(intakes.Select(i => new Holding(i.Household, (Int128)i.Grams * i.Price, i.Grams)));
}
