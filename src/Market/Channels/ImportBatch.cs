using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Channels;

/// <summary>Some orders of a file, in one transaction with the count of how far the run is: a run that is killed goes on behind its last batch, and two who run it do each batch once.</summary>
internal sealed class ImportBatch(ShanhuoDb db, Ids ids, TimeProvider clock, Events events, OrderLots lots, LineServing serving, Refunding refunding)
{
    private readonly List<long> due = [];
    private int added, changed, same, leftOut, waiting;

    /// <summary>Does the orders from <paramref name="from"/> on.</summary>
    /// <returns>False: somebody else has done or stopped them.</returns>
    /// <exception cref="StockRaceException">Another sale came between; try again in a fresh scope.</exception>
    public async Task<bool> Do(ImportRun run, IReadOnlyList<FileOrder> orders, int from, CancellationToken cancel)
    {
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        var to = from + orders.Count;
        if (await db.ImportRuns.Where(r => r.County == run.County && r.Id == run.Id && r.State == ImportState.Running && r.OrdersDone == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.OrdersDone, to), cancel) == 0) return false;
        var known = await KnownOrders.Read(db, run.County, run.Channel, [.. orders.Select(o => o.Number)], true, cancel);
        await serving.Know(run.County, run.Channel, [.. orders.Select(o => o.Number)], [.. orders.SelectMany(o => o.Lines).Select(l => l.Code).Distinct()], cancel);
        var refused = new List<RowRefusal>();
        foreach (var file in orders)
        {
            var plan = ImportPlan.Of(file, known.GetValueOrDefault(file.Number));
            if (plan.Kind == PlanKind.Refuse) refused.AddRange(ImportRefusals.Of(run, file, plan));
            else await Apply(run, file, known.GetValueOrDefault(file.Number), plan, cancel);
        }
        await ImportRefusals.Add(db, run, refused, cancel);
        await db.SaveChangesAsync(cancel);
        if (due.Count > 0 && await events.Raise(new LinesDue(run.County, due), cancel) is { } no) throw new InvalidOperationException(no.ToString());
        await db.SaveChangesAsync(cancel);
        await db.ImportRuns.Where(r => r.County == run.County && r.Id == run.Id).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Added, r => r.Added + added).SetProperty(r => r.Changed, r => r.Changed + changed).SetProperty(r => r.Unchanged, r => r.Unchanged + same)
            .SetProperty(r => r.LeftOut, r => r.LeftOut + leftOut).SetProperty(r => r.Waiting, r => r.Waiting + waiting), cancel);
        await change.CommitAsync(cancel);
        return true;
    }

    private async Task Apply(ImportRun run, FileOrder file, KnownOrder? known, ImportPlan plan, CancellationToken cancel)
    {
        switch (plan.Kind)
        {
            case PlanKind.LeaveOut:
                leftOut += file.Lines.Count;
                break;
            case PlanKind.Same:
                same++;
                break;
            case PlanKind.Add:
                await Add(run, file, plan, cancel);
                added++;
                break;
            default:
                await Change(file, known!, plan, cancel);
                changed++;
                break;
        }
    }

    private async Task Add(ImportRun run, FileOrder file, ImportPlan plan, CancellationToken cancel)
    {
        var day = clock.Today;
        var order = new Order { Id = ids.Next(), County = run.County, RequestId = Guid.CreateVersion7(), Area = run.County, Channel = run.Channel, Number = file.Number, Campaign = file.Campaign, PlacedDay = file.PlacedDay, Parcels = file.Parcels, Buyer = file.BuyerUnit ?? "" };
        Move(order, file, plan.State);
        db.Orders.Add(order);
        var lines = plan.Fresh.Select((row, i) => new OrderLine
        {
            Id = ids.Next(), County = run.County, OrderId = order.Id, Number = i + 1, ProductId = 0, Grams = 0, Pieces = 0, Units = row.Units, SellerCode = row.Code, ChannelLine = row.Key, Waits = WaitReason.Code,
            Goods = row.Goods, Freight = row.Freight, Commission = row.Commission, MerchantDiscount = row.MerchantDiscount, PlatformSubsidy = row.PlatformSubsidy,
        }).ToList();
        db.OrderLines.AddRange(lines);
        if (await serving.Serve(order, lines, day, cancel) is { } no) throw new StockRaceException(no);
        waiting += lines.Count(l => l.LotId is null);
        var refunds = plan.Fresh.SelectMany(row => ImportPlan.Back([.. lines.Where(l => l.ChannelLine == row.Key).OrderBy(l => l.Id)], row.RefundedWhole ? row.Gross : row.Refunded, new Dictionary<long, Fen>())).ToList();
        await Finish(order, lines, plan.State is OrderState.Placed ? [] : refunds, new Dictionary<long, Fen>(), day, cancel);
    }

    private async Task Change(FileOrder file, KnownOrder known, ImportPlan plan, CancellationToken cancel)
    {
        var day = clock.Today;
        var (order, lines) = (known.Order, known.Lines);
        foreach (var line in plan.State == OrderState.Cancelled ? lines : plan.Removed)
            if (await lots.PutBack(line, day, cancel) is { } no) throw new StockRaceException(no);
        if (plan.State == OrderState.Cancelled)
        {
            (order.State, order.IsWaiting) = (OrderState.Cancelled, false);
            foreach (var line in lines) line.Waits = WaitReason.None;
            return;
        }
        foreach (var line in plan.Removed)
        {
            db.OrderLines.Remove(line);
            lines.Remove(line);
        }
        Move(order, file, plan.State);
        order.IsWaiting = lines.Any(l => l.LotId is null);
        await Finish(order, lines, plan.Refunds, known.Claimed, day, cancel);
    }

    private static void Move(Order order, FileOrder file, OrderState state)
    {
        order.State = state;
        if (state is OrderState.Shipped or OrderState.Received) order.ShippedDay ??= file.ShippedDay ?? file.PlacedDay;
        order.DeliveredDay ??= file.DeliveredDay;
        if (state == OrderState.Received) order.ReceivedDay ??= file.ReceivedDay ?? file.DeliveredDay ?? file.ShippedDay ?? file.PlacedDay;
    }

    private async Task Finish(Order order, List<OrderLine> lines, IReadOnlyList<(OrderLine Line, Fen Amount)> refunds, IReadOnlyDictionary<long, Fen> claimed, DateOnly day, CancellationToken cancel)
    {
        if (refunds.Count > 0)
        {
            // Settlement asks the database, so the order goes there first.
            await db.SaveChangesAsync(cancel);
            var claims = refunds.Select(r => new RefundClaim { Id = ids.Next(), County = order.County, RequestId = Guid.CreateVersion7(), LineId = r.Line.Id, Amount = r.Amount, Day = day, Reason = "platform" }).ToList();
            if (await refunding.Claim(order, claims, cancel) is { } no) throw new InvalidOperationException(no.ToString());
            return;
        }
        var returns = new Dictionary<long, int>();
        foreach (var product in lines.Select(l => l.ProductId).Distinct()) returns[product] = (await lots.Product(product, cancel))?.ReturnDays ?? 0;
        if (OrderDue.Mark(order, lines, p => returns[p], claimed, day)) due.Add(order.Id);
    }
}

