using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Epcis;

/// <summary>A page of events, and the token of the next; null: the last.</summary>
internal sealed record EventPage(IReadOnlyList<JsonObject> Events, string? Next);

/// <summary>Finds events: first those told from moves of lots, then shipments, then what others sent; each by rising id (a question about things: lot after lot), so that a page goes on where the last ended.</summary>
/// <remarks>A page stops after <see cref="MostRead"/> records, and may so hold fewer events than asked for, or none, and yet have a next one.</remarks>
internal sealed class FindEvents(ShanhuoDb db, Secrets secrets)
{
    private const int Batch = 100, MostRead = 2_000;

    /// <summary>The page that is asked for; null while the county has no address.</summary>
    public async Task<EventPage?> Page(AreaCode county, EventQuery query, CancellationToken cancel)
    {
        if (await TraceNames.Of(db, secrets, county, cancel) is not { } names) return null;
        var search = await Search(county, query, names, cancel);
        var (stage, after) = Token(query.Token);
        var page = new List<JsonObject>();
        var given = new List<OwnEvent>();
        for (var read = 0; stage < 3 && read < MostRead && page.Count < query.PerPage;)
        {
            var (last, found) = await Next(county, stage, after, search, cancel);
            foreach (var (row, own, body) in found)
            {
                if (page.Count == query.PerPage) { last = -1; break; }
                after = row;
                if (!query.Matches(JsonSerializer.SerializeToElement(body))) continue;
                page.Add(body);
                if (own is not null) given.Add(own);
            }
            read += Batch;
            if (last == -1) break;
            (stage, after) = last is { } on ? (stage, on) : (stage + 1, 0);
        }
        await Remember(county, given, cancel);
        return new EventPage(page, stage == 3 ? null : string.Create(CultureInfo.InvariantCulture, $"{stage}-{after}"));
    }

    /// <summary>The event with an id, or the declaration that it did not happen; null: none that the asker may see.</summary>
    public async Task<JsonObject?> One(AreaCode county, string eventId, CancellationToken cancel)
    {
        if (eventId.Length > Capture.LongestId || await TraceNames.Of(db, secrets, county, cancel) is not { } names) return null;
        if (await ById(county, [eventId], names, cancel) is { Count: > 0 } own) return own.OrderByDescending(e => e.DeclaresError).First().Body;
        var document = await Foreign.Where(e => e.County == county && e.EventId == eventId).OrderByDescending(e => e.DeclaresError).Select(e => e.Document).FirstOrDefaultAsync(cancel);
        return document is null ? null : JsonNode.Parse(document)!.AsObject();
    }

    /// <summary>A cooperative meets what it sent; the county all.</summary>
    private IQueryable<ForeignEvent> Foreign => db.Scope.OrganisationId is { } own ? db.ForeignEvents.AsNoTracking().Where(e => e.ByOrganisationId == own) : db.ForeignEvents.AsNoTracking();

    private sealed record Narrowed(OwnEvents Own, List<long>? Lots, List<long>? Moves, List<long>? Orders, List<long>? Rows);

    // Things and ids are looked up first, so that a question about one lot reads only that lot.
    private async Task<Narrowed> Search(AreaCode county, EventQuery query, TraceNames names, CancellationToken cancel)
    {
        var search = new Narrowed(new OwnEvents(db, names), null, null, null, null);
        if (query.EventIds is { } eventIds)
        {
            var given = await db.GivenEventIds.AsNoTracking().Where(i => i.County == county && eventIds.Contains(i.EventId)).ToListAsync(cancel);
            var rows = await Foreign.Where(e => e.County == county && eventIds.Contains(e.EventId)).Select(e => e.Id).ToListAsync(cancel);
            search = search with { Moves = [.. given.Where(g => g.Kind == OwnKind.Move).Select(g => g.RowId)], Orders = [.. given.Where(g => g.Kind == OwnKind.Order).Select(g => g.RowId)], Rows = rows };
        }
        if (query.Things is { } things)
        {
            var codes = things.Select(names.LotCode).OfType<string>().ToList();
            var lots = await db.MyLots.Where(l => l.County == county && codes.Contains(l.Code)).Select(l => l.Id).ToListAsync(cancel);
            // A lot that was made into others stands in their events too.
            var made = lots.Count == 0 ? [] : await db.LotMoves.Where(m => m.County == county && lots.Contains(m.LotId) && m.Kind == MoveKind.UsedFor && m.CauseId != null).Select(m => m.CauseId!.Value).Distinct().ToListAsync(cancel);
            var orders = lots.Count == 0 ? [] : await db.OrderLines.Where(l => l.County == county && l.LotId != null && lots.Contains(l.LotId.Value)).Select(l => l.OrderId).Distinct().ToListAsync(cancel);
            var rows = await db.ForeignEpcs.Where(e => e.County == county && things.Contains(e.Epc)).Select(e => e.EventRowId).Distinct().ToListAsync(cancel);
            search = search with { Lots = [.. lots, .. made], Orders = Both(search.Orders, orders), Rows = Both(search.Rows, rows) };
        }
        return search;
    }

    private static List<long> Both(List<long>? earlier, List<long> found) => earlier is null ? found : [.. earlier.Intersect(found)];

