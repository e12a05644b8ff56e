using System.Diagnostics;
using Shanhuo.Market.Catalogue.Search;

namespace Shanhuo.Bench;

/// <summary>Finding goods among N invented titles by characters, sounds, first letters, words and slips, beside looking through all titles with Contains.</summary>
internal static class SearchBench
{
    private static readonly string[] Places = ["张家川", "龙山", "恭门", "马鹿", "清水", "秦安", "甘谷", "武山", "临夏", "东乡", "积石山", "和政", "康乐", "永靖", "广河", "礼县", "成县", "徽县", "两当", "西和"];
    private static readonly string[] Kinds = ["甜杏仁 almond", "苦杏仁 bitter almond", "腱子牛肉 beef shank", "羊肉卷 mutton rolls", "大红袍花椒 sichuan pepper", "花牛苹果 huaniu apple", "鲜百合 lily bulb", "手工馓子 fried twists", "羊绒毯 cashmere blanket", "柳编筐 wicker basket", "核桃仁 walnut", "土蜂蜜 honey", "黄芪切片 astragalus", "当归头 angelica", "亚麻籽油 linseed oil", "荞麦面 buckwheat flour", "马铃薯粉条 potato noodles", "暖锅 hot pot", "浆水 fermented water", "八宝茶 tea with eight treasures"];
    private static readonly string[] Words = ["高山 highland", "有机 organic", "农家 farmhouse", "新鲜 fresh", "手选 hand-picked", "礼盒 gift box", "真空 vacuum", "散装 loose", "清真 halal", "原味 plain", "特级 best", "一级 first", "二级 second", "秋收 autumn", "当季 this season", "合作社 cooperative"];
    private static readonly string[] Queries = ["杏仁", "xingren", "xr", "xinren", "almnd", "牛肉", "niurou", "张家川花椒", "花交", "huajao", "苹果 礼盒", "dahongpao", "cashmere", "walnut organic", "蜂密", "zhangjiachuan", "yangrou", "有机黄芪", "ymzy", "茶"];

    public static void Run(Options options)
    {
        var count = (int)options.Number("--entries", 100_000);
        var chance = new Random(1);
        var entries = Enumerable.Range(0, count).Select(i =>
        {
            var parts = new[] { Kinds[chance.Next(Kinds.Length)], Words[chance.Next(Words.Length)], Words[chance.Next(Words.Length)] };
            var zh = Places[chance.Next(Places.Length)] + string.Concat(parts.Reverse().Select(p => p[..p.IndexOf(' ')])) + $" {chance.Next(1, 20) * 250}克";
            return new SearchEntry(i, [zh], [string.Join(' ', parts.Select(p => p[(p.IndexOf(' ') + 1)..])) + $" no {i}"]);
        }).ToArray();
        var built = Stopwatch.StartNew();
        var index = new SearchIndex(entries);
        built.Stop();
        foreach (var query in Queries) index.Find(query, 20);
        var times = Enumerable.Range(0, 25).SelectMany(_ => Queries).Select(q => (Query: q, Milliseconds: Milliseconds(() => index.Find(q, 20)))).OrderBy(t => t.Milliseconds).ToArray();
        var plain = Enumerable.Range(0, 5).SelectMany(_ => Queries).Select(q => Milliseconds(() => entries.Where(e => e.Zh.Any(t => t.Contains(q, StringComparison.OrdinalIgnoreCase)) || e.En.Any(t => t.Contains(q, StringComparison.OrdinalIgnoreCase))).Take(20 * count).Count())).Order().ToArray();
        var found = Queries.Count(q => index.Find(q, 20).Count > 0);
        var foundPlain = Queries.Count(q => entries.Any(e => e.Zh.Any(t => t.Contains(q, StringComparison.OrdinalIgnoreCase)) || e.En.Any(t => t.Contains(q, StringComparison.OrdinalIgnoreCase))));
        Report.Say($"search: {count:N0} entries built in {built.Elapsed.TotalSeconds:0.00} s; {times.Length} queries: median {times[times.Length / 2].Milliseconds:0.0} ms, 99th of 100 {times[times.Length * 99 / 100].Milliseconds:0.0} ms (slowest: {times[^1].Query}); {found} of {Queries.Length} queries found something; peak {Report.PeakMegabytes} MB");
        Report.Say($"linear scan with Contains: median {plain[plain.Length / 2]:0.0} ms, 99th of 100 {plain[plain.Length * 99 / 100]:0.0} ms; {foundPlain} of {Queries.Length} queries found something");
    }

    private static double Milliseconds(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalMilliseconds;
    }
}
