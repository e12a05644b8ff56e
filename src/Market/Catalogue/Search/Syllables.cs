using System.Collections.Frozen;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Catalogue.Search;

/// <summary>Syllables as numbers, those alike that people of the north-west and input methods mix up: zh and z, ch and c, sh and s, n and l, -ng and -n, lü and lu.</summary>
internal static class Syllables
{
    private const int MostWays = 12;
    private static readonly FrozenSet<string> Valid = Pinyin.Syllables.Where(s => s.AsSpan().IndexOfAny("aeiouv") >= 0).ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, int> Numbers = Valid.Select(Alike).Distinct().Order(StringComparer.Ordinal).Select((s, i) => (s, i)).ToFrozenDictionary(p => p.s, p => p.i + 1, StringComparer.Ordinal);
    private static readonly FrozenSet<string> Beginnings = Valid.SelectMany(s => Enumerable.Range(1, s.Length).Select(n => s[..n])).ToFrozenSet(StringComparer.Ordinal);
    private static readonly int Longest = Valid.Max(s => s.Length);

    /// <summary>The syllable as those who mix it up would spell it.</summary>
    public static string Alike(string syllable)
    {
        var s = syllable.Replace('v', 'u');
        if (s.Length > 2 && s[1] == 'h' && s[0] is 'z' or 'c' or 's') s = s[0] + s[2..];
        if (s[0] == 'n' && s.Length > 1) s = "l" + s[1..];
        return s.EndsWith("ng", StringComparison.Ordinal) ? s[..^1] : s;
    }

    /// <summary>Number of a syllable that exists, above 0; the same for those that are mixed up.</summary>
    public static int Number(string syllable) => Numbers[Alike(syllable)];

    /// <summary>The readings of a character as numbers; empty for what is no Han character that we can read.</summary>
    public static int[] Of(char c) => [.. Pinyin.Readings(c).Where(Valid.Contains).Select(Number).Distinct()];

    /// <summary>First letters of the readings of a character.</summary>
    public static int[] InitialsOf(char c) => [.. Pinyin.Readings(c).Where(Valid.Contains).Select(r => (int)r[0]).Distinct()];

    /// <summary>The ways to cut letters into syllables, at most a dozen: <c>xian</c> is one syllable or two. The last piece may be the beginning of a syllable that somebody is still typing.</summary>
    /// <param name="letters">Small ASCII letters.</param>
    public static List<Cut> Cuts(string letters)
    {
        var cuts = new List<Cut>();
        Go(letters, 0, [], cuts, new bool[letters.Length + 1]);
        return cuts;
    }

    // From a dead position no way leads to the end; looked at once, or letters that cannot be cut would cost two to the power of their number.
    private static void Go(string letters, int at, List<int> before, List<Cut> cuts, bool[] dead)
    {
        if (cuts.Count >= MostWays || dead[at]) return;
        var found = cuts.Count;
        if (at == letters.Length)
        {
            cuts.Add(new Cut([.. before], true));
            return;
        }
        for (var length = Math.Min(Longest, letters.Length - at); length > 0; length--)
        {
            var piece = letters.Substring(at, length);
            if (!Valid.Contains(piece))
            {
                if (at > 0 && at + length == letters.Length && Beginnings.Contains(piece)) cuts.Add(new Cut([.. before], false));
                continue;
            }
            before.Add(Number(piece));
            Go(letters, at + length, before, cuts, dead);
            before.RemoveAt(before.Count - 1);
        }
        dead[at] = cuts.Count == found;
    }
}

/// <summary>Letters cut into syllables.</summary>
/// <param name="Numbers">Of the whole syllables.</param>
/// <param name="IsWhole">False: letters of a syllable that has only begun follow.</param>
internal readonly record struct Cut(int[] Numbers, bool IsWhole);
