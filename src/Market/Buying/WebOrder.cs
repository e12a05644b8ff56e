using Shanhuo.Kernel;
using Shanhuo.Market.Bulk;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Buying;

/// <summary>So many units of an offer.</summary>
internal sealed record Wish(long OfferId, int Units);

/// <summary>To whom and where.</summary>
/// <param name="Name">1 to 50 characters.</param>
/// <param name="Phone">Mobile or landline, digits.</param>
/// <param name="Place">Two digits of the province or six of the county; empty when fetched.</param>
/// <param name="Address">In one line; empty when fetched.</param>
/// <param name="PickupId">Station where it is fetched; null: to the door.</param>
internal sealed record Recipient(string Name, string Phone, string Place, string Address, long? PickupId);

/// <summary>An order of a buyer, from the shop window, an agent or a program.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="County">County of the seller.</param>
/// <param name="Channel"><c>pavilion</c>, <c>agent</c>…</param>
/// <param name="Wishes">1 to 20 offers of one seller, each once.</param>
/// <param name="To">Recipient.</param>
/// <param name="Method">How it is paid: <see cref="Methods"/>.</param>
/// <param name="Shown">What the buyer was told to pay in all; another sum is refused and shown again.</param>
/// <param name="BuyerAccountId">Signed-in buyer, or null.</param>
/// <param name="StationId">Station that sold it, or null.</param>
/// <param name="AgentFee">What the station gets of it, recorded as commission of its lines.</param>
/// <param name="Agreed">What seller and buyer agreed beside the price; only with it are offers made to one buyer ordered. Null: the window's terms.</param>
internal sealed record WebOrder(Guid RequestId, AreaCode County, string Channel, IReadOnlyList<Wish> Wishes, Recipient To, string Method, Fen? Shown, long? BuyerAccountId = null, long? StationId = null, Fen AgentFee = default, Agreed? Agreed = null)
{
    /// <summary>Paid at an institution, on delivery, in cash at a station.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["wechat", "alipay", "cod", "cash"];

    /// <summary>Most units of one wish.</summary>
    public const int MostUnits = 10_000;
}

/// <summary>What was agreed with one buyer, by a quotation or a standing order.</summary>
/// <param name="Buyer">The buyer's organisation, for the slip.</param>
/// <param name="Freight">Of the whole order.</param>
/// <param name="DepositPpm">Part of the goods paid at once, in parts per million; 0: nothing before the balance; null: all at once.</param>
/// <param name="PayUntilMs">Until when what is paid at once is waited for.</param>
/// <param name="PromisedDay">Last day of delivery.</param>
/// <param name="Contract">Written in the same change as the order; null: none.</param>
/// <param name="Standing">The day of a standing order that it serves; null: none.</param>
internal sealed record Agreed(string Buyer, Fen Freight, int? DepositPpm, long PayUntilMs, DateOnly PromisedDay, Contract? Contract = null, StandingDayKey? Standing = null);

/// <summary>The answer to an order.</summary>
/// <param name="OrderId">Row id.</param>
/// <param name="Number">Public number.</param>
/// <param name="Payment">What is to be paid now, or was.</param>
internal sealed record Placed(long OrderId, string Number, Payment Payment);
