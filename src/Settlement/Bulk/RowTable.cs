using System.Numerics;
using System.Runtime.CompilerServices;

namespace Shanhuo.Settlement.Bulk;

/// <summary>
/// Remembers of each row in four to seven bytes where it stands in its file, to be found by the fingerprint of its code. Ten bits of the fingerprint
/// or more stand beside the place, so that hardly any row is looked at in vain; whoever finds a place compares the row itself before saying that it is the same.
/// </summary>
internal sealed class RowTable
{
    private const int Shards = 64;

    private readonly byte[][] shards = new byte[Shards][];
    private readonly int slots, size, placeBits;
    private readonly ulong all;

    /// <summary>Room for so many rows.</summary>
    /// <param name="rows">At most so many will be put.</param>
    /// <param name="fileLength">Bytes of the file; below 2^44.</param>
    public RowTable(long rows, long fileLength)
    {
        placeBits = 64 - BitOperations.LeadingZeroCount((ulong)fileLength + 1);
        if (placeBits > 44) throw new NotSupportedException("The file is longer than 16 TB.");
        size = (placeBits + 10 + 7) / 8;
        all = (1UL << 8 * size) - 1;
        var even = rows / Shards;
        slots = checked((int)(even + even / 4 + 8 * (long)Math.Sqrt(even) + 64)); // four fifths full, and room for chance
        for (var i = 0; i < Shards; i++) shards[i] = new byte[slots * size + 8];
    }

    /// <summary>Where the search for a fingerprint stands.</summary>
    internal struct Search
    {
        internal int Shard, Slot;
        internal ulong Tag;
    }

    /// <summary>Begins to look for a fingerprint.</summary>
    public Search Begin(ulong print) => new()
    {
        Shard = (int)(print >> 58),
        Slot = (int)((print >> 26 & 0xFFFF_FFFF) * (ulong)slots >> 32),
        Tag = print << placeBits & all,
    };

    /// <summary>The next place whose row may be the one looked for; -1 when there is none, and the search stands where it can be put.</summary>
    public long Next(ref Search search)
    {
        for (; ; )
        {
            var entry = Unsafe.ReadUnaligned<ulong>(ref shards[search.Shard][search.Slot * size]) & all;
            if (entry == 0) return -1;
            if (++search.Slot == slots) search.Slot = 0;
            var place = entry & (1UL << placeBits) - 1;
            if ((entry ^ place) == search.Tag) return (long)place - 1;
        }
    }

    /// <summary>Puts a row where <see cref="Next"/> found nothing.</summary>
    public void Put(in Search search, long place)
    {
        ref var slot = ref shards[search.Shard][search.Slot * size];
        var entry = Unsafe.ReadUnaligned<ulong>(ref slot); // eight bytes, of which those behind the slot belong to the next
        Unsafe.WriteUnaligned(ref slot, entry | search.Tag | (ulong)(place + 1));
    }
}