    // The next batch of a stage and the id it ended with; null: the stage is over.
    private async Task<(long? Last, IEnumerable<(long Row, OwnEvent? Own, JsonObject Body)> Found)> Next(AreaCode county, int stage, long after, Narrowed search, CancellationToken cancel)
    {
        // A question that names nothing of this stage is not asked: for none of the ids a database may still walk them all.
        if ((stage switch { 0 => search.Lots ?? search.Moves, 1 => search.Orders, _ => search.Rows }) is { Count: 0 } || (stage == 0 && search.Moves is { Count: 0 })) return (null, []);
        if (stage == 0)
        {
            var moves = db.LotMoves.AsNoTracking().Where(m => m.County == county && m.Id > after);
            if (search.Moves is { } these) moves = moves.Where(m => these.Contains(m.Id));
            var read = search.Lots is { } lots ? await OfLots(county, lots, search.Moves, after, cancel) : await moves.OrderBy(m => m.Id).Take(Batch).ToListAsync(cancel);
            return (read.Count < Batch ? null : read[^1].Id, (await search.Own.OfMoves(county, read, cancel)).Select(e => (e.Row, (OwnEvent?)e, e.Body)));
        }
        if (stage == 1)
        {
            var orders = db.Unfiltered<Order>("shipments are told of lots that the asker meets").AsNoTracking().Where(o => o.County == county && o.Id > after);
            if (search.Orders is { } only) orders = orders.Where(o => only.Contains(o.Id));
            var read = await orders.OrderBy(o => o.Id).Take(Batch).ToListAsync(cancel);
            return (read.Count < Batch ? null : read[^1].Id, (await search.Own.OfOrders(county, read, cancel)).Select(e => (e.Row, (OwnEvent?)e, e.Body)));
        }
        var foreign = Foreign.Where(e => e.County == county && e.Id > after);
        if (search.Rows is { } named) foreign = foreign.Where(e => named.Contains(e.Id));
        var sent = await foreign.OrderBy(e => e.Id).Take(Batch).ToListAsync(cancel);
        return (sent.Count < Batch ? null : sent[^1].Id, sent.Select(e => (e.Id, (OwnEvent?)null, JsonNode.Parse(e.Document)!.AsObject())));
    }

    // Lot after lot, each by its index: asked for by id over several lots, a database sorts all their moves anew for each page, or walks those of the county.
    private async Task<List<LotMove>> OfLots(AreaCode county, List<long> lots, List<long>? only, long after, CancellationToken cancel)
    {
        var begun = after == 0 ? 0 : await db.LotMoves.Where(m => m.County == county && m.Id == after).Select(m => m.LotId).SingleOrDefaultAsync(cancel);
        var read = new List<LotMove>();
        foreach (var lot in lots.Distinct().Order().Where(l => l >= begun))
        {
            var behind = lot == begun ? after : 0;
            var moves = db.LotMoves.AsNoTracking().Where(m => m.County == county && m.LotId == lot && m.Id > behind);
            if (only is not null) moves = moves.Where(m => only.Contains(m.Id));
            read.AddRange(await moves.OrderBy(m => m.Id).Take(Batch - read.Count).ToListAsync(cancel));
            if (read.Count == Batch) break;
        }
        return read;
    }

    private async Task<List<OwnEvent>> ById(AreaCode county, List<string> eventIds, TraceNames names, CancellationToken cancel)
    {
        var given = await db.GivenEventIds.AsNoTracking().Where(i => i.County == county && eventIds.Contains(i.EventId)).ToListAsync(cancel);
        if (given.Count == 0) return [];
        var (moveIds, orderIds) = (given.Where(g => g.Kind == OwnKind.Move).Select(g => g.RowId).ToList(), given.Where(g => g.Kind == OwnKind.Order).Select(g => g.RowId).ToList());
        var own = new OwnEvents(db, names);
        var moves = moveIds.Count == 0 ? [] : await db.LotMoves.AsNoTracking().Where(m => m.County == county && moveIds.Contains(m.Id)).ToListAsync(cancel);
        var orders = orderIds.Count == 0 ? [] : await db.Unfiltered<Order>("shipments are told of lots that the asker meets").AsNoTracking().Where(o => o.County == county && orderIds.Contains(o.Id)).ToListAsync(cancel);
        // Another address or number since would give another id.
        return [.. (await own.OfMoves(county, moves, cancel)).Concat(await own.OfOrders(county, orders, cancel)).Where(e => eventIds.Contains(e.EventId))];
    }

    private async Task Remember(AreaCode county, List<OwnEvent> given, CancellationToken cancel)
    {
        if (given.Count == 0) return;
        var eventIds = given.Select(e => e.EventId).Distinct().ToList();
        var there = (await db.GivenEventIds.Where(i => i.County == county && eventIds.Contains(i.EventId)).Select(i => new { i.EventId, i.DeclaresError }).ToListAsync(cancel)).Select(i => (i.EventId, i.DeclaresError)).ToHashSet();
        foreach (var one in given)
            if (there.Add((one.EventId, one.DeclaresError))) db.GivenEventIds.Add(new GivenEventId { County = county, EventId = one.EventId, DeclaresError = one.DeclaresError, Kind = one.Kind, RowId = one.Row });
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException) when (db.ChangeTracker.Entries<GivenEventId>().Any())
        {
            // Two asked for the same page at once: the other wrote them down, or the next asking does.
            db.ChangeTracker.Clear();
        }
    }

    private static (int Stage, long After) Token(string? token) =>
        token?.Split('-') is [var s, var a] && int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var stage) && stage is >= 0 and <= 2 && long.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? (stage, after) : (0, 0);
}
