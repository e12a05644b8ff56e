using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Close;

/// <summary>A close as its pages show it: before it is proposed from what was computed, afterwards from what was stored.</summary>
internal sealed record FiguresView(Fen Income, Fen Costs, Fen PastLoss, Fen LossCarried, Fen Reserve, Fen Distributable, Fen Patronage, Fen Welfare, Fen Labour, Fen ByAccount, Fen OthersTrade, IReadOnlyList<CloseItem> Items, IReadOnlyList<ShareView> Shares)
{
    /// <summary>Most members on a page.</summary>
    public const int MostRows = 200;

    public static FiguresView Of(ClosePreview preview)
    {
        var (s, members) = (preview.Surplus, preview.Figures.Members.ToDictionary(m => m.Stake.Code, StringComparer.Ordinal));
        return new(s.Income, s.Costs, s.PastLoss, s.LossCarried, s.Reserve, s.Distributable, s.Patronage, s.Welfare, s.Labour, s.ByAccount, preview.Figures.OthersTrade, preview.Figures.Items,
            [.. s.Shares.Take(MostRows).Select(x => new ShareView(null, members[x.Code].Name, x.Code, members[x.Code].Stake.Trade, x.Patronage, x.Labour, x.ByAccount, x.ReserveCredit))]);
    }

    public static FiguresView Of(CooperativeClose c, IReadOnlyList<ShareView> shares) =>
        new(c.Income, c.Costs, c.PastLoss, c.LossCarried, c.Reserve, c.Distributable, c.Patronage, c.Welfare, c.Labour, c.ByAccount, c.OthersTrade, [], shares);
}

/// <summary>A member's line in a close.</summary>
/// <param name="Link">Its statement, once stored.</param>
internal sealed record ShareView(string? Link, string Name, string Code, Fen Trade, Fen Patronage, Fen Labour, Fen ByAccount, Fen ReserveCredit)
{
    public Fen Paid => Patronage + Labour + ByAccount;
}
