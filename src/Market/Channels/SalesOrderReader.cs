using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Channels;

/// <summary>Makes an order of its rows: all of them or none, since its lines share what is paid once an order.</summary>
internal sealed class SalesOrderReader(ChannelMapping mapping, DateOnly today, string number, List<SalesRow> rows)
{
    public FileOrder? Read(List<RowRefusal> refused)
    {
        var wrong = rows.FirstOrDefault(r => r.Why is not null);
        // A row can be wrong only beside its neighbours: two with one sub-order number, amounts of the order that differ, money below zero.
        var keys = Keys();
        var lines = wrong is null ? Lines(keys, out wrong) : null;
        if (lines is null)
        {
            foreach (var row in rows) refused.Add(new RowRefusal(number, row.Why ?? (row == wrong ? Own! : new Refusal("market.import-neighbour", row.Row.At(row.NumberColumn), number, wrong!.Row.Number))));
            return null;
        }
        var alive = lines.Where(l => !l.IsClosed).Select(l => rows.First(r => r.Row.Number == l.Row && r.Row.Sheet == l.Sheet)).ToList();
        var state = alive.Count == 0 ? OrderState.Cancelled
            : alive.Any(r => StateOf(r) == "received") && alive.All(r => StateOf(r) == "received") ? OrderState.Received
            : alive.Any(r => StateOf(r) is "shipped" or "received") ? OrderState.Shipped : OrderState.Placed;
        return new FileOrder
        {
            Number = number, State = state, Lines = lines,
            PlacedDay = rows.Select(r => r.Placed ?? r.Shipped ?? r.Received).Where(d => d is not null).Min() ?? today,
            ShippedDay = rows.Select(r => r.Shipped).Where(d => d is not null).Max(), DeliveredDay = rows.Select(r => r.Delivered).Where(d => d is not null).Max(), ReceivedDay = rows.Select(r => r.Received).Where(d => d is not null).Max(),
            Campaign = rows.Select(r => r.Campaign).FirstOrDefault(c => c is not null), Parcels = rows.Max(r => r.Parcels) ?? 1, BuyerUnit = rows.Select(r => r.BuyerUnit).FirstOrDefault(u => u is not null),
        };
    }

    private Refusal? Own { get; set; }

    /// <summary>A row that was closed after it had left is one that has left and was given back.</summary>
    private static string StateOf(SalesRow row) => row.State == "cancelled" && row.Shipped is not null ? "shipped" : row.State;

    private string[] Keys()
    {
        var times = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. rows.Select(r => r.Line.Length > 0 ? r.Line : $"{r.Code}#{times[r.Code] = times.GetValueOrDefault(r.Code) + 1}")];
    }

    private List<FileLine>? Lines(string[] keys, out SalesRow? wrong)
    {
        wrong = null;
        // Ordinal by key, so that what is divided among the rows does not depend on their order in the file.
        var order = Enumerable.Range(0, rows.Count).OrderBy(i => keys[i], StringComparer.Ordinal).ToArray();
        for (var i = 1; i < order.Length; i++)
            if (keys[order[i]] == keys[order[i - 1]])
            {
                wrong = rows[Math.Max(order[i], order[i - 1])];
                Own = new Refusal("market.import-twice", wrong.Row.At(mapping.Names("line").FirstOrDefault() ?? wrong.NumberColumn), keys[order[i]]);
                return null;
            }
        var sorted = order.Select(i => rows[i]).ToArray();
        var weights = sorted.Select(r => mapping.PaidIsOf == AmountOf.Line ? (r.SellerReceives ?? r.Paid).Value : r.List.Value > 0 ? checked(r.List.Value * r.Units) : r.Units).ToArray();
        var freight = Divide(r => r.Freight, mapping.FreightIsOf, sorted, weights, ref wrong);
        var received = Divide(r => r.SellerReceives ?? Fen.Zero, mapping.PaidIsOf, sorted, weights, ref wrong);
        var paid = Divide(r => r.Paid, mapping.PaidIsOf, sorted, weights, ref wrong);
        var subsidy = Divide(r => r.PlatformSubsidy, mapping.PaidIsOf, sorted, weights, ref wrong);
        var discount = Divide(r => r.MerchantDiscount, mapping.PaidIsOf, sorted, weights, ref wrong);
        var commission = Divide(r => r.Commission, mapping.PaidIsOf, sorted, weights, ref wrong);
        if (wrong is not null) return null;
        var lines = new List<FileLine>(rows.Count);
        for (var i = 0; i < sorted.Length; i++)
        {
            var row = sorted[i];
            var goods = row.SellerReceives is not null ? received[i] - freight[i] : paid[i] + subsidy[i] - (mapping.PaidHasFreight ? freight[i] : Fen.Zero);
            var isClosed = StateOf(row) == "cancelled" || (row.State == "placed" && row.IsRefunded && (row.Refund is null || row.Refund >= (row.SellerReceives is not null && paid[i] == Fen.Zero ? received[i] - subsidy[i] : paid[i])));
            var refundedWhole = !isClosed && (row.State == "cancelled" || (row.IsRefunded && (row.Refund is null || row.Refund >= goods + freight[i] - subsidy[i])));
            if (goods < Fen.Zero && !isClosed)
            {
                wrong = row;
                Own = new Refusal("market.import-freight", row.Row.At(row.PaidColumn), goods + freight[i], freight[i]);
                return null;
            }
            if (!isClosed && row.IsRefunded && row.Refund > goods + freight[i])
            {
                wrong = row;
                Own = new Refusal("market.import-refund", row.Row.At(mapping.Names("refund").FirstOrDefault() ?? row.PaidColumn), row.Refund!, goods + freight[i]);
                return null;
            }
            lines.Add(new FileLine
            {
                Sheet = row.Row.Sheet, Row = row.Row.Number, Key = keys[order[i]], Code = row.Code, Units = row.Units, Goods = goods, Freight = freight[i], Commission = commission[i], MerchantDiscount = discount[i], PlatformSubsidy = subsidy[i],
                IsClosed = isClosed, RefundedWhole = refundedWhole, Refunded = row.IsRefunded ? row.Refund ?? Fen.Zero : Fen.Zero,
            });
        }
        return lines;
    }

    private Fen[] Divide(Func<SalesRow, Fen> amount, AmountOf of, SalesRow[] sorted, long[] weights, ref SalesRow? wrong)
    {
        if (of == AmountOf.Line) return Array.ConvertAll(sorted, r => amount(r));
        if (sorted.FirstOrDefault(r => amount(r) != amount(sorted[0])) is { } other)
        {
            wrong ??= other;
            Own ??= new Refusal("market.import-differs", other.Row.At(other.PaidColumn), amount(other), amount(sorted[0]));
            return new Fen[sorted.Length];
        }
        return Webster.Apportion(amount(sorted[0]), weights.Any(w => w > 0) ? weights : [.. weights.Select(_ => 1L)]);
    }
}
