using System.Text;

namespace Shanhuo.Kernel;

/// <summary>How Han characters sound, without tones, so that what is written in other characters (马, 馬; 海, 亥) or in letters is found. Readings: data/pinyin.</summary>
public static class Pinyin
{
    // As surnames these are read otherwise than as words; only the first character of a name is looked up here.
    private static readonly Dictionary<char, string> Surnames = new()
    {
        ['单'] = "shan", ['單'] = "shan", ['解'] = "xie", ['仇'] = "qiu", ['曾'] = "zeng", ['查'] = "zha", ['朴'] = "piao", ['区'] = "ou", ['盖'] = "ge", ['任'] = "ren", ['华'] = "hua", ['乐'] = "yue", ['冼'] = "xian", ['尉'] = "yu", ['翟'] = "zhai", ['覃'] = "qin", ['妥'] = "tuo",
    };

    private static readonly Lazy<Dictionary<char, string[]>> Table = new(Read);

    private static readonly Lazy<HashSet<string>> AllSyllables = new(() => [.. Table.Value.Values.SelectMany(r => r)]);

    /// <summary>The sound of a name: syllables one behind the other, letters and digits as they are in small, all else left out, so that 马文, 馬雯, "ma wen" and "Mawen" are one. Characters without a reading stand for themselves. Of several readings the first in alphabetical order counts, so that one character always sounds alike.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var sound = new StringBuilder(name.Length * 4);
        foreach (var rune in name.EnumerateRunes())
        {
            var c = rune.IsBmp ? (char)rune.Value : '\0';
            if (char.IsAsciiLetterOrDigit(c)) sound.Append(char.ToLowerInvariant(c));
            else if (Rune.IsWhiteSpace(rune) || Rune.IsPunctuation(rune) || Rune.IsControl(rune)) continue;
            else if (sound.Length == 0 && Surnames.TryGetValue(c, out var surname)) sound.Append(surname);
            else sound.Append(Table.Value.TryGetValue(c, out var readings) ? readings[0] : rune.ToString());
        }
        return sound.ToString();
    }

    /// <summary>All readings of a character in alphabetical order, ü as v; empty for what has none.</summary>
    public static IReadOnlyList<string> Readings(char c) => Table.Value.TryGetValue(c, out var readings) ? readings : [];

    /// <summary>Every syllable there is, ü as v.</summary>
    public static IReadOnlyCollection<string> Syllables => AllSyllables.Value;

    private static Dictionary<char, string[]> Read()
    {
        var readings = new Dictionary<char, string[]>(21_000);
        using var file = new StreamReader(typeof(Pinyin).Assembly.GetManifestResourceStream("pinyin.txt") ?? throw new InvalidOperationException("pinyin.txt is not in the assembly."));
        while (file.ReadLine() is { } line)
            if (line.Split(' ') is [var syllable, var characters])
                foreach (var c in characters) readings[c] = readings.TryGetValue(c, out var others) ? [.. others, syllable] : [syllable];
        return readings;
    }
}
