using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Simulations;

namespace Shanhuo.Tests.Registry.Targeting;

public sealed class SimulationTests
{
    private const byte Y = (byte)Truth.Yes, N = (byte)Truth.No, U = (byte)Truth.Unknown;

    [Theory]
    // Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilsons_interval_is_as_published(int hits, int size, double low, double high)
    {
        var (l, h) = Wilson.Of(hits / (double)size, size);
        Assert.Equal((low, high), (Math.Round(l, 4), Math.Round(h, 4)));
    }

    [Fact]
    public void Leakage_and_undercoverage_are_counted_and_the_undecided_are_bounds()
    {
        //              picked            undecided     not picked      truth unknown
        byte[] answers = [Y, Y, Y, Y, Y, /**/ U, U, U, /**/ N, N, N, N, /**/ Y, N];
        byte[] truth = [Y, Y, Y, N, N, /**/ Y, Y, N, /**/ Y, N, N, N, /**/ U, U];
        var cell = new Simulation(answers, truth).Of([.. Enumerable.Range(0, answers.Length)]);
        Assert.Equal((12, 6, 5, 3, 2), (cell.Households, cell.Poor, cell.Picked, cell.Undecided, cell.TruthUnknown));
        Assert.Equal((2 / 7.0, 3 / 6.0), (cell.Leakage.Least, cell.Leakage.Most));
        Assert.Equal((1 / 6.0, 3 / 6.0), (cell.Undercoverage.Least, cell.Undercoverage.Most));
        Assert.True(cell.Leakage.Low < cell.Leakage.Least && cell.Leakage.High > cell.Leakage.Most);
    }

    [Fact]
    public void The_stated_interval_covers_the_truth_in_93_to_97_of_100_draws()
    {
        var features = InventedHouseholds.Make(100_000, 11);
        var rule = RuleReader.Read(RuleTests.Shipped("e-commerce-readiness.json"));
        var answers = rule.Apply(features).Answers;
        var truth = Verified.Measured(features, 6_500_00).Truth;
        var whole = new Simulation(answers, truth).Of([.. Enumerable.Range(0, features.Count)]);
        var chance = new Random(12);
        var order = Enumerable.Range(0, features.Count).ToArray();
        var (leakage, undercoverage) = (0, 0);
        for (var draw = 0; draw < 1_000; draw++)
        {
            for (var i = 0; i < 1_000; i++)
            {
                var j = chance.Next(i, order.Length);
                (order[i], order[j]) = (order[j], order[i]);
            }
            var cell = new Simulation(answers, truth).Of(order[..1_000]);
            if (whole.Leakage.Least >= cell.Leakage.Low && whole.Leakage.Least <= cell.Leakage.High) leakage++;
            if (whole.Undercoverage.Least >= cell.Undercoverage.Low && whole.Undercoverage.Least <= cell.Undercoverage.High) undercoverage++;
        }
        Assert.InRange(leakage, 930, 970);
        Assert.InRange(undercoverage, 930, 970);
    }

    [Fact]
    public void Drawn_by_villages_the_interval_still_covers_and_a_plain_one_would_not()
    {
        // 400 villages that differ much; 40 are drawn whole with 50 households each.
        var chance = new Random(13);
        const int villages = 400, each = 50;
        var rate = Enumerable.Range(0, villages).Select(_ => 0.1 + 0.8 * chance.NextDouble()).ToArray();
        var (answers, truth) = (new byte[villages * each], new byte[villages * each]);
        for (var i = 0; i < answers.Length; i++) (answers[i], truth[i]) = (Y, chance.NextDouble() < rate[i / each] ? N : Y);
        var real = truth.Count(t => t == N) / (double)truth.Length;
        var (covered, plain) = (0, 0);
        for (var draw = 0; draw < 1_000; draw++)
        {
            var drawn = Enumerable.Range(0, villages).OrderBy(_ => chance.Next()).Take(40).ToList();
            var rows = drawn.SelectMany(v => Enumerable.Range(v * each, each)).ToArray();
            byte[] a = [.. rows.Select(r => answers[r])], t = [.. rows.Select(r => truth[r])];
            int[] all = [.. Enumerable.Range(0, rows.Length)], clusters = [.. all.Select(r => r / each)];
            var design = new Shanhuo.Registry.Measures.SampleDesign(new int[40], [40], [0]);
            var cell = new Simulation(a, t, null, design, clusters).Of(all);
            if (real >= cell.Leakage.Low && real <= cell.Leakage.High) covered++;
            cell = new Simulation(a, t).Of(all);
            if (real >= cell.Leakage.Low && real <= cell.Leakage.High) plain++;
        }
        Assert.InRange(covered, 930, 975);
        Assert.True(plain < 700, $"{plain}");
    }

    [Fact]
    public void Cells_of_fewer_than_five_are_not_shown_and_follow_from_no_sum()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var features = InventedHouseholds.Make(400, seed);
            var chance = new Random(seed);
            byte[] answers = [.. Enumerable.Range(0, 400).Select(_ => chance.Next(5) == 0 ? Y : N)], truth = [.. Enumerable.Range(0, 400).Select(_ => chance.Next(4) == 0 ? Y : N)];
            var simulation = new Simulation(answers, truth);
            foreach (var second in new GroupKind?[] { null, GroupKind.Sex, GroupKind.Disability })
            {
                var table = SimulationTable.Make(simulation, features, GroupKind.Village, second);
                Assert.All(table.Cells, c => Assert.False(c.Cell is { IsSmall: true }));
                foreach (var line in table.Cells.GroupBy(c => c.Second).Concat(second is null ? [] : table.Cells.GroupBy(c => c.First))) Assert.True(line.Count(c => c.Cell is null) != 1 || line.Count() == 1);
            }
        }
    }

    [Fact]
    public async Task A_table_of_verified_households_is_read_and_what_is_wrong_is_said_with_its_place()
    {
        var features = InventedHouseholds.Make(50, 1);
        var read = await Read("household,poor,weight,stratum,cluster\nH-1,yes,2,A,x\nH-2,否,1.5,A,y\nH-3,,1,B,x\n", features);
        Assert.Equal([Y, N, U], read.Value.Truth);
        Assert.Equal([2, 1.5, 1], read.Value.Weights!);
        Assert.Equal([0, 1, 2], read.Value.Clusters!);
        Assert.Equal([1, 2, 3], read.Value.Features.Ids);
        foreach (var (text, code, row) in new[] { ("household,poor\nH-99,1\n", "targeting.verified-household", 2), ("household,poor\nH-1,1\nH-1,0\n", "targeting.verified-twice", 3), ("household,poor\nH-1,maybe\n", "targeting.verified-poor", 2), ("household,poor,weight\nH-1,1,0\n", "targeting.verified-weight", 2), ("id,poor\nH-1,1\n", "targeting.verified-columns", 1) })
        {
            var no = (await Read(text, features)).Refused;
            Assert.Equal((code, row), (no!.Code, no.Where.Row!.Value));
        }

        static async Task<Outcome<Verified>> Read(string text, HouseholdFeatures features)
        {
            var sheet = (await SheetReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "v.csv", default)).Value;
            return Verified.Read(sheet, "v.csv", features, code => int.TryParse(code[2..], out var id) && id <= 50 ? id - 1 : null);
        }
    }
}
