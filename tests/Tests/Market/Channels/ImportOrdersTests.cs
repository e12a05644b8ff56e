using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Channels;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Settlement;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Channels;

public sealed class ImportOrdersTests
{
    private const string Header = "主订单编号,子订单编号,商家编码,购买数量,买家实付金额,买家应付邮费,平台优惠,订单状态,退款状态,退款金额,订单付款时间,发货时间,确认收货时间\r\n";

    private static string Row(string order, string state, string code = "XR500", int units = 2, string paid = "58.00", string freight = "8.00", string refund = "没有申请退款,无退款申请", string line = "1", string subsidy = "2.00") =>
        $"{order},{order}-{line},{code},{units},{paid},{freight},{subsidy},{state},{refund},2026-11-20 10:00:00,{(state.Contains("发货，") || state == "交易成功" ? "2026-11-20 18:00:00" : "")},{(state == "交易成功" ? "2026-11-21 08:00:00" : "")}\r\n";

    private const string Placed = "买家已付款，等待卖家发货", Shipped = "卖家已发货，等待买家确认", Received = "交易成功", Closed = "交易关闭";

    [Theory, EachDatabase]
    public async Task Received_orders_of_a_file_are_settled_at_import_and_others_wait_for_the_buyer(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var done = (await host.Import(Header + Row("100001", Received) + Row("100002", Shipped) + Row("100003", Placed) + Row("100004", "等待买家付款") + Row("100005", Closed))).Value;
        Assert.Equal((true, 3, 0, 0, 0, 2), (done.Committed, done.Added, done.Changed, done.Unchanged, done.Waiting, done.LeftOut));
        Assert.Equal(97_000, await host.Available(SmallCounty.Lot));
        var line = await host.Db(db => (from l in db.OrderLines join o in db.Orders on l.OrderId equals o.Id where o.Number == "100001" select l).SingleAsync());
        Assert.Equal((6000L, 800L, 200L, 1000L, true), (line.Goods.Value, line.Freight.Value, line.PlatformSubsidy.Value, line.Grams, line.IsSettled));
        Assert.Equal((SmallCounty.Day, SmallCounty.Day.AddDays(7)), (line.DueDay!.Value, line.ReturnUntil!.Value));
        Assert.Equal(1, await host.Db(db => db.OrderLines.CountAsync(l => l.IsSettled)));
    }

    [Theory, EachDatabase]
    public async Task The_same_file_twice_changes_nothing(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var file = Header + Row("100001", Received) + Row("100002", Shipped);
        await host.Import(file);
        var before = await Books(host);
        Assert.True((await host.Import(file)).Value.WasHere);
        // As another file: a space at the end, so that only the orders' numbers tell.
        var again = (await host.Import(file + "\r\n", "again.csv")).Value;
        Assert.Equal((0, 0, 2), (again.Added, again.Changed, again.Unchanged));
        Assert.Equal(before, await Books(host));
    }

    [Theory, EachDatabase]
    public async Task A_later_export_moves_orders_on_and_an_older_one_changes_nothing(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var early = Header + Row("100001", Placed) + Row("100002", Placed) + Row("100003", Shipped);
        await host.Import(early);
        var late = (await host.Import(Header + Row("100001", Received) + Row("100002", Closed) + Row("100003", Received, refund: "退款成功,10.00"))).Value;
        Assert.Equal((0, 3, 0), (late.Added, late.Changed, late.Unchanged));
        Assert.Equal(98_000, await host.Available(SmallCounty.Lot));
        Assert.Equal([OrderState.Received, OrderState.Cancelled, OrderState.Received], await host.Db(db => db.Orders.OrderBy(o => o.Number).Select(o => o.State).ToListAsync()));
        var claim = await host.Db(db => db.RefundClaims.SingleAsync());
        Assert.Equal((1000L, true), (claim.Amount.Value, claim.IsSettled));
        var before = await Books(host);
        var older = (await host.Import(early + " ", "older.csv")).Value;
        Assert.Equal((0, 0, 3), (older.Added, older.Changed, older.Unchanged));
        // A further export tells all refunds so far: only what is new is given back.
        await host.Import(Header + Row("100003", Received, refund: "退款成功,25.00"), "third.csv");
        Assert.Equal([1000, 1500], await host.Db(db => db.RefundClaims.OrderBy(r => r.Id).Select(r => (long)r.Amount).ToListAsync()));
        Assert.NotEqual(before, await Books(host));
        Assert.Equal(0, await host.Db(db => db.Postings.SumAsync(p => (long)p.Amount)));
    }

