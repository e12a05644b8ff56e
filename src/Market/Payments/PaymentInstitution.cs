using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>What a payer is asked for.</summary>
/// <param name="Number">Our number of the payment, 6 to 32 of <c>0-9a-zA-Z_-|*</c>; asked again with the same number it is the same payment.</param>
/// <param name="Amount">Above zero.</param>
/// <param name="Description">What the payer reads, at most 127 characters.</param>
/// <param name="PayUntil">After this nobody can pay.</param>
/// <param name="PayerIp">Of a payer who sits at a browser and is to be sent on; null for a payer who scans a code.</param>
/// <param name="NotifyUrl">Where the institution tells of the payment; without query.</param>
/// <param name="ReturnUrl">Where the payer comes back to.</param>
internal sealed record PaymentAsked(string Number, Fen Amount, string Description, DateTimeOffset PayUntil, string? PayerIp, string NotifyUrl, string ReturnUrl);

/// <summary>Where the payer goes: an address, or a code to scan.</summary>
/// <param name="RedirectUrl">Address at the institution.</param>
/// <param name="QrText">Text of the code.</param>
internal sealed record PaymentDoor(string? RedirectUrl, string? QrText);

/// <summary>How a payment stands at the institution.</summary>
internal enum PaymentStanding { Open, Paid, Closed, Refunded, Unknown }

/// <summary>A payment as the institution sees it. The caller compares merchant, app, number, amount and currency with its own.</summary>
/// <param name="Number">Our number.</param>
/// <param name="TransactionId">The institution's number, empty before there is one.</param>
/// <param name="Amount">What the order is over, zero where the institution does not say it before payment.</param>
/// <param name="Currency">CNY.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="PaidAt">When it was paid.</param>
/// <param name="Merchant">Who was paid.</param>
/// <param name="App">Through which app.</param>
internal sealed record PaymentSeen(string Number, string TransactionId, Fen Amount, string Currency, PaymentStanding Standing, DateTimeOffset? PaidAt, string Merchant, string App);

/// <summary>How a refund stands: <c>Closed</c> moved nothing, <c>Failed</c> needs a person at the institution's own site.</summary>
internal enum RefundStanding { Processing, Done, Closed, Failed }

/// <summary>A refund to be made. Asked again with the same number it is the same refund.</summary>
/// <param name="PaymentNumber">Our number of the payment.</param>
/// <param name="RefundNumber">Our number of the refund, 1 to 64 of <c>0-9a-zA-Z_-|*@</c>.</param>
/// <param name="Amount">Above zero, at most what is left of the payment.</param>
/// <param name="PaymentTotal">What was paid.</param>
/// <param name="Reason">Read by the payer.</param>
/// <param name="NotifyUrl">Where the institution tells of it.</param>
internal sealed record RefundAsked(string PaymentNumber, string RefundNumber, Fen Amount, Fen PaymentTotal, string Reason, string NotifyUrl);

/// <summary>A refund as the institution sees it.</summary>
internal sealed record RefundSeen(string PaymentNumber, string RefundNumber, Fen Amount, RefundStanding Standing, string InstitutionId);

/// <summary>A notification that was verified and decrypted. Exactly one of Payment and Refund is set.</summary>
internal sealed record PaymentNotice(string NotificationId, PaymentSeen? Payment, RefundSeen? Refund);

/// <summary>What the institution must hear.</summary>
internal sealed record NoticeAnswer(int Status, string ContentType, string Body);

/// <summary>What a line of a daily bill is about.</summary>
internal enum BillKind { Payment, Refund }

/// <summary>A line of the institution's daily bill.</summary>
/// <param name="Number">Our number of the payment.</param>
/// <param name="TransactionId">The institution's number of the payment.</param>
/// <param name="Kind">Payment or refund.</param>
/// <param name="RefundNumber">Our number of the refund.</param>
/// <param name="Amount">Paid or given back, at least zero.</param>
/// <param name="Fee">The institution's fee, rounded to whole fen; below zero where it is given back with a refund.</param>
internal sealed record BillLine(string Number, string TransactionId, BillKind Kind, string? RefundNumber, Fen Amount, Fen Fee);

/// <summary>Who takes a buyer's money and gives it back. A refusal <c>payment.unreachable</c> means that nobody knows whether it was done: ask by <see cref="Query"/>.</summary>
internal interface IPaymentInstitution
{
    /// <summary><c>wechat</c> or <c>alipay</c>.</summary>
    string Code { get; }

    /// <summary>Was it paid to us: to this merchant, through this app?</summary>
    bool IsOurs(PaymentSeen seen);

    /// <summary>Are payments begun so that the institution keeps the money frozen until it is shared out (see <see cref="Contracts.IProfitSharing"/>)?</summary>
    bool Freezes { get; }

    /// <summary>Opens a payment and says where the payer goes.</summary>
    Task<Outcome<PaymentDoor>> Begin(PaymentAsked asked, CancellationToken cancel);

    /// <summary>How the payment stands.</summary>
    Task<Outcome<PaymentSeen>> Query(string number, CancellationToken cancel);

    /// <summary>Nobody can pay it any more.</summary>
    Task<Outcome<Done>> Close(string number, CancellationToken cancel);

    /// <summary>Gives money back.</summary>
    Task<Outcome<RefundSeen>> Refund(RefundAsked asked, CancellationToken cancel);

    /// <summary>How the refund stands.</summary>
    Task<Outcome<RefundSeen>> QueryRefund(string paymentNumber, string refundNumber, CancellationToken cancel);

    /// <summary>Verifies, holds against the clock and decrypts; a refusal says why not. Never throws on what came from outside.</summary>
    Outcome<PaymentNotice> Read(IReadOnlyDictionary<string, string> headers, byte[] body);

    /// <summary>The answer after commit.</summary>
    NoticeAnswer Taken { get; }

    /// <summary>The answer that makes the institution tell it again.</summary>
    NoticeAnswer NotTaken(Refusal why);

    /// <summary>The bill of a day that is over.</summary>
    Task<Outcome<IReadOnlyList<BillLine>>> Bill(DateOnly day, CancellationToken cancel);
}
