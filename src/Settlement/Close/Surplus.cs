using Shanhuo.Kernel;
using Shanhuo.Settlement.Pools;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Close;

/// <summary>What a member brings to the close.</summary>
/// <param name="Code">Public code of its household; settles ties.</param>
/// <param name="Trade">Own trade with the cooperative in the period, at least 0.</param>
/// <param name="HalfDays">Labour in half days, at least 0.</param>
/// <param name="Account">Member account: contributions, share of reserve, equal share of aid and gifts; at least 0.</param>
internal sealed record MemberStake(string Code, Fen Trade, int HalfDays, Fen Account);

/// <summary>What the close gives a member.</summary>
/// <param name="Code">Its household.</param>
/// <param name="Patronage">By own trade, paid.</param>
/// <param name="Labour">By days worked, paid.</param>
/// <param name="ByAccount">By member account, paid.</param>
/// <param name="ReserveCredit">Part of the year's reserve, credited to the member account by trade, not paid.</param>
internal sealed record MemberShare(string Code, Fen Patronage, Fen Labour, Fen ByAccount, Fen ReserveCredit)
{
    /// <summary>What is paid to the household.</summary>
    public Fen Paid => Patronage + Labour + ByAccount;
}

/// <summary>A cooperative's surplus and how it is divided (settlement rules, "Cooperative close"; Law on Farmers' Specialised Cooperatives, revised 2017, articles 42 to 44).</summary>
internal sealed record Surplus
{
    /// <summary>Income of the period.</summary>
    public required Fen Income { get; init; }

    /// <summary>Costs of the period.</summary>
    public required Fen Costs { get; init; }

    /// <summary>Losses of earlier years not yet made good, at least 0.</summary>
    public required Fen PastLoss { get; init; }

    /// <summary>Loss that the next period begins with, at least 0.</summary>
    public Fen LossCarried { get; private init; }

    /// <summary>Kept by the cooperative, and credited to member accounts by trade.</summary>
    public Fen Reserve { get; private init; }

    /// <summary>What may be distributed.</summary>
    public Fen Distributable { get; private init; }

    /// <summary>By trade.</summary>
    public Fen Patronage { get; private init; }

    /// <summary>For the members' welfare.</summary>
    public Fen Welfare { get; private init; }

    /// <summary>By days worked.</summary>
    public Fen Labour { get; private init; }

    /// <summary>By member account: all that is left.</summary>
    public Fen ByAccount { get; private init; }

    /// <summary>One for each member, in ordinal order of code; together patronage, labour, by account and reserve exactly.</summary>
    public IReadOnlyList<MemberShare> Shares { get; private init; } = [];

    /// <summary>Income less costs.</summary>
    public Fen Net => Income - Costs;

    /// <summary>Divides a surplus. In a year of loss nothing is paid and the loss is carried on.</summary>
    /// <param name="income">Of the period, at least 0.</param>
    /// <param name="costs">Of the period, at least 0.</param>
    /// <param name="pastLoss">At least 0.</param>
    /// <param name="terms">The percentages; patronage, welfare and labour are of the distributable surplus.</param>
    /// <param name="members">In any order; each code once.</param>
    /// <param name="day">Last day of the period: the law of that day binds.</param>
    /// <returns>The division, or why there is none: percentages under the law or over the whole, nobody to divide among.</returns>
    /// <remarks>Where the charter has a bonus by days and no day was worked, its part goes by member account.</remarks>
    public static Outcome<Surplus> Divide(Fen income, Fen costs, Fen pastLoss, CloseTerms terms, IReadOnlyCollection<MemberStake> members, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(members);
        if (LegalFloor.Of("close.patronage", day) is { } floor && terms.Patronage.PartsPerMillion < floor.Rate.PartsPerMillion)
            return new Refusal("close.patronage-floor", Place.Input("Patronage"), terms.Patronage.ToString(), floor.Least, floor.SourceZh, floor.SourceEn);
        if ((long)terms.Patronage.PartsPerMillion + terms.Welfare.PartsPerMillion + terms.Labour.PartsPerMillion > Rate.Whole)
            return new Refusal("close.over-whole", Place.Input("Welfare"), terms.Patronage.ToString(), terms.Welfare.ToString(), terms.Labour.ToString());

        var ordered = members.OrderBy(m => m.Code, Ordinal.Order).ToArray();
        var after = income - costs - pastLoss;
        if (after <= Fen.Zero)
            return new Surplus { Income = income, Costs = costs, PastLoss = pastLoss, LossCarried = -after, Shares = Array.ConvertAll(ordered, m => new MemberShare(m.Code, Fen.Zero, Fen.Zero, Fen.Zero, Fen.Zero)) };

        var reserve = terms.Reserve.Of(after);
        var distributable = after - reserve;
        var patronage = terms.Patronage.Of(distributable);
        var trade = Array.ConvertAll(ordered, m => m.Trade.Value);
        var days = Array.ConvertAll(ordered, m => (long)m.HalfDays);
        var accounts = Array.ConvertAll(ordered, m => m.Account.Value);
        if (!trade.Any(t => t > 0) && (patronage + reserve) > Fen.Zero) return new Refusal("close.no-trade", Place.None, (patronage + reserve).ToDisplay());
        // Three parts rounded to the nearest can exceed a whole by a fen; the last ones give way.
        var welfare = Least(terms.Welfare.Of(distributable), distributable - patronage);
        var labour = days.Any(d => d > 0) ? Least(terms.Labour.Of(distributable), distributable - patronage - welfare) : Fen.Zero;
        var byAccount = distributable - patronage - welfare - labour;
        if (!accounts.Any(a => a > 0) && byAccount > Fen.Zero) return new Refusal("close.no-accounts", Place.None, byAccount.ToDisplay());

        var (p, l, a, r) = (Part(patronage, trade), Part(labour, days), Part(byAccount, accounts), Part(reserve, trade));
        return new Surplus
        {
            Income = income,
            Costs = costs,
            PastLoss = pastLoss,
            Reserve = reserve,
            Distributable = distributable,
            Patronage = patronage,
            Welfare = welfare,
            Labour = labour,
            ByAccount = byAccount,
            Shares = [.. ordered.Select((m, i) => new MemberShare(m.Code, p[i], l[i], a[i], r[i]))],
        };
    }

    private static Fen Least(Fen a, Fen b) => a < b ? a : b;

    private static Fen[] Part(Fen amount, long[] weights) => amount == Fen.Zero ? new Fen[weights.Length] : Webster.Apportion(amount, weights);
}
