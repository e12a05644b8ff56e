using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Splits;

/// <summary>The numbers of a sale line, all at least 0, money in fen.</summary>
internal record struct LineAmounts
{
    /// <summary>What the buyer paid for the goods.</summary>
    public long Goods;

    /// <summary>The line's share of the freight that the buyer paid.</summary>
    public long Freight;

    public long Grams;
    public long Pieces;

    /// <summary>Parcels of the whole order, the same on all its lines; at least 1.</summary>
    public long Parcels;

    public long Packaging;
    public long Processing;
    public long Commission;
    public long Promotion;

    /// <summary>The steps that apply to the line: one bit each, from <see cref="StepMatch"/>.</summary>
    public ulong Applies;

    /// <summary>Goods and freight: what is split.</summary>
    public readonly long Gross => Goods + Freight;

    /// <summary>A cost recorded on the line.</summary>
    public readonly long Of(Cost cost) => cost switch
    {
        Cost.Freight => Freight,
        Cost.Packaging => Packaging,
        Cost.Processing => Processing,
        Cost.Commission => Commission,
        Cost.Promotion => Promotion,
        _ => throw new ArgumentOutOfRangeException(nameof(cost)),
    };
}

/// <summary>One part of a line: what a step pays to a role, or what a role puts in.</summary>
/// <param name="Step">Its step, from 0.</param>
/// <param name="Role">Whose account; for the owner look at the line. A buyer at intake stands here in the growers' place.</param>
/// <param name="Fen">Above 0: received; below 0: put in. Never 0.</param>
/// <param name="Sunk">Received through a sunk step: spent, not given back on a refund.</param>
internal readonly record struct Part(int Step, SchemeRole Role, long Fen, bool Sunk);

/// <summary>What accounts can still put in, in fen per role; a line takes from it as it is split, so settle lines in their order.</summary>
internal sealed class Purse
{
    /// <summary>No budget and no limit binds.</summary>
    public Purse()
    {
        Array.Fill(Budgets, long.MaxValue);
        Array.Fill(Limits, long.MaxValue);
    }

    /// <summary>What is left of the budget from which a role pays on top.</summary>
    public long[] Budgets { get; } = new long[Roles.Count];

    /// <summary>How far a role's account can still top up what is short.</summary>
    public long[] Limits { get; } = new long[Roles.Count];
}
