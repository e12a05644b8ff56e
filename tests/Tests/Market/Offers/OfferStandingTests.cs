using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Shop;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Offers;

/// <summary>U27: what is shown as open can be ordered, and what is not cannot.</summary>
public sealed class OfferStandingTests
{
    [Fact]
    public void What_is_shown_is_what_can_be_ordered_in_10_000_random_cases()
    {
        var chance = new Random(27);
        var seen = new HashSet<string>();
        for (var i = 0; i < 10_000; i++)
        {
            var now = chance.NextInt64(1_000, 2_000);
            var today = new DateOnly(2026, 11, 21);
            var facts = new OfferFacts((OfferState)chance.Next(3), chance.Next(2) == 0 ? null : chance.NextInt64(900, 2_100), chance.Next(2) == 0 ? null : chance.NextInt64(900, 2_100), chance.Next(4), chance.Next(4) == 0 ? "promise" : null, chance.Next(3) == 0 ? today.AddDays(chance.Next(-2, 3)) : null);
            var open = facts.State == OfferState.Open && !(facts.OpensMs > now) && !(facts.ClosesMs <= now) && facts.MissingDocument is null && facts.Left > 0 && !(facts.DeliverUntil < today);
            var no = OfferStanding.WhyNot(facts, now, today, 1);
            Assert.Equal(open, no is null);
            seen.Add(no?.Code ?? "open");
            // More than there is: never accepted; as much as there is: like one.
            Assert.Equal(open, OfferStanding.WhyNot(facts, now, today, facts.Left) is null);
            Assert.NotNull(OfferStanding.WhyNot(facts, now, today, facts.Left + 1));
        }
        Assert.Equal(7, seen.Count);
    }

    [Theory, EachDatabase]
    public async Task What_the_page_shows_as_open_is_what_the_checkout_takes(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await host.SecondLot(351, "L-351", 3_000);
        // Some lots are empty, recalled, gone off or closed.
        foreach (var (id, grams, days) in new[] { (352L, 300L, 400), (353, 5_000, 400), (354, 5_000, -1), (355, 5_000, 400) }) await host.SecondLot(id, $"L-{id}", grams, days);
        await host.Db(async db =>
        {
            await db.Lots.Where(l => l.Id == 353).ExecuteUpdateAsync(set => set.SetProperty(l => l.RecallId, 1));
            await db.Lots.Where(l => l.Id == 355).ExecuteUpdateAsync(set => set.SetProperty(l => l.ClosedDay, SmallCounty.Day));
        });
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        var chance = new Random(kind == DatabaseKind.Sqlite ? 19 : 20);
        T One<T>(params T[] some) => some[chance.Next(some.Length)];
        var (now, seen) = (host.Clock.NowMs, new Dictionary<string, int>());
        for (var i = 0; i < 120; i++)
        {
            var id = 2_000 + i;
            await Window.Open(host, o =>
            {
                (o.State, o.Grade, o.LotId, o.PerUnit) = (One(OfferState.Open, OfferState.Open, OfferState.Open, OfferState.Open, OfferState.Withdrawn, OfferState.Draft), One("1", "1", "1", "2", null), One<long?>(null, null, null, null, null, null, 351, 352, 353, 354, 355), One(500L, 500, 1_000, 200_000));
                (o.OpensMs, o.ClosesMs) = (One<long?>(null, null, null, now - 3_600_000, now - 3_600_000, now + 3_600_000), One<long?>(null, null, null, now - 1, now + 3_600_000, now + 3_600_000));
                (o.Cap, o.Harvest, o.DeliverUntil) = (One<long?>(null, 3), chance.Next(6) == 0, One<DateOnly?>(null, null, null, SmallCounty.Day, SmallCounty.Day.AddDays(1), SmallCounty.Day.AddDays(-1)));
                o.Sold = o.Cap is null ? 0 : One(0, 2, 3);
                o.ChangedMs = host.Clock.NowMs;
            }, id, promise: false);
            host.Clock.Now = host.Clock.Now.AddSeconds(2);
            await site.Services.GetRequiredService<ShopPulse>().Feel(CancellationToken.None);
            var page = await buyer.Get($"/shop/620525/almond-{id}");
            var shown = page.Page.QuerySelector("form.buy") is not null;
            var no = (await Window.Place(host, Window.Order(offer: id))).Refused;
            Assert.True(shown == (no is null), $"offer {i} is {(shown ? "open" : "closed")} on its page and the checkout says {no?.Code ?? "yes"}");
            seen[no?.Code ?? "open"] = seen.GetValueOrDefault(no?.Code ?? "open") + 1;
        }
        Assert.True(seen["open"] > 8 && seen.Count >= 6, string.Join(", ", seen));
    }

    [Theory, EachDatabase]
    public async Task An_expired_document_closes_the_offer_and_a_new_one_opens_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        Assert.Null((await Window.Place(host, Window.Order())).Refused);
        host.Clock.Days(201);
        Assert.Equal("market.offer-document", (await Window.Place(host, Window.Order())).Refused?.Code);
        await host.Db(async db =>
        {
            db.Add(new Certificate { Id = 9, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.Township, Kind = "promise", OrganisationId = SmallCounty.Cooperative, ProductId = SmallCounty.Apricot, Number = "CN-2", From = SmallCounty.Day.AddDays(200), Until = SmallCounty.Day.AddDays(300), ByAccountId = 1 });
            await db.SaveChangesAsync();
        });
        Assert.Null((await Window.Place(host, Window.Order())).Refused);
    }

    [Fact]
    public void Freight_grows_with_weight_and_distance_and_nothing_cold_goes_where_there_is_no_cold_chain()
    {
        var day = new DateOnly(2026, 11, 21);
        var county = SmallCounty.County;
        Fen Of(string to, long grams, bool cold = false) => FreightTable.Shipped.Quote(county, to, grams, cold, day).Value.Amount;
        foreach (var to in new[] { "620525", "62", "61", "44", "65", "" })
            for (var grams = 100L; grams < 20_000; grams += 450)
                Assert.True(Of(to, grams) <= Of(to, grams + 450));
        Assert.Equal(new Fen(800), Of("62", 500));
        Assert.Equal(new Fen(950), Of("62", 701));
        Assert.Equal(new Fen(800 + 1200), Of("62", 500, true));
        Assert.True(Of("620525", 500) < Of("62", 500) && Of("62", 500) < Of("61", 500) && Of("61", 500) < Of("44", 500) && Of("44", 500) < Of("65", 500));
        Assert.Equal("market.freight-cold", FreightTable.Shipped.Quote(county, "65", 500, true, day).Refused?.Code);
        Assert.Equal("market.freight-none", FreightTable.Shipped.Quote(county, "71", 500, false, day).Refused?.Code);
        Assert.Equal(day.AddDays(3), FreightTable.Shipped.Quote(county, "62", 500, false, day).Value.PromisedDay);
    }
}
