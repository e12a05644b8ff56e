using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Contracts;

/// <summary>A payment that the institution keeps frozen and nobody needs to keep any longer.</summary>
public sealed record FrozenPayment
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>Its order.</summary>
    public required long OrderId { get; init; }

    /// <summary>Our number at the institution.</summary>
    public required string Number { get; init; }

    /// <summary>Code of the institution.</summary>
    public required string Method { get; init; }

    /// <summary>The institution's number.</summary>
    public required string TransactionId { get; init; }

    /// <summary>Paid, less what went back to the buyer.</summary>
    public required Fen Left { get; init; }
}

/// <summary>How a share or its return stands.</summary>
public enum ShareStanding
{
    /// <summary>The institution works on it.</summary>
    Processing,

    /// <summary>The receiver has it; of a return: we have it back.</summary>
    Done,

    /// <summary>It will not come about.</summary>
    Failed,
}

/// <summary>What a merchant is to get in one request.</summary>
/// <param name="Merchant">Merchant number.</param>
/// <param name="Amount">Above zero.</param>
public sealed record ShareAsked(string Merchant, Fen Amount);

/// <summary>What a merchant gets, as the institution sees it.</summary>
/// <param name="Merchant">Merchant number.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Standing">How it stands.</param>
public sealed record ShareSeen(string Merchant, Fen Amount, ShareStanding Standing);

/// <summary>A request as the institution sees it.</summary>
/// <param name="Number">Ours.</param>
/// <param name="InstitutionId">Theirs.</param>
/// <param name="IsFinished">Is it decided for every receiver?</param>
/// <param name="Shares">By receiver; none where the rest was only unfrozen.</param>
public sealed record SharingSeen(string Number, string InstitutionId, bool IsFinished, IReadOnlyList<ShareSeen> Shares);

/// <summary>A return of a share as the institution sees it.</summary>
/// <param name="Number">Ours.</param>
/// <param name="InstitutionId">Theirs.</param>
/// <param name="Merchant">Who gives it back.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Standing">How it stands.</param>
public sealed record ReturnSeen(string Number, string InstitutionId, string Merchant, Fen Amount, ShareStanding Standing);

/// <summary>An institution that keeps payments frozen until the buyer has the goods.</summary>
public interface IFrozenFunds
{
    /// <summary>Gives the rest of a payment free.</summary>
    /// <param name="number">Ours; sent again it is the same request.</param>
    /// <param name="transactionId">The payment at the institution.</param>
    /// <param name="left">Paid, less what went back to the buyer; who shares out knows the rest itself.</param>
    /// <param name="description">Stands in the seller's bill.</param>
    /// <param name="cancel">Stops.</param>
    Task<Outcome<SharingSeen>> Unfreeze(string number, string transactionId, Fen left, string description, CancellationToken cancel);
}

/// <summary>Profit sharing (分账) of payments to merchants. The same number sent again is the same request. A refusal <c>payment.unreachable</c> or <c>payment.answer-unsigned</c> means that nobody knows.</summary>
public interface IProfitSharing : IFrozenFunds
{
    /// <summary>Of a payment to all receivers together, parts per million.</summary>
    long MostPpm { get; }

    /// <summary>Makes a merchant a receiver; needed once before it can get a share, asked again it is the same.</summary>
    /// <param name="merchant">Merchant number.</param>
    /// <param name="name">Its full name; sent encrypted.</param>
    /// <param name="relation">The institution's word: SUPPLIER, PARTNER, …</param>
    /// <param name="cancel">Stops.</param>
    Task<Outcome<Done>> AddReceiver(string merchant, string name, string relation, CancellationToken cancel);

    /// <summary>Shares a payment out.</summary>
    /// <param name="number">Ours.</param>
    /// <param name="transactionId">The payment at the institution.</param>
    /// <param name="shares">At most 50, each merchant once.</param>
    /// <param name="description">Stands in the receivers' bills, at most 80 characters.</param>
    /// <param name="isLast">Is the rest of the payment unfrozen?</param>
    /// <param name="cancel">Stops.</param>
    Task<Outcome<SharingSeen>> Share(string number, string transactionId, IReadOnlyList<ShareAsked> shares, string description, bool isLast, CancellationToken cancel);

