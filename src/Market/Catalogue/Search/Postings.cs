using System.Runtime.InteropServices;

namespace Shanhuo.Market.Catalogue.Search;

/// <summary>What a piece of a text can be looked up by.</summary>
internal enum PieceKind { Han, HanPair, Sound, SoundPair, InitialPair, Word }

/// <summary>For each piece the entries that hold it, by their place in the index, ascending, each once.</summary>
internal sealed class Postings
{
    private readonly Dictionary<ulong, List<int>> lists = [];

    /// <summary>The key of a piece: two numbers below 2^24, such as two characters or two syllables.</summary>
    public static ulong Key(PieceKind kind, int first, int second = 0) => ((ulong)kind << 48) | ((ulong)(uint)first << 24) | (uint)second;

    /// <summary>Entries are added in ascending order.</summary>
    public void Add(ulong key, int entry)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _);
        list ??= [];
        if (list.Count == 0 || list[^1] != entry) list.Add(entry);
    }

    public ReadOnlySpan<int> With(ulong key) => lists.TryGetValue(key, out var list) ? CollectionsMarshal.AsSpan(list) : [];

    /// <summary>Entries that hold all of the pieces.</summary>
    public ReadOnlySpan<int> WithAll(ReadOnlySpan<ulong> keys)
    {
        if (keys.Length == 1) return With(keys[0]);
        var shortest = keys[0];
        foreach (var key in keys)
            if (With(key).Length < With(shortest).Length) shortest = key;
        var found = With(shortest).ToArray();
        var count = found.Length;
        foreach (var key in keys)
        {
            if (count == 0) return [];
            if (key == shortest) continue;
            var other = With(key);
            var kept = 0;
            for (var i = 0; i < count; i++)
            {
                var at = other.BinarySearch(found[i]);
                if (at >= 0) found[kept++] = found[i];
                other = other[(at >= 0 ? at : ~at)..];
            }
            count = kept;
        }
        return found.AsSpan(0, count);
    }
}
