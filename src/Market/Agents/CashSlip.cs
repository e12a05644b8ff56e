using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Agents;

/// <summary>The slip of cash that a station took for an order, once for its payment.</summary>
internal sealed class CashSlip : IInCounty, IInArea
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }

    /// <summary>Seat of the station.</summary>
    public required AreaCode Area { get; init; }
    public required long StationId { get; init; }
    public required long PaymentId { get; init; }
    public required long OrderId { get; init; }
    public required string OrderNumber { get; init; }

    /// <summary>Printed on it, and the transaction number of the payment.</summary>
    public required string Number { get; init; }
    public required Fen Amount { get; init; }
    public required long OperatorId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class CashSlipTable : IEntityTypeConfiguration<CashSlip>
{
    public void Configure(EntityTypeBuilder<CashSlip> table)
    {
        table.ToTable("market_cash_slips");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.PaymentId }).IsUnique();
        table.HasIndex(s => new { s.County, s.StationId, s.AtMs });
    }
}

/// <summary>What of an order somebody must know who takes cash for it.</summary>
internal sealed record CashBill(long OrderId, string Number, DateOnly Day, OrderState State, Payment Payment);

/// <summary>A station takes cash for an order that is paid at a station.</summary>
internal sealed class TakeCashHandler(ShanhuoDb db, Ids ids, TimeProvider clock, IServiceScopeFactory scopes)
{
    private static readonly string[] Channels = [.. OwnChannel.All.Where(c => c.CashAtStation).Select(c => c.Code)];

    /// <summary>An order of the county that is paid in cash: what of it is open, else its last payment.</summary>
    public Task<Outcome<CashBill>> Find(string? number, CancellationToken cancel) => Find(number, null, cancel);

    private async Task<Outcome<CashBill>> Find(string? number, string? exactly, CancellationToken cancel)
    {
        var (county, asked) = (db.Scope.County, Numerals.Narrow(number ?? "").Trim().ToUpperInvariant());
        var found = await (from order in db.Unfiltered<Order>("whoever brings the number of an order may pay it at any station of the county; number, day and sum are shown").AsNoTracking()
                           join payment in db.Payments.AsNoTracking() on new { order.County, OrderId = order.Id } equals new { payment.County, payment.OrderId }
                           where order.County == county && EF.Parameter(Channels).Contains(order.Channel) && order.Number == asked && payment.Method == "cash" && (exactly == null || payment.Number == exactly)
                           orderby payment.State == PaymentState.Open descending, payment.Id descending
                           select new { order.Id, order.Number, order.PlacedDay, order.State, payment }).FirstOrDefaultAsync(cancel);
        return found is null ? new Refusal("agents.cash-unknown", Place.Input("Number"), asked) : new CashBill(found.Id, found.Number, found.PlacedDay, found.State, found.payment);
    }

    /// <summary>Books it as paid and writes the slip. Pressed again it is the same slip; another station is refused.</summary>
    /// <param name="number">Number of the order.</param>
    /// <param name="paymentNumber">The payment that stood on the screen: of an order in two parts the same press never pays the second.</param>
    /// <param name="shown">The sum that stood on the screen.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Outcome<CashSlip>> Take(string? number, string paymentNumber, Fen shown, CancellationToken cancel)
    {
        if (await Stations.Own(db, cancel) is not { } station) return new Refusal("agents.no-station");
        if (!(await Find(number, paymentNumber, cancel)).Ok(out var bill, out var no)) return no;
        var payment = bill.Payment;
        if (payment.State == PaymentState.Closed || bill.State == OrderState.Cancelled) return new Refusal("agents.cash-closed", Place.Input("Number"), bill.Number);
        if (payment.Amount != shown) return new Refusal("agents.cash-changed", Place.Input("Number"), payment.Amount);
        // The station stands in the number, so that of two stations in one moment only one has taken the money.
        var slip = $"C{payment.Id}-{station.Id}";
        if (await Book(payment, slip, cancel) is { } refused) return refused.Code == "market.pay-twice" ? new Refusal("agents.cash-elsewhere", Place.Input("Number"), bill.Number) : refused;
        return await Write(bill, slip, station.Id, station.Area, cancel);
    }

    private Task<Refusal?> Book(Payment payment, string slip, CancellationToken cancel) =>
        scopes.As(new Scope { Area = payment.County, Role = Role.CountyStaff, AccountId = db.Scope.AccountId }, s => s.GetRequiredService<TakePaymentHandler>().Handle(new PaymentTold(payment.Number, "cash", slip, payment.Amount, "CNY"), cancel));

    private async Task<Outcome<CashSlip>> Write(CashBill bill, string number, long station, AreaCode area, CancellationToken cancel)
    {
        var (county, paymentId) = (bill.Payment.County, bill.Payment.Id);
        if (await db.CashSlips.SingleOrDefaultAsync(s => s.County == county && s.PaymentId == paymentId, cancel) is { } written) return written;
        var slip = new CashSlip { County = county, Id = ids.Next(), Area = area, StationId = station, PaymentId = paymentId, OrderId = bill.OrderId, OrderNumber = bill.Number, Number = number, Amount = bill.Payment.Amount, OperatorId = db.Scope.AccountId, AtMs = clock.NowMs };
        db.CashSlips.Add(slip);
        db.AgentTasks.Add(new AgentTask { County = county, Id = ids.Next(), Area = area, StationId = station, Task = "cash", CauseId = paymentId, Amount = slip.Amount, Fee = AgentFees.Shipped["cash"].Of(slip.Amount), Day = clock.Today });
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return await db.CashSlips.SingleAsync(s => s.County == county && s.PaymentId == paymentId, cancel);
        }
        return slip;
    }
}