    /// <summary>How a request stands.</summary>
    Task<Outcome<SharingSeen>> Query(string number, string transactionId, CancellationToken cancel);

    /// <summary>Takes a share back from a merchant.</summary>
    /// <param name="returnNumber">Ours.</param>
    /// <param name="number">Of the request that shared it.</param>
    /// <param name="merchant">Who gives it back.</param>
    /// <param name="amount">At most its share.</param>
    /// <param name="description">Stands in its bill.</param>
    /// <param name="cancel">Stops.</param>
    Task<Outcome<ReturnSeen>> Return(string returnNumber, string number, string merchant, Fen amount, string description, CancellationToken cancel);

    /// <summary>How a return stands. While it is being worked on, ask; never return under another number.</summary>
    Task<Outcome<ReturnSeen>> QueryReturn(string returnNumber, string number, CancellationToken cancel);
}

/// <summary>An institution in use here.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Freezes">Does it keep new payments frozen until the buyer has the goods? Where it does not, the seller has the money at once.</param>
public sealed record KeptBy(string Code, bool Freezes);

/// <summary>Where payments are frozen, and where they can be shared out.</summary>
public interface ISharePayments
{
    /// <summary>The institution that shares payments out; <c>payment.not-set-up</c> where there is none.</summary>
    Outcome<IProfitSharing> Sharing();

    /// <summary>Who gives frozen payments free; <c>payment.not-set-up</c> where the institution is not in use.</summary>
    /// <param name="code">Of the institution.</param>
    Outcome<IFrozenFunds> Funds(string code);

    /// <summary>The institutions in use, none where their settings cannot be read.</summary>
    IReadOnlyList<KeptBy> InUse();
}

/// <summary>Payments that an institution keeps frozen, for settlement, which says what becomes of them.</summary>
public static class FrozenPayments
{
    private const string Why = "the money of an order is shared out whole, whoever received it";

    extension(ShanhuoDb db)
    {
        /// <summary>Those whose order is received and settled, or given up, and of which no refund is on its way; the oldest first.</summary>
        public IQueryable<FrozenPayment> PaymentsToShare(AreaCode county)
        {
            var (orders, lines, refunds) = (db.Unfiltered<Orders.Order>(Why), db.Unfiltered<Orders.OrderLine>(Why), db.Unfiltered<BuyerRefund>(Why));
            return from payment in db.Unfiltered<Payment>(Why)
                   where payment.County == county && payment.Frozen && payment.State == PaymentState.Paid
                   join order in orders on new { payment.County, Id = payment.OrderId } equals new { order.County, order.Id }
                   where (order.State == OrderState.Received && !lines.Any(l => l.County == county && l.OrderId == order.Id && !l.IsSettled)) || order.State == OrderState.Cancelled
                   where !refunds.Any(r => r.County == county && r.OrderId == order.Id && (r.State == BuyerRefundState.Due || r.State == BuyerRefundState.Asked))
                   orderby payment.Id
                   select new FrozenPayment
                   {
                       Id = payment.Id, OrderId = payment.OrderId, Number = payment.Number, Method = payment.Method, TransactionId = payment.TransactionId!,
                       Left = new Fen((long)payment.Amount - refunds.Where(r => r.County == county && r.OrderId == payment.OrderId && r.PaymentId == payment.Id && r.State == BuyerRefundState.Done).Sum(r => (long)r.Amount)),
                   };
        }

        /// <summary>Notes that nothing of a payment is frozen any longer, in the caller's transaction.</summary>
        public Task Thaw(AreaCode county, long paymentId, CancellationToken cancel) =>
            db.Unfiltered<Payment>(Why).Where(p => p.County == county && p.Id == paymentId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Frozen, false), cancel);
    }
}
