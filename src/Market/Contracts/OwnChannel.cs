namespace Shanhuo.Market.Contracts;

/// <summary>A channel of our own: its orders come by hand, by the shop window, by stations or by programs.</summary>
/// <param name="Code">As it stands on orders; its names are the texts <c>channel.CODE</c> and <c>scheme.channel-CODE</c>.</param>
/// <param name="DueDays">Days after delivery until what nobody confirmed is taken as received; a county may set its own.</param>
/// <param name="CashAtStation">May any station of the county take the cash for its orders?</param>
public sealed record OwnChannel(string Code, int DueDays, bool CashAtStation)
{
    /// <summary>All of them, in the order shown.</summary>
    public static IReadOnlyList<OwnChannel> All { get; } = [new("shop", 7, false), new("bulk", 7, true), new("pavilion", 10, true), new("agent", 7, true), new("api", 7, true)];

    /// <summary>Codes of all channels on which orders come: our own, then the platforms whose files are read.</summary>
    public static IReadOnlyList<string> AllCodes { get; } = [.. All.Select(c => c.Code).Union(ImportOrders.Channels)];
}
