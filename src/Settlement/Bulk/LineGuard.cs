namespace Shanhuo.Settlement.Bulk;

/// <summary>Keeps out lines that stand twice and orders that are torn apart. A bad row counts as absent: it tears no order and doubles no line.</summary>
internal sealed class LineGuard : IDisposable
{
    private readonly RowTable lines, orders;
    private readonly LineReader peek;
    private byte[] open = [], torn = [];
    private long openParcels;
    private bool hasOpen, hasTorn;

    /// <summary>Makes room for the rows of a file.</summary>
    /// <param name="rows">At most so many rows.</param>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="peek">A reader of the same file for looking at earlier rows; disposed with this.</param>
    public LineGuard(long rows, long length, LineReader peek)
    {
        (lines, orders) = (new RowTable(rows, length), new RowTable(rows, length));
        this.peek = peek;
    }

    /// <summary>Takes a row that is good in itself.</summary>
    /// <param name="line">At the row; told of what is wrong.</param>
    /// <param name="beginsOrder">Is it the first of its order?</param>
    /// <returns>False when the row is bad.</returns>
    public bool Take(LineReader line, out bool beginsOrder)
    {
        beginsOrder = false;
        var print = Fingerprint.Of(line.Line);
        var ofLine = lines.Begin(print);
        for (var place = lines.Next(ref ofLine); place >= 0; place = lines.Next(ref ofLine))
        {
            if (!PeekAt(place).Line.SequenceEqual(line.Line)) continue;
            line.Refuse("line", "bulk.double-line", BadRows.Show(line.Line));
            return false;
        }
        if (hasOpen && line.Order.SequenceEqual(open))
        {
            if (line.Amounts.Parcels != openParcels)
            {
                line.Refuse("parcels", "bulk.parcels-differ", line.Amounts.Parcels, BadRows.Show(line.Order), openParcels);
                return false;
            }
        }
        else
        {
            if (hasTorn && line.Order.SequenceEqual(torn)) return false; // named at the first row of its later block
            var ofOrder = orders.Begin(Fingerprint.Of(line.Order));
            for (var place = orders.Next(ref ofOrder); place >= 0; place = orders.Next(ref ofOrder))
            {
                if (!PeekAt(place).Order.SequenceEqual(line.Order)) continue;
                line.Refuse("order", "bulk.torn-order", BadRows.Show(line.Order));
                (torn, hasTorn) = (line.Order.ToArray(), true);
                return false;
            }
            orders.Put(ofOrder, line.Rows.Offset);
            Open(line);
            beginsOrder = true;
        }
        hasTorn = false;
        lines.Put(ofLine, line.Rows.Offset);
        return true;
    }

    /// <summary>Where a settled line stands; -1 when there is none such.</summary>
    public long FindLine(ReadOnlySpan<byte> id)
    {
        var search = lines.Begin(Fingerprint.Of(id));
        for (var place = lines.Next(ref search); place >= 0; place = lines.Next(ref search))
            if (PeekAt(place).Line.SequenceEqual(id)) return place;
        return -1;
    }

    /// <summary>Where the first settled line of an order stands; -1 when there is none such.</summary>
    public long FindOrder(ReadOnlySpan<byte> id)
    {
        var search = orders.Begin(Fingerprint.Of(id));
        for (var place = orders.Next(ref search); place >= 0; place = orders.Next(ref search))
            if (PeekAt(place).Order.SequenceEqual(id)) return place;
        return -1;
    }

    public void Dispose() => peek.Dispose();

    private LineReader PeekAt(long place)
    {
        peek.Rows.Seek(place);
        peek.Rows.Read();
        return peek;
    }

    private void Open(LineReader line)
    {
        if (!hasOpen || open.Length != line.Order.Length) open = new byte[line.Order.Length];
        line.Order.CopyTo(open);
        openParcels = line.Amounts.Parcels;
        hasOpen = true;
    }
}
