using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Areas;

namespace Shanhuo.Registry.Files;

/// <summary>The villages of a county, found by their code or by a name that only one of them has; and those that were split or merged away.</summary>
internal sealed class VillageBook
{
    private readonly Dictionary<AreaCode, string> names;
    private readonly ILookup<string, AreaCode> codes;
    private readonly ILookup<AreaCode, AreaChange> gone;

    private VillageBook(IEnumerable<(AreaCode Code, string Name)> villages, IEnumerable<AreaChange> changes)
    {
        names = villages.ToDictionary(v => v.Code, v => v.Name);
        codes = names.ToLookup(v => Fold(v.Value), v => v.Key, StringComparer.Ordinal);
        gone = changes.ToLookup(c => c.From);
    }

    public static async Task<VillageBook> Of(ShanhuoDb db, AreaCode area, CancellationToken cancel)
    {
        var villages = await db.Areas.Where(a => a.Level == AreaLevel.Village && a.Code >= area && a.Code <= area.Last).Select(a => new { a.Code, a.Name }).ToListAsync(cancel);
        var changes = await db.AreaChanges.AsNoTracking().Where(c => c.From >= area.County && c.From <= area.County.Last).ToListAsync(cancel);
        return new VillageBook(villages.Select(v => (v.Code, v.Name)), changes);
    }

    /// <summary>The villages that the program carries, for a check without a database.</summary>
    public static VillageBook Carried(AreaCode area, string folder) =>
        new(Divisions.Read(folder).Where(a => a.Level == AreaLevel.Village && area.Contains(a.Code)).Select(a => (a.Code, a.Name)), []);

    /// <summary>The village meant by a cell, or <c>register.village-unknown</c>, <c>register.village-twice</c> (give the code), <c>register.village-split</c> with those that came of it.</summary>
    public Outcome<AreaCode> Find(string text, Place where)
    {
        var clean = Numerals.Narrow(text).Replace(" ", "", StringComparison.Ordinal);
        if (clean.Length >= 9 && clean.All(char.IsAsciiDigit) && AreaCode.TryParse(clean, out var code))
        {
            if (gone[code].ToList() is { Count: > 0 } into) return new Refusal("register.village-split", where, clean, into[0].On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), string.Join("、", into.Select(i => $"{i.To} {names.GetValueOrDefault(i.To)}")));
            return names.ContainsKey(code) ? code : new Refusal("register.village-unknown", where, clean);
        }
        var found = codes[Fold(clean)].ToList();
        return found.Count == 1 ? found[0] : found.Count == 0 ? new Refusal("register.village-unknown", where, clean.Length > 20 ? clean[..20] : clean) : new Refusal("register.village-twice", where, clean, string.Join("、", found.Take(6)));
    }

    private static string Fold(string name) => name.Replace("村民委员会", "村", StringComparison.Ordinal).Replace("村委会", "村", StringComparison.Ordinal);
}
