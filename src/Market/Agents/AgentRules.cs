using Shanhuo.Kernel;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Agents;

/// <summary>What a station gets for one kind of task.</summary>
/// <param name="Code"><c>order</c>, <c>group</c>, <c>sell</c>, <c>bring</c> or <c>cash</c>.</param>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
/// <param name="Ppm">Of the goods amount, in parts per million.</param>
/// <param name="Least">Fen; never above the goods amount.</param>
/// <param name="Most">Fen.</param>
/// <param name="PaidBy"><c>sale</c>, <c>household</c>, <c>scheme</c> or <c>none</c>.</param>
internal sealed record AgentFee(string Code, string Zh, string En, int Ppm, long Least, long Most, string PaidBy)
{
    /// <summary>The fee of a task: the rate, rounded half to even, kept between least and most, and never more than the goods.</summary>
    public Fen Of(Fen goods) => new(Math.Min(goods.Value, Math.Clamp(new Rate(Ppm).Of(goods).Value, Least, Most)));
}

/// <summary>Fees of the tasks of a station (data/market/agent-fees.json).</summary>
internal sealed record AgentFees(IReadOnlyList<AgentFee> Tasks)
{
    /// <summary>As shipped.</summary>
    public static AgentFees Shipped { get; } = GoodsRules.Read<AgentFees>("agent-fees");

    /// <summary>The fee of a task.</summary>
    public AgentFee this[string task] => Tasks.First(t => t.Code == task);
}

/// <summary>A kind of goods that is brought to the village.</summary>
/// <param name="Code">Such as <c>seed</c>.</param>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
/// <param name="Licence">Must the supplier have a licence?</param>
internal sealed record SupplyKind(string Code, string Zh, string En, bool Licence);

/// <summary>What is brought to the village, and how long a report of fake goods may take (data/market/supplies.json).</summary>
internal sealed record SupplyRules(int ReportDays, IReadOnlyList<SupplyKind> Kinds)
{
    /// <summary>As shipped.</summary>
    public static SupplyRules Shipped { get; } = GoodsRules.Read<SupplyRules>("supplies");
}
