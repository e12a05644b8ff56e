using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Close;

/// <summary>A member's figure in a close, explained in one sentence: what it brought, of how much of all members, and what that gave it.</summary>
internal static class MemberSentence
{
    /// <param name="say">The reader's language.</param>
    /// <param name="close">The close.</param>
    /// <param name="share">The member's part of it.</param>
    /// <param name="show">How amounts are written: in figures, or in words to be read aloud.</param>
    public static string Of(Say say, CooperativeClose close, CloseShare share, Func<Fen, string> show)
    {
        if (close.Distributable == Fen.Zero) return close.LossCarried > Fen.Zero ? say["close.sentence-loss", show(close.LossCarried)] : say["close.sentence-nothing"];
        var clauses = new List<string>
        {
            share.Trade == Fen.Zero ? say["close.sentence-no-trade"] : say["close.sentence-trade", show(share.Trade), show(close.MembersTrade), show(close.Patronage), show(share.Patronage)],
        };
        if (close.Labour > Fen.Zero)
            clauses.Add(share.HalfDays == 0 ? say["close.sentence-no-labour"] : say["close.sentence-labour", HalfDays.Show(share.HalfDays), HalfDays.Show(close.MembersHalfDays), show(close.Labour), show(share.Labour)]);
        if (close.ByAccount > Fen.Zero)
            clauses.Add(share.Account == Fen.Zero ? say["close.sentence-no-account"] : say["close.sentence-account", show(share.Account), Parts(say, share, show), show(close.MembersAccount), show(close.ByAccount), show(share.ByAccount)]);
        clauses.Add(say["close.sentence-sum", show(share.Paid)] + (share.ReserveCredit == Fen.Zero ? say["close.sentence-end"] : say["close.sentence-credit", show(share.ReserveCredit)]));
        return clauses.Aggregate((before, next) => say["close.sentence-join", before, next]);
    }

    // Only what there is: capital, reserve of earlier years, state aid and gifts.
    private static string Parts(Say say, CloseShare share, Func<Fen, string> show) => new[] { ("close.part-capital", share.Capital), ("close.part-reserve", share.ReserveHeld), ("close.part-aid", share.AidHeld) }
        .Where(part => part.Item2 != Fen.Zero).Select(part => say[part.Item1, show(part.Item2)]).Aggregate((before, next) => say["close.part-join", before, next]);
}
