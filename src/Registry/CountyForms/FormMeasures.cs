using Shanhuo.Kernel;
using Shanhuo.Registry.Measures.Yearly;

namespace Shanhuo.Registry.CountyForms;

/// <summary>A filled cell, with all that it takes to see where its number comes from.</summary>
/// <param name="Sheet">Name of the sheet.</param>
/// <param name="Cell">Such as <c>B7</c>.</param>
/// <param name="Measure">One of <see cref="FormMeasures.All"/>.</param>
/// <param name="Area">Digits.</param>
/// <param name="Year">Calendar year.</param>
/// <param name="Line">Yuan of the line that was used.</param>
/// <param name="Value">Null: not known; never zero then.</param>
/// <param name="Base">People of whom it is computed, or who are counted.</param>
/// <param name="Of">Of how many.</param>
internal sealed record FilledCell(string Sheet, string Cell, string Measure, string Area, int Year, int Line, double? Value, int Base, int Of);

/// <summary>The measures that a form may ask for.</summary>
internal sealed class FormMeasures(ShanhuoDb db, TimeProvider clock)
{
    // Shares are from 0 to 1, so that the form's own format makes a percentage of them; income is yuan.
    private static readonly Dictionary<string, Func<AreaFigures, double>> OfFigures = new(StringComparer.Ordinal)
    {
        ["households"] = f => f.Households, ["people"] = f => f.People, ["known-people"] = f => f.KnownPeople, ["poor"] = f => f.KnownPeople == 0 ? double.NaN : f.PoorPeople,
        ["incidence"] = f => f.Known.P0, ["incidence-low"] = f => f.Least.P0, ["incidence-high"] = f => f.Greatest.P0, ["gap"] = f => f.Known.P1, ["severity"] = f => f.Known.P2, ["sen"] = f => f.Known.Sen, ["gini"] = f => f.Known.Gini,
        ["income-per-head"] = f => Math.Round(f.MeanIncome, 2),
    };

    private static readonly Dictionary<string, Func<Movement, int>> OfMovement = new(StringComparer.Ordinal)
    {
        ["registered"] = m => m.End, ["registered-start"] = m => m.Start, ["new"] = m => m.New, ["relapsed"] = m => m.Relapsed, ["exited"] = m => m.Exited, ["ended"] = m => m.Ended, ["monitored"] = m => m.Monitored,
    };

    private readonly Dictionary<int, YearOfHomes> homes = [];
    private readonly Dictionary<AreaCode, IReadOnlyList<StatusSpell>> spells = [];
    private readonly Dictionary<(AreaCode, int, string), AreaFigures> figures = [];

    public static IReadOnlyList<string> All { get; } = [.. OfFigures.Keys, .. OfMovement.Keys];

    /// <summary>Computes a cell.</summary>
    public async Task<FilledCell> Of(FormToken token, AreaCode formArea, int formYear, CancellationToken cancel)
    {
        var (area, year) = (token.Area ?? formArea, token.Year ?? formYear);
        var line = PovertyLines.Of(token.Line, year);
        if (OfMovement.TryGetValue(token.Measure, out var count))
        {
            if (!spells.TryGetValue(area, out var all)) spells[area] = all = await Movement.Read(db, area, cancel);
            var households = all.Select(s => s.HouseholdId).Distinct().Count();
            return Cell(count(Movement.Of(all, year, year)[0]), households, households);
        }
        if (!figures.TryGetValue((area, year, token.Line), out var of))
        {
            if (!homes.TryGetValue(year, out var read)) homes[year] = read = await YearRead.Of(db, formArea, year, clock.Today, cancel);
            figures[(area, year, token.Line)] = of = AreaFigures.Of(area, [.. read.Homes.Where(h => area.Contains(h.Village))], line.Yuan);
        }
        return token.Measure is "households" or "people" or "known-people" or "incidence-low" or "incidence-high" ? Cell(OfFigures[token.Measure](of), of.People, of.People) : Cell(OfFigures[token.Measure](of), of.KnownPeople, of.People);

        FilledCell Cell(double value, int based, int whole) => new(token.Place.Sheet, token.Place.Reference, token.Measure, area.ToString(), year, (int)line.Yuan, double.IsFinite(value) ? value : null, based, whole);
    }
}
