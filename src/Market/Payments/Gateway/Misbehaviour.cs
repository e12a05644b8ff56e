namespace Shanhuo.Market.Payments.Gateway;

/// <summary>What the test gateway does wrong on purpose, as networks and institutions do: for tests only.</summary>
internal sealed class Misbehaviour
{
    /// <summary>The payment is paid, and told of, before the request that opened it is answered.</summary>
    public bool NotifyBeforeAnswer { get; set; }

    /// <summary>Each notification is sent twice at once, on two lines.</summary>
    public bool NotifyTwice { get; set; }

    /// <summary>Notifications are signed with a key that is not the gateway's.</summary>
    public bool Forge { get; set; }

    /// <summary>Notifications carry a signature by which WeChat Pay tests whether we verify.</summary>
    public bool Probe { get; set; }

    /// <summary>Fen by which the amount told differs from the amount asked, with a good signature.</summary>
    public long AmountOff { get; set; }

    /// <summary>How much later than usual a notification is sent.</summary>
    public TimeSpan Late { get; set; }

    /// <summary>No notification is sent.</summary>
    public bool Never { get; set; }

    /// <summary>Shares and their returns are being worked on when they are asked for, and done when they are asked after.</summary>
    public bool SharesLater { get; set; }

    /// <summary>Requests are carried out and their answers lost.</summary>
    public bool LoseAnswers { get; set; }

    /// <summary>Answers come without signature.</summary>
    public bool UnsignedAnswers { get; set; }
}
