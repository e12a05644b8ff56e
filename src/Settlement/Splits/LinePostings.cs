using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Splits;

/// <summary>What a line posted, one entry per role (on one line a role has one account): all that a refund must know of it.</summary>
internal sealed class LinePostings
{
    /// <summary>Received less put in, without what came through sunk steps; fen, any sign. The buyer's entry stays 0.</summary>
    public long[] Netted { get; } = new long[Roles.Count];

    /// <summary>Received through sunk steps; fen, at least 0.</summary>
    public long[] Sunk { get; } = new long[Roles.Count];

    /// <summary>Takes the parts of a line in place of what was there.</summary>
    public void Set(ReadOnlySpan<Part> parts)
    {
        Array.Clear(Netted);
        Array.Clear(Sunk);
        foreach (ref readonly var part in parts)
            (part.Sunk ? Sunk : Netted)[(int)part.Role] += part.Fen;
    }

    /// <summary>The one row of a role's account for the line.</summary>
    public long Of(SchemeRole role) => Netted[(int)role] + Sunk[(int)role];
}
