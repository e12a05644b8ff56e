using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Pools;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Audit;

/// <summary>A step of a line's scheme with what it moved on the line.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Step">The step, to be said in words.</param>
/// <param name="Applies">Did it apply to the line?</param>
/// <param name="Parts">What each role received or put in through it.</param>
internal sealed record StepTrail(int Number, Step Step, bool Applies, IReadOnlyList<(string Role, Fen Amount)> Parts);

/// <summary>A grower's part of a line.</summary>
internal sealed record GrowerShare(string Household, Fen Part);

/// <summary>An entry in which a lot's pool was credited to households.</summary>
internal sealed record PoolRun(long EntryId, string Key, DateOnly Day);

/// <summary>All that an auditor can ask of one order line.</summary>
internal sealed record LineTrail
{
    public required LineName Name { get; init; }
    public required LineFact Line { get; init; }
    public required LotFact Lot { get; init; }
    public required Scheme Scheme { get; init; }

    /// <summary>Its entry; null: not settled yet.</summary>
    public required JournalEntry? Entry { get; init; }
    public required IReadOnlyList<EntryPosting> Postings { get; init; }
    public required IReadOnlyList<JournalEntry> Refunds { get; init; }
    public required IReadOnlyList<StepTrail> Steps { get; init; }

    /// <summary>Do the steps, reckoned anew without budgets and limits, come to what was posted? If not, a budget or limit bound, and the postings hold.</summary>
    public required bool StepsMatch { get; init; }

    /// <summary>What the line and its refunds brought the growers' pool.</summary>
    public required Fen ToGrowers { get; init; }

    /// <summary>A page of the pool's growers, by household code.</summary>
    public required IReadOnlyList<GrowerShare> Growers { get; init; }
    public required int GrowerCount { get; init; }

    /// <summary>The entries that paid the pool out since, the earliest first.</summary>
    public required IReadOnlyList<PoolRun> Runs { get; init; }
}

/// <summary>Follows one order line to its steps, its pool's growers and the pay-outs that held them.</summary>
internal sealed class LineReader(ShanhuoDb db, EntryReader entries, SchemeBook schemes)
{
    /// <summary>Growers on a page.</summary>
    public const int Size = 50;

    public async Task<LineTrail?> Line(AreaCode county, long id, int page, CancellationToken cancel)
    {
        if (await db.LineNames(county).SingleOrDefaultAsync(l => l.Id == id, cancel) is not { } name) return null;
        if (await db.LineFacts.SingleOrDefaultAsync(l => l.County == county && l.Id == id, cancel) is not { } line) return null;
        var lot = await db.LotFacts.SingleAsync(l => l.County == county && l.Id == line.LotId, cancel);
        var of = await (await entries.Visible(county, cancel)).Where(e => e.LineId == id).OrderBy(e => e.Id).ToListAsync(cancel);
        var entry = of.FirstOrDefault(e => e.Cause == Cause.Line);
        var postings = entry is null ? [] : await entries.Postings(county, entry.Id, 0, 100, cancel);
        var scheme = await schemes.Of(db, line.SchemeVersionId, cancel);
        var steps = await Steps(line, scheme, cancel);
        var growers = await ToGrowers(county, of, cancel);
        var (shares, count) = await Growers(lot, growers, page, cancel);
        var runs = entry is null ? [] : await Runs(county, lot, entry.Id, cancel);
        return new LineTrail
        {
            Name = name, Line = line, Lot = lot, Scheme = scheme, Entry = entry, Postings = postings, Refunds = [.. of.Where(e => e.Cause == Cause.Refund)], Steps = steps, StepsMatch = entry is null || Match(steps, postings),
            ToGrowers = growers, Growers = shares, GrowerCount = count, Runs = runs,
        };
    }

