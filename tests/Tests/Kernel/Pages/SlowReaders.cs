namespace Shanhuo.Tests.Kernel.Pages;

/// <summary>Reads Chinese amounts word by word, and refuses a zero that no reader expects.</summary>
internal static class SlowChineseReader
{
    public static long Read(string words)
    {
        words = words.TrimEnd('整');
        foreach (var (written, plain) in "零壹贰叁肆伍陆柒捌玖拾佰仟两".Zip("零一二三四五六七八九十百千二")) words = words.Replace(written, plain);
        var yuan = words.Split('元');
        var coins = yuan[^1].TrimStart('零');
        return (yuan.Length == 2 ? Number(yuan[0]) : 0) * 100 + Coin(coins, '角') * 10 + Coin(coins, '分');
    }

    private static long Coin(string coins, char unit) => coins.IndexOf(unit, StringComparison.Ordinal) is > 0 and var at ? "零一二三四五六七八九".IndexOf(coins[at - 1], StringComparison.Ordinal) : 0;

    private static long Number(string words)
    {
        foreach (var (unit, size) in new[] { ('亿', 100_000_000L), ('万', 10_000L), ('千', 1000L), ('百', 100L), ('十', 10L) })
            if (words.LastIndexOf(unit) is >= 0 and var at)
            {
                var below = words[(at + 1)..];
                // 千 百 十 stand after one digit; 万 and 亿 after a whole number.
                var low = Number(below);
                Assert.True(low < size, words);
                if (low > 0 && low < size / 10) Assert.StartsWith("零", below, StringComparison.Ordinal);
                return (at == 0 ? 1 : Number(words[..at])) * size + low;
            }
        words = words.TrimStart('零');
        return words.Length == 0 ? 0 : "零一二三四五六七八九".IndexOf(Assert.Single(words), StringComparison.Ordinal);
    }
}

/// <summary>Reads English amounts word by word.</summary>
internal static class SlowEnglishReader
{
    private static readonly string[] Small =
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".Split(' ');
    private static readonly string[] Tens = "- - twenty thirty forty fifty sixty seventy eighty ninety".Split(' ');

    public static long Read(string words)
    {
        long all = 0, group = 0, fen = 0;
        foreach (var word in words.Replace('-', ' ').Split(' '))
            switch (word)
            {
                case "and": break;
                case "hundred": group *= 100; break;
                case "thousand": all += group * 1_000; group = 0; break;
                case "million": all += group * 1_000_000; group = 0; break;
                case "billion": all += group * 1_000_000_000; group = 0; break;
                case "trillion": all += group * 1_000_000_000_000; group = 0; break;
                case "yuan": fen += (all + group) * 100; all = group = 0; break;
                case "fen": fen += group; break;
                default: group += Array.IndexOf(Small, word) is >= 0 and var one ? one : Array.IndexOf(Tens, word) * 10; break;
            }
        return fen;
    }
}
