using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Offers;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

/// <summary>A villager at the station wants something from the county's window.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="HouseholdId">Of the station's own area.</param>
/// <param name="Wishes">Offers of one seller.</param>
/// <param name="Phone">To call when the parcel is there; may be empty.</param>
internal sealed record DraftOrder(Guid RequestId, long HouseholdId, IReadOnlyList<Wish> Wishes, string? Phone);

/// <summary>Writes the slip with the finished amount; nothing is ordered yet.</summary>
internal sealed class DraftOrderHandler(ShanhuoDb db, Ids ids, TimeProvider clock, OfferBook offers, Secrets secrets)
{
    public async Task<Outcome<AgentSlip>> Handle(DraftOrder request, CancellationToken cancel)
    {
        if (await Stations.Own(db, cancel) is not { } station) return new Refusal("agents.no-station");
        var county = station.Area.County;
        if (await Written(county, request.RequestId, cancel) is { } written) return written;
        if (await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == request.HouseholdId, cancel) is not { } household) return new Refusal("market.intake-household", Place.Input("HouseholdId"));
        var phone = string.Concat(Numerals.Narrow(request.Phone ?? "").Where(char.IsAsciiDigit));
        if (phone.Length is not 0 and (< 7 or > 12)) return new Refusal("checkout.phone-wrong", Place.Input("Phone"), request.Phone ?? "");
        if (!(await Asked(county, request.Wishes, cancel)).Ok(out var asked, out var no)) return no;
        var to = new Recipient(household.HeadName, phone, "", "", station.Id);
        if (!CheckoutBatch.Total(county, await db.FreightOf(county, cancel), new WebOrder(request.RequestId, county, "agent", request.Wishes, to, "cash", null), asked, clock.Today).Ok(out var total, out no)) return no;
        var slip = new AgentSlip
        {
            County = county, Id = ids.Next(), RequestId = request.RequestId, Area = household.Area, StationId = station.Id, HouseholdId = household.Id, Task = "order", Goods = total.Goods, Freight = total.Freight.Amount,
            Fee = AgentFees.Shipped["order"].Of(total.Goods), Amount = total.Sum, OperatorId = db.Scope.AccountId, Day = clock.Today, AtMs = clock.NowMs, PhoneHidden = phone.Length == 0 ? null : secrets.Hide(phone, Binding(request.RequestId)),
        };
        db.AgentSlips.Add(slip);
        db.AgentSlipLines.AddRange(asked.Select((a, i) => new AgentSlipLine { County = county, SlipId = slip.Id, Number = i + 1, OfferId = a.Offer.Offer.Id, Units = a.Units, Goods = new Fen(a.Offer.Offer.Price.Value * a.Units) }));
        db.RecordLook(ids, clock, household.Id, "agent-order");
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await Written(county, request.RequestId, cancel) is { } first) return first;
            throw;
        }
        return slip;
    }

    /// <summary>A phone in the hidden column is bound to its slip.</summary>
    public static string Binding(Guid requestId) => $"{AgentSlip.Table}:phone:{requestId}";

    private async Task<Outcome<List<(StandingOffer Offer, int Units)>>> Asked(AreaCode county, IReadOnlyList<Wish> wishes, CancellationToken cancel)
    {
        if (wishes.Count is 0 or > Cart.Most) return new Refusal("agents.nothing");
        var book = await offers.Read(county, [.. wishes.Select(w => w.OfferId)], cancel);
        var asked = new List<(StandingOffer, int)>();
        foreach (var wish in wishes)
        {
            var field = Place.Input($"Units[{wish.OfferId}]");
            if (!book.TryGetValue(wish.OfferId, out var offer)) return new Refusal("market.offer-unknown", field);
            if (wish.Units < 1 || wish.Units > offer.Offer.MostPerOrder) return new Refusal("market.offer-most", field, offer.Offer.MostPerOrder);
            if (OfferStanding.WhyNot(offer.Facts, clock.NowMs, clock.Today, wish.Units) is { } closed) return closed with { Where = field };
            if (asked.Count > 0 && asked[0].Item1.Offer.SellerId != offer.Offer.SellerId) return new Refusal("market.cart-sellers", field);
            // Paid in two parts it would be approved once and paid twice; such goods are bought in the window.
            if (offer.Offer.DepositPpm is not null) return new Refusal("agents.deposit", field);
            asked.Add((offer, wish.Units));
        }
        return asked;
    }

    private Task<AgentSlip?> Written(AreaCode county, Guid request, CancellationToken cancel) => db.SlipsForMe.SingleOrDefaultAsync(s => s.County == county && s.RequestId == request, cancel);
}

/// <summary>The station of the asker.</summary>
internal static class Stations
{
    /// <summary>The station for which this person works; null: none.</summary>
    public static async Task<OrganisationFact?> Own(ShanhuoDb db, CancellationToken cancel) =>
        db.Scope is { Role: Role.Station, OrganisationId: { } own }
            ? await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == own && (o.Kind == OrganisationKind.Centre || o.Kind == OrganisationKind.TownshipStation || o.Kind == OrganisationKind.VillageStation), cancel) : null;

    /// <summary>Households of the area by code, name or group; without a question the first ones.</summary>
    public static Task<List<HouseholdFact>> Households(ShanhuoDb db, string? query, CancellationToken cancel)
    {
        var asked = Numerals.Narrow(query ?? "").ToUpperInvariant();
        return (asked.Length == 0 ? db.HouseholdFacts : db.HouseholdFacts.Where(h => h.Code.ToUpper().Contains(asked) || h.HeadName.Contains(asked) || (h.VillageGroup != null && h.VillageGroup.Contains(asked))))
            .OrderBy(h => h.Area).ThenBy(h => h.Code).Take(30).ToListAsync(cancel);
    }
}
