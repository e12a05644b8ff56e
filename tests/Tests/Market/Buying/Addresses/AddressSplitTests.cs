using Shanhuo.Market.Buying.Addresses;

namespace Shanhuo.Tests.Market.Buying.Addresses;

public sealed class AddressSplitTests
{
    [Fact]
    public void Of_a_hundred_pasted_addresses_at_least_95_are_split_right_in_every_part()
    {
        var samples = Samples.All.ToList();
        Assert.True(samples.Count >= 100 && samples.Select(s => s[0]).Distinct().Count() == samples.Count);
        var wrong = new List<string>();
        foreach (var sample in samples)
        {
            var got = AddressSplit.Split(sample[0].Replace('⏎', '\n'));
            string[] parts = [got.Name, got.Phone, got.Province, got.City, got.County, got.Rest];
            if (!parts.SequenceEqual(sample[1..])) wrong.Add($"{sample[0]}\n  is  {string.Join('|', parts)}\n  not {string.Join('|', sample[1..])}");
        }
        Assert.True(wrong.Count * 20 <= samples.Count, $"{wrong.Count} of {samples.Count}\n{string.Join('\n', wrong)}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{samples.Count - wrong.Count} of {samples.Count} right\n{string.Join('\n', wrong)}");
    }

    [Theory]
    [InlineData("张三 13812345678 甘肃省天水市张家川回族自治县张家川镇西关村3社", AddressDoubt.None)]
    [InlineData("黄磊 13901012345 朝阳区建国路93号", AddressDoubt.Region)]
    [InlineData("张三 13812345678 甘肃省天水市西关村3社", AddressDoubt.Region)]
    [InlineData("甘肃省天水市张家川县张家川镇西关村3社 13812345678", AddressDoubt.Name)]
    [InlineData("甘肃省天水市张家川县西关村3社张三13812345678", AddressDoubt.Name)]
    [InlineData("张三 甘肃省天水市张家川县张家川镇西关村3社", AddressDoubt.Phone)]
    [InlineData("张三 13812345678 13912345678 甘肃省天水市张家川县西关村", AddressDoubt.Phone | AddressDoubt.Rest)]
    [InlineData("张三 13812345678 甘肃省天水市张家川县", AddressDoubt.Rest)]
    [InlineData("", AddressDoubt.Name | AddressDoubt.Phone | AddressDoubt.Region | AddressDoubt.Rest)]
    public void What_is_guessed_or_missing_is_said(string text, object doubts) => Assert.Equal((AddressDoubt)doubts, AddressSplit.Split(text).Doubts);

    [Fact]
    public void Every_county_of_the_nation_is_found_by_its_full_name()
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "divisions", "national.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(c => c[0], c => c[1]);
        var wrong = new List<string>();
        foreach (var (code, county) in lines.Where(l => l.Key.Length == 6))
        {
            var (province, city) = (lines[code[..2]], lines[code[..4]]);
            var shown = city is "市辖区" or "县" ? province : city.Contains("直辖", StringComparison.Ordinal) ? "" : city;
            var got = AddressSplit.Split($"马文 13812345678 {province}{(shown == province ? "" : shown)}{(county == city ? "" : county)}和平街道1号");
            if ((got.Province, got.City, got.County, got.Rest) != (province, shown, county == city ? "" : county, "和平街道1号")) wrong.Add($"{code} {province}{city}{county}: {got}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
    }

    [Fact]
    public void Nothing_typed_makes_it_fail_or_leaves_marks_of_ours()
    {
        var chance = new Random(7);
        var pieces = Samples.All.Select(s => s[0]).ToList();
        for (var round = 0; round < 3000; round++)
        {
            var text = pieces[chance.Next(pieces.Count)].ToCharArray().ToList();
            for (var change = 0; change < 4; change++)
            {
                var at = chance.Next(text.Count);
                if (chance.Next(2) == 0) text.RemoveAt(at);
                else text.Insert(at, "省市县区 0,:1·\n\0族张A(＋"[chance.Next(16)]);
            }
            var got = AddressSplit.Split(string.Concat(text));
            Assert.DoesNotContain(got.Name + got.Rest, c => c < ' ');
        }
    }
}
