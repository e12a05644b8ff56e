using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Measures.Yearly;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Registry.Measures;

internal sealed class IndexPage(ShanhuoDb db, Ids ids, TimeProvider clock, Say say) : FigurePage(db, ids, clock, say)
{
    private const int LorenzParts = 20, MovementYears = 10;

    public YearView View { get; private set; } = null!;
    public MeasuredPlace Place { get; private set; } = null!;
    public Movement? Moved { get; private set; }
    public double[] Curve { get; private set; } = [];

    /// <summary>May the reader open a list of households?</summary>
    public bool MayOpen => !YearView.Hides(Db.Scope);

    protected override async Task<Outcome<bool>> Load(CancellationToken cancel)
    {
        if (await MeasuredPlace.Find(Db, Area, cancel) is not { } place) return false;
        Place = place;
        if (!(await YearView.Of(Db, place, AskedYear, AskedLine, Clock.Today, cancel)).Ok(out var view, out var no)) return no;
        View = view;
        if (!view.Safe.ShowsWhole) return new Refusal("measures.few", Kernel.Place.None, SafeAreas.Least);
        Curve = Lorenz();
        var movement = Movement.Of(await Movement.Read(Db, place.Here.Code, cancel), AskedYear - MovementYears + 1, AskedYear);
        var hidden = HiddenMovement(movement);
        Moved = hidden.Contains(true) ? null : movement[^1];
        Tables = [Parts(), OfCurve(), OfMovement(movement, hidden)];
        return true;
    }

    private double[] Lorenz()
    {
        var (incomes, weights) = AreaFigures.Sorted([.. View.Homes.Homes], h => h.IsKnown ? h.Low : double.NaN);
        var curve = Measures.Lorenz.Of(incomes, weights, LorenzParts);
        return curve.Any(double.IsNaN) ? [] : curve;
    }

    private FigureTable Parts()
    {
        var rows = new List<IReadOnlyList<FigureCell>>();
        var figures = View.Parts.ToDictionary(p => p.Area);
        // A village's own page has one row, itself.
        foreach (var area in Place.Parts.Select(a => a.Code).Union(figures.Keys).Order())
        {
            var name = Place.Parts.FirstOrDefault(a => a.Code == area) is { } known ? Say.Pick(known.Name, known.NameEn) : area == Place.Here.Code ? Say.Pick(Place.Here.Name, Place.Here.NameEn) : area.ToString();
            var cell = new FigureCell(name, name, area == Place.Here.Code ? null : To("", area.ToString()));
            if (!figures.TryGetValue(area, out var of)) rows.Add([cell, new("0", 0), new("0", 0), .. Enumerable.Repeat<FigureCell>("—", 8)]);
            else if (!View.Safe.Shows(area)) rows.Add([cell with { Link = null }, .. Enumerable.Repeat<FigureCell>(Say["measures.hidden"], 10)]);
            else rows.Add([cell, new(Shown.Count(of.Households), of.Households, MayOpen ? $"/registry/households?area={area}" : null), .. Row(of)]);
        }
        if (View.Parts.Count > 1) rows.Add([Say["measures.all"], new(Shown.Count(View.Whole.Households), View.Whole.Households), .. Row(View.Whole)]);
        SheetColumn Number(string key, SheetColumnKind kind = SheetColumnKind.Decimal) => new(Say[key], kind);
        return new FigureTable("areas", Say["measures.areas"],
            [new(Say["measures.area"], Width: 24), Number("measures.households", SheetColumnKind.Whole), Number("measures.people", SheetColumnKind.Whole), Number("measures.known", SheetColumnKind.Whole), Number("measures.income"), Number("measures.incidence"), Number("measures.between"), Number("measures.gap"), Number("measures.severity"), Number("measures.sen"), Number("measures.gini")],
            rows, Source());
    }

    private static IEnumerable<FigureCell> Row(AreaFigures f) =>
    [
        new(Shown.Count(f.People), f.People), new(Shown.Count(f.KnownPeople), f.KnownPeople), new(Shown.Yuan(f.MeanIncome), SheetValue.Figure(Math.Round(f.MeanIncome, 2))), new(Shown.Percent(f.Known.P0), SheetValue.Figure(f.Known.P0)),
        Shown.Bounds(f.Least.P0, f.Greatest.P0, Shown.Percent), new(Shown.Index(f.Known.P1), SheetValue.Figure(f.Known.P1)), new(Shown.Index(f.Known.P2), SheetValue.Figure(f.Known.P2)), new(Shown.Index(f.Known.Sen), SheetValue.Figure(f.Known.Sen)), new(Shown.Index(f.Known.Gini), SheetValue.Figure(f.Known.Gini)),
    ];

    private FigureTable OfCurve() => new("lorenz", Say["measures.lorenz"], [new(Say["measures.poorest"], Width: 24), new(Say["measures.have"], SheetColumnKind.Decimal)],
        [.. Curve.Select((share, i) => (IReadOnlyList<FigureCell>)[new FigureCell($"{100 * i / LorenzParts}%", SheetValue.Figure((double)i / LorenzParts)), new FigureCell(Shown.Percent(share), SheetValue.Figure(share))])], Source());

    private FigureTable OfMovement(IReadOnlyList<Movement> years, bool[] hidden)
    {
        var rows = new List<IReadOnlyList<FigureCell>>();
        for (var y = 0; y < years.Count; y++)
        {
            var m = years[y];
            int[] counts = [m.Start, m.New, m.Relapsed, m.Exited, m.Ended, m.End, m.Monitored];
            rows.Add([new FigureCell($"{m.Year}", m.Year), .. counts.Select((n, i) => hidden[At(y, i, years.Count)] ? (FigureCell)Say["measures.hidden"] : new FigureCell(Shown.Count(n), n))]);
        }
        return new FigureTable("movement", Say["measures.movement"], [new(Say["measures.year"]), .. new[] { "start", "new", "relapsed", "exited", "ended", "end", "monitored" }.Select(k => new SheetColumn(Say["measures.moved-" + k], SheetColumnKind.Whole))], rows, Say["measures.movement-source"]);
    }

    // Of the numbers below: the stock as a year begins is the stock as the one before ended.
    private static int At(int year, int column, int years) => column switch { 0 => year, 5 => year + 1, 6 => years + 1 + 4 * years + year, _ => years + 1 + 4 * year + column - 1 };

    private bool[] HiddenMovement(IReadOnlyList<Movement> years)
    {
        var stocks = years.Select((m, y) => new Published(y, y + 1, m.Start, Small: Small(m.Start))).Append(new Published(years.Count, 0, years[^1].End, Small: Small(years[^1].End)));
        var flows = years.SelectMany((m, y) => new[] { m.New, m.Relapsed, m.Exited, m.Ended }.Select(n => new Published(y + 1, 0, n, Small: Small(n))));
        var monitored = years.Select(m => new Published(0, 0, m.Monitored, Small: Small(m.Monitored)));
        Published[] all = [.. stocks, .. flows, .. monitored];
        return MayOpen ? new bool[all.Length] : Suppression.Hide(all, SafeAreas.Least) ?? [.. all.Select(_ => true)];

        static bool Small(int n) => n is > 0 and < SafeAreas.Least;
    }

    public ChartHead Head(string title, string description) => new(title, description, Say.Language);

    private string Source() => Say["measures.source", AskedYear, LineWords(View.Line), Say.Day(YearRead.EndOf(AskedYear, Clock.Today))];

    /// <summary>The line with its year.</summary>
    public string LineWords(IncomeLine line) => Say["measures.line-words", Say["measures.line-" + line.Line], line.From.Year, line.Yuan];
}
