using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents.Groups;

/// <summary>A member's order after somebody looked at it.</summary>
internal sealed record MemberOrder(int Line, string Name, IReadOnlyList<Wish> Wishes);

/// <summary>What came of a member's order.</summary>
internal sealed record MemberAnswer(int Line, string Name, string? Number, Refusal? Refused);

/// <summary>Places a group's orders, one a member and seller, to be fetched and paid at the leader's station. The same list sent again is the same orders.</summary>
internal sealed class PlaceListHandler(ShanhuoDb db, Ids ids, TimeProvider clock, CheckoutQueue queue)
{
    /// <summary>What the leader's station offers its groups: community offers that are fetched there or sold by it.</summary>
    public async Task<List<(Offer Offer, Product Product)>> Offers(OrganisationFact station, CancellationToken cancel)
    {
        var (county, own) = (station.Area.County, station.Id);
        var rows = await (from offer in db.Unfiltered<Offer>("the window is open to all").AsNoTracking() join product in db.Products.AsNoTracking() on offer.ProductId equals product.Id
                          where offer.County == county && offer.Kind == OfferKind.Community && offer.State == OfferState.Open && (offer.PickupId == own || offer.SellerId == own) orderby offer.Id select new { offer, product }).Take(60).ToListAsync(cancel);
        return [.. rows.Select(r => (r.offer, r.product))];
    }

    public async Task<Outcome<List<MemberAnswer>>> Handle(Guid listId, IReadOnlyList<MemberOrder> members, CancellationToken cancel)
    {
        if (await Stations.Own(db, cancel) is not { } station) return new Refusal("agents.no-station");
        var offers = (await Offers(station, cancel)).ToDictionary(o => o.Offer.Id, o => o.Offer);
        foreach (var member in members)
        {
            if (member.Name.Trim().Length is < 1 or > 50) return new Refusal("agents.list-name", Place.None, member.Line);
            if (member.Wishes.FirstOrDefault(w => !offers.ContainsKey(w.OfferId) || w.Units < 1) is not null) return new Refusal("agents.list-offer", Place.None, member.Line);
        }
        var placed = await Task.WhenAll(members.SelectMany(m => m.Wishes.GroupBy(w => offers[w.OfferId].SellerId).Select(g => One(station, listId, m, [.. g.GroupBy(w => w.OfferId).Select(w => new Wish(w.Key, w.Sum(x => x.Units)))], g.Key, cancel))));
        await Count(station, [.. placed.Where(p => p.OrderId is not null).Select(p => p.OrderId!.Value)], cancel);
        return placed.Select(p => p.Answer).ToList();
    }

    private async Task<(MemberAnswer Answer, long? OrderId)> One(OrganisationFact station, Guid listId, MemberOrder member, IReadOnlyList<Wish> wishes, long seller, CancellationToken cancel)
    {
        var request = new Guid(SHA256.HashData([.. listId.ToByteArray(), .. JsonSerializer.SerializeToUtf8Bytes((object[])[member.Line, seller])])[..16]);
        var order = new WebOrder(request, station.Area.County, "agent", wishes, new Recipient(member.Name.Trim(), "", "", "", station.Id), "cash", null, StationId: station.Id);
        return (await queue.Place(order, cancel)).Ok(out var placed, out var no) ? (new MemberAnswer(member.Line, member.Name, placed.Number, null), placed.OrderId) : (new MemberAnswer(member.Line, member.Name, null, no), null);
    }

    // The leader's commission stands on the lines; the task repeats it for the month.
    private async Task Count(OrganisationFact station, List<long> orders, CancellationToken cancel)
    {
        var county = station.Area.County;
        var counted = await db.AgentTasks.Where(t => t.County == county && t.Task == "group" && EF.Parameter(orders).Contains(t.CauseId)).Select(t => t.CauseId).ToListAsync(cancel);
        var sums = await db.OrderLines.Where(l => l.County == county && EF.Parameter(orders).Contains(l.OrderId)).GroupBy(l => l.OrderId).Select(g => new { g.Key, Goods = g.Sum(l => (long)l.Goods), Fee = g.Sum(l => (long)l.Commission) }).ToListAsync(cancel);
        db.AgentTasks.AddRange(sums.Where(s => !counted.Contains(s.Key)).Select(s => new AgentTask { County = county, Id = ids.Next(), Area = station.Area, StationId = station.Id, Task = "group", CauseId = s.Key, Amount = new Fen(s.Goods), Fee = new Fen(s.Fee), Day = clock.Today }));
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException) { db.ChangeTracker.Clear(); }
    }
}

/// <summary>What a member fetches.</summary>
internal sealed record PickupRow(string Name, string Number, OrderState State, Fen ToPay, IReadOnlyList<string> Goods);

/// <summary>What lies at a station for its groups.</summary>
internal sealed class PickupList(ShanhuoDb db, TimeProvider clock, Secrets secrets, Say say)
{
    /// <summary>Orders of the last month that were not fetched yet, by member.</summary>
    public async Task<List<PickupRow>> Of(OrganisationFact station, CancellationToken cancel)
    {
        const string why = "what is fetched at one's own station, whoever sold it";
        var (county, own, since) = (station.Area.County, station.Id, clock.Today.AddDays(-31));
        var orders = await (from delivery in db.Unfiltered<Delivery>(why) join order in db.Unfiltered<Order>(why) on new { delivery.County, Id = delivery.OrderId } equals new { order.County, order.Id }
                            where delivery.County == county && delivery.PickupId == own && order.Channel == "agent" && order.PlacedDay >= since && (order.State == OrderState.Unpaid || order.State == OrderState.Placed || order.State == OrderState.Shipped)
                            orderby order.Id select new { order.Id, order.Number, order.State, delivery.NameHidden }).Take(500).ToListAsync(cancel);
        var found = orders.Select(o => o.Id).ToList();
        var lines = (await (from line in db.OrderLines join offer in db.Unfiltered<Offer>(why) on new { line.County, Id = line.OfferId!.Value } equals new { offer.County, offer.Id }
                            where line.County == county && EF.Parameter(found).Contains(line.OrderId) select new { line.OrderId, line.Number, offer.Title, offer.TitleEn, line.Units }).ToListAsync(cancel)).ToLookup(l => l.OrderId);
        var open = (await db.Payments.Where(p => p.County == county && EF.Parameter(found).Contains(p.OrderId) && p.State == Payments.PaymentState.Open).Select(p => new { p.OrderId, p.Amount }).ToListAsync(cancel)).ToLookup(p => p.OrderId, p => p.Amount.Value);
        return [.. orders.Select(o => new PickupRow(secrets.Reveal(o.NameHidden, Delivery.Binding("name", o.Id)), o.Number, o.State, new Fen(open[o.Id].Sum()),
            [.. lines[o.Id].OrderBy(l => l.Number).GroupBy(l => (l.Title, l.TitleEn)).Select(g => $"{say.Pick(g.Key.Title, g.Key.TitleEn)} × {g.Sum(l => l.Units)}")])).OrderBy(r => r.Name, StringComparer.Ordinal)];
    }
}
