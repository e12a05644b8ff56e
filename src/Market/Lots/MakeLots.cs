using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Lots;

/// <summary>What goes in.</summary>
internal sealed record MakeFrom(long LotId, long Quantity);

/// <summary>What comes out: grams, or pieces for goods by the piece.</summary>
internal sealed record MakeInto(long ProductId, string Grade, long Quantity);

/// <summary>Sorts, packs or processes lots into new ones.</summary>
internal sealed record MakeLots(Guid RequestId, AreaCode County, MakingKind Kind, IReadOnlyList<MakeFrom> From, IReadOnlyList<MakeInto> Into, string? Note);

internal sealed class MakeLotsHandler(ShanhuoDb db, Ids ids, TimeProvider clock, LotIntake lots)
{
    /// <summary>Takes the quantities from their lots, makes the new ones and carries the growers' shares over: all or nothing. The same request again is the same making.</summary>
    public async Task<Outcome<LotMaking>> Handle(MakeLots request, CancellationToken cancel)
    {
        if (await Made(request, cancel) is { } made) return made;
        var products = await db.Products.Where(p => p.County == request.County).ToDictionaryAsync(p => p.Id, cancel);
        if (await Checked(request, products, cancel) is { } wrong) return wrong;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var outcome = await Make(request, products, cancel);
            if (outcome.Refused is not null)
            {
                await transaction.RollbackAsync(cancel);
                db.ChangeTracker.Clear();
                // The same request, sent at the same moment, may have taken the goods that this one misses.
                return await Made(request, cancel) is { } same ? same : outcome;
            }
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return outcome;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await Made(request, cancel) is { } first) return first;
            throw;
        }
    }

    private Task<LotMaking?> Made(MakeLots request, CancellationToken cancel) => db.LotMakings.SingleOrDefaultAsync(m => m.County == request.County && m.RequestId == request.RequestId, cancel);

    private async Task<Refusal?> Checked(MakeLots request, Dictionary<long, Product> products, CancellationToken cancel)
    {
        if (request.From.Count == 0 || request.From.Any(f => f.Quantity <= 0) || request.From.DistinctBy(f => f.LotId).Count() != request.From.Count) return new Refusal("market.make-from", Place.Input("From"));
        if (request.Into.Count == 0 || request.Into.Any(o => o.Quantity <= 0)) return new Refusal("market.make-into", Place.Input("Into"));
        foreach (var into in request.Into)
            if (!products.ContainsKey(into.ProductId) || !await db.Grades.AnyAsync(g => g.ProductId == into.ProductId && g.Code == into.Grade, cancel)) return new Refusal("market.make-grade", Place.Input("Into"), into.Grade);
        return request.Into.Select(o => products[o.ProductId].ByPiece).Distinct().Count() > 1 ? new Refusal("market.make-units", Place.Input("Into")) : null;
    }

    private async Task<Outcome<LotMaking>> Make(MakeLots request, Dictionary<long, Product> products, CancellationToken cancel)
    {
        var asked = request.From.Select(f => f.LotId).ToList();
        var sources = await db.MyLots.AsNoTracking().Where(l => l.County == request.County && asked.Contains(l.Id)).OrderBy(l => l.Id).ToListAsync(cancel);
        if (sources.Count != asked.Count) return new Refusal("market.lot-unknown", Place.Input("From"), asked.First(a => sources.All(s => s.Id != a)));
        if (sources.DistinctBy(s => (s.PlaceId, s.CooperativeId, s.EnterpriseId, s.BoughtBy, s.Manner, s.AgreementId, products[s.ProductId].ByPiece)).Count() > 1) return new Refusal("market.make-mixed", Place.Input("From"));
        var (fromPieces, toPieces) = (products[sources[0].ProductId].ByPiece, products[request.Into[0].ProductId].ByPiece);
        var (taken, cameOut) = (request.From.Sum(f => f.Quantity), request.Into.Sum(o => o.Quantity));
        if (cameOut > taken && request.Into.Any(o => sources.Any(s => s.ProductId == o.ProductId))) return new Refusal("market.make-more", Place.Input("Into"), Shown(cameOut, toPieces), Shown(taken, fromPieces));

        var outputs = new List<Lot>();
        foreach (var into in request.Into) outputs.Add(await NewLot(sources, into, products[into.ProductId], cancel));
        var carried = outputs.Select(_ => new Dictionary<(string Code, long Household, AreaCode Village), Share>()).ToList();
        foreach (var source in sources)
        {
            var (all, outs) = (request.From.Single(f => f.LotId == source.Id).Quantity, request.Into.Select(o => o.Quantity).ToArray());
            var parts = CarriedShares.Among(all, outs);
            var before = await UsedBefore(source, cancel);
            for (var o = 0; o < outputs.Count; o++)
            {
                var cause = outputs[o].Id;
                if (parts[o] == 0)
                {
                    // No whole piece of its own: a move of nothing, by which a recall finds it.
                    db.LotMoves.Add(new LotMove { Id = ids.Next(), County = request.County, RequestId = Derived(request.RequestId, source.Id, cause), LotId = source.Id, Kind = MoveKind.UsedFor, Quantity = 0, Day = clock.Today, CauseId = cause, Note = request.Note, ByAccountId = db.Scope.AccountId });
                    continue;
                }
                if ((await LotStock.Take(db, ids, request.County, source.Id, parts[o], MoveKind.UsedFor, Derived(request.RequestId, source.Id, cause), cause, clock.Today, request.Note, cancel)).Refused is { } no) return no;
            }
            await Carry(source, before, all, outs, parts, fromPieces, carried, cancel);
        }
        for (var o = 0; o < outputs.Count; o++) Fill(outputs[o], carried[o], sources, fromPieces, toPieces, request);
        var making = new LotMaking { Id = ids.Next(), County = request.County, RequestId = request.RequestId, Area = sources[0].Area, PlaceId = sources[0].PlaceId, Kind = request.Kind, Day = clock.Today, TakenIn = taken, CameOut = cameOut, FirstLotId = outputs[0].Id, Note = request.Note, ByAccountId = db.Scope.AccountId };
        db.LotMakings.Add(making);
        return making;
    }

    private async Task<Lot> NewLot(List<Lot> sources, MakeInto into, Product product, CancellationToken cancel)
    {
        var first = sources[0];
        var sameGoods = sources.All(s => s.ProductId == into.ProductId);
        return new Lot
        {
            Id = ids.Next(), County = first.County, Code = await lots.NextCode(first.County, cancel), Area = first.Area, PlaceId = first.PlaceId, ProductId = into.ProductId, Grade = into.Grade,
            CooperativeId = first.CooperativeId, EnterpriseId = first.EnterpriseId, IntakeStationId = sources.All(s => s.IntakeStationId == first.IntakeStationId) ? first.IntakeStationId : null,
            BoughtBy = first.BoughtBy, Manner = first.Manner, AgreementId = first.AgreementId, OpenedDay = clock.Today, BestBefore = sameGoods ? sources.Min(s => s.BestBefore) : clock.Today.AddDays(product.ShelfDays),
            Available = into.Quantity, TakenIn = into.Quantity,
        };
    }

    // With the source's row locked, so that what others took before is settled.
    private async Task<long> UsedBefore(Lot source, CancellationToken cancel)
    {
        await db.Lots.Where(l => l.County == source.County && l.Id == source.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.Available, l => l.Available), cancel);
        return -await db.LotMoves.Where(m => m.County == source.County && m.LotId == source.Id && m.Kind == MoveKind.UsedFor).SumAsync(m => m.Quantity, cancel);
    }

    // By weight each new lot has the part that was taken for it. Whole pieces, and a few grams among many lots, cannot be parted so finely: the shares of all that were taken are divided by what came out of each.
    private async Task Carry(Lot source, long before, long all, long[] cameOut, long[] parts, bool byPiece, List<Dictionary<(string, long, AreaCode), Share>> carried, CancellationToken cancel)
    {
        var (own, codes) = (db.LotGrowers.Where(g => g.County == source.County && g.LotId == source.Id), db.HouseholdCodes);
        var growers = await (from g in own join h in codes on g.HouseholdId equals h.Id select new { g.HouseholdId, g.Village, g.Quantity, g.Value, g.ContractValue, h.Code }).ToListAsync(cancel);
        growers.Sort((a, b) => string.CompareOrdinal(a.Code, b.Code) is var order && order != 0 ? order : a.Village.CompareTo(b.Village));
        Share[] have = [.. growers.Select(g => new Share(g.Quantity, g.Value, g.ContractValue ?? 0))];
        var divided = byPiece || parts.Contains(0) ? CarriedShares.Divide(CarriedShares.Take(have, before, all), cameOut) : null;
        for (var o = 0; o < parts.Length; o++)
        {
            var shares = divided?[o] ?? CarriedShares.Take(have, before, parts[o]);
            before += parts[o];
            for (var i = 0; i < shares.Length; i++)
            {
                var key = (growers[i].Code, growers[i].HouseholdId, growers[i].Village);
                var has = carried[o].GetValueOrDefault(key);
                carried[o][key] = new Share(has.Quantity + shares[i].Quantity, has.Value + shares[i].Value, has.Contract + shares[i].Contract);
            }
        }
    }

    private void Fill(Lot lot, Dictionary<(string Code, long Household, AreaCode Village), Share> carried, List<Lot> sources, bool fromPieces, bool toPieces, MakeLots request)
    {
        db.Lots.Add(lot);
        var order = carried.Keys.OrderBy(k => k.Code, StringComparer.Ordinal).ThenBy(k => k.Village).ToList();
        var shares = CarriedShares.Settle([.. order.Select(k => carried[k])], lot.TakenIn, fromPieces, toPieces);
        for (var i = 0; i < shares.Length; i++)
            if (shares[i] != default)
                db.LotGrowers.Add(new LotGrower { County = lot.County, LotId = lot.Id, HouseholdId = order[i].Household, Village = order[i].Village, Quantity = shares[i].Quantity, Value = shares[i].Value, ContractValue = lot.AgreementId is null ? null : shares[i].Contract });
        var parts = CarriedShares.Among(lot.TakenIn, [.. sources.Select(s => request.From.Single(f => f.LotId == s.Id).Quantity)]);
        for (var s = 0; s < sources.Count; s++)
            if (parts[s] > 0)
                db.LotMoves.Add(new LotMove { Id = ids.Next(), County = lot.County, RequestId = Derived(request.RequestId, sources[s].Id, lot.Id), LotId = lot.Id, Kind = MoveKind.MadeFrom, Quantity = parts[s], Day = clock.Today, CauseId = sources[s].Id, Note = request.Note, ByAccountId = db.Scope.AccountId });
    }

    /// <summary>A request id of its own for each move of one making.</summary>
    private static Guid Derived(Guid request, long source, long output)
    {
        Span<byte> text = stackalloc byte[32];
        request.TryWriteBytes(text);
        BitConverter.TryWriteBytes(text[16..], source);
        BitConverter.TryWriteBytes(text[24..], output);
        return new Guid(SHA256.HashData(text).AsSpan(0, 16));
    }

    private static string Shown(long quantity, bool byPiece) => byPiece ? quantity.ToString(System.Globalization.CultureInfo.InvariantCulture) : new Grams(quantity).ToKilograms() + " kg";
}
