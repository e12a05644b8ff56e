using Shanhuo.Market.Offers;

namespace Shanhuo.Market.AfterSales;

/// <summary>Why a buyer claims.</summary>
/// <param name="Code">One of <see cref="Orders.ClaimRefundHandler.Reasons"/>.</param>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
/// <param name="Days">Last day on which it can be asked, counted from the day of receipt.</param>
/// <param name="Fresh">For fresh and live goods and visits.</param>
/// <param name="Other">For all other goods.</param>
/// <param name="Photo">Only with a photo.</param>
/// <param name="Freight">Where all of a line is claimed its freight goes back too.</param>
/// <param name="Returns">The goods are sent back before the money is paid.</param>
/// <param name="Fault">Role that bears it; null: the scheme's bearer of refunds.</param>
internal sealed record ClaimReason(string Code, string Zh, string En, int Days, bool Fresh, bool Other, bool Photo, bool Freight, bool Returns, string? Fault = null);

/// <summary>Who carries parcels.</summary>
/// <param name="Name">As written on waybills.</param>
/// <param name="Phone">Where one asks for a parcel by its number; null: nowhere.</param>
internal sealed record Carrier(string Name, string? Phone = null);

/// <summary>What holds after the sale (data/market/after-sales.json).</summary>
/// <param name="DecideDays">Days for a decision.</param>
/// <param name="ReturnDays">Days for sending goods back.</param>
/// <param name="SecondPersonAbove">Fen above which two people decide.</param>
/// <param name="MostPhotos">Of one claim.</param>
/// <param name="MostClaims">Of one order.</param>
/// <param name="WeightFromPercent">A weight below this part of what was ordered is a slip of the pen.</param>
/// <param name="WeightToPercent">So is one above it.</param>
/// <param name="BalanceHours">Time to pay the balance of a presale.</param>
/// <param name="BalanceBeforeDays">It can be asked so many days before the first day of delivery, or as soon as the goods are there.</param>
/// <param name="KeepDeposit">Is the deposit lost with an unpaid balance?</param>
/// <param name="Carriers">Offered where a carrier is typed.</param>
/// <param name="Reasons">In the order in which buyers see them.</param>
internal sealed record AfterSalesRules(int DecideDays, int ReturnDays, long SecondPersonAbove, int MostPhotos, int MostClaims, int WeightFromPercent, int WeightToPercent, int BalanceHours, int BalanceBeforeDays, bool KeepDeposit, IReadOnlyList<Carrier> Carriers, IReadOnlyList<ClaimReason> Reasons)
{
    /// <summary>As shipped.</summary>
    public static AfterSalesRules Shipped { get; } = GoodsRules.Read<AfterSalesRules>("after-sales");

    /// <summary>Where a carrier is asked for a parcel; null: nobody knows.</summary>
    public string? PhoneOf(string? carrier) => Carriers.FirstOrDefault(c => c.Name == carrier?.Trim())?.Phone;

    /// <summary>A reason by its code; null: none such.</summary>
    public ClaimReason? Reason(string? code) => Reasons.FirstOrDefault(r => r.Code == code);
}
