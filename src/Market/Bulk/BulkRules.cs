using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Bulk;

/// <summary>Figures of bulk sales (data/market/bulk.json).</summary>
/// <param name="PayHours">Time to pay at an institution or in cash after accepting.</param>
/// <param name="TransferHours">Time for a bank transfer, also of a balance.</param>
/// <param name="MostOpen">Requests of one phone that wait for an answer at once.</param>
/// <param name="MostDays">Furthest wanted day.</param>
/// <param name="MostPapers">Of one contract.</param>
/// <param name="MostStandingDays">Longest standing order.</param>
internal sealed record BulkRules(int PayHours, int TransferHours, int MostOpen, int MostDays, int MostPapers, int MostStandingDays)
{
    /// <summary>As shipped.</summary>
    public static BulkRules Shipped { get; } = GoodsRules.Read<BulkRules>("bulk");

    /// <summary>Until when an acceptance is to be paid.</summary>
    public long PayUntil(string method, long nowMs) => nowMs + (method == "transfer" ? TransferHours : PayHours) * 3_600_000L;
}
