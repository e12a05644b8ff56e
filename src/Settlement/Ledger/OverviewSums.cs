using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement.Ledger;

/// <summary>What pages read in place of the postings (the overview by month, the sums of lots), reckoned anew from the entries.</summary>
internal static class OverviewSums
{
    private const string Why = "figures are sums of the whole ledger; the pages that show them filter";

    /// <summary>The first figure that is not the sum of its postings.</summary>
    public static async Task<LedgerFault?> FirstFault(ShanhuoDb db, AreaCode county, CancellationToken cancel)
    {
        var (months, lots) = await Reckon(db, county, cancel);
        foreach (var m in await db.Unfiltered<MonthSum>(Why).AsNoTracking().Where(m => m.County == county).ToListAsync(cancel))
        {
            var at = new MonthRole(new MonthPlace(m.Month, m.SchemeVersionId, m.ProductId, m.Area, m.Channel), m.Role);
            months.Remove(at, out var right);
            if (right.Fen != m.Amount.Value || right.Quantity != m.Quantity) return Fault("settlement.ledger-month", m.Month, m.Role, m.Amount, right.Fen);
        }
        foreach (var s in await db.Unfiltered<LotSum>(Why).AsNoTracking().Where(s => s.County == county).ToListAsync(cancel))
        {
            lots.Remove(new LotRole(s.LotId, s.Month, s.SchemeVersionId, s.Role), out var right);
            if (right != new LotChange(s.Amount.Value, s.Quantity, s.ReleaseUntil)) return Fault("settlement.ledger-lot", s.Month, $"{s.Role}/{s.LotId}", s.Amount, right.Fen);
        }
        foreach (var (at, right) in months)
            if (right != default) return Fault("settlement.ledger-month", at.Place.Month, at.Role, Fen.Zero, right.Fen);
        foreach (var (at, right) in lots)
            if (right.Fen != 0 || right.Quantity != 0) return Fault("settlement.ledger-lot", at.Month, $"{at.Role}/{at.LotId}", Fen.Zero, right.Fen);
        return null;
    }

    /// <summary>Reckons all figures of a county from its entries.</summary>
    public static async Task<(Dictionary<MonthRole, MonthChange> Months, Dictionary<LotRole, LotChange> Lots)> Reckon(ShanhuoDb db, AreaCode county, CancellationToken cancel)
    {
        var (months, lots) = (new Dictionary<MonthRole, MonthChange>(), new Dictionary<LotRole, LotChange>());
        var known = await Lots(db, county, cancel);
        var entries = from entry in db.Unfiltered<JournalEntry>(Why).TagWith("whole: what is kept in sums is checked against every entry")
                      where entry.County == county && (entry.Cause == Cause.Line || entry.Cause == Cause.Refund || entry.Cause == Cause.IntakeBought || entry.Cause == Cause.LotClosed)
                      join l in db.LineFacts on new { entry.County, Id = entry.LineId } equals new { l.County, Id = (long?)l.Id } into ls
                      from line in ls.DefaultIfEmpty()
                      select new { entry.County, entry.Id, entry.Cause, entry.Day.Year, entry.Day.Month, Version = entry.SchemeVersionId ?? 0, entry.LotId, entry.ReleaseDay, Product = (long?)line.ProductId, line.Channel, Grams = (long?)line.Grams, Pieces = (long?)line.Pieces };
        var rows = await (from e in entries
                          join p in db.Unfiltered<Posting>(Why) on new { e.County, EntryId = e.Id } equals new { p.County, p.EntryId }
                          join a in db.Unfiltered<LedgerAccount>(Why) on new { p.County, Id = p.AccountId } equals new { a.County, a.Id }
                          group new { p.Amount, e.ReleaseDay } by new { e.Year, e.Month, e.Version, e.LotId, e.Product, e.Channel, a.Role } into g
                          select new { g.Key, Fen = g.Sum(x => (long)x.Amount), Release = g.Max(x => x.ReleaseDay) }).ToListAsync(cancel);
        foreach (var row in rows)
        {
            var lot = known[row.Key.LotId!.Value];
            var place = new MonthPlace(new DateOnly(row.Key.Year, row.Key.Month, 1), row.Key.Version, row.Key.Product ?? lot.ProductId, lot.Area, row.Key.Channel ?? "");
            Add(new MonthRole(place, row.Key.Role), lot.Id, row.Fen, 0, row.Release);
        }
        var sold = await entries.Where(e => e.Cause == Cause.Line).GroupBy(e => new { e.Year, e.Month, e.Version, e.LotId, e.Product, e.Channel })
            .Select(g => new { g.Key, Grams = g.Sum(e => e.Grams) ?? 0, Pieces = g.Sum(e => e.Pieces) ?? 0, Release = g.Max(e => e.ReleaseDay) }).ToListAsync(cancel);
        foreach (var row in sold)
        {
            var lot = known[row.Key.LotId!.Value];
            var place = new MonthPlace(new DateOnly(row.Key.Year, row.Key.Month, 1), row.Key.Version, row.Key.Product ?? lot.ProductId, lot.Area, row.Key.Channel ?? "");
            if ((lot.ByPiece ? row.Pieces : row.Grams) is not 0 and var quantity) Add(new MonthRole(place, "buyer"), lot.Id, 0, quantity, row.Release);
        }
        return (months, lots);

        void Add(MonthRole at, long lot, long fen, long quantity, DateOnly? release)
        {
            var m = months.GetValueOrDefault(at);
            months[at] = new MonthChange(m.Fen + fen, m.Quantity + quantity);
            var of = new LotRole(lot, at.Place.Month, at.Place.SchemeVersionId, at.Role);
            var l = lots.GetValueOrDefault(of);
            lots[of] = new LotChange(l.Fen + fen, l.Quantity + quantity, l.ReleaseDay is null || release > l.ReleaseDay ? release ?? l.ReleaseDay : l.ReleaseDay);
        }
    }

    private static async Task<Dictionary<long, (long Id, long ProductId, bool ByPiece, AreaCode Area)>> Lots(ShanhuoDb db, AreaCode county, CancellationToken cancel)
    {
        var seats = await db.OrganisationFacts.Select(o => new { o.Code, o.Area }).ToDictionaryAsync(o => o.Code, o => o.Area, cancel);
        return (await db.LotFacts.Where(l => l.County == county).Select(l => new { l.Id, l.ProductId, l.ByPiece, l.IntakeStation }).ToListAsync(cancel))
            .ToDictionary(l => l.Id, l => (l.Id, l.ProductId, l.ByPiece, l.IntakeStation is { } code ? seats[code] : county));
    }

    private static LedgerFault Fault(string code, DateOnly month, string what, Fen stands, long right) => new(FaultKind.Overview, null, null, new Refusal(code, Place.None, month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), what, stands, new Fen(right)));
}
