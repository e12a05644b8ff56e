using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Shipping;

namespace Shanhuo.Market.Payments;

/// <summary>What people say of a bank transfer for a payment: one reads it off the bank's list, another says the same, and it is booked.</summary>
internal sealed class BankTransfer : IInCounty
{
    public required AreaCode County { get; init; }
    public required long PaymentId { get; init; }

    /// <summary>The bank's number of the transfer (see <see cref="BankReference"/>).</summary>
    public required string Reference { get; set; }
    public required Fen Amount { get; set; }

    /// <summary>Day on which it stands in the account.</summary>
    public required DateOnly Day { get; set; }
    public required long FirstAccountId { get; set; }
    public required long FirstMs { get; set; }
    public long? SecondAccountId { get; set; }
    public long? SecondMs { get; set; }
}

/// <summary>A bank's number of a transfer: 4 to 40 letters, digits and hyphens.</summary>
internal static class BankReference
{
    /// <summary>As it is kept: narrow and in capitals; null: it is none.</summary>
    public static string? Read(string? typed)
    {
        var number = Numerals.Narrow(typed ?? "").Trim().ToUpperInvariant();
        return number.Length is >= 4 and <= 40 && number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? number : null;
    }
}

internal sealed class BankTransferTable : IEntityTypeConfiguration<BankTransfer>
{
    public void Configure(EntityTypeBuilder<BankTransfer> table)
    {
        table.ToTable("market_bank_transfers");
        table.HasKey(t => new { t.County, t.PaymentId });
        // One transfer pays one thing.
        table.HasIndex(t => new { t.County, t.Reference }).IsUnique();
    }
}

/// <summary>A payment that waits for a transfer.</summary>
internal sealed record AwaitedTransfer(Payment Payment, Order Order, BankTransfer? Said);

/// <summary>Takes bank transfers: the word of two people makes a payment paid.</summary>
internal sealed class TakeTransferHandler(ShanhuoDb db, TimeProvider clock, PackingBook book, CheckoutQueue queue)
{
    /// <summary>How long after its time a transfer may still be told, to be given back, in days.</summary>
    public const int LateDays = 60;

    /// <summary>Payments that wait, of this person's orders, the oldest first; then those whose time is over, the newest first: what comes for them goes back to the buyer.</summary>
    public async Task<List<AwaitedTransfer>> Awaited(CancellationToken cancel)
    {
        var (county, since) = (db.Scope.County, clock.NowMs - LateDays * 86_400_000L);
        var payments = db.Payments;
        return (await (from p in payments.AsNoTracking()
                       where p.County == county && p.Method == "transfer" && (p.State == PaymentState.Open || p.State == PaymentState.Closed && p.PayUntilMs >= since)
                       join o in book.Mine.AsNoTracking() on new { p.County, Id = p.OrderId } equals new { o.County, o.Id }
                       join t in db.BankTransfers on new { p.County, PaymentId = p.Id } equals new { t.County, t.PaymentId } into ts
                       from said in ts.DefaultIfEmpty()
                       orderby p.State, p.State == PaymentState.Open ? p.PayUntilMs : -p.PayUntilMs
                       select new { p, o, said }).Take(200).ToListAsync(cancel)).ConvertAll(r => new AwaitedTransfer(r.p, r.o, r.said));
    }

    /// <summary>Somebody says that it came. The first word waits for a second person; the same person may put figures right; other figures of a second person are refused, so that both look again.</summary>
    /// <returns>True: it is booked. False: a second person is needed.</returns>
    public async Task<Outcome<bool>> Say(long paymentId, string? reference, Fen amount, DateOnly day, CancellationToken cancel)
    {
        var (county, me) = (db.Scope.County, db.Scope.AccountId);
        if (BankReference.Read(reference) is not { } number) return new Refusal("transfer.reference", Place.Input("Reference"));
        if (day > clock.Today || day < clock.Today.AddDays(-LateDays)) return new Refusal("transfer.day", Place.Input("Day"));
        await using (var change = await db.Database.BeginTransactionAsync(cancel))
        {
            if (await db.Payments.Where(p => p.County == county && p.Id == paymentId && p.Method == "transfer").ExecuteUpdateAsync(set => set.SetProperty(p => p.PayUntilMs, p => p.PayUntilMs), cancel) == 0) return new Refusal("market.pay-unknown", Place.None, paymentId);
            var payment = await db.Payments.AsNoTracking().SingleAsync(p => p.County == county && p.Id == paymentId, cancel);
            if (!await book.Mine.AnyAsync(o => o.Id == payment.OrderId, cancel)) return new Refusal("market.order-unknown");
            if (amount != payment.Amount) return new Refusal("transfer.amount", Place.Input("Amount"), payment.Amount.ToDisplay());
            if (await db.BankTransfers.AnyAsync(t => t.County == county && t.Reference == number && t.PaymentId != paymentId, cancel)) return new Refusal("transfer.used", Place.Input("Reference"), number);
            var said = await db.BankTransfers.SingleOrDefaultAsync(t => t.County == county && t.PaymentId == paymentId, cancel);
            if (said is null) db.BankTransfers.Add(new BankTransfer { County = county, PaymentId = paymentId, Reference = number, Amount = amount, Day = day, FirstAccountId = me, FirstMs = clock.NowMs });
            else if (said.SecondAccountId is null && said.FirstAccountId == me) (said.Reference, said.Amount, said.Day, said.FirstMs) = (number, amount, day, clock.NowMs);
            else if (said.Reference != number || said.Amount != amount || said.Day != day) return new Refusal("transfer.differs", Place.Input("Reference"));
            else if (said.SecondAccountId is null) (said.SecondAccountId, said.SecondMs) = (me, clock.NowMs);
            await db.SaveChangesAsync(cancel);
            await change.CommitAsync(cancel);
            if (said?.SecondAccountId is null) return false;
        }
        // Booked by the way of every payment; whoever presses again after a stop books it then.
        var told = await db.Payments.AsNoTracking().SingleAsync(p => p.County == county && p.Id == paymentId, cancel);
        return await queue.Pay(new PaymentTold(told.Number, "transfer", number, amount, "CNY"), cancel) is { } no ? no : true;
    }
}
