using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Who a share is due to.</summary>
internal enum ReceiverKind { Merchant, Person }

/// <summary>A share of an order that is due.</summary>
/// <param name="Owner">Our name of the payee.</param>
/// <param name="Kind">A merchant of WeChat Pay (a cooperative, an enterprise) or a person.</param>
/// <param name="Account">Merchant number; null where the payee has none.</param>
/// <param name="Amount">At least zero.</param>
internal sealed record DueShare(string Owner, ReceiverKind Kind, string? Account, Fen Amount);

/// <summary>What the rail allows.</summary>
/// <param name="MostReceivers">In one request.</param>
/// <param name="MostPpm">Of the payment to all receivers together, parts per million; 30 % unless WeChat Pay grants more.</param>
internal sealed record RailLimits(int MostReceivers = 50, long MostPpm = 300_000)
{
    /// <summary>The most that may go to others of a payment; nothing is rounded up.</summary>
    public Fen MostOf(Fen paid) => new((long)((Int128)paid.Value * MostPpm / 1_000_000));
}

/// <summary>What a merchant gets in one request, and for whom.</summary>
internal sealed record RailShare(string Account, Fen Amount, IReadOnlyList<(string Owner, Fen Amount)> For);

/// <summary>Why a share waits for the bank list.</summary>
internal enum WaitsFor { Person, NoAccount, Ratio }

/// <summary>What waits for the bank list.</summary>
internal sealed record WaitingShare(string Owner, Fen Amount, WaitsFor Why);

/// <summary>What goes by profit sharing and what waits; together exactly what is due.</summary>
/// <param name="Requests">Each at most the allowed receivers, each receiver once; the last one unfreezes the rest. None: unfreeze by its own request.</param>
/// <param name="Waiting">In the order of the shares.</param>
internal sealed record RailPlan(IReadOnlyList<IReadOnlyList<RailShare>> Requests, IReadOnlyList<WaitingShare> Waiting);

/// <summary>Divides the shares of an order between WeChat Pay's profit sharing and the bank list. Pure.</summary>
/// <remarks>Persons never get theirs by profit sharing: what went to a person cannot be taken back when the buyer returns the goods (<c>return_mchid</c> is a merchant).</remarks>
internal static class RailPlanner
{
    /// <param name="paid">What the buyer paid.</param>
    /// <param name="fee">What the institution keeps of it.</param>
    /// <param name="shares">In the order in which they are served where the ratio does not suffice for all; a share is cut where it ends.</param>
    /// <param name="limits">Of the rail.</param>
    /// <returns>The plan; <c>payment.shares-over</c> when more is due than was paid less the fee, <c>payment.amount</c> for a share below zero.</returns>
    public static Outcome<RailPlan> Plan(Fen paid, Fen fee, IReadOnlyList<DueShare> shares, RailLimits limits)
    {
        if (shares.FirstOrDefault(s => s.Amount < Fen.Zero) is { } negative) return new Refusal("payment.amount", Place.Input(negative.Owner), negative.Amount);
        if (shares.Aggregate(fee, (sum, s) => sum + s.Amount) > paid) return new Refusal("payment.shares-over", Place.None, paid);
        var left = limits.MostOf(paid);
        var receivers = new List<(string Account, List<(string, Fen)> For)>();
        var waiting = new List<WaitingShare>();
        foreach (var share in shares.Where(s => s.Amount > Fen.Zero))
        {
            if (share.Kind == ReceiverKind.Person || string.IsNullOrEmpty(share.Account))
            {
                waiting.Add(new WaitingShare(share.Owner, share.Amount, share.Kind == ReceiverKind.Person ? WaitsFor.Person : WaitsFor.NoAccount));
                continue;
            }
            var now = share.Amount < left ? share.Amount : left;
            left -= now;
            if (now > Fen.Zero)
            {
                var at = receivers.FindIndex(r => r.Account == share.Account);
                if (at < 0) { at = receivers.Count; receivers.Add((share.Account, [])); }
                receivers[at].For.Add((share.Owner, now));
            }
            if (now < share.Amount) waiting.Add(new WaitingShare(share.Owner, share.Amount - now, WaitsFor.Ratio));
        }
        var requests = receivers.Select(r => new RailShare(r.Account, r.For.Aggregate(Fen.Zero, (sum, f) => sum + f.Item2), r.For)).Chunk(limits.MostReceivers).Select(c => (IReadOnlyList<RailShare>)c).ToList();
        return new RailPlan(requests, waiting);
    }

    /// <summary>What to ask back from merchants for a refund: last served first, nobody more than he got.</summary>
    /// <param name="plan">As it was carried out.</param>
    /// <param name="back">Fen already asked back by request and account.</param>
    /// <param name="amount">To be asked back now.</param>
    /// <returns>Request, account and amount; together the lesser of <paramref name="amount"/> and what is left.</returns>
    public static IReadOnlyList<(int Request, string Account, Fen Amount)> Back(RailPlan plan, IReadOnlyDictionary<(int Request, string Account), Fen> back, Fen amount)
    {
        var returns = new List<(int, string, Fen)>();
        for (var request = plan.Requests.Count - 1; request >= 0; request--)
            foreach (var share in plan.Requests[request].Reverse())
            {
                var left = share.Amount - back.GetValueOrDefault((request, share.Account));
                var now = left < amount ? left : amount;
                if (now <= Fen.Zero) continue;
                returns.Add((request, share.Account, now));
                amount -= now;
            }
        return returns;
    }
}
