namespace Shanhuo.Market.Catalogue.Search;

/// <summary>How well each entry fits one term: the best of the ways by which it was found.</summary>
internal sealed class TermScores(int entries)
{
    /// <summary>By place in the index; 0: not found.</summary>
    public float[] Best { get; } = new float[entries];

    /// <summary>Was anything found?</summary>
    public bool Any { get; private set; }

    public void Take(ReadOnlySpan<int> places, double weight)
    {
        Any |= places.Length > 0;
        foreach (var place in places) Best[place] = Math.Max(Best[place], (float)weight);
    }

    /// <summary>Takes entries that hold at least half of the pieces.</summary>
    /// <param name="pieces">What is looked for.</param>
    /// <param name="postings">Where it is found.</param>
    /// <param name="all">Weight of those that hold all of them.</param>
    /// <param name="some">Weight of the others, times the share of the pieces that they hold.</param>
    public void TakeShare(IEnumerable<ulong> pieces, Postings postings, double all, double some)
    {
        var wanted = pieces.Distinct().ToList();
        var counts = new byte[Best.Length];
        foreach (var piece in wanted)
            foreach (var place in postings.With(piece)) counts[place]++;
        for (var place = 0; place < counts.Length; place++)
        {
            if (counts[place] == 0 || 2 * counts[place] < wanted.Count) continue;
            Any = true;
            Best[place] = Math.Max(Best[place], (float)(counts[place] == wanted.Count ? all : some * counts[place] / wanted.Count));
        }
    }
}