    [Theory, EachDatabase]
    public async Task An_order_closed_after_it_left_is_settled_and_taken_back_whole(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.Import(Header + Row("100001", Shipped));
        await host.Import(Header + Row("100001", Closed, refund: "退款成功,58.00"), "late.csv");
        Assert.Equal(6800, await host.Db(db => db.RefundClaims.Where(r => r.IsSettled).SumAsync(r => (long)r.Amount)));
        Assert.True(await host.Db(db => db.OrderLines.AllAsync(l => l.IsSettled)));
        Assert.Equal(99_000, await host.Available(SmallCounty.Lot));
    }

    [Theory, EachDatabase]
    public async Task A_line_from_two_lots_is_split_and_its_money_adds_up_to_the_fen(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.SecondLot(302, "L-2", 50_000);
        await host.Import(Header + Row("100001", Received, units: 266, paid: "7733.31", freight: "8.01", subsidy: "0.03"));
        var lines = await host.Db(db => db.OrderLines.OrderBy(l => l.Number).ToListAsync());
        Assert.Equal([(SmallCounty.Lot, 100_000L), (302L, 33_000L)], lines.Select(l => (l.LotId!.Value, l.Grams)));
        Assert.Equal((773_334L, 801L, 3L), (lines.Sum(l => l.Goods.Value), lines.Sum(l => l.Freight.Value), lines.Sum(l => l.PlatformSubsidy.Value)));
        Assert.All(lines, l => Assert.True(l.IsSettled));
        await host.Import(Header + Row("100001", Received, units: 266, paid: "7733.31", freight: "8.01", subsidy: "0.03", refund: "退款成功,100.01"), "late.csv");
        Assert.Equal(10_001, await host.Db(db => db.RefundClaims.SumAsync(r => (long)r.Amount)));
    }

    [Theory, EachDatabase]
    public async Task A_packing_scan_names_the_lot_before_first_expired_first_out(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.SecondLot(302, "L-2", 50_000);
        await host.Do((PackingHandler packing) => packing.Scan(SmallCounty.County, "taobao", "100002", "L-2", default));
        await host.Import(Header + Row("100001", Placed) + Row("100002", Placed));
        Assert.Equal((99_000L, 49_000L), (await host.Available(SmallCounty.Lot), await host.Available(302)));
    }

    [Theory, EachDatabase]
    public async Task A_recalled_lot_serves_what_was_packed_from_it_before_and_nothing_that_has_not_left(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        foreach (var number in new[] { "100001", "100002" }) await host.Do((PackingHandler packing) => packing.Scan(SmallCounty.County, "taobao", number, "L-1", default));
        await host.Db(db => db.Lots.ExecuteUpdateAsync(set => set.SetProperty(l => l.RecallId, (long?)1)));
        var done = (await host.Import(Header + Row("100001", Placed) + Row("100002", Received) + Row("100003", Received))).Value;
        Assert.Equal((3, 2, 99_000L), (done.Added, done.Waiting, await host.Available(SmallCounty.Lot)));
        Assert.Equal("100002", await host.Db(db => (from l in db.OrderLines where l.LotId == SmallCounty.Lot join o in db.Orders on l.OrderId equals o.Id select o.Number).SingleAsync()));
        // It leaves all the same: then it is of that lot.
        await host.Import(Header + Row("100001", Shipped), "later.csv");
        await host.Do((WaitingLinesHandler waiting) => waiting.TryAgain(SmallCounty.County, default));
        Assert.Equal((2, 98_000L), (await host.Db(db => db.OrderLines.CountAsync(l => l.LotId == SmallCounty.Lot)), await host.Available(SmallCounty.Lot)));
    }

    [Theory, EachDatabase]
    public async Task A_line_that_was_taken_back_before_the_rest_left_is_not_sold_however_late_the_file_says_so(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.Import(Header + Row("100001", Placed) + Row("100001", Placed, line: "2"));
        Assert.Equal(98_000, await host.Available(SmallCounty.Lot));
        await host.Import(Header + Row("100001", Received) + Row("100001", Closed, line: "2", refund: "退款成功,58.00"), "later.csv");
        Assert.Equal((99_000L, 1, 0), (await host.Available(SmallCounty.Lot), await host.Db(db => db.OrderLines.CountAsync()), await host.Db(db => db.RefundClaims.CountAsync())));
    }

