using Shanhuo.Market.Catalogue.Search;

namespace Shanhuo.Tests.Market.Catalogue.Search;

public sealed class SearchIndexTests
{
    private static readonly SearchEntry[] Goods =
    [
        new(1, ["杏仁", "张家川高山甜杏仁 500克"], ["Preserved almond"]),
        new(2, ["牛肉", "清真腱子牛肉"], ["Beef shank"]),
        new(3, ["花椒", "大红袍花椒"], ["Sichuan pepper"]),
        new(4, ["花生", "红皮花生"], ["Peanut"]),
        new(5, ["羊绒毯"], ["Cashmere blanket"]),
        new(6, ["苹果", "花牛苹果"], ["Huaniu apple"]),
        new(7, ["百合", "兰州鲜百合"], ["Lily bulb"]),
        new(8, ["馓子", "手工油馓子"], ["Fried dough twists"]),
        new(9, ["六柔果"], ["An invented fruit"]),
        new(10, ["乐器", "手工口弦"], ["Mouth harp"]),
        new(11, ["柳编筐"], ["Wicker basket"]),
        new(12, ["羊肉"], ["Mutton"]),
    ];

    private static readonly SearchIndex Index = new(Goods);

    [Fact]
    public async Task Letters_that_nobody_can_cut_into_syllables_cost_no_more_than_others()
    {
        var letters = string.Concat(Enumerable.Repeat("ao", 32))[..63] + "v";
        Assert.Empty(await Task.Run(() => Syllables.Cuts(letters)).WaitAsync(TimeSpan.FromSeconds(10)));
        // Where there is a way, all of the dozen are still found.
        Assert.Equal(12, Syllables.Cuts(letters[..^1]).Count);
        Assert.Equal([1, 2], Syllables.Cuts("xian").Where(c => c.IsWhole).Select(c => c.Numbers.Length).Order());
    }

    [Theory]
    [InlineData("杏仁", 1)]
    [InlineData("xingren", 1)]
    [InlineData("XingRen", 1)]
    [InlineData("ｘｉｎｇｒｅｎ", 1)]
    [InlineData("xing ren", 1)]
    [InlineData("xr", 1)]
    [InlineData("xinren", 1)]          // -n for -ng
    [InlineData("xingr", 1)]           // still typing
    [InlineData("xingrem", 1)]         // a letter wrong
    [InlineData("xnigren", 1)]         // neighbours swapped
    [InlineData("杏人", 1)]             // another character of the same sound
    [InlineData("姓仁", 1)]
    [InlineData("almond", 1)]
    [InlineData("almonds", 1)]
    [InlineData("almnd", 1)]
    [InlineData("alm", 1)]
    [InlineData("牛肉", 2)]
    [InlineData("niurou", 2)]          // and not 六柔, which sounds nearly so
    [InlineData("liurou", 9)]
    [InlineData("nr", 2)]
    [InlineData("niuro", 2)]
    [InlineData("清真牛肉", 2)]
    [InlineData("beef", 2)]
    [InlineData("花椒", 3)]
    [InlineData("huajiao", 3)]
    [InlineData("hj", 3)]
    [InlineData("花交", 3)]
    [InlineData("花娇", 3)]
    [InlineData("huajao", 3)]
    [InlineData("大红袍", 3)]
    [InlineData("dahongpao", 3)]
    [InlineData("dhp", 3)]
    [InlineData("羊绒", 5)]
    [InlineData("yanrong", 5)]
    [InlineData("casmere", 5)]
    [InlineData("blanket cashmere", 5)]
    [InlineData("苹果", 6)]
    [InlineData("pingguo", 6)]
    [InlineData("pinguo", 6)]
    [InlineData("花牛 苹果", 6)]
    [InlineData("兰州百合", 7)]
    [InlineData("lanzhoubaihe", 7)]
    [InlineData("nanzoubaihe", 7)]     // n for l, z for zh
    [InlineData("馓子", 8)]
    [InlineData("shanzi", 8)]          // sh for s
    [InlineData("散子", 8)]
    [InlineData("yueqi", 10)]          // 乐 has four readings
    [InlineData("liubiankuang", 11)]
    [InlineData("柳编框", 11)]
    [InlineData("羊 肉", 12)]
    public void What_people_type_finds_what_they_mean_first(string query, long id) => Assert.Equal(id, Index.Find(query, 5).FirstOrDefault().Id);

    [Theory]
    [InlineData("花淑", 3)] // a character wrong by its shape finds what shares the other one
    [InlineData("花", 3)]
    [InlineData("hua", 6)]
    [InlineData("手工", 10)]
    public void What_fits_several_goods_finds_them_too(string query, long id) => Assert.Contains(Index.Find(query, 5), h => h.Id == id);

    [Theory]
    [InlineData("")]
    [InlineData("，。！")]
    [InlineData("摩托车")]
    [InlineData("motorcycle")]
    [InlineData("zzzz")]
    [InlineData("123456")]
    public void What_nobody_sells_finds_nothing(string query) => Assert.Empty(Index.Find(query, 5));

    [Fact]
    public void What_holds_all_words_stands_before_what_holds_one()
    {
        var hits = Index.Find("手工 馓子", 5);
        Assert.Equal([8L, 10L], hits.Select(h => h.Id));
        Assert.True(hits[0].Score > hits[1].Score);
    }

    [Fact]
    public void Of_what_fits_equally_the_boosted_one_stands_first_and_else_the_shorter_and_then_the_earlier()
    {
        var index = new SearchIndex([new(1, ["好蜂蜜特产礼盒装"], []), new(2, ["蜂蜜"], []), new(3, ["蜂蜜"], []), new(4, ["蜂蜜"], [], 1.5)]);
        Assert.Equal([4L, 2L, 3L, 1L], index.Find("蜂蜜", 9).Select(h => h.Id));
    }

    [Fact]
    public void Characters_found_are_those_that_a_plain_look_through_all_titles_finds()
    {
        var chance = new Random(3);
        const string letters = "杏仁牛肉花椒苹果山羊";
        string Any(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => letters[chance.Next(letters.Length)]));
        var titles = Enumerable.Range(0, 400).Select(i => Any(chance.Next(2, 7))).ToList();
        var index = new SearchIndex(titles.Select((t, i) => new SearchEntry(i, [t], [])));
        for (var round = 0; round < 200; round++)
        {
            var query = Any(2);
            // Nothing that a plain search finds is missing, and all of it stands before what only resembles it.
            var plain = Enumerable.Range(0, titles.Count).Where(i => titles[i].Contains(query, StringComparison.Ordinal)).Select(i => (long)i).ToHashSet();
            Assert.Equal(plain, index.Find(query, titles.Count).Take(plain.Count).Select(h => h.Id).ToHashSet());
        }
    }

    [Theory]
    [InlineData("xian", "xian/xi an")]
    [InlineData("fangan", "fang an/fan gan")]
    [InlineData("huajiao", "hua jiao/hua ji ao")]
    public void Letters_are_cut_into_syllables_in_every_way(string letters, string ways)
    {
        var expected = ways.Split('/').Select(w => string.Join(' ', w.Split(' ').Select(Syllables.Number))).ToHashSet();
        Assert.Subset(Syllables.Cuts(letters).Where(c => c.IsWhole).Select(c => string.Join(' ', c.Numbers)).ToHashSet(), expected);
    }
}
