using Microsoft.AspNetCore.Mvc;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Measures.Yearly;

namespace Shanhuo.Registry.Measures;

/// <summary>The five needs by area and by need.</summary>
internal sealed class DeprivationsPage(ShanhuoDb db, Ids ids, TimeProvider clock, Say say) : FigurePage(db, ids, clock, say)
{
    /// <summary>Poor is who lacks so many of the five.</summary>
    [BindProperty(SupportsGet = true)] public int Cutoff { get; set; } = 1;

    public MeasuredPlace Place { get; private set; } = null!;
    public AreaNeeds Whole { get; private set; } = null!;
    public bool AnyHidden { get; private set; }

    protected override async Task<Outcome<bool>> Load(CancellationToken cancel)
    {
        if (await MeasuredPlace.Find(Db, Area, cancel) is not { } place) return false;
        Place = place;
        if (Cutoff is < 1 or > 5) Cutoff = 1;
        var (hides, at, by) = (YearView.Hides(Db.Scope), place.Here.Code, AreaNeeds.Cutoff(Cutoff));
        var homes = await AreaNeeds.Read(Db, hides ? Db.Scope.Area : at, Clock.Today, cancel);
        for (var above = Db.Scope.Area; hides && above != at && MeasuredPlace.LevelBelow(above.Level) <= at.Level;)
        {
            var (inside, level) = (above, MeasuredPlace.LevelBelow(above.Level));
            var around = Parts(homes.Where(h => inside.Contains(h.Village)), level, by);
            above = at.At(level);
            if (!Safe(around, true).Shows(above)) return new Refusal("measures.few", Kernel.Place.None, SafeAreas.Least);
        }
        var parts = Parts(homes.Where(h => at.Contains(h.Village)), place.PartLevel, by);
        var safe = Safe(parts, hides);
        if (!safe.ShowsWhole) return new Refusal("measures.few", Kernel.Place.None, SafeAreas.Least);
        AnyHidden = hides;
        Whole = AreaNeeds.Of(at, [.. homes.Where(h => at.Contains(h.Village))], by);
        var rows = new List<IReadOnlyList<FigureCell>>();
        foreach (var part in parts)
        {
            var name = place.Parts.FirstOrDefault(a => a.Code == part.Area) is { } known ? Say.Pick(known.Name, known.NameEn) : part.Area == at ? Say.Pick(place.Here.Name, place.Here.NameEn) : part.Area.ToString();
            rows.Add([new FigureCell(name, name, part.Area == at || !safe.Shows(part.Area) ? null : To("/deprivations", part.Area.ToString())), .. safe.Shows(part.Area) ? Row(part, hides) : Enumerable.Repeat<FigureCell>(Say["measures.hidden"], 11)]);
        }
        var all = Say["measures.all"];
        if (parts.Count > 1) rows.Add([new FigureCell(all, all), .. Row(Whole, hides)]);
        SheetColumn Number(string key) => new(Say[key], SheetColumnKind.Decimal);
        var source = Say["measures.needs-source", Say.Day(Clock.Today), Cutoff];
        Tables =
        [
            new FigureTable("needs", Say["measures.areas"], [new(Say["measures.area"], Width: 24), Number("measures.people"), Number("measures.needs-known"), Number("measures.needs-h"), Number("measures.between"), Number("measures.needs-a"), Number("measures.needs-m0"), .. AreaNeeds.Needs.Select(n => Number("measures.need-" + n))], rows, source),
            new FigureTable("by-need", Say["measures.by-need"], [new(Say["measures.need"], Width: 24), Number("measures.needs-censored"), Number("measures.needs-share")],
                [.. AreaNeeds.Needs.Select((n, i) => (IReadOnlyList<FigureCell>)[Say["measures.need-" + n], Of(Whole.Known.Censored[i], hides), Of(Whole.Known.Shares[i], hides)])], source),
        ];
        return true;
    }

    public ChartHead Head => new(Say["measures.by-need"], Say["measures.needs-says", Shown.Percent(Whole.Known.H), Shown.Count(Whole.KnownPeople)], Say.Language);

    /// <summary>Shares of the base that are poor and lack a need.</summary>
    public IReadOnlyList<PercentRow> Bars => Whole.KnownPeople == 0 || AnyHidden ? [] : [.. AreaNeeds.Needs.Select((n, i) => new PercentRow(Say["measures.need-" + n], (decimal)Whole.Known.Censored[i], Shown.Percent(Whole.Known.Censored[i])))];

    // Who lacks one need is a part of the poor, and often of fewer than five: readers who may not see households see the needs together only.
    private FigureCell Of(double share, bool hides) => hides ? Say["measures.hidden"] : new FigureCell(Shown.Percent(share), SheetValue.Figure(share));

    private static List<AreaNeeds> Parts(IEnumerable<HomeNeeds> homes, AreaLevel level, DeprivationWeights by) => [.. homes.GroupBy(h => h.Village.At(level)).OrderBy(g => g.Key).Select(g => AreaNeeds.Of(g.Key, [.. g], by))];

    private static SafeAreas Safe(List<AreaNeeds> parts, bool hides) => SafeAreas.Of([.. parts.Select(p => (p.Area, new[] { p.PoorPeople, p.KnownPeople - p.PoorPeople, p.People - p.KnownPeople }))], hides);

    private IEnumerable<FigureCell> Row(AreaNeeds f, bool hides) =>
    [
        new(Shown.Count(f.People), f.People), new(Shown.Count(f.KnownPeople), f.KnownPeople), new(Shown.Percent(f.Known.H), SheetValue.Figure(f.Known.H)), Shown.Bounds(f.Least.H, f.Greatest.H, Shown.Percent), new(Shown.Percent(f.Known.A), SheetValue.Figure(f.Known.A)), new(Shown.Index(f.Known.M0), SheetValue.Figure(f.Known.M0)),
        .. f.Known.Censored.Select(c => Of(c, hides)),
    ];
}
