using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Bulk;

/// <summary>Writes the postings of lines, refunds, intakes and pay-outs, and keeps the totals and the pools that follow from them.</summary>
internal sealed class BulkPostings(PostingsFile postingsFile, LotBook lots)
{
    private readonly long[] perRole = new long[Roles.Count];
    private PostingsFile? file = postingsFile;

    /// <summary>Lines and refunds settled.</summary>
    public long Lines { get; private set; }

    public long Refunds { get; private set; }

    /// <summary>Per role what all causes but the pay-outs posted, in fen; the buyer's is what buyers paid, after refunds, below 0.</summary>
    public Int128[] Totals { get; } = new Int128[Roles.Count];

    /// <summary>What buyers paid before refunds.</summary>
    public Int128 Gross { get; private set; }

    /// <summary>Writes no more, since nothing will come of the file; what is wrong with the rest is still looked for.</summary>
    public void Silence() => file = null;

    /// <summary>Is nothing written any more?</summary>
    public bool IsSilent => file is null;

    /// <summary>What the buyers of lots at intake owe the growers' pools at once.</summary>
    public void WriteIntakes()
    {
        foreach (var lot in lots.Lots)
        {
            if (lot.BoughtBy is not { } buyer) continue;
            var owed = Pools.IntakeBought.Owed(lot.Value, lot.ByPiece);
            Array.Clear(perRole);
            (perRole[(int)buyer], perRole[(int)SchemeRole.Growers]) = (-owed, owed);
            file?.Begin("intake:"u8, lot.Id, mayNeedQuotes: true);
            for (var role = SchemeRole.Buyer; (int)role < Roles.Count; role++)
                if (perRole[(int)role] != 0) file?.Row(role == SchemeRole.Platform ? role.Utf8Name() : lot.Account(role), perRole[(int)role]);
            Add(lot);
        }
    }

    /// <summary>The postings of a line.</summary>
    public void WriteLine(OrderLines order, int line)
    {
        Array.Clear(perRole);
        foreach (ref readonly var part in order.Split(line)) perRole[(int)part.Role] += part.Fen;
        ref readonly var amounts = ref order.Amounts(line);
        perRole[(int)SchemeRole.Buyer] = -amounts.Gross;
        Lines++;
        Gross += amounts.Gross;
        var lot = order.Lot(line);
        if (lot is not null) lot.Sold += lot.ByPiece ? amounts.Pieces : amounts.Grams;
        WriteRows(default, order, line, lot);
    }

    /// <summary>The postings of a refund.</summary>
    public void WriteRefund(OrderLines order, int line, ReadOnlySpan<long> postings)
    {
        postings.CopyTo(perRole);
        Refunds++;
        WriteRows("refund:"u8, order, line, order.Lot(line));
    }

    /// <summary>What the pools pay out.</summary>
    /// <returns>The number of a lot whose pool holds more than can be paid, or -1.</returns>
    public int WritePayouts()
    {
        for (var i = 0; i < lots.Lots.Count; i++)
        {
            var lot = lots.Lots[i];
            if (lot.Growers > long.MaxValue || lot.VillageFund > long.MaxValue) return i;
            if (file is null) continue;
            var (growers, fund) = ((long)lot.Growers, (long)lot.VillageFund);
            file.Begin("lot:"u8, lot.Id, mayNeedQuotes: true);
            if (growers > 0)
            {
                file.Row(lot.Account(SchemeRole.Growers), -growers);
                lots.PayHouseholds(i, growers, (household, fen) => file.Row("household"u8, household, mayNeedQuotes: true, fen));
            }
            if (fund > 0)
            {
                file.Row(lot.Account(SchemeRole.VillageFund), -fund);
                lots.PayVillages(i, fund, (village, fen) => file.Row("village"u8, village, mayNeedQuotes: true, fen));
            }
        }
        return -1;
    }

    private void WriteRows(ReadOnlySpan<byte> prefix, OrderLines order, int line, BulkLot? lot)
    {
        Add(lot);
        if (file is null) return;
        var quoted = order.IsQuoted(line);
        file.Begin(prefix, order.Line(line), quoted);
        for (var role = SchemeRole.Buyer; (int)role < Roles.Count; role++)
        {
            var fen = perRole[(int)role];
            if (fen == 0) continue;
            if (role is SchemeRole.Growers or SchemeRole.VillageFund or SchemeRole.IntakeStation or SchemeRole.Cooperative or SchemeRole.Enterprise)
                file.Row(lot is null ? role.Utf8Name() : lot.Account(role), fen);
            else file.Row(role.Utf8Name(), order.Owner(line, role), quoted, fen);
        }
    }

    private void Add(BulkLot? lot)
    {
        for (var role = 0; role < perRole.Length; role++)
            if (perRole[role] != 0) Totals[role] += perRole[role];
        if (lot is null) return;
        lot.Growers += perRole[(int)SchemeRole.Growers];
        if (lot.HasVillages) lot.VillageFund += perRole[(int)SchemeRole.VillageFund];
    }
}
