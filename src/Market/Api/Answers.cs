namespace Shanhuo.Market.Api;

/// <summary>An offer of the county. Sums are whole fen, quantities grams or pieces, days those of China.</summary>
/// <param name="Code">Public code.</param>
/// <param name="Kind">How it is offered: <c>fixed</c>, <c>presale</c>, <c>cycle</c>, <c>group</c>, <c>flash</c>, <c>live</c>, <c>community</c>, <c>visit</c>.</param>
/// <param name="Grade">Null: any.</param>
/// <param name="Seller">Code of the organisation that sells.</param>
/// <param name="PriceFen">Of one unit.</param>
/// <param name="PerUnit">What one unit holds, in <paramref name="Measure"/>.</param>
/// <param name="Measure"><c>g</c> or <c>piece</c>.</param>
/// <param name="ByWeight">The actual weight decides the price in the end, never above this one.</param>
/// <param name="MostPerOrder">Most units of one order.</param>
/// <param name="DepositPpm">Part that is paid at once, in millionths; null: all.</param>
/// <param name="Stock">What can be ordered now.</param>
internal sealed record OfferAnswer(
    string Code, string Kind, string Title, string TitleEn, string Product, string ProductName, string ProductNameEn, string? Grade, string Seller, string SellerName, long PriceFen, long PerUnit, string Measure, bool ByWeight,
    int MostPerOrder, int? DepositPpm, DateTimeOffset? Opens, DateTimeOffset? Closes, DateOnly? DeliverFrom, DateOnly? DeliverUntil, StockAnswer Stock);

/// <summary>What of an offer can be ordered now. The order decides: between this answer and the order others buy too.</summary>
/// <param name="Left">Units; 0 or more.</param>
/// <param name="Orderable">Can one unit be ordered?</param>
/// <param name="Closed">Code of the reason when it cannot, such as <c>market.offer-sold-out</c>.</param>
/// <param name="Lots">Codes of the lots that serve it, first expired first.</param>
internal sealed record StockAnswer(long Left, bool Orderable, string? Closed, IReadOnlyList<string> Lots);

/// <summary>A page of offers; <paramref name="Next"/> is the cursor of the next, null: the last.</summary>
internal sealed record OfferPageAnswer(IReadOnlyList<OfferAnswer> Items, string? Next);

/// <summary>So many units of an offer.</summary>
internal sealed record ItemAsked(string Offer, int Units);

/// <summary>To whom and where.</summary>
/// <param name="Name">1 to 50 characters.</param>
/// <param name="Phone">7 to 12 digits.</param>
/// <param name="Province">First two digits of its division code, or the six of the seller's own county; null when fetched.</param>
/// <param name="Address">4 to 200 characters; null when fetched.</param>
/// <param name="Station">Code of the station where it is fetched; null: to the door.</param>
internal sealed record RecipientAsked(string Name, string Phone, string? Province = null, string? Address = null, string? Station = null);

/// <summary>What would it cost?</summary>
/// <param name="Items">1 to 20 offers of one seller, each once.</param>
/// <param name="Province">As in <see cref="RecipientAsked"/>; null: fetched at a station.</param>
internal sealed record QuoteAsked(IReadOnlyList<ItemAsked> Items, string? Province = null);

/// <summary>What an order costs.</summary>
/// <param name="NowFen">Paid at once; the whole sum unless there is a deposit.</param>
/// <param name="PromisedDay">There by the end of this day.</param>
internal sealed record QuoteAnswer(long GoodsFen, long FreightFen, long SumFen, long NowFen, string Zone, DateOnly PromisedDay);

/// <summary>An order for a buyer.</summary>
/// <param name="Items">1 to 20 offers of one seller, each once.</param>
/// <param name="Method">How it is paid: <c>wechat</c>, <c>alipay</c>, <c>cod</c> (on delivery), <c>cash</c> (at a station), as far as the installation has them.</param>
/// <param name="ShownFen">What the buyer was told to pay; another sum is refused. Null: whatever it costs.</param>
internal sealed record OrderAsked(IReadOnlyList<ItemAsked> Items, RecipientAsked To, string Method, long? ShownFen = null);

/// <summary>A line of an order; goods out of two lots are two lines.</summary>
internal sealed record LineAnswer(int Line, string Product, string? Lot, long Quantity, string Measure, long GoodsFen, long FreightFen, long RefundedFen);

/// <summary>An order.</summary>
/// <param name="State"><c>unpaid</c>, <c>placed</c>, <c>shipped</c>, <c>received</c> or <c>cancelled</c>.</param>
/// <param name="Seller">Does the asker sell it?</param>
/// <param name="Placed">Did the asker place it?</param>
internal sealed record OrderAnswer(string Number, string State, bool Seller, bool Placed, DateOnly PlacedDay, DateOnly? ShippedDay, DateOnly? DeliveredDay, DateOnly? ReceivedDay, long SumFen, IReadOnlyList<LineAnswer> Lines);

/// <summary>An order in a list.</summary>
internal sealed record OrderRowAnswer(string Number, string State, DateOnly PlacedDay);

