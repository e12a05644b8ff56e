using Shanhuo.Kernel;

namespace Shanhuo.Market.Contracts;

/// <summary>One hand's part of what buyers paid for a lot.</summary>
/// <param name="Hand"><c>growers</c>, <c>village</c>, <c>handling</c>, <c>seller</c>, <c>transport</c>, <c>channel</c>, <c>funds</c> or <c>tax</c>.</param>
/// <param name="Fen">Whole fen.</param>
public sealed record HandTotal(string Hand, long Fen);

/// <summary>What anybody may know of the money of a lot: the totals of its trace page.</summary>
/// <param name="Lot">Public code.</param>
/// <param name="Sold">Grams or pieces of settled lines.</param>
/// <param name="PaidFen">All that buyers paid for it, goods and freight, refunds taken off; 0 while nothing is settled.</param>
/// <param name="Hands">Into whose hands it went; together exactly <paramref name="PaidFen"/>.</param>
public sealed record LotTotals(string Lot, long Sold, long PaidFen, IReadOnlyList<HandTotal> Hands);

/// <summary>The public story of a lot.</summary>
/// <param name="Lot">Public code.</param>
/// <param name="Product">Public code of the product.</param>
/// <param name="Grade">Grade.</param>
/// <param name="Place">Prefecture and county.</param>
/// <param name="Seller">Who sells it, or null.</param>
/// <param name="Station">Where it was taken in, or null.</param>
/// <param name="OpenedDay">First intake.</param>
/// <param name="TakenIn">Grams or pieces.</param>
/// <param name="Growers">Groups of growers; none under five households.</param>
/// <param name="Totals">Its money.</param>
/// <param name="Page">Path of its page for people.</param>
public sealed record LotStory(string Lot, string Product, string Grade, string Place, string? Seller, string? Station, DateOnly OpenedDay, long TakenIn, IReadOnlyList<GrowersOfPlace> Growers, LotTotals Totals, string Page);

/// <summary>Growers of a village.</summary>
/// <param name="Place">Village; null: several together.</param>
/// <param name="Households">At least five; 0: fewer, and then no number is said.</param>
public sealed record GrowersOfPlace(string? Place, long Households);

/// <summary>Tells of lots what is public; settlement does, for it knows the money.</summary>
public interface ITellOfLots
{
    /// <summary>The story of a lot; null: there is none.</summary>
    Task<LotStory?> Story(string code, Language language, CancellationToken cancel);

    /// <summary>The totals of some lots of a county, in the order asked for.</summary>
    Task<IReadOnlyList<LotTotals>> Totals(AreaCode county, IReadOnlyList<long> lotIds, CancellationToken cancel);
}
