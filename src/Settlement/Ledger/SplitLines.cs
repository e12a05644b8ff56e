using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Turns lines into journal entries by the pure split. Knows everything it needs; asks no database.</summary>
internal sealed class SplitLines(LotBook lots, OrderShares shares, AllowanceBook allowances)
{
    private readonly LinePostings postings = new();
    private Part[] parts = new Part[64];

    /// <summary>The entry of a line, or why it cannot be settled.</summary>
    public Outcome<Draft> Split(LineFact line, Scheme scheme)
    {
        var lot = lots[line.LotId];
        var amounts = new LineAmounts
        {
            Goods = line.Goods.Value,
            Freight = line.Freight.Value,
            Grams = line.Grams,
            Pieces = line.Pieces,
            Parcels = line.Parcels,
            Packaging = line.Packaging.Value,
            Processing = line.Processing.Value,
            Commission = line.Commission.Value,
            Promotion = line.Promotion.Value,
            Applies = scheme.Match.Of(line.Channel, line.Station, line.Campaign, line.ProductCode, lot.IsPoor),
        };
        if (lot.Terms.Contract is null && AsksForContract(scheme, amounts.Applies)) return new Refusal("settlement.no-contract-price", Place.None, LineKey.Of(line.Id), lot.Fact.Code);
        string Owner(SchemeRole role) => LineAccounts.Owner(role, line, lot.Fact);
        var purse = allowances.Purse(Owner);
        if (parts.Length < scheme.MostParts) parts = new Part[scheme.MostParts];
        var count = LineSplit.Parts(scheme, amounts, lot.Terms, shares.Of(line.Id), purse, parts);
        if (count < 0) return new Refusal("settlement.line-too-large", Place.None, LineKey.Of(line.Id), ~count + 1, new Fen(Amounts.Largest));
        if (purse is not null) allowances.Take(purse, line.County, line.Id, Owner);
        postings.Set(parts.AsSpan(0, count));
        return Entry(line, lot, amounts.Gross);
    }

    private Draft Entry(LineFact line, KnownLot lot, long gross)
    {
        var draft = new Draft(Cause.Line, LineKey.Of(line.Id), line.DueDay)
        {
            SchemeVersionId = line.SchemeVersionId,
            LotId = line.LotId,
            LineId = line.Id,
            ReleaseDay = line.ReturnUntil,
            Month = new MonthPlace(MonthPlace.Of(line.DueDay), line.SchemeVersionId, line.ProductId, lot.Area, line.Channel),
            Quantity = lot.Fact.ByPiece ? line.Pieces : line.Grams,
        };
        draft.Post(SchemeRole.Buyer.Name(), "", -gross);
        for (var role = SchemeRole.Buyer + 1; (int)role < Roles.Count; role++)
        {
            var (netted, sunk) = (postings.Netted[(int)role], postings.Sunk[(int)role]);
            if (netted == 0 && sunk == 0) continue;
            var owner = LineAccounts.Owner(role, line, lot.Fact);
            draft.Post(role.Name(), owner, netted).Post(role.Name(), owner, sunk, sunk: true);
        }
        return draft;
    }

    private static bool AsksForContract(Scheme scheme, ulong applies)
    {
        for (var i = 0; i < scheme.Steps.Length; i++)
            if (scheme.Steps[i] is { Measure: Measure.Price, Price: PriceKind.Contract } && (applies >> i & 1) != 0) return true;
        return false;
    }
}