/// <summary>Goods that were there a moment ago were sold meanwhile; the transaction is undone and tried again.</summary>
internal sealed class StockRaceException(Refusal no) : Exception(no.ToString());

/// <summary>Orders that are in, by number.</summary>
internal static class KnownOrders
{
    /// <summary>Reads them with lines and claims.</summary>
    /// <param name="db">The database.</param>
    /// <param name="county">County.</param>
    /// <param name="channel">Channel.</param>
    /// <param name="numbers">A few hundred at most.</param>
    /// <param name="toChange">Takes their rows, so that two files about one order come one after the other.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<Dictionary<string, KnownOrder>> Read(ShanhuoDb db, AreaCode county, string channel, IReadOnlyList<string> numbers, bool toChange, CancellationToken cancel)
    {
        var mine = db.Orders.Where(o => o.County == county && o.Channel == channel && numbers.Contains(o.Number));
        if (toChange) await mine.ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel);
        var orders = await (toChange ? mine : mine.AsNoTracking()).ToListAsync(cancel);
        if (orders.Count == 0) return [];
        var orderIds = orders.Select(o => o.Id).ToList();
        var theirs = db.OrderLines.Where(l => l.County == county && orderIds.Contains(l.OrderId));
        var lines = (await (toChange ? theirs : theirs.AsNoTracking()).ToListAsync(cancel)).ToLookup(l => l.OrderId);
        var claims = await (from claim in db.RefundClaims
                            join line in db.OrderLines on new { claim.County, Id = claim.LineId } equals new { line.County, line.Id }
                            where claim.County == county && orderIds.Contains(line.OrderId)
                            group claim by claim.LineId into g
                            select new { g.Key, Sum = g.Sum(r => (long)r.Amount) }).ToDictionaryAsync(g => g.Key, g => new Fen(g.Sum), cancel);
        return orders.ToDictionary(o => o.Number, o => new KnownOrder(o, [.. lines[o.Id].OrderBy(l => l.Number)], claims), StringComparer.Ordinal);
    }
}