    private async Task<IReadOnlyList<StepTrail>> Steps(LineFact line, Scheme scheme, CancellationToken cancel)
    {
        var lots = new LotBook(db);
        await lots.Know(line.County, [line.LotId], cancel);
        var shares = await OrderShares.Of(db, lots, [(line, scheme)], cancel);
        var known = lots[line.LotId];
        var amounts = new LineAmounts
        {
            Goods = line.Goods.Value, Freight = line.Freight.Value, Grams = line.Grams, Pieces = line.Pieces, Parcels = line.Parcels, Packaging = line.Packaging.Value, Processing = line.Processing.Value,
            Commission = line.Commission.Value, Promotion = line.Promotion.Value, Applies = scheme.Match.Of(line.Channel, line.Station, line.Campaign, line.ProductCode, known.IsPoor),
        };
        var parts = new Part[scheme.MostParts];
        var count = Math.Max(0, LineSplit.Parts(scheme, amounts, known.Terms, shares.Of(line.Id), null, parts));
        return [.. scheme.Steps.Select((step, i) => new StepTrail(i + 1, step, (amounts.Applies >> i & 1) != 0, [.. parts.Take(count).Where(p => p.Step == i).Select(p => (p.Role.Name(), new Fen(p.Fen)))]))];
    }

    private static bool Match(IReadOnlyList<StepTrail> steps, IReadOnlyList<EntryPosting> postings)
    {
        var reckoned = steps.SelectMany(s => s.Parts).GroupBy(p => p.Role).ToDictionary(g => g.Key, g => g.Sum(p => p.Amount.Value));
        var posted = postings.Where(p => p.Role != "buyer").GroupBy(p => p.Role).ToDictionary(g => g.Key, g => g.Sum(p => p.Amount.Value));
        return reckoned.Where(r => r.Value != 0).All(r => posted.GetValueOrDefault(r.Key) == r.Value) && posted.Where(p => p.Value != 0).All(p => reckoned.GetValueOrDefault(p.Key) == p.Value);
    }

    private async Task<Fen> ToGrowers(AreaCode county, List<JournalEntry> of, CancellationToken cancel)
    {
        var ids = of.Select(e => e.Id).ToList();
        return new Fen(await (from p in db.Postings
                              where p.County == county && ids.Contains(p.EntryId)
                              join a in db.LedgerAccounts on new { p.County, Id = p.AccountId } equals new { a.County, a.Id }
                              where a.Role == "growers"
                              select (long)p.Amount).SumAsync(cancel));
    }

    // The same weights as the pool's, so the parts of all lines come near to what the pool pays; which fen of the pool came from which line nobody can say.
    private async Task<(IReadOnlyList<GrowerShare>, int)> Growers(LotFact lot, Fen amount, int page, CancellationToken cancel)
    {
        var rows = await db.GrowerFacts.Where(g => g.County == lot.County && g.LotId == lot.Id).Join(db.HouseholdCodes, g => g.HouseholdId, h => h.Id, (g, h) => new { h.Code, g.Value, g.Quantity }).ToListAsync(cancel);
        var holdings = Holdings.Of(rows.Select(r => new Holding(r.Code, r.Value, r.Quantity)));
        var (parts, owners) = (new long[holdings.All.Length], holdings.All.ToArray());
        if (owners.Length > 0 && amount > Fen.Zero) Webster.Apportion(amount.Value, holdings.Weights(holdings.Value > 0), parts);
        return ([.. owners.Select((o, i) => new GrowerShare(o.Owner, new Fen(parts[i]))).Skip((page - 1) * Size).Take(Size)], owners.Length);
    }

    private Task<List<PoolRun>> Runs(AreaCode county, LotFact lot, long after, CancellationToken cancel) =>
        db.JournalEntries.Where(e => e.County == county && e.Cause == Cause.PoolPaid && e.CauseKey.StartsWith(lot.Code) && e.LotId == lot.Id && e.Id > after).OrderBy(e => e.Id).Take(24)
            .Select(e => new PoolRun(e.Id, e.CauseKey, e.Day)).ToListAsync(cancel);
}
