namespace Shanhuo.Market.Buying.Addresses;

/// <summary>Where in a text a region stands.</summary>
/// <param name="Start">First character.</param>
/// <param name="End">Behind the last one.</param>
/// <param name="Province">As named, or as follows from what is named.</param>
/// <param name="City">Likewise.</param>
/// <param name="County">Null where none is named.</param>
/// <param name="IsCertain">It was named from the province or a unique county down to the county, or to a city without counties.</param>
internal sealed record FoundRegion(int Start, int End, Division? Province, Division? City, Division? County, bool IsCertain);

/// <summary>The divisions of the nation (data/divisions/national.csv), found in text by their official and short names.</summary>
internal sealed class DivisionBook
{
    private const string Units = "省市县区州盟旗", Separators = " ,/-";
    private static readonly string[] StreetWords = ["路", "街", "巷", "村", "镇", "乡", "庄", "屯", "寨", "弄", "里", "大道", "东路", "西路", "南路", "北路", "中路", "东街", "西街", "南街", "北街", "新村", "小区", "花园", "花苑", "大厦", "广场", "饭店", "宾馆", "酒店", "公寓", "公馆", "商城", "大学", "机场"];
    private readonly Dictionary<char, List<(string Name, Division Division)>> byFirst = [];
    private readonly Dictionary<string, Division> byCode = new(StringComparer.Ordinal);
    private readonly HashSet<string> withoutCounties = new(StringComparer.Ordinal);

    /// <summary>The divisions that lie beside the program.</summary>
    public static DivisionBook Shipped { get; } = new(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "divisions", "national.csv")));

    /// <summary>Reads <c>code,name</c> under a head, ascending by code.</summary>
    public DivisionBook(IEnumerable<string> lines)
    {
        foreach (var cells in lines.Skip(1).Select(l => l.Split(',')))
        {
            var (code, name) = (cells[0], cells[1]);
            var city = code.Length == 6 ? byCode.GetValueOrDefault(code[..4]) : null;
            if (city?.Name == name)
            {
                withoutCounties.Add(city.Code); // 东莞市 stands in the list as its own only county
                continue;
            }
            var division = Division.Of(code, name, code.Length > 2 ? byCode[code[..2]].Name : name);
            byCode.Add(code, division);
            foreach (var called in division.Names)
                if (byFirst.TryGetValue(called[0], out var others)) others.Add((called, division));
                else byFirst.Add(called[0], [(called, division)]);
        }
    }

    /// <summary>The most complete region named in a text; of equals the first one. Null: none.</summary>
    public FoundRegion? Find(string text)
    {
        Chain? best = null;
        for (var at = 0; at < text.Length; at++)
            foreach (var chain in From(text, at, new Chain(at, at, null, null, null, 0)))
                if (IsEnough(text, chain) && (best is null || chain.Score > best.Score)) best = chain;
        return best is null ? null : Complete(text, best);
    }

    private IEnumerable<Chain> From(string text, int at, Chain before)
    {
        while (at < text.Length && before.Any && Separators.Contains(text[at])) at++;
        if (at >= text.Length || !byFirst.TryGetValue(text[at], out var candidates)) yield break;
        foreach (var (name, division) in candidates)
        {
            if (string.CompareOrdinal(text, at, name, 0, name.Length) != 0 || !before.Takes(division)) continue;
            var end = at + name.Length;
            if (name != division.Name && IsOtherwise(text, end, name[^1])) continue;
            var chain = before.With(division, end, name);
            yield return chain;
            foreach (var longer in From(text, end, chain)) yield return longer;
        }
    }

    // A short name is none where a unit or a street goes on from it: 吉林 in 吉林市, 上海 in 上海路.
    private static bool IsOtherwise(string text, int end, char last) =>
        !Units.Contains(last) && end < text.Length && (Units.Contains(text[end]) || Array.Exists(StreetWords, w => string.CompareOrdinal(text, end, w, 0, w.Length) == 0));

    // A county alone must be named in full, at the beginning of a piece or at some length: 城区 stands in many a street.
    private static bool IsEnough(string text, Chain chain) =>
        chain.Province is not null || (chain.City is not null && !chain.City.IsHeading) || (chain.County is not null && chain.County.Code.Length == 6 && (chain.End - chain.Start > 2 || (Units.Contains(text[chain.End - 1]) && (chain.Start == 0 || !char.IsLetterOrDigit(text[chain.Start - 1])))));

    private FoundRegion Complete(string text, Chain chain)
    {
        var (province, city, county) = (chain.Province, chain.City, chain.County);
        var certain = county is not null;
        if (county is not null && city is null)
        {
            var same = byCode.Values.Where(d => d.Code.Length == 6 && d.Names.Contains(chain.CountyName) && d.LiesIn(province)).ToList();
            if (same.Count > 1)
            {
                certain = false;
                if (same.Select(d => d.Name).Distinct().Count() == 1 && same.Select(d => d.Code[..2]).Distinct().Count() == 1) province ??= byCode[county.Code[..2]];
                else if (province is null) county = same.Select(d => d.Name).Distinct().Count() == 1 ? county with { Code = "" } : null;
            }
            else city = byCode[county.Code[..4]];
        }
        if (city is not null)
        {
            province ??= byCode[city.Code[..2]];
            certain |= withoutCounties.Contains(city.Code);
        }
        return county is null && city is null && province is null ? new FoundRegion(chain.Start, chain.Start, null, null, null, false) : new FoundRegion(chain.Start, chain.End, province, city, county, certain);
    }

    private sealed record Chain(int Start, int End, Division? Province, Division? City, Division? County, int Score)
    {
        public string CountyName { get; private init; } = "";
        public bool Any => End > Start;

        public bool Takes(Division next) => next.Code.Length switch
        {
            2 => !Any,
            4 => City is null && County is null && next.LiesIn(Province) && (Province is not null || !next.IsHeading),
            _ => County is null && next.LiesIn(Province) && (City is null || next.LiesIn(City) || (City.IsHeading && next.LiesIn(Province))),
        };

        public Chain With(Division next, int end, string name)
        {
            var score = Score + 4 + 2 * name.Length + (name == next.Name ? 2 : 0);
            return next.Code.Length switch
            {
                2 => this with { End = end, Province = next, Score = score },
                4 => this with { End = end, City = next, Score = score },
                _ => this with { End = end, County = next, CountyName = name, Score = score },
            };
        }
    }
}
