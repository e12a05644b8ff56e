using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>what a payer is sent to</summary>
internal sealed record PaymentAsked(string Number, Fen Amount, string Description, DateTimeOffset PayUntil, string? PayerIp, string NotifyUrl, string ReturnUrl);
internal sealed record PaymentDoor(string? RedirectUrl, string? QrText, string? PostForm);
internal enum PaymentStanding { Open, Paid, Closed, Refunded, Unknown }
internal sealed record PaymentSeen(string Number, string TransactionId, Fen Amount, string Currency, PaymentStanding Standing, DateTimeOffset? PaidAt, string Merchant, string App);
internal enum RefundStanding { Processing, Done, Closed, Failed }
internal sealed record RefundAsked(string PaymentNumber, string RefundNumber, Fen Amount, Fen PaymentTotal, string Reason, string NotifyUrl);
internal sealed record RefundSeen(string PaymentNumber, string RefundNumber, Fen Amount, RefundStanding Standing, string InstitutionId);
internal sealed record PaymentNotice(string NotificationId, PaymentSeen? Payment, RefundSeen? Refund);
internal sealed record NoticeAnswer(int Status, string ContentType, string Body);
internal interface IPaymentInstitution
{
    string Code { get; }
    Task<Outcome<PaymentDoor>> Begin(PaymentAsked asked, CancellationToken cancel);
    Task<Outcome<PaymentSeen>> Query(string number, CancellationToken cancel);
    Task<Outcome<Done>> Close(string number, CancellationToken cancel);
    Task<Outcome<RefundSeen>> Refund(RefundAsked asked, CancellationToken cancel);
    Task<Outcome<RefundSeen>> QueryRefund(string paymentNumber, string refundNumber, CancellationToken cancel);
    Outcome<PaymentNotice> Read(IReadOnlyDictionary<string, string> headers, byte[] body);
    NoticeAnswer Taken { get; }
    NoticeAnswer NotTaken(Refusal why);
}
