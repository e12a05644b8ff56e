using System.Runtime.InteropServices;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Measures.Yearly;

/// <summary>The measures of an area in a year. People are counted, not households: each household weighs as many as it has members, and each member has its net income per head.</summary>
/// <param name="Area">Province to village.</param>
/// <param name="Households">With at least one member.</param>
/// <param name="People">In these households.</param>
/// <param name="KnownHouseholds">Of which all income and costs are known.</param>
/// <param name="KnownPeople">The base of <paramref name="Known"/>.</param>
/// <param name="PoorPeople">Of the base, below the line.</param>
/// <param name="MeanIncome">Yuan per head of the base; NaN where it is empty.</param>
/// <param name="Known">The measures of the base; NaN where it is empty.</param>
/// <param name="Least">The least that the measures of all people can be; see <see cref="HomeYear"/>.</param>
/// <param name="Greatest">The greatest.</param>
internal sealed record AreaFigures(AreaCode Area, int Households, int People, int KnownHouseholds, int KnownPeople, int PoorPeople, double MeanIncome, PovertyFigures Known, PovertyFigures Least, PovertyFigures Greatest)
{
    /// <summary>Measures households.</summary>
    /// <param name="area">What they are of.</param>
    /// <param name="homes">In any order.</param>
    /// <param name="line">Yuan per head and year.</param>
    /// <remarks>All measures of poverty fall when any income rises: so they are least where each unknown income is as high as it can be, and greatest where it is as low. The Gini is not so; its bounds are those of <see cref="Unknowns"/>, which take unknown incomes as anything from zero up.</remarks>
    public static AreaFigures Of(AreaCode area, ReadOnlySpan<HomeYear> homes, double line)
    {
        var (people, known, knownPeople, poor, least) = (0, 0, 0, 0, double.PositiveInfinity);
        foreach (var home in homes)
        {
            people += home.People;
            if (!home.IsKnown)
            {
                least = Math.Min(least, home.People);
                continue;
            }
            known++;
            knownPeople += home.People;
            if (home.Low < line) poor += home.People;
        }
        var (incomes, weights) = Sorted(homes, h => h.IsKnown ? h.Low : double.NaN);
        var total = 0d;
        for (var i = 0; i < incomes.Length; i++) total += incomes[i] * weights[i];
        var figures = PovertyFigures.Of(incomes, weights, line);
        var (low, high) = (figures, figures);
        if (known < homes.Length)
        {
            var (fewest, most) = (Poverty(homes, h => h.High, line), Poverty(homes, h => h.Low, line));
            var (gini, ginis) = Unknowns.Bound(incomes, weights, people - knownPeople, least, line);
            (low, high) = (fewest with { Gini = gini.Gini }, most with { Gini = ginis.Gini });
        }
        return new AreaFigures(area, homes.Length, people, known, knownPeople, poor, total / knownPeople, figures, low, high);
    }

    /// <summary>Measures each area one level or more below, and all together.</summary>
    /// <param name="area">The whole.</param>
    /// <param name="homes">By village.</param>
    /// <param name="level">Of the parts.</param>
    /// <param name="line">Yuan per head and year.</param>
    public static (AreaFigures Whole, IReadOnlyList<AreaFigures> Parts) Of(AreaCode area, IReadOnlyList<HomeYear> homes, AreaLevel level, double line)
    {
        HomeYear[] all = [.. homes];
        var parts = new List<AreaFigures>();
        for (int from = 0, to; from < all.Length; from = to)
        {
            var part = all[from].Village.At(level);
            for (to = from + 1; to < all.Length && part.Contains(all[to].Village);) to++;
            parts.Add(Of(part, all.AsSpan(from..to), line));
        }
        return (Of(area, all, line), parts);
    }

    /// <summary>The known incomes ascending, with the people who have them.</summary>
    public static (double[] Incomes, double[] Weights) Sorted(ReadOnlySpan<HomeYear> homes, Func<HomeYear, double> income)
    {
        var rows = new List<(double Income, double People)>(homes.Length);
        foreach (var home in homes)
            if (income(home) is var one && !double.IsNaN(one)) rows.Add((one, home.People));
        CollectionsMarshal.AsSpan(rows).Sort((a, b) => a.Income.CompareTo(b.Income));
        return ([.. rows.Select(r => r.Income)], [.. rows.Select(r => r.People)]);
    }

    private static PovertyFigures Poverty(ReadOnlySpan<HomeYear> homes, Func<HomeYear, double> income, double line)
    {
        var (incomes, weights) = Sorted(homes, income);
        return PovertyFigures.Of(incomes, weights, line);
    }
}
