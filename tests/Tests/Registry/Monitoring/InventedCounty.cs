using Shanhuo.Kernel;
using Shanhuo.Registry.Monitoring;

namespace Shanhuo.Tests.Registry.Monitoring;

/// <summary>
/// Invented 36-month histories with the truth behind them. The model, which knows nothing of the rule:
/// villages of 40 households of 2 to 6 people; income of a head log-normal around 11,000 yuan a year (sigma 0.35); wages, sales and transfers in random shares; sales of six in ten households
/// come with the harvest (September to November), of the others evenly; noise of 25% on sales and 10% on wages, little work in February.
/// Shocks by the month: serious illness 0.5% (cost log-normal around 40% of the year's income, over 3 to 8 months, wages fall for 4 to 12), small illness 2%, accident 0.15%, lost work 0.5% (4 to 14 months),
/// a market that breaks away 0.4% (sales at 20 to 60% for 8 to 16 months), disaster of a village 0.6% (reaches seven in ten), and 0.05% spending of which nobody tells.
/// The truth: hardship is a month in which the income of twelve months less what all blows cost goes below the monitoring line a head. Households that are below it in the first year are left out: they are monitored already.
/// What is seen: sales exactly, other income with 10% of noise, 92% of the blows, each with 20% of error in its cost, a quarter of them a month late; lost work, a broken market and untold spending only by what comes in.
/// </summary>
internal sealed record InventedHousehold(HouseholdHistory Seen, bool[] Hardship)
{
    /// <summary>Months in which a spell of hardship begins, of those that a rule can have seen coming.</summary>
    public IEnumerable<int> Spells => Enumerable.Range(WarningRule.LeastMonths, 36 - WarningRule.LeastMonths).Where(t => Hardship[t] && !Hardship[t - 1]);
}

internal sealed class InventedCounty(int seed)
{
    public const int Months = 36;
    public static readonly Fen Line = new(6_000_00);
    private static readonly DateOnly First = new(2023, 1, 1);
    private static readonly double[] Harvest = [.3, .2, .2, .3, .4, .5, .8, 1.4, 2.2, 2.6, 2.0, 1.1];
    private readonly Random chance = new(seed);

    public List<InventedHousehold> Households(int villages)
    {
        var all = new List<InventedHousehold>();
        for (var v = 0; v < villages; v++)
        {
            var blows = Enumerable.Range(0, Months).Where(_ => chance.NextDouble() < 0.006).ToDictionary(t => t, _ => (Left: In(.2, .7), Lasts: chance.Next(6, 13), Cost: In(.05, .25)));
            for (var h = 0; h < 40; h++)
                if (Household(v * 40 + h, blows) is { } home) all.Add(home);
        }
        return all;
    }

    private InventedHousehold? Household(long id, Dictionary<int, (double Left, int Lasts, double Cost)> village)
    {
        var members = chance.Next(2, 7);
        var income = members * 11_000 / 12.0 * Math.Exp(.35 * Normal());
        var wages = In(.25, .65);
        var sales = In(.15, .6) * (1 - wages) + .05;
        var transfers = Math.Max(.05, 1 - wages - sales);
        sales = 1 - wages - transfers;
        var harvest = chance.NextDouble() < .6;
        var (work, market, costs) = (Ones(), Ones(), new double[Months + 30]);
        var (events, net, months) = (new List<EventFact>(), new double[Months], new List<MonthFacts>());
        for (var t = 0; t < Months; t++)
        {
            Strike(t, income * 12, village, work, market, costs, events);
            var earned = income * wages * work[t] * Math.Exp(.1 * Normal()) * (t % 12 == 1 ? .4 : 1.05);
            var sold = income * sales * (harvest ? Harvest[t % 12] : 1) * market[t] * Math.Exp(.25 * Normal());
            net[t] = earned + sold + income * transfers - costs[t];
            months.Add(new MonthFacts(First.AddMonths(t), Yuan(sold), Yuan(income * transfers + earned * Math.Exp(.1 * Normal()))));
        }
        var hardship = new bool[Months];
        for (var t = 11; t < Months; t++) hardship[t] = net[(t - 11)..(t + 1)].Sum() * 100 / members < Line.Value * (t > 11 && hardship[t - 1] ? 1.05 : 1);
        return hardship[11] ? null : new InventedHousehold(new HouseholdHistory(id, members, months, events), hardship);
    }

    private void Strike(int t, double year, Dictionary<int, (double Left, int Lasts, double Cost)> village, double[] work, double[] market, double[] costs, List<EventFact> events)
    {
        if (chance.NextDouble() < .005)
        {
            var cost = year * .4 * Math.Exp(.5 * Normal());
            Spend(costs, t, chance.Next(3, 9), cost);
            Fall(work, t, chance.Next(4, 13), In(.3, .8));
            Tell(events, t, "illness", cost);
        }
        if (chance.NextDouble() < .02)
        {
            var cost = year * In(.01, .06);
            Spend(costs, t, 1, cost);
            Tell(events, t, "illness", cost);
        }
        if (chance.NextDouble() < .005) Fall(work, t, chance.Next(4, 15), In(0, .4));
        if (chance.NextDouble() < .0015)
        {
            var cost = year * .25 * Math.Exp(.5 * Normal());
            Spend(costs, t, chance.Next(1, 5), cost);
            Fall(work, t, chance.Next(2, 9), .6);
            Tell(events, t, "accident", cost);
        }
        if (chance.NextDouble() < .004) Fall(market, t, chance.Next(8, 17), In(.2, .6));
        if (chance.NextDouble() < .0005) Spend(costs, t, 1, year * In(.1, .4));
        if (!village.TryGetValue(t, out var blow) || chance.NextDouble() >= .7) return;
        Fall(market, t, blow.Lasts, Math.Min(1, blow.Left * Math.Exp(.25 * Normal())));
        var damage = year * blow.Cost * Math.Exp(.5 * Normal());
        Spend(costs, t, 3, damage);
        Tell(events, t, "disaster", damage);
    }

    private void Tell(List<EventFact> events, int t, string kind, double cost)
    {
        if (chance.NextDouble() < .92) events.Add(new EventFact(First.AddMonths(t + (chance.Next(4) == 0 ? 1 : 0)), kind, Yuan(cost * Math.Exp(.2 * Normal()))));
    }

    private static void Spend(double[] costs, int from, int months, double sum) { for (var j = 0; j < months; j++) costs[from + j] += sum / months; }

    private static void Fall(double[] part, int from, int months, double left) { for (var j = 0; j < months; j++) part[from + j] *= left; }

    private static double[] Ones() => [.. Enumerable.Repeat(1.0, Months + 30)];

    private static Fen Yuan(double yuan) => new((long)(yuan * 100));

    private double In(double from, double to) => from + (to - from) * chance.NextDouble();

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
}
