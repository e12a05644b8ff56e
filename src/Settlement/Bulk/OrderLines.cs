using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Bulk;

/// <summary>The good lines of one order, kept until the order is complete, because what is paid per order is apportioned over them.</summary>
internal sealed class OrderLines(Scheme scheme, LotBook lots)
{
    private byte[] text = new byte[4096];
    private int used;
    private Entry[] entries = new Entry[16];
    private LineAmounts[] amounts = new LineAmounts[16];
    private int[] ordinal = new int[16];
    private long[] ofOrder = [];
    private readonly Part[] parts = new Part[scheme.MostParts];

    private struct Entry
    {
        public long Place;
        public int Lot, Line, Channel, Station, Campaign, End;
        public bool IsQuoted;
    }

    /// <summary>How many lines.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all.</summary>
    public void Clear() => (Count, used) = (0, 0);

    /// <summary>Adds the row last read.</summary>
    public void Add(LineReader line)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, Count * 2);
            Array.Resize(ref amounts, Count * 2);
        }
        amounts[Count] = line.Amounts;
        ref var entry = ref entries[Count++];
        entry.Place = line.Rows.Offset;
        entry.Lot = line.Lot;
        entry.IsQuoted = line.IsQuoted;
        entry.Line = Keep(line.Line);
        entry.Channel = Keep(line.Channel);
        entry.Station = Keep(line.Station);
        entry.Campaign = Keep(line.Campaign);
        entry.End = used;
    }

    /// <summary>Apportions what is paid per order, when all its lines are there.</summary>
    public void Complete()
    {
        var steps = scheme.OrderSteps.Length;
        if (steps == 0) return;
        if (ofOrder.Length < Count * steps) ofOrder = new long[Count * steps * 2];
        if (ordinal.Length < Count) ordinal = new int[Count * 2];
        for (var i = 0; i < Count; i++) ordinal[i] = i;
        if (Count is > 1 and <= 16) SortFew();
        else if (Count > 16) Array.Sort(ordinal, 0, Count, Comparer<int>.Create((a, b) => Line(a).SequenceCompareTo(Line(b))));
        OrderParts.Fill(scheme, amounts.AsSpan(0, Count), ordinal.AsSpan(0, Count), ofOrder);
    }

    /// <summary>Splits a line of the completed order.</summary>
    public ReadOnlySpan<Part> Split(int line)
    {
        var steps = scheme.OrderSteps.Length;
        var terms = entries[line].Lot < 0 ? null : lots.Lots[entries[line].Lot].Terms;
        var count = LineSplit.Parts(scheme, amounts[line], terms, ofOrder.AsSpan(line * steps, steps), null, parts);
        return parts.AsSpan(0, count);
    }

    /// <summary>The numbers of a line.</summary>
    public ref readonly LineAmounts Amounts(int line) => ref amounts[line];

    /// <summary>Its lot; null: none.</summary>
    public BulkLot? Lot(int line) => entries[line].Lot < 0 ? null : lots.Lots[entries[line].Lot];

    /// <summary>Which line stood at this place of the file? -1: none.</summary>
    public int Find(long place)
    {
        for (var i = 0; i < Count; i++)
            if (entries[i].Place == place) return i;
        return -1;
    }

    public ReadOnlySpan<byte> Line(int line) => text.AsSpan(entries[line].Line..entries[line].Channel);

    /// <summary>Can any code of the line need quotes?</summary>
    public bool IsQuoted(int line) => entries[line].IsQuoted;

    /// <summary>The owner that the line itself names for a role; empty where it names none.</summary>
    public ReadOnlySpan<byte> Owner(int line, SchemeRole role)
    {
        ref var entry = ref entries[line];
        return role switch
        {
            SchemeRole.Platform => text.AsSpan(entry.Channel..entry.Station),
            SchemeRole.Station => text.AsSpan(entry.Station..entry.Campaign),
            SchemeRole.Host => text.AsSpan(entry.Campaign..entry.End),
            _ => [],
        };
    }

    private int Keep(ReadOnlySpan<byte> cell)
    {
        if (used + cell.Length > text.Length) Array.Resize(ref text, (used + cell.Length) * 2);
        cell.CopyTo(text.AsSpan(used));
        used += cell.Length;
        return used - cell.Length;
    }

    private void SortFew()
    {
        for (var i = 1; i < Count; i++)
            for (var j = i; j > 0 && Line(ordinal[j]).SequenceCompareTo(Line(ordinal[j - 1])) < 0; j--)
                (ordinal[j], ordinal[j - 1]) = (ordinal[j - 1], ordinal[j]);
    }
}
