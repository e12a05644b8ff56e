using System.Buffers;

namespace Shanhuo.Market.Catalogue.Search;

/// <summary>How well each entry fits one term: the best of the ways by which it was found. Its memory is borrowed, because new arrays of this size at each query would bring the collector.</summary>
internal sealed class TermScores(int entries) : IDisposable
{
    private readonly float[] best = Scratch.Rent<float>(entries);

    /// <summary>By place in the index; 0: not found.</summary>
    public Span<float> Best => best.AsSpan(0, entries);

    /// <summary>Was anything found?</summary>
    public bool Any { get; private set; }

    public void Take(ReadOnlySpan<int> places, double weight)
    {
        Any |= places.Length > 0;
        foreach (var place in places) best[place] = Math.Max(best[place], (float)weight);
    }

    /// <summary>Takes entries that hold at least half of the pieces.</summary>
    /// <param name="pieces">What is looked for.</param>
    /// <param name="postings">Where it is found.</param>
    /// <param name="all">Weight of those that hold all of them.</param>
    /// <param name="some">Weight of the others, times the share of the pieces that they hold.</param>
    public void TakeShare(IEnumerable<ulong> pieces, Postings postings, double all, double some)
    {
        var wanted = pieces.Distinct().ToList();
        var counts = Scratch.Rent<byte>(entries);
        foreach (var piece in wanted)
            foreach (var place in postings.With(piece)) counts[place]++;
        for (var place = 0; place < entries; place++)
        {
            if (counts[place] == 0 || 2 * counts[place] < wanted.Count) continue;
            Any = true;
            best[place] = Math.Max(best[place], (float)(counts[place] == wanted.Count ? all : some * counts[place] / wanted.Count));
        }
        ArrayPool<byte>.Shared.Return(counts);
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(best);
}

/// <summary>Borrowed arrays.</summary>
internal static class Scratch
{
    /// <summary>At least so long, zero as far as asked for; to be returned to <see cref="ArrayPool{T}"/>.</summary>
    public static T[] Rent<T>(int length)
    {
        var array = ArrayPool<T>.Shared.Rent(length);
        array.AsSpan(0, length).Clear();
        return array;
    }
}
