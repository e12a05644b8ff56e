using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Measures.Yearly;

namespace Shanhuo.Registry.Measures;

/// <summary>Incidence of each part over six years, up to the year asked.</summary>
internal sealed class YearsPage(ShanhuoDb db, Ids ids, TimeProvider clock, Say say) : FigurePage(db, ids, clock, say)
{
    private const int Count = 6;

    public MeasuredPlace Place { get; private set; } = null!;

    protected override async Task<Outcome<bool>> Load(CancellationToken cancel)
    {
        if (await MeasuredPlace.Find(Db, Area, cancel) is not { } place) return false;
        Place = place;
        var views = new List<YearView?>();
        // A year whose figures the reader may not see stays empty.
        for (var year = AskedYear - Count + 1; year <= AskedYear; year++)
            views.Add((await YearView.Of(Db, place, year, AskedLine, Clock.Today, cancel)).Ok(out var view, out _) && view.Safe.ShowsWhole ? view : null);
        var rows = new List<IReadOnlyList<FigureCell>>();
        foreach (var area in place.Parts)
        {
            var name = Say.Pick(area.Name, area.NameEn);
            rows.Add([new FigureCell(name, name, To("", area.Code.ToString())), .. views.Select(v => Cell(v, area.Code))]);
        }
        var all = Say["measures.all"];
        rows.Add([new FigureCell(all, all), .. views.Select(v => v is null ? Say["measures.hidden"] : Cell(v.Whole))]);
        Tables = [new FigureTable("years", Say["measures.years"], [new(Say["measures.area"], Width: 24), .. Enumerable.Range(AskedYear - Count + 1, Count).Select(y => new SheetColumn($"{y}", SheetColumnKind.Decimal))], rows, Say["measures.years-source", string.Join("; ", Enumerable.Range(AskedYear - Count + 1, Count).Select(y => $"{y}: {PovertyLines.Of(AskedLine, y).Yuan}"))])];
        return true;
    }

    private FigureCell Cell(YearView? view, AreaCode area) =>
        view is null || !view.Safe.Shows(area) ? Say["measures.hidden"] : view.Parts.FirstOrDefault(p => p.Area == area) is { } of ? Cell(of) : new FigureCell("—", "", Class: 0);

    private static FigureCell Cell(AreaFigures of) => new(Shown.Percent(of.Known.P0), SheetValue.Figure(of.Known.P0), Class: Maps.MapClass.OfShare(of.Known.P0));
}
