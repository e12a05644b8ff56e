using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Where a payment stands.</summary>
internal enum PaymentState
{
    /// <summary>Waits for the buyer.</summary>
    Open,

    /// <summary>The institution or the station has the money.</summary>
    Paid,

    /// <summary>Too late, or given up; what comes after all is given back or revives the order.</summary>
    Closed,
}

/// <summary>What a payment is for.</summary>
internal enum PaymentPart
{
    /// <summary>The whole order.</summary>
    Whole,

    /// <summary>The first part of a presale.</summary>
    Deposit,

    /// <summary>The rest of it, before it is shipped.</summary>
    Balance,
}

/// <summary>A buyer's payment for an order. The money lies with the payment institution, the carrier or the station, never with this program.</summary>
internal sealed class Payment : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required long OrderId { get; init; }
    public required PaymentPart Part { get; init; }

    /// <summary><c>wechat</c>, <c>alipay</c>, <c>cod</c> (on delivery), <c>cash</c> (at a station) or <c>transfer</c> (to the seller's bank account, for bulk buyers).</summary>
    public required string Method { get; init; }

    /// <summary>Our number at the institution (out_trade_no): 6 to 32 letters and digits, never used twice.</summary>
    public required string Number { get; init; }

    /// <summary>Falls with the actual weight while nobody has paid (on delivery).</summary>
    public required Fen Amount { get; set; }
    public PaymentState State { get; set; }

    /// <summary>The institution's number, or that of the slip.</summary>
    public string? TransactionId { get; set; }
    public required long CreatedMs { get; init; }

    /// <summary>When the goods are given back to others.</summary>
    public required long PayUntilMs { get; set; }
    public long? PaidMs { get; set; }

    /// <summary>The institution keeps it frozen (WeChat Pay's profit sharing) until the order is settled; then it is shared out and the rest let go (see <see cref="Contracts.FrozenPayments"/>).</summary>
    public bool Frozen { get; set; }

    /// <summary><see cref="PayUntilMs"/> of a payment on delivery: the carrier collects it whenever the goods arrive. The end of the year 9999.</summary>
    public const long NoEndMs = 253_402_300_799_999;
}

/// <summary>Where money for a buyer stands.</summary>
internal enum BuyerRefundState
{
    /// <summary>To be asked of the institution.</summary>
    Due,

    /// <summary>The institution works on it.</summary>
    Asked,

    /// <summary>The buyer has it.</summary>
    Done,

    /// <summary>The institution will not; somebody must look.</summary>
    Failed,
}

/// <summary>Money on its way back to a buyer.</summary>
internal sealed class BuyerRefund : IInCounty
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }

    /// <summary>The claim, the late payment or the cancelled order behind it: once.</summary>
    public required Guid RequestId { get; init; }
    public required long PaymentId { get; init; }
    public required long OrderId { get; init; }

    /// <summary>Our number at the institution (out_refund_no).</summary>
    public required string Number { get; init; }
    public required Fen Amount { get; init; }

    /// <summary><c>cancelled</c>, <c>late-payment</c>, <c>claim</c>, <c>group-failed</c>, <c>weight</c>, <c>balance-unpaid</c>.</summary>
    public required string Reason { get; init; }
    public BuyerRefundState State { get; set; }
    public required long AtMs { get; init; }
    public long? DoneMs { get; set; }

    /// <summary>Who released a larger sum of cash or a transfer, which another then hands out or sends; null: nobody, or not of these.</summary>
    public long? ReleasedAccountId { get; set; }
    public int Tries { get; set; }
    public long NextTryMs { get; set; }
}

/// <summary>A notification of an institution and what came of it; also those that were refused, for staff.</summary>
internal sealed class NoticeRecord
{
    public required long Id { get; init; }
    public required string Institution { get; init; }

    /// <summary>The institution's id of the notification; for one that could not be read, a hash of it.</summary>
    public required string NotificationId { get; init; }
    public required string PaymentNumber { get; init; }

    /// <summary>Null: taken. Else code of the refusal.</summary>
    public string? Refused { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>The last day of which an institution's bill was read.</summary>
internal sealed class BilledDay
{
    public required string Institution { get; init; }
    public required DateOnly Day { get; set; }
}

internal sealed class PaymentTables : IEntityTypeConfiguration<Payment>, IEntityTypeConfiguration<BuyerRefund>, IEntityTypeConfiguration<NoticeRecord>, IEntityTypeConfiguration<BilledDay>
{
    public void Configure(EntityTypeBuilder<Payment> table)
    {
        table.ToTable("market_payments");
        table.HasKey(p => new { p.County, p.Id });
        table.HasIndex(p => p.Number).IsUnique();
        table.HasIndex(p => new { p.County, p.OrderId });
        table.HasIndex(p => new { p.County, p.PayUntilMs }).HasFilter("state = 0").HasDatabaseName("ix_market_payments_open");
        table.HasIndex(p => new { p.County, p.PaidMs });
        // Worded as the query of FrozenPayments is.
        table.HasIndex(p => new { p.County, p.Id }).HasFilter("frozen and state = 1").HasDatabaseName("ix_market_payments_frozen");
    }

    public void Configure(EntityTypeBuilder<BuyerRefund> table)
    {
        table.ToTable("market_buyer_refunds");
        table.HasKey(r => new { r.County, r.Id });
        table.HasIndex(r => new { r.County, r.RequestId }).IsUnique();
        table.HasIndex(r => r.Number).IsUnique();
        table.HasIndex(r => new { r.County, r.OrderId });
        table.HasIndex(r => new { r.State, r.NextTryMs });
    }

    public void Configure(EntityTypeBuilder<NoticeRecord> table)
    {
        table.ToTable("market_payment_notices");
        table.HasKey(n => n.Id);
        table.HasIndex(n => new { n.Institution, n.NotificationId });
        table.HasIndex(n => n.AtMs);
        // Few are refused, and only those are looked for.
        table.HasIndex(n => n.AtMs).HasFilter("refused is not null").HasDatabaseName("ix_market_payment_notices_refused");
    }

    public void Configure(EntityTypeBuilder<BilledDay> table)
    {
        table.ToTable("market_billed_days");
        table.HasKey(b => b.Institution);
    }
}
