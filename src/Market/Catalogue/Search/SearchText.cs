using Shanhuo.Kernel;

namespace Shanhuo.Market.Catalogue.Search;

/// <summary>A stretch of a text in one kind of letters.</summary>
/// <param name="Text">Han characters, or small ASCII letters and digits.</param>
/// <param name="IsHan">Which of the two.</param>
internal readonly record struct Stretch(string Text, bool IsHan);

/// <summary>Takes texts and queries apart alike.</summary>
internal static class SearchText
{
    /// <summary>Stretches of Han characters and of Latin letters and digits; all else only parts them. Full-width letters are as ordinary ones, large as small, ü as v.</summary>
    public static IEnumerable<Stretch> Stretches(string text)
    {
        var narrow = Numerals.Narrow(text).ToLowerInvariant().Replace('ü', 'v');
        for (var at = 0; at < narrow.Length;)
        {
            var kind = Kind(narrow[at]);
            var end = at + 1;
            while (end < narrow.Length && Kind(narrow[end]) == kind) end++;
            if (kind != 0) yield return new Stretch(narrow[at..end], kind == 1);
            at = end;
        }
    }

    /// <summary>All words one slip away: a letter left out, put in, changed, or two neighbours swapped.</summary>
    public static IEnumerable<string> OneSlip(string word)
    {
        for (var i = 0; i < word.Length; i++) yield return word.Remove(i, 1);
        for (var i = 0; i + 1 < word.Length; i++)
            if (word[i] != word[i + 1]) yield return $"{word[..i]}{word[i + 1]}{word[i]}{word[(i + 2)..]}";
        for (var c = 'a'; c <= 'z'; c++)
        {
            for (var i = 0; i < word.Length; i++)
                if (word[i] != c) yield return $"{word[..i]}{c}{word[(i + 1)..]}";
            for (var i = 0; i <= word.Length; i++) yield return word.Insert(i, c.ToString());
        }
    }

    /// <summary>Do some consecutive characters sound exactly as these letters, so that niurou is 牛肉 before 六肉?</summary>
    public static bool SoundsAs(string han, string letters)
    {
        for (var at = 0; at < han.Length; at++)
            if (From(han, at, letters)) return true;
        return false;
    }

    private static bool From(string han, int at, ReadOnlySpan<char> letters)
    {
        if (letters.IsEmpty) return true;
        if (at == han.Length) return false;
        foreach (var reading in Pinyin.Readings(han[at]))
            if (letters.StartsWith(reading) ? From(han, at + 1, letters[reading.Length..]) : reading.AsSpan().StartsWith(letters)) return true;
        return false;
    }

    private static int Kind(char c) => c is >= '\u4E00' and <= '\u9FFF' or '\u3007' or >= '\u3400' and <= '\u4DBF' ? 1 : char.IsAsciiLetterOrDigit(c) ? 2 : 0;
}