/// <summary>A page of orders.</summary>
internal sealed record OrderPageAnswer(IReadOnlyList<OrderRowAnswer> Items, string? Next);

/// <summary>A payment of an order.</summary>
/// <param name="Part"><c>whole</c>, <c>deposit</c> or <c>balance</c>.</param>
/// <param name="State"><c>open</c>, <c>paid</c> or <c>closed</c>.</param>
/// <param name="PayUntil">After this the goods are given to others.</param>
internal sealed record PaymentAnswer(string Number, string Part, string Method, long AmountFen, string State, DateTimeOffset PayUntil, DateTimeOffset? Paid);

/// <summary>The payments of an order.</summary>
/// <param name="PayAt">The buyer's own page, where it is paid and followed; whoever has the address has the order. Only for who placed it.</param>
internal sealed record PaymentsAnswer(IReadOnlyList<PaymentAnswer> Payments, string? PayAt);

/// <summary>Where the goods of an order are.</summary>
/// <param name="To">Only for the seller, and only while the goods are paid and not yet received; each time it is read stands in the trail.</param>
internal sealed record ShipmentAnswer(string State, string? Carrier, string? Waybill, DateOnly PromisedDay, string? Station, ShipToAnswer? To);

/// <summary>Name and address for the parcel.</summary>
internal sealed record ShipToAnswer(string Name, string Phone, string Place, string Address);

/// <summary>The goods left, or the carrier says that the buyer has them.</summary>
/// <param name="Carrier">1 to 40 characters, or null when fetched at a station.</param>
/// <param name="Waybill">1 to 40 characters, or null.</param>
/// <param name="Delivered">The carrier says so; some days later the order is taken as received.</param>
internal sealed record ShipmentAsked(string? Carrier = null, string? Waybill = null, bool Delivered = false);

/// <summary>Money to give back on a line.</summary>
/// <param name="Line">Number of the line.</param>
/// <param name="AmountFen">At least 1, at most what is left of goods and freight.</param>
/// <param name="Reason"><c>damaged</c>, <c>spoiled</c>, <c>short</c>, <c>wrong</c>, <c>late</c>, <c>changed-mind</c> or <c>other</c>.</param>
internal sealed record RefundAsked(int Line, long AmountFen, string Reason);

/// <summary>A claim on a line.</summary>
internal sealed record RefundAnswer(int Line, long AmountFen, string? Reason, DateOnly Day);

/// <summary>The claims of an order, and the money on its way to the buyer.</summary>
internal sealed record RefundsAnswer(IReadOnlyList<RefundAnswer> Claims, IReadOnlyList<MoneyBackAnswer> MoneyBack);

/// <summary>Money on its way to the buyer.</summary>
/// <param name="State"><c>due</c>, <c>asked</c>, <c>done</c> or <c>failed</c>.</param>
internal sealed record MoneyBackAnswer(string Number, long AmountFen, string Reason, string State);

/// <summary>A sale that a counter made while it had no line.</summary>
/// <param name="Number">The counter's own, 1 to 40 characters; told again under it, it is the same sale.</param>
/// <param name="Lot">Code of the lot.</param>
/// <param name="Quantity">Grams, or pieces for goods by the piece.</param>
/// <param name="PriceFen">Per kilogram or piece.</param>
/// <param name="SoldAt">By the counter's clock.</param>
internal sealed record CounterSaleAsked(string Number, string Lot, long Quantity, long PriceFen, DateTimeOffset? SoldAt = null);

/// <summary>Sales of a counter.</summary>
/// <param name="Sales">1 to 500.</param>
internal sealed record CounterSalesAsked(IReadOnlyList<CounterSaleAsked> Sales);

/// <summary>How a sale stands.</summary>
/// <param name="State"><c>taken</c>, <c>waiting</c> (kept; its goods are not in the lot, and somebody of the county looks) or <c>void</c>.</param>
/// <param name="Order">Number of its order.</param>
/// <param name="Why">Code of what it waits for.</param>
internal sealed record CounterSaleAnswer(string Number, string State, string? Order, string? Why);

/// <summary>The sales told, in their order.</summary>
internal sealed record CounterSalesAnswer(IReadOnlyList<CounterSaleAnswer> Items);

/// <summary>A page of the asker's own lots with their public totals.</summary>
internal sealed record StatementAnswer(IReadOnlyList<Contracts.LotTotals> Items, string? Next);

/// <summary>Where to tell of what happens to orders.</summary>
/// <param name="Url">An https address in the public network.</param>
internal sealed record HookAsked(string Url);

/// <summary>A registered address.</summary>
/// <param name="Secret">By which messages are signed; shown only when it is made.</param>
/// <param name="Waiting">Messages that are still to be told.</param>
/// <param name="Failed">Messages that were given up.</param>
internal sealed record HookAnswer(string Id, string Url, string State, string? Secret, int Waiting, int Failed);

/// <summary>The addresses of the asker.</summary>
internal sealed record HooksAnswer(IReadOnlyList<HookAnswer> Items);
