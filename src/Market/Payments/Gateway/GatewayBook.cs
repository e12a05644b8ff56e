using System.Text.Json;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments.Gateway;

/// <summary>A payment at the test gateway; <c>State</c> is WeChat Pay's: NOTPAY, SUCCESS, REFUND, CLOSED.</summary>
internal sealed record GatewayPayment(string Number, string PrepayId, long Amount, string Description, DateTimeOffset PayUntil, string NotifyUrl, string Trade, bool Sharing)
{
    public string State { get; init; } = "NOTPAY";
    public string? TransactionId { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public bool Unfrozen { get; init; }
}

/// <summary>A refund; PROCESSING until its time has come, then SUCCESS.</summary>
internal sealed record GatewayRefund(string Number, string PaymentNumber, string Id, long Amount, string? NotifyUrl, DateTimeOffset At)
{
    public string State { get; init; } = "PROCESSING";
    public DateTimeOffset? DoneAt { get; init; }
}

/// <summary>A notification that is owed until it is taken or its times are used up.</summary>
internal sealed record GatewayNotice(string Id, string PaymentNumber, string? RefundNumber, string Url, int Tries, DateTimeOffset NextAt, bool IsOver);

/// <summary>A share that a merchant or person got of a payment.</summary>
internal sealed record GatewayShare(string Type, string Account, long Amount, string Description, string DetailId);

/// <summary>A profit sharing request as it was carried out.</summary>
internal sealed record GatewaySharing(string Number, string TransactionId, string Id, IReadOnlyList<GatewayShare> Shares, DateTimeOffset At);

/// <summary>A share that was given back.</summary>
internal sealed record GatewayReturn(string Number, string SharingNumber, string Id, string Merchant, long Amount, string Description, DateTimeOffset At);

/// <summary>All that the test gateway knows: in memory, and line by line in a journal, so that a restart remembers. Each line is the whole of one thing; the last one counts.</summary>
internal sealed class GatewayBook
{
    private readonly string journal;

    private sealed record Line(GatewayPayment? Payment = null, GatewayRefund? Refund = null, GatewayNotice? Notice = null, GatewaySharing? Sharing = null, GatewayReturn? Return = null, string? Receiver = null);

    public GatewayBook(string dataFolder)
    {
        Directory.CreateDirectory(Path.Combine(dataFolder, "payments"));
        journal = Path.Combine(dataFolder, "payments", "test-gateway.jsonl");
        if (!File.Exists(journal)) return;
        foreach (var text in File.ReadLines(journal))
            // A line that was cut by a crash was never answered for.
            try { Take(JsonSerializer.Deserialize<Line>(text)!); }
            catch (JsonException) { continue; }
        // What comes next must not stick to a cut line.
        if (new FileInfo(journal) is { Length: > 0 } && LastByte() != '\n') File.AppendAllText(journal, "\n");
    }

    /// <summary>Held by whoever reads and writes what belongs together.</summary>
    public Lock Gate { get; } = new();

    public Dictionary<string, GatewayPayment> Payments { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, GatewayRefund> Refunds { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, GatewayNotice> Notices { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, GatewaySharing> Sharings { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, GatewayReturn> Returns { get; } = new(StringComparer.Ordinal);

    /// <summary>Receivers of shares that were added, as <c>TYPE:ACCOUNT</c>.</summary>
    public HashSet<string> Receivers { get; } = new(StringComparer.Ordinal);

    public void Write(GatewayPayment payment) => Append(new Line(Payment: payment));

    public void Write(GatewayRefund refund) => Append(new Line(Refund: refund));

    public void Write(GatewayNotice notice) => Append(new Line(Notice: notice));

    public void Write(GatewaySharing sharing) => Append(new Line(Sharing: sharing));

    public void Write(GatewayReturn back) => Append(new Line(Return: back));

    public void AddReceiver(string receiver) => Append(new Line(Receiver: receiver));

    /// <summary>What was given back of a payment, also what is on its way.</summary>
    public long Refunded(string number) => Refunds.Values.Where(r => r.PaymentNumber == number).Sum(r => r.Amount);

    private void Append(Line line)
    {
        Take(line);
        File.AppendAllText(journal, JsonSerializer.Serialize(line) + "\n");
    }

    private void Take(Line line)
    {
        if (line.Payment is { } payment) Payments[payment.Number] = payment;
        if (line.Refund is { } refund) Refunds[refund.Number] = refund;
        if (line.Notice is { } notice) Notices[notice.Id] = notice;
        if (line.Sharing is { } sharing) Sharings[sharing.Number] = sharing;
        if (line.Return is { } back) Returns[back.Number] = back;
        if (line.Receiver is { } receiver) Receivers.Add(receiver);
    }

    private int LastByte()
    {
        using var file = File.OpenRead(journal);
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }
}