    [Theory, EachDatabase]
    public async Task Where_a_file_says_only_what_the_seller_got_a_part_given_back_before_shipping_drops_no_order(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        const string head = "订单编号,行号,商家编码,数量,商家实收,运费,订单状态,退款状态,退款金额,付款时间\r\n";
        foreach (var (refund, state) in new[] { ("", OrderState.Placed), ("5.00", OrderState.Placed), ("100.00", OrderState.Cancelled) })
        {
            Assert.Empty((await host.Import($"{head}P1,1,ANY,1,100.00,0,待发货,{(refund.Length > 0 ? "退款成功" : "")},{refund},2026-11-20 10:00:00\r\n", $"p{refund}.csv", channel: "pavilion")).Value.Refused);
            Assert.Equal(state, await host.Db(db => db.Orders.Select(o => o.State).SingleAsync()));
        }
    }

    [Theory, EachDatabase]
    public async Task A_file_moves_no_order_of_our_own_window(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.Import(Header + Row("100001", Placed));
        await host.Db(db => db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.SellerId, (long?)SmallCounty.Cooperative)));
        var done = (await host.Import(Header + Row("100001", Closed), "later.csv")).Value;
        Assert.Equal(("market.import-own", OrderState.Placed), (Assert.Single(done.Refused).Code, await host.Db(db => db.Orders.Select(o => o.State).SingleAsync())));
    }

    [Theory, EachDatabase]
    public async Task Unknown_codes_and_missing_stock_wait_and_are_never_guessed(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var done = (await host.Import(Header + Row("100001", Received, "NEW") + Row("100002", Received, "MT1", 1) + Row("100003", Received) + Row("100003", Received, "NEW", line: "2"))).Value;
        Assert.Equal((3, 3), (done.Added, done.Waiting));
        // The order of two lines waits whole, for its lines share what is paid once an order.
        Assert.False(await host.Db(db => db.OrderLines.AnyAsync(l => l.DueDay != null)));
        Assert.Equal([WaitReason.Code, WaitReason.Stock, WaitReason.None, WaitReason.Code], await host.Db(db => db.OrderLines.OrderBy(l => l.Id).Select(l => l.Waits).ToListAsync()));
        Assert.Equal(0, await host.Do((WaitingLinesHandler waiting) => waiting.TryAgain(SmallCounty.County, default)));
        await host.Db(async db =>
        {
            db.SellerCodes.Add(new SellerCode { County = SmallCounty.County, Channel = "taobao", Code = "NEW", ProductId = SmallCounty.Apricot, PerUnit = 250 });
            await db.SaveChangesAsync();
        });
        Assert.Equal(2, await host.Do((WaitingLinesHandler waiting) => waiting.TryAgain(SmallCounty.County, default)));
        Assert.Equal(3, await host.Db(db => db.OrderLines.CountAsync(l => l.IsSettled)));
        Assert.Equal(98_000, await host.Available(SmallCounty.Lot));
        var blanket = await host.Db(db => db.OrderLines.Where(l => l.Waits == WaitReason.Stock).Select(l => l.Id).SingleAsync());
        Assert.Equal("market.waiting-lot", (await host.Do((WaitingLinesHandler waiting) => waiting.Give(blanket, "L-1", default)))!.Code);
    }

    [Theory, EachDatabase]
    public async Task A_waiting_line_takes_the_lot_that_is_named_by_hand(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.Import(Header + Row("100001", Received, units: 300));
        var line = await host.Db(db => db.OrderLines.SingleAsync());
        Assert.Equal((WaitReason.Stock, 150_000L), (line.Waits, line.Grams));
        await host.SecondLot(302, "L-2", 200_000);
        Assert.Equal("market.lot-short", (await host.Do((WaitingLinesHandler waiting) => waiting.Give(line.Id, "L-1", default)))!.Code);
        Assert.Null(await host.Do((WaitingLinesHandler waiting) => waiting.Give(line.Id, "L-2", default)));
        Assert.Equal("market.waiting-gone", (await host.Do((WaitingLinesHandler waiting) => waiting.Give(line.Id, "L-2", default)))!.Code);
        Assert.True(await host.Db(db => db.OrderLines.AllAsync(l => l.IsSettled)));
        Assert.Equal((100_000L, 50_000L), (await host.Available(SmallCounty.Lot), await host.Available(302)));
    }

    [Theory, EachDatabase]
    public async Task Wrong_rows_are_named_by_row_column_and_reason_and_the_good_ones_go_in_when_asked(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var file = Header + Row("100001", Received) + Row("100002", "奇怪") + Row("100003", Received, units: 0) + Row("100004", Received, paid: "58.001") + Row("6.2E+17", Received) + Row("100005", Received, line: "1") + Row("100005", "奇怪", line: "2") + Row("", Received) + Row("100006", Received, "");
        var look = (await host.Import(file)).Value;
        Assert.False(look.Committed);
        Assert.Equal(0, await host.Db(db => db.Orders.CountAsync()));
        (int, string, string)[] wrong =
        [
            (3, "订单状态", "market.import-state"), (4, "购买数量", "market.import-number"), (5, "买家实付金额", "market.import-money"), (6, "主订单编号", "market.import-damaged"),
            (7, "主订单编号", "market.import-neighbour"), (8, "订单状态", "market.import-state"), (9, "主订单编号", "market.import-empty"), (10, "商家编码", "market.import-empty"),
        ];
        Assert.Equal(wrong, look.Refused.Select(r => (r.Where.Row!.Value, r.Where.Column!, r.Code)));
        Assert.Equal("orders.csv", look.Refused[0].Where.File);
        var done = (await host.Import(file, takeGoodRows: true)).Value;
        Assert.Equal((true, 1, 8), (done.Committed, done.Added, done.Refused.Count));
    }

    [Theory, EachDatabase]
    public async Task An_export_that_contradicts_what_is_booked_is_refused_not_obeyed(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.Import(Header + Row("100001", Shipped));
        var done = (await host.Import(Header + Row("100001", Received, paid: "59.00") + Row("100002", Placed), "late.csv", takeGoodRows: true)).Value;
        var no = Assert.Single(done.Refused);
        Assert.Equal(("market.import-changed", 2), (no.Code, no.Where.Row));
        Assert.Equal((1, OrderState.Shipped), (done.Added, await host.Db(db => db.Orders.Where(o => o.Number == "100001").Select(o => o.State).SingleAsync())));
    }

    [Theory, EachDatabase]
    public async Task Two_who_import_the_same_orders_at_once_bring_them_in_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var file = Header + string.Concat(Enumerable.Range(1, 150).Select(i => Row($"{100000 + i}", i % 3 == 0 ? Received : Shipped, units: 1)));
        // Two browsers with the same file, and a third with the same orders in another file.
        var answers = await Task.WhenAll(host.Import(file), host.Import(file), host.Import(file + "\r\n", "other.csv"));
        Assert.All(answers, a => Assert.Null(a.Refused));
        Assert.Equal((150, 150, 50), await host.Db(async db => (await db.Orders.CountAsync(), await db.OrderLines.CountAsync(), await db.OrderLines.CountAsync(l => l.IsSettled))));
        Assert.Equal(25_000, await host.Available(SmallCounty.Lot));
        Assert.Equal(2, await host.Db(db => db.ImportRuns.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task An_import_that_was_cut_off_goes_on_and_nothing_is_lost_or_doubled(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.SecondLot(302, "L-2", 200_000);
        var file = Header + string.Concat(Enumerable.Range(1, 250).Select(i => Row($"{100000 + i}", Received, units: 1)));
        using var cut = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Import(file, progress: new Told(done => { if (done >= 100) cut.Cancel(); }), cancel: cut.Token));
        var run = await host.Db(db => db.ImportRuns.AsNoTracking().SingleAsync());
        Assert.Equal((ImportState.Running, 100, 100), (run.State, run.OrdersDone, run.Added));
        Assert.Equal(100, await host.Db(db => db.Orders.CountAsync()));
        var done = (await host.Import(file)).Value;
        Assert.Equal((250, 250), (done.Orders, done.Added));
        Assert.Equal((250, 250), await host.Db(async db => (await db.OrderLines.CountAsync(l => l.IsSettled), await db.LotMoves.CountAsync(m => m.Quantity == -500))));
    }

    [Fact]
    public async Task Damaged_numbers_are_judged_by_the_whole_column()
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        string Many(Func<int, string> number) => Header + string.Concat(Enumerable.Range(0, 10).Select(i => Row(number(i), Placed)));
        Assert.Empty((await host.Import(Many(i => i == 3 ? "620525202611211000" : $"62052520261121{1111 + i}"))).Value.Refused);
        Assert.All((await host.Import(Many(i => $"7205252026112{10 + i}000"))).Value.Refused, r => Assert.Equal("market.import-damaged", r.Code));
    }

    private static Task<(int Orders, int Lines, int Moves, int Entries, long Money)> Books(SalesHost host) => host.Db(async db =>
        (await db.Orders.CountAsync(), await db.OrderLines.CountAsync(), await db.LotMoves.CountAsync(), await db.JournalEntries.CountAsync(), await db.Postings.Where(p => p.Amount > Fen.Zero).SumAsync(p => (long)p.Amount)));

    private sealed class Told(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
