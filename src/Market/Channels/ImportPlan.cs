using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Channels;

/// <summary>What an order of a file does to what is in.</summary>
internal enum PlanKind
{
    /// <summary>It is new.</summary>
    Add,

    /// <summary>Its state moves on, or money was given back.</summary>
    Change,

    /// <summary>It is in as it is.</summary>
    Same,

    /// <summary>Closed before we ever had it.</summary>
    LeaveOut,

    /// <summary>It contradicts what is in.</summary>
    Refuse,
}

/// <summary>An order that is in, with what a later export can change.</summary>
internal sealed record KnownOrder(Order Order, List<OrderLine> Lines, IReadOnlyDictionary<long, Fen> Claimed);

/// <summary>What is to be done with one order of a file. A state only moves forward: an older export than the last changes nothing.</summary>
internal sealed record ImportPlan
{
    public required PlanKind Kind { get; init; }

    /// <summary>Where it refuses: the row and why.</summary>
    public FileLine? Row { get; init; }
    public string Code { get; init; } = "";
    public object[] Arguments { get; init; } = [];

    /// <summary>The rows that go in with a new order.</summary>
    public IReadOnlyList<FileLine> Fresh { get; init; } = [];

    /// <summary>The state afterwards.</summary>
    public OrderState State { get; init; }

    /// <summary>Lines of an order that has not left which the buyer took back.</summary>
    public IReadOnlyList<OrderLine> Removed { get; init; } = [];

    /// <summary>Money that was given back since the last export.</summary>
    public IReadOnlyList<(OrderLine Line, Fen Amount)> Refunds { get; init; } = [];

    /// <summary>Compares an order of a file with what is in.</summary>
    public static ImportPlan Of(FileOrder file, KnownOrder? known) => known is null ? New(file) : Later(file, known);

    private static ImportPlan New(FileOrder file)
    {
        var fresh = file.Lines.Where(l => !l.IsClosed).ToList();
        return fresh.Count == 0 ? new ImportPlan { Kind = PlanKind.LeaveOut } : new ImportPlan { Kind = PlanKind.Add, Fresh = fresh, State = file.State };
    }

    private static ImportPlan Later(FileOrder file, KnownOrder known)
    {
        var order = known.Order;
        // Ours is moved by its own pages, which give the buyer's money back; a file of the channel's name is none of them.
        if (order.SellerId is not null) return new ImportPlan { Kind = PlanKind.Refuse, Row = file.Lines[0], Code = "market.import-own", Arguments = [file.Number] };
        if (order.State == OrderState.Cancelled) return new ImportPlan { Kind = PlanKind.Same, State = order.State };
        if (file.State == OrderState.Cancelled && order.State == OrderState.Placed) return new ImportPlan { Kind = PlanKind.Change, State = OrderState.Cancelled };
        var state = file.State != OrderState.Cancelled && file.State > order.State ? file.State : order.State;
        var parts = known.Lines.GroupBy(l => l.ChannelLine).ToDictionary(g => g.Key, g => g.OrderBy(l => l.Id).ToList(), StringComparer.Ordinal);
        var removed = new List<OrderLine>();
        var refunds = new List<(OrderLine, Fen)>();
        foreach (var row in file.Lines)
        {
            if (!parts.TryGetValue(row.Key, out var mine))
            {
                if (row.IsClosed) continue;
                // A line that was taken back before the order left, or one that was not there.
                return new ImportPlan { Kind = PlanKind.Refuse, Row = row, Code = "market.import-new-line", Arguments = [file.Number, row.Key] };
            }
            var gross = new Fen(mine.Sum(l => (l.Goods + l.Freight).Value));
            if (row.IsClosed && order.State == OrderState.Placed)
            {
                removed.AddRange(mine);
                continue;
            }
            var isWhole = row.IsClosed || row.RefundedWhole;
            if (!isWhole && row.Gross != gross) return new ImportPlan { Kind = PlanKind.Refuse, Row = row, Code = "market.import-changed", Arguments = [file.Number, row.Gross, gross] };
            if (!isWhole && row.Units != mine.Sum(l => l.Units)) return new ImportPlan { Kind = PlanKind.Refuse, Row = row, Code = "market.import-changed", Arguments = [file.Number, row.Units, mine.Sum(l => l.Units)] };
            if (state is OrderState.Shipped or OrderState.Received) refunds.AddRange(Back(mine, isWhole ? gross : row.Refunded, known.Claimed));
        }
        if (removed.Count > 0 && removed.Count == known.Lines.Count) return new ImportPlan { Kind = PlanKind.Change, State = OrderState.Cancelled };
        var moved = state != order.State || (order.DeliveredDay is null && file.DeliveredDay is not null) || removed.Count > 0 || refunds.Count > 0;
        return new ImportPlan { Kind = moved ? PlanKind.Change : PlanKind.Same, State = state, Removed = removed, Refunds = refunds };
    }

    /// <summary>Divides what was given back so far over the parts of a line, and names what is new of it.</summary>
    public static IEnumerable<(OrderLine Line, Fen Amount)> Back(List<OrderLine> parts, Fen soFar, IReadOnlyDictionary<long, Fen> claimed)
    {
        var weights = parts.Select(l => (l.Goods + l.Freight).Value).ToArray();
        if (soFar <= Fen.Zero || weights.All(w => w == 0)) yield break;
        var due = Webster.Apportion(soFar, weights);
        for (var i = 0; i < parts.Count; i++)
            if (due[i] - claimed.GetValueOrDefault(parts[i].Id) is { Value: > 0 } more) yield return (parts[i], more);
    }
}
