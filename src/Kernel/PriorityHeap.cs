using System.Numerics;

namespace Shanhuo.Kernel;

/// <summary>Who is next to get a fen (or to lose one): the owners in a binary heap by exact priority, the first in line on top.</summary>
/// <typeparam name="TWeight">Type of the weights.</typeparam>
/// <typeparam name="TProduct">Wide enough for weight × (2 × part + 1).</typeparam>
internal readonly ref struct PriorityHeap<TWeight, TProduct>
    where TWeight : IBinaryInteger<TWeight>
    where TProduct : IBinaryInteger<TProduct>
{
    private readonly ReadOnlySpan<TWeight> weights;
    private readonly Span<long> parts;
    private readonly bool giving;
    private readonly Span<int> heap;

    /// <summary>Puts the owners in line.</summary>
    /// <param name="weights">One per owner.</param>
    /// <param name="parts">What each has; changed by giving and taking.</param>
    /// <param name="giving">Give fen, or take some away? One heap does one of them.</param>
    /// <param name="heap">Memory for it, one place per owner.</param>
    public PriorityHeap(ReadOnlySpan<TWeight> weights, Span<long> parts, bool giving, Span<int> heap)
    {
        this.weights = weights;
        this.parts = parts;
        this.giving = giving;
        this.heap = heap;
        for (var i = 0; i < heap.Length; i++) heap[i] = i;
        for (var i = heap.Length / 2 - 1; i >= 0; i--) Sink(i);
    }

    /// <summary>One fen more to the owner whose next fen has the highest priority.</summary>
    public void Give()
    {
        parts[heap[0]]++;
        Sink(0);
    }

    /// <summary>One fen less for the owner whose last fen has the lowest priority.</summary>
    public void Take()
    {
        parts[heap[0]]--;
        Sink(0);
    }

    private void Sink(int at)
    {
        var owner = heap[at];
        for (; ; )
        {
            var child = 2 * at + 1;
            if (child >= heap.Length) break;
            if (child + 1 < heap.Length && Before(heap[child + 1], heap[child])) child++;
            if (!Before(heap[child], owner)) break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = owner;
    }

    private bool Before(int a, int b)
    {
        // An owner that has nothing can lose nothing, and stands behind all who can.
        if (!giving && (parts[a] == 0 || parts[b] == 0)) return parts[a] != 0;
        var ofA = TProduct.CreateChecked(weights[a]) * Odd(parts[b]);
        var ofB = TProduct.CreateChecked(weights[b]) * Odd(parts[a]);
        if (ofA != ofB) return giving ? ofA > ofB : ofA < ofB;
        return giving ? a < b : a > b;
    }

    private TProduct Odd(long part)
    {
        var twice = TProduct.CreateChecked(part) + TProduct.CreateChecked(part);
        return giving ? twice + TProduct.One : twice - TProduct.One;
    }
}
