using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.AfterSales;

/// <summary>How much of a line is claimed.</summary>
internal enum ClaimHow { All, Quantity, Amount }

/// <summary>A part of a line.</summary>
/// <param name="How">Which of the two that follow counts.</param>
/// <param name="Quantity">Grams or pieces.</param>
/// <param name="Amount">Money.</param>
internal readonly record struct ClaimPart(ClaimHow How, long Quantity = 0, Fen Amount = default);

/// <summary>What a buyer may ask, and how much of it is money.</summary>
internal static class ClaimRule
{
    /// <summary>Why a reason cannot be asked for goods of an order.</summary>
    /// <param name="reason">As chosen.</param>
    /// <param name="fresh">Are the goods fresh, live or a visit?</param>
    /// <param name="state">Of the order.</param>
    /// <param name="received">Day on which the buyer said so, else the carrier; null: neither has.</param>
    /// <param name="today">Business day.</param>
    /// <param name="photos">How many were sent.</param>
    /// <returns>Null: it can.</returns>
    public static Refusal? WhyNot(ClaimReason reason, bool fresh, OrderState state, DateOnly? received, DateOnly today, int photos)
    {
        if (state is not (OrderState.Shipped or OrderState.Received)) return new Refusal("claim.not-left");
        if (fresh ? !reason.Fresh : !reason.Other) return new Refusal(fresh ? "claim.not-fresh" : "claim.only-fresh", Place.Input("Reason"));
        if (received is { } day && today > day.AddDays(reason.Days)) return new Refusal("claim.late", Place.Input("Reason"), day.AddDays(reason.Days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        return reason.Photo && photos == 0 ? new Refusal("claim.photo", Place.Input("Photos")) : null;
    }

    /// <summary>The money of a part: of a quantity its share of the goods amount, rounded half to even; of all the goods, and the freight where the reason gives it back.</summary>
    /// <param name="goods">Of the line.</param>
    /// <param name="freight">Of the line.</param>
    /// <param name="quantity">Of the line, grams or pieces; above zero.</param>
    /// <param name="left">What neither was refunded nor is asked already.</param>
    /// <param name="reason">Why.</param>
    /// <param name="part">How much.</param>
    public static Outcome<Fen> Wanted(Fen goods, Fen freight, long quantity, Fen left, ClaimReason reason, ClaimPart part)
    {
        if (part.How == ClaimHow.Quantity && (part.Quantity < 1 || part.Quantity > quantity)) return new Refusal("claim.quantity", Place.Input("Text"));
        if (part.How == ClaimHow.Amount && (part.Amount <= Fen.Zero || part.Amount > left)) return new Refusal("claim.amount", Place.Input("Text"), left);
        var wanted = part.How switch
        {
            ClaimHow.All => goods + (reason.Freight ? freight : Fen.Zero),
            ClaimHow.Quantity => new Fen(Rounding.HalfEven((Int128)goods.Value * part.Quantity, quantity)),
            _ => part.Amount,
        };
        if (wanted > left) wanted = left;
        return wanted > Fen.Zero ? wanted : new Refusal("claim.nothing", Place.Input("Text"));
    }
}
