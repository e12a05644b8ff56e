using Shanhuo.Settlement.Refunds;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Bulk;

/// <summary>Reads REFUNDS.csv and takes each refund back. The lines are not kept in memory: those that are refunded are read again, with their order.</summary>
internal sealed class RefundReader(string file, CsvRows rows, CsvHeader header, Scheme scheme, LineReader again, LineGuard guard, OrderLines order, BulkPostings postings, BadRows bad)
{
    private static readonly string[] Required = ["line", "day", "amount"];
    private static readonly string[] Optional = ["fault"];

    private readonly RefundedSoFar soFar = new();
    private readonly LinePostings line = new();
    private readonly long[] postingsOfOne = new long[Roles.Count];

    /// <summary>Reads the header, before any line is settled in vain; null, with what is wrong named, when the file cannot be read.</summary>
    public static CsvHeader? ReadHeader(string file, CsvRows rows, BadRows bad) => CsvHeader.Read(rows, file, Required, Optional, bad);

    /// <summary>Settles all refunds in file order, naming the bad ones.</summary>
    public void Run(Action<CsvRows> tick)
    {
        var (lineAt, dayAt, amountAt, faultAt) = (header.Find("line"), header.Find("day"), header.Find("amount"), header.Find("fault"));
        while (rows.Read())
        {
            tick(rows);
            if (!header.Fits(rows, file, bad)) continue;
            var before = bad.Count;
            if (rows[lineAt].IsEmpty) bad.Add(file, rows.Row, "line", "bulk.empty");
            if (!PlainNumber.IsDay(rows[dayAt])) bad.Add(file, rows.Row, "day", rows[dayAt].IsEmpty ? "bulk.empty" : "bulk.no-day", BadRows.Show(rows[dayAt]));
            if (!PlainNumber.TryMoney(rows[amountAt], out var amount) || amount < 1)
                bad.Add(file, rows.Row, "amount", "bulk.no-refund", BadRows.Show(rows[amountAt]), PlainNumber.Largest);
            var bearer = scheme.RefundBearer;
            if (faultAt >= 0 && !rows[faultAt].IsEmpty && !(Roles.TryParse(rows[faultAt], out bearer) && bearer.MayBeAtFault()))
                bad.Add(file, rows.Row, "fault", "bulk.no-fault", BadRows.Show(rows[faultAt]), string.Join(", ", Roles.All.Where(Roles.MayBeAtFault).Select(role => role.Name())));
            var place = rows[lineAt].IsEmpty ? -1 : guard.FindLine(rows[lineAt]);
            if (place < 0 && !rows[lineAt].IsEmpty) bad.Add(file, rows.Row, "line", "bulk.unknown-line", BadRows.Show(rows[lineAt]));
            if (bad.Count > before) continue;
            if (Refuse(place, amount, bearer) is { } left) bad.Add(file, rows.Row, "amount", "bulk.refund-beyond", new Kernel.Fen(amount).ToString(), new Kernel.Fen(left).ToString());
        }
    }

    // What is left of the line where that is less than the refund; else it is done.
    private long? Refuse(long place, long amount, SchemeRole bearer)
    {
        var at = Bring(place);
        var gross = order.Amounts(at).Gross;
        ref var before = ref soFar.Of(place);
        if (amount > gross - before) return gross - before;
        line.Set(order.Split(at));
        RefundSplit.Post(line, gross, before, amount, bearer, scheme.RefundBearer, RefundSplit.NothingPaidOut, postingsOfOne);
        before += amount;
        postings.WriteRefund(order, at, postingsOfOne);
        return null;
    }

    // Reads the line again, with the good lines of its order where the scheme pays anything per order.
    private int Bring(long place)
    {
        if (order.Find(place) is >= 0 and var known) return known;
        order.Clear();
        again.Rows.Seek(place);
        again.Read(null, out _);
        if (scheme.OrderSteps.IsEmpty) order.Add(again);
        else
        {
            var id = again.Order.ToArray();
            again.Rows.Seek(guard.FindOrder(id));
            while (again.Read(null, out var good))
            {
                // Rows that were left out the first time are known by this: the place of their line is another's, or none.
                if (!good || guard.FindLine(again.Line) != again.Rows.Offset) continue;
                if (!again.Order.SequenceEqual(id)) break;
                order.Add(again);
            }
        }
        order.Complete();
        return order.Find(place);
    }
}
