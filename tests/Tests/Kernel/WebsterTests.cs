using System.Diagnostics;
using System.Numerics;
using Shanhuo.Kernel;
using Shanhuo.Tests.Settlement;

namespace Shanhuo.Tests.Kernel;

public sealed class WebsterTests
{
    [Theory]
    [InlineData(10, new long[] { 53, 24, 23 }, new long[] { 6, 2, 2 })] // Balinski and Young's example: largest remainders would give 5, 3, 2
    [InlineData(1000, new long[] { 1, 1, 1 }, new long[] { 334, 333, 333 })]
    [InlineData(15, new long[] { 80, 8, 12 }, new long[] { 12, 1, 2 })] // who is owed exactly 12 has 12
    [InlineData(1, new long[] { 0, 5, 5 }, new long[] { 0, 1, 0 })]
    [InlineData(0, new long[] { 3, 4 }, new long[] { 0, 0 })]
    [InlineData(7, new long[] { 9 }, new long[] { 7 })]
    public void Webster_gives_the_known_answer(long amount, long[] weights, long[] parts) =>
        Assert.Equal(parts, Webster.Apportion(new Fen(amount), weights).Select(part => part.Value));

    [Fact]
    public void It_does_what_handing_out_fen_by_fen_does()
    {
        var chance = new Random(1);
        for (var run = 0; run < 20_000; run++)
        {
            var weights = Weights(chance, chance.Next(1, 8), chance.Next(2) == 0 ? 4 : 1000);
            var amount = chance.Next(0, 200);
            Assert.Equal(SlowTwin.Divide(amount, [.. weights.Select(w => (BigInteger)w)]).Select(part => (long)part), Divide(amount, weights));
        }
    }

    [Fact]
    public void The_wide_and_the_widest_arithmetic_give_the_same_parts_as_the_narrow()
    {
        var chance = new Random(2);
        for (var run = 0; run < 2_000; run++)
        {
            var weights = Weights(chance, chance.Next(2, 40), 1000);
            var amount = chance.NextInt64(0, 100_000);
            var narrow = Divide(amount, weights);
            Assert.Equal(narrow, Divide(amount, [.. weights.Select(w => w << 50)]));
            var parts = new long[weights.Length];
            Webster.Apportion(amount, Array.ConvertAll(weights, w => (Int128)w << 80), parts);
            Assert.Equal(narrow, parts);
        }
    }

    [Fact]
    public void Parts_add_up_never_fall_and_stay_within_the_bound()
    {
        var chance = new Random(3);
        for (var run = 0; run < 2_000; run++)
        {
            var weights = Weights(chance, chance.Next(1, 30), 1_000_000_000);
            var sum = weights.Aggregate(BigInteger.Zero, (all, w) => all + w);
            var amount = chance.NextInt64(0, 1_000_000_000_000);
            var (parts, more) = (Divide(amount, weights), Divide(amount + chance.Next(1, 50), weights));
            Assert.Equal(amount, parts.Sum());
            for (var i = 0; i < parts.Length; i++)
            {
                Assert.True(more[i] >= parts[i]);
                // |part − amount·w/W| ≤ ½ + n·w/(2W), times 2W
                Assert.True(BigInteger.Abs(2 * parts[i] * sum - 2 * (BigInteger)amount * weights[i]) <= sum + weights.Length * (BigInteger)weights[i]);
            }
        }
    }

    [Fact]
    public void A_total_that_is_the_sum_of_the_weights_returns_the_weights()
    {
        var chance = new Random(4);
        for (var run = 0; run < 2_000; run++)
        {
            var weights = Weights(chance, chance.Next(1, 50), run % 2 == 0 ? 20 : 1_000_000_000);
            Assert.Equal(weights, Divide(weights.Sum(), weights));
        }
    }

    [Fact]
    public void The_order_of_the_list_changes_nothing_but_exact_ties()
    {
        var chance = new Random(5);
        for (var run = 0; run < 2_000; run++)
        {
            long[] weights = [.. Enumerable.Range(0, 12).Select(i => 1_000_003L * (i + 1) + i * i)];
            var amount = chance.Next(0, 5_000);
            var order = Enumerable.Range(0, 12).ToArray();
            chance.Shuffle(order);
            var (straight, shuffled) = (Divide(amount, weights), Divide(amount, [.. order.Select(i => weights[i])]));
            Assert.Equal(order.Select(i => straight[i]), shuffled);
        }
    }

    [Fact]
    public void Paying_daily_gives_each_grower_the_same_fen_as_paying_once()
    {
        var chance = new Random(6);
        var weights = Weights(chance, 200, 5_000_000);
        var (received, paid) = (0L, new long[200]);
        for (var day = 0; day < 100; day++)
        {
            received += chance.Next(0, 100_000);
            var entitled = Divide(received, weights);
            for (var i = 0; i < paid.Length; i++)
            {
                Assert.True(entitled[i] >= paid[i]);
                paid[i] += entitled[i] - paid[i];
            }
        }
        Assert.Equal(Divide(received, weights), paid);
    }

    [Fact]
    public void Extremes_of_64_bits_are_exact()
    {
        Assert.Equal([long.MaxValue - long.MaxValue / 2, long.MaxValue / 2], Divide(long.MaxValue, [long.MaxValue, long.MaxValue]));
        Assert.Equal([long.MaxValue, 0], Divide(long.MaxValue, [long.MaxValue, 0]));
        Assert.Equal([1L, 0], Divide(1, [1, 1]));
    }

    [Fact]
    public void No_weight_above_zero_or_one_below_is_a_fault_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => Webster.Apportion(new Fen(5), [0, 0]));
        Assert.Throws<ArgumentException>(() => Webster.Apportion(new Fen(5), []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Webster.Apportion(new Fen(5), [1, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Webster.Apportion(new Fen(-5), [1]));
    }

    [Fact]
    public void A_pool_of_100_000_growers_takes_no_noticeable_time()
    {
        var weights = Weights(new Random(7), 100_000, 5_000_000_000);
        Divide(123_456_789_012, weights);
        var clock = Stopwatch.StartNew();
        Assert.Equal(123_456_789_012, Divide(123_456_789_012, weights).Sum());
        Assert.True(clock.ElapsedMilliseconds < 1000, $"{clock.ElapsedMilliseconds} ms"); // the 50 ms are measured by the benchmark; here machines may be busy
    }

    private static long[] Divide(long amount, long[] weights)
    {
        var parts = new long[weights.Length];
        Webster.Apportion(amount, weights, parts);
        return parts;
    }

    private static long[] Weights(Random chance, int count, long largest)
    {
        long[] weights = [.. Enumerable.Range(0, count).Select(_ => chance.NextInt64(0, largest))];
        weights[chance.Next(count)] = chance.NextInt64(1, largest);
        return weights;
    }
}
