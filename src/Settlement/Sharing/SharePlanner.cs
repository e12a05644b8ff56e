using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Sharing;

/// <summary>What an account is due of an order, and the merchant number at which it gets it.</summary>
/// <param name="Account">Of the ledger.</param>
/// <param name="Merchant">Merchant number.</param>
/// <param name="Amount">Fen.</param>
internal sealed record DueShare(Ledger.AccountName Account, string Merchant, Fen Amount);

/// <summary>What the rail allows.</summary>
/// <param name="MostPpm">Of a payment to all receivers together, parts per million.</param>
/// <param name="MostReceivers">In one request; WeChat Pay takes 50.</param>
internal sealed record ShareLimits(long MostPpm, int MostReceivers = 50)
{
    /// <summary>The most that may go to others of a payment; nothing is rounded up.</summary>
    public Fen MostOf(Fen paid) => new((long)((Int128)paid.Value * MostPpm / 1_000_000));
}

/// <summary>A request to be made: the shares of at most so many merchants as the rail allows, of one payment.</summary>
/// <param name="Payment">Which of the payments, from 0.</param>
/// <param name="Shares">By account; several may have one merchant. None: the rest is only unfrozen.</param>
/// <param name="IsLast">Unfreezes what is left of the payment.</param>
internal sealed record PlannedRequest(int Payment, IReadOnlyList<DueShare> Shares, bool IsLast);

/// <summary>Divides what merchants are due of an order over its payments, within the limits of WeChat Pay's profit sharing. Pure.</summary>
/// <remarks>Only merchants: what went to a person cannot be taken back when the buyer returns the goods (<c>return_mchid</c> is a merchant). What does not fit stays with the account in the ledger.</remarks>
internal static class SharePlanner
{
    /// <param name="payments">What is left of each.</param>
    /// <param name="dues">In the order in which they are served where the ratio does not suffice for all; a share is cut where it ends.</param>
    /// <param name="limits">Of the rail.</param>
    /// <returns>At least one request for each payment; the last one of each unfreezes its rest.</returns>
    /// <exception cref="ArgumentException">A due below zero: a fault of ours.</exception>
    public static IReadOnlyList<PlannedRequest> Plan(IReadOnlyList<Fen> payments, IReadOnlyList<DueShare> dues, ShareLimits limits)
    {
        if (dues.Any(d => d.Amount < Fen.Zero)) throw new ArgumentException("A due share is below zero.", nameof(dues));
        var requests = new List<PlannedRequest>();
        var open = new Queue<DueShare>(dues.Where(d => d.Amount > Fen.Zero));
        for (var at = 0; at < payments.Count; at++)
        {
            var (left, shares) = (limits.MostOf(payments[at]), new List<DueShare>());
            while (left > Fen.Zero && open.TryPeek(out var due))
            {
                // A share that an earlier payment has cut is the first of those that are open.
                var rest = due.Amount - new Fen(requests.SelectMany(r => r.Shares).Where(s => s.Account == due.Account).Sum(s => s.Amount.Value));
                var now = rest < left ? rest : left;
                shares.Add(due with { Amount = now });
                left -= now;
                if (now == rest) open.Dequeue();
            }
            var chunks = shares.GroupBy(s => s.Merchant).Chunk(limits.MostReceivers).Select(c => c.SelectMany(m => m).ToList()).ToList();
            if (chunks.Count == 0) chunks.Add([]);
            requests.AddRange(chunks.Select((c, i) => new PlannedRequest(at, c, i == chunks.Count - 1)));
        }
        return requests;
    }
}
