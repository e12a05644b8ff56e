using System.Collections.Frozen;
using Shanhuo.Kernel;

namespace Shanhuo.Surveys.FigureAudit;

/// <summary>The level of a place, larger places first.</summary>
internal enum PlaceLevel
{
    Province,
    Prefecture,
    County,
}

/// <summary>A place as the national list of divisions has it.</summary>
/// <param name="Code">Its code: two digits a province, four a prefecture, six a county.</param>
/// <param name="Zh">Official name behind those of the places above it: 甘肃省陇南市.</param>
/// <param name="En">English name before those of the places above it: Longnan, Gansu.</param>
/// <param name="Names">All names by which it or the places above it are called.</param>
/// <param name="Above">Names of the places above it.</param>
internal sealed record KnownPlace(string Code, PlaceLevel Level, string Zh, string En, IReadOnlyList<string> Names, IReadOnlySet<string> Above)
{
    public bool LiesIn(string place) => Above.Contains(Gazetteer.Fold(place));
}

/// <summary>Where the places are that reports name. It is small and says nothing about what it does not hold.</summary>
internal sealed class Gazetteer
{
    private static readonly FrozenDictionary<string, PlaceLevel> Levels = new Dictionary<string, PlaceLevel>(StringComparer.OrdinalIgnoreCase)
    {
        ["省"] = PlaceLevel.Province, ["自治区"] = PlaceLevel.Province, ["province"] = PlaceLevel.Province, ["provinces"] = PlaceLevel.Province,
        ["自治州"] = PlaceLevel.Prefecture, ["地级市"] = PlaceLevel.Prefecture, ["prefecture"] = PlaceLevel.Prefecture, ["autonomous prefecture"] = PlaceLevel.Prefecture,
        ["autonomous prefectures"] = PlaceLevel.Prefecture, ["prefectures"] = PlaceLevel.Prefecture, ["prefecture-level city"] = PlaceLevel.Prefecture,
        ["县"] = PlaceLevel.County, ["自治县"] = PlaceLevel.County, ["县级市"] = PlaceLevel.County, ["区"] = PlaceLevel.County, ["county"] = PlaceLevel.County, ["counties"] = PlaceLevel.County,
        ["autonomous county"] = PlaceLevel.County, ["autonomous counties"] = PlaceLevel.County, ["district"] = PlaceLevel.County, ["county-level city"] = PlaceLevel.County,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, List<KnownPlace>> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> wholePrefectures = new(StringComparer.Ordinal);

    /// <summary>The gazetteer that lies beside the program.</summary>
    public static Gazetteer Shipped { get; } = Read(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "figures", "gazetteer.csv")));

    /// <summary>Reads <c>code,name_zh,names,counties</c>: names parted by semicolons, counties the number of counties of a prefecture when all of them are in the file. Places stand below those they lie in.</summary>
    public static Gazetteer Read(IEnumerable<string> lines)
    {
        var gazetteer = new Gazetteer();
        var byCode = new Dictionary<string, KnownPlace>(StringComparer.Ordinal);
        foreach (var cells in lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')))
        {
            var (code, name) = (cells[0], cells[1]);
            var above = new[] { code.Length > 2 ? code[..2] : "", code.Length > 4 ? code[..4] : "" }.Where(byCode.ContainsKey).Select(c => byCode[c]).ToList();
            var names = cells[2].Split(';', StringSplitOptions.RemoveEmptyEntries).Append(name).Select(Fold).Distinct().ToList();
            var place = new KnownPlace(code, (PlaceLevel)(code.Length / 2 - 1), above.LastOrDefault()?.Zh + name, string.Join(", ", above.Select(a => a.En).Reverse().Take(1).Prepend(cells[2].Split(';')[0])), names, above.SelectMany(a => a.Names).ToHashSet(StringComparer.Ordinal));
            byCode.Add(code, place);
            foreach (var known in names)
                if (gazetteer.byName.TryGetValue(known, out var same)) same.Add(place);
                else gazetteer.byName.Add(known, [place]);
            if (cells.Length > 3 && cells[3].Length > 0)
                foreach (var known in names) gazetteer.wholePrefectures[known] = int.Parse(cells[3], System.Globalization.CultureInfo.InvariantCulture);
        }
        return gazetteer;
    }

    /// <summary>The places of this name; none when it is not known.</summary>
    public IReadOnlyList<KnownPlace> Find(string name) => name.Length > 0 && byName.TryGetValue(Fold(name), out var places) ? places : [];

    /// <summary>How many counties the prefecture of this name has; null unless all of them are known.</summary>
    public int? KnowsCountiesOf(string prefecture) => prefecture.Length > 0 && wholePrefectures.TryGetValue(Fold(prefecture), out var counties) ? counties : null;

    /// <summary>The level of a kind of place in words; null for anything else.</summary>
    public static PlaceLevel? LevelOf(string kind) => Levels.TryGetValue(kind, out var level) ? level : null;

    public static string Fold(string name) => string.Concat(Numerals.Narrow(name).Where(c => char.IsLetterOrDigit(c))).ToUpperInvariant();
}
