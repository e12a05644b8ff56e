namespace Shanhuo.Settlement.Bulk;

/// <summary>How much of each line is refunded so far, by the line's place in its file; sixteen bytes per refunded line.</summary>
internal sealed class RefundedSoFar
{
    private (long Place, long Fen)[] slots = new (long, long)[1024]; // place + 1; 0 is free
    private int count;

    /// <summary>The amount of a line, to be read and changed before the next call.</summary>
    public ref long Of(long place)
    {
        if (count * 4L >= slots.Length * 3L) Grow();
        ref var slot = ref Find(slots, place + 1);
        if (slot.Place == 0)
        {
            slot.Place = place + 1;
            count++;
        }
        return ref slot.Fen;
    }

    private static ref (long Place, long Fen) Find((long Place, long Fen)[] slots, long key)
    {
        var at = (int)(unchecked((ulong)key * 0x9E3779B97F4A7C15) >> 32 & (ulong)(slots.Length - 1));
        while (slots[at].Place != 0 && slots[at].Place != key) at = at + 1 & slots.Length - 1;
        return ref slots[at];
    }

    private void Grow()
    {
        var wider = new (long Place, long Fen)[slots.Length * 2];
        foreach (var slot in slots)
            if (slot.Place != 0) Find(wider, slot.Place) = slot;
        slots = wider;
    }
}
