using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Pools;

/// <summary>What a run pays out of a lot's pool: to each owner what it is entitled to less what it was paid before, advances set off first.</summary>
/// <param name="Owners">What is paid to each owner now, in fen, in the order of the holdings.</param>
/// <param name="SetOff">What is set off against advances now, in fen.</param>
internal sealed record PoolPayment(long[] Owners, long SetOff)
{
    /// <summary>What leaves the pool.</summary>
    public long Total => checked(Owners.Sum() + SetOff);

    /// <summary>Reckons it.</summary>
    /// <param name="weights">One per owner, from <see cref="Holdings.Weights"/>.</param>
    /// <param name="released">What the pool has received and may pay, in fen; below 0 where refunds outweigh what is released.</param>
    /// <param name="paid">Paid to each owner before, in fen.</param>
    /// <param name="advances">Advanced to each owner, in fen.</param>
    /// <param name="setOffBefore">Set off before, in fen, all owners together.</param>
    /// <param name="most">The most that each owner can be sure of so far, in fen; null: the weights are final, and so are the parts.</param>
    public static PoolPayment Of(Int128[] weights, long released, long[] paid, long[] advances, long setOffBefore, long[]? most)
    {
        var before = checked(paid.Sum() + setOffBefore);
        var left = released - before;
        if (left <= 0) return new PoolPayment(new long[paid.Length], 0);
        var entitled = new long[weights.Length];
        Webster.Apportion(released, weights, entitled);
        var (owners, setOff) = (new long[entitled.Length], 0L);
        for (var i = 0; i < entitled.Length; i++)
        {
            var sure = most is null ? entitled[i] : Math.Min(entitled[i], most[i]);
            var (due, payable) = IntakeBought.SetOff(sure, advances[i], paid[i]);
            (owners[i], setOff) = (payable, checked(setOff + due));
        }
        setOff = Math.Clamp(setOff - setOffBefore, 0, left);
        left -= setOff;
        // Where somebody was paid more than it is entitled to now, the others wait for it: a pool never pays what it does not hold.
        if (owners.Sum() > left) Webster.Apportion(left, [.. owners], owners);
        return new PoolPayment(owners, setOff);
    }
}
