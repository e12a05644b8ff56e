using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Registry.Measures.Yearly;

/// <summary>An area with those above it that the reader may open, and those below.</summary>
/// <param name="Here">The area.</param>
/// <param name="Above">From the reader's own area down, without <paramref name="Here"/>.</param>
/// <param name="PartLevel">Level of the parts: below a province its counties, so that a household is four clicks away; of a village itself.</param>
/// <param name="Parts">Named areas of that level within, by code.</param>
internal sealed record MeasuredPlace(Area Here, IReadOnlyList<Area> Above, AreaLevel PartLevel, IReadOnlyList<Area> Parts)
{
    public static AreaLevel LevelBelow(AreaLevel level) => level switch { AreaLevel.Country or AreaLevel.Province or AreaLevel.Prefecture => AreaLevel.County, AreaLevel.County => AreaLevel.Township, _ => AreaLevel.Village };

    /// <summary>Finds a place that the reader may see; null: there is none.</summary>
    /// <param name="db">Its scope is the reader's.</param>
    /// <param name="code">Null or empty: the reader's own area.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<MeasuredPlace?> Find(ShanhuoDb db, string? code, CancellationToken cancel)
    {
        var at = db.Scope.Area;
        if (!string.IsNullOrEmpty(code) && (!AreaCode.TryParse(code, out at) || !db.Scope.Area.Contains(at))) return null;
        var level = LevelBelow(at.Level);
        var last = at.Last;
        var line = Enumerable.Range((int)AreaLevel.Province, Math.Max(0, (int)at.Level)).Select(l => at.At((AreaLevel)l)).Where(db.Scope.Area.Contains).ToList();
        var known = await db.Areas.AsNoTracking().Where(a => line.Contains(a.Code)).OrderBy(a => a.Level).ToListAsync(cancel);
        if (known.Find(a => a.Code == at) is not { } here) return null;
        var parts = at.Level == AreaLevel.Village ? [] : await db.Areas.AsNoTracking().Where(a => a.Level == level && a.Code >= at && a.Code <= last).OrderBy(a => a.Code).ToListAsync(cancel);
        return new MeasuredPlace(here, [.. known.Where(a => a.Code != at && a.Level != AreaLevel.Prefecture)], level, parts);
    }
}

/// <summary>The measures of a place and its parts in a year, and what of them the reader may see.</summary>
internal sealed record YearView(MeasuredPlace Place, int Year, IncomeLine Line, AreaFigures Whole, IReadOnlyList<AreaFigures> Parts, SafeAreas Safe, YearOfHomes Homes)
{
    /// <summary>Readers who may not open a household see no small numbers.</summary>
    public static bool Hides(Scope scope) => scope.Role is Role.ProvinceOfficial or Role.Operator;

    /// <summary>Measures; a refusal when the reader may not see so small a place: <c>measures.few</c>.</summary>
    public static async Task<Outcome<YearView>> Of(ShanhuoDb db, MeasuredPlace place, int year, string kind, DateOnly today, CancellationToken cancel)
    {
        var (hides, at) = (Hides(db.Scope), place.Here.Code);
        var line = PovertyLines.Of(kind, year);
        var homes = await YearRead.Of(db, hides ? db.Scope.Area : at, year, today, cancel);
        if (hides)
        {
            // A place whose figures are hidden in the table above it is not opened either: its own table would tell them.
            for (var above = db.Scope.Area; above != at;)
            {
                var level = MeasuredPlace.LevelBelow(above.Level);
                if (level > at.Level) break;
                var inside = above;
                var parts = AreaFigures.Of(above, [.. homes.Homes.Where(h => inside.Contains(h.Village))], level, line.Yuan).Parts;
                above = at.At(level);
                if (!SafeAreas.Of(parts, true).Shows(above)) return new Refusal("measures.few", Kernel.Place.None, SafeAreas.Least);
            }
            homes = homes with { Homes = [.. homes.Homes.Where(h => at.Contains(h.Village))] };
        }
        var (whole, below) = AreaFigures.Of(at, homes.Homes, place.PartLevel, line.Yuan);
        return new YearView(place, year, line, whole, below, SafeAreas.Of(below, hides), homes);
    }
}
