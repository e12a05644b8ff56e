using System.Numerics;

namespace Shanhuo.Settlement.Bulk;

/// <summary>Numbers codes (lots, households, channels) from 0 in order of first appearance and finds them by their bytes without making strings.</summary>
internal sealed class Utf8Index
{
    private byte[] text = new byte[1024];
    private (int Start, int Length)[] codes = new (int, int)[64];
    private int[] slots = new int[256]; // number + 1; 0 is free
    private int used;

    /// <summary>How many codes there are.</summary>
    public int Count { get; private set; }

    /// <summary>A code by its number.</summary>
    public ReadOnlySpan<byte> this[int number] => text.AsSpan(codes[number].Start, codes[number].Length);

    /// <summary>The number of a code, or -1.</summary>
    public int Find(ReadOnlySpan<byte> code)
    {
        for (var slot = Home(code); ; slot = slot + 1 & slots.Length - 1)
        {
            var number = slots[slot] - 1;
            if (number < 0) return -1;
            if (this[number].SequenceEqual(code)) return number;
        }
    }

    /// <summary>The number of a code, given now where it is new.</summary>
    public int Add(ReadOnlySpan<byte> code)
    {
        var number = Find(code);
        if (number >= 0) return number;
        if (Count * 2 >= slots.Length) Grow();
        if (Count == codes.Length) Array.Resize(ref codes, Count * 2);
        if (used + code.Length > text.Length) Array.Resize(ref text, (int)BitOperations.RoundUpToPowerOf2((uint)(used + code.Length)));
        code.CopyTo(text.AsSpan(used));
        codes[Count] = (used, code.Length);
        used += code.Length;
        Put(Count);
        return Count++;
    }

    private int Home(ReadOnlySpan<byte> code) => (int)(Fingerprint.Of(code) & (ulong)(slots.Length - 1));

    private void Put(int number)
    {
        var slot = Home(this[number]);
        while (slots[slot] != 0) slot = slot + 1 & slots.Length - 1;
        slots[slot] = number + 1;
    }

    private void Grow()
    {
        slots = new int[slots.Length * 2];
        for (var number = 0; number < Count; number++) Put(number);
    }
}
