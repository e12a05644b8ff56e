using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Epcis;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Intakes;

namespace Shanhuo.Tests.Market.Epcis;

public sealed class OwnEventsTests
{
    [Theory, EachDatabase]
    public async Task What_happened_to_lots_is_told_once_each_and_keeps_the_schema(DatabaseKind kind)
    {
        await using var host = await Season(kind);
        var events = await host.Events(new() { ["perPage"] = "2" });
        Assert.Equal(["commissioning", "commissioning", "commissioning", "decommissioning", "destroying", "picking", "picking", "picking", "shipping"], events.Select(e => e.Step()).Order(StringComparer.Ordinal));
        Assert.All(events, e => Assert.Empty(e.Faults()));
        // The picking that was put back is told twice under one id, the second time as an error.
        Assert.Equal(events.Count - 1, events.Select(e => e.Id()).Distinct().Count());
        var declared = events.Single(e => e.ContainsKey("errorDeclaration"));
        Assert.Equal("did_not_occur", (string)declared["errorDeclaration"]!["reason"]!);
        var original = events.Single(e => e.Id() == declared.Id() && !e.ContainsKey("errorDeclaration")).DeepClone().AsObject();
        original["errorDeclaration"] = declared["errorDeclaration"]!.DeepClone();
        Assert.True(JsonNode.DeepEquals(original, declared));
        // Every id is the hash of what stands there.
        foreach (var e in events) Assert.Equal(e.Id(), EventHash.Id(e.Element(), new Dictionary<string, string> { ["shanhuo"] = Traced.Address + "/trace/terms/" }));
    }

    [Theory, EachDatabase]
    public async Task A_making_says_what_went_in_and_what_came_out(DatabaseKind kind)
    {
        await using var host = await Season(kind);
        var made = (await host.Events(new() { ["eventType"] = "TransformationEvent" })).Single();
        Assert.Equal(("https://sy.example.cn/trace/L-1", 50m, "KGM"), Goods(made, "inputQuantityList"));
        Assert.Equal(("https://sy.example.cn/trace/" + await Made(host), 48.5m, "KGM"), Goods(made, "outputQuantityList"));
    }

    [Fact]
    public async Task Nobody_learns_who_a_household_is_nor_that_two_lots_come_from_one()
    {
        await using var host = await Season(DatabaseKind.Sqlite);
        var text = string.Join('\n', (await host.Events()).Select(e => e.ToJsonString()));
        foreach (var word in new[] { "马文", "李秀英", "H-101", "H-102", "\"101\"", "/101", "620525100201" }) Assert.DoesNotContain(word, System.Text.RegularExpressions.Regex.Unescape(text));
        var names = (await host.In(s => TraceNames.Of(s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<Secrets>(), SmallCounty.County, CancellationToken.None)))!;
        Assert.Equal(names.Farm(1, 101), names.Farm(1, 101));
        Assert.NotEqual(names.Farm(1, 101), names.Farm(2, 101));
        Assert.NotEqual(names.Farm(1, 101), names.Farm(1, 102));
    }

    [Theory, EachDatabase]
    public async Task Questions_narrow_by_type_step_time_lot_place_and_id(DatabaseKind kind)
    {
        await using var host = await Season(kind);
        var all = await host.Events();
        Assert.Equal(2, (await host.Events(new() { ["EQ_bizStep"] = "destroying|urn:epcglobal:cbv:bizstep:shipping" })).Count);
        Assert.Equal(all.Count - 1, (await host.Events(new() { ["eventType"] = "ObjectEvent" })).Count);
        Assert.Equal(["destroying", "commissioning"], (await host.Events(new() { ["MATCH_epcClass"] = "https://sy.example.cn/trace/" + await Made(host) })).Select(e => e.Step()).OrderDescending());
        Assert.Equal(8, (await host.Events(new() { ["MATCH_epcClass"] = "https://sy.example.cn/trace/L-1" })).Count);
        Assert.Empty(await host.Events(new() { ["MATCH_epcClass"] = "https://sy.example.cn/trace/L-9" }));
        Assert.Equal(3, (await host.Events(new() { ["EQ_bizLocation"] = "https://sy.example.cn/trace/place/V-01" })).Count);
        var one = all.Single(e => e.Step() == "destroying");
        Assert.Equal(one.Id(), (await host.Events(new() { ["EQ_eventID"] = one.Id() })).Single().Id());
        Assert.Equal(all.Count, (await host.Events(new() { ["GE_eventTime"] = "1970-01-01T00:00:00Z", ["LT_eventTime"] = "2027-01-01T00:00:00Z" })).Count);
        Assert.Equal(2, (await host.Events(new() { ["LT_eventTime"] = "2026-11-20T00:00:00+08:00" })).Count); // the two intakes of the small county, of 1970
        Assert.Equal(one.Id(), (await host.In(s => s.GetRequiredService<FindEvents>().One(SmallCounty.County, one.Id(), CancellationToken.None), Traced.Staff))!.Id());
        Assert.True((await host.In(s => s.GetRequiredService<FindEvents>().One(SmallCounty.County, all.First(e => e.ContainsKey("errorDeclaration")).Id(), CancellationToken.None), Traced.Staff))!.ContainsKey("errorDeclaration"));
    }

    [Fact]
    public async Task With_a_licence_lots_are_named_by_their_product_number()
    {
        await using var host = await Season(DatabaseKind.Sqlite);
        Task<Outcome<Done>> Set(Func<SetNumbersHandler, Task<Outcome<Done>>> set) => host.In(s => set(s.GetRequiredService<SetNumbersHandler>()), Traced.Staff);
        var none = CancellationToken.None;
        Assert.Equal("epcis.gtin-not-of", (await Set(h => h.Gtin(SmallCounty.County, SmallCounty.Apricot, SmallCounty.Cooperative, "6291041500213", none))).Refused?.Code);
        Assert.Equal("epcis.prefix-form", (await Set(h => h.Party(SmallCounty.County, SmallCounty.Cooperative, "62a", null, none))).Refused?.Code);
        Assert.Equal("epcis.gln-form", (await Set(h => h.Party(SmallCounty.County, SmallCounty.Cooperative, "6291041", "6291041000001", none))).Refused?.Code);
        Assert.Null((await Set(h => h.Party(SmallCounty.County, SmallCounty.Cooperative, "6291041", Gs1Key.Checked("629104100000"), none))).Refused);
        Assert.Equal("epcis.gtin-form", (await Set(h => h.Gtin(SmallCounty.County, SmallCounty.Apricot, SmallCounty.Cooperative, "6291041500214", none))).Refused?.Code);
        Assert.Null((await Set(h => h.Gtin(SmallCounty.County, SmallCounty.Apricot, SmallCounty.Cooperative, "6291041500213", none))).Refused);
        Assert.Equal("epcis.gtin-taken", (await Set(h => h.Gtin(SmallCounty.County, SmallCounty.Blanket, SmallCounty.Cooperative, "6291041500213", none))).Refused?.Code);
        Assert.Equal("epcis.prefix-used", (await Set(h => h.Party(SmallCounty.County, SmallCounty.Cooperative, "", null, none))).Refused?.Code);
        Assert.Equal("epcis.address-form", (await Set(h => h.Address(SmallCounty.County, "http://sy.example.cn", none))).Refused?.Code);
        var picked = (await host.Events(new() { ["MATCH_epcClass"] = "https://shop.example.com/01/06291041500213/10/L-1" })).First(e => e.Step() == "picking");
        Assert.Equal("https://id.gs1.org/01/06291041500213/10/L-1", Goods(picked, "quantityList").Item1);
        Assert.Empty(picked.Faults());
    }

    [Theory]
    [InlineData("https://山货.cn", "https://xn--rhto74i.cn")]
    [InlineData("https://SY.example.cn/溯源/", "https://sy.example.cn/%E6%BA%AF%E6%BA%90")]
    [InlineData("https://sy.example.cn:8443/a", "https://sy.example.cn:8443/a")]
    public async Task An_address_in_Chinese_is_kept_as_machines_write_it_and_its_events_keep_the_schema(string said, string kept)
    {
        await using var host = await Season(DatabaseKind.Sqlite);
        Assert.Null((await host.In(s => s.GetRequiredService<SetNumbersHandler>().Address(SmallCounty.County, said, CancellationToken.None), Traced.Staff)).Refused);
        Assert.Equal(kept, await host.Db(db => db.TraceAddresses.Select(a => a.Base).SingleAsync()));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        using var answer = await staff.Client.GetAsync("/epcis/events");
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory, EachDatabase]
    public async Task The_events_of_lots_with_many_moves_come_page_by_page_each_once(DatabaseKind kind)
    {
        await using var host = await Season(kind);
        await host.Db(async db =>
        {
            var ids = new Ids(host.Clock);
            var other = await db.Lots.Where(l => l.Id != SmallCounty.Lot).Select(l => l.Id).SingleAsync();
            for (var i = 0; i < 240; i++) db.LotMoves.Add(new LotMove { Id = ids.Next(), County = SmallCounty.County, RequestId = Guid.CreateVersion7(), LotId = i % 2 == 0 ? SmallCounty.Lot : other, Kind = MoveKind.Given, Quantity = -1, Day = SmallCounty.Day });
            await db.SaveChangesAsync();
        });
        var both = new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["MATCH_anyEPCClass"] = "https://sy.example.cn/trace/L-1|https://sy.example.cn/trace/" + await Made(host) };
        var all = (await host.Events()).Select(Sign).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(249, all.Count);
        foreach (var size in new[] { "7", "100" }) Assert.Equal(all, (await host.Events(new(both) { ["perPage"] = size })).Select(Sign).Order(StringComparer.Ordinal));

        static string Sign(JsonObject e) => e.Id() + e.ContainsKey("errorDeclaration");
    }

    [Fact]
    public async Task A_cooperative_meets_only_what_it_sells()
    {
        await using var host = await Season(DatabaseKind.Sqlite);
        Assert.Equal(9, (await host.Events(scope: Traced.Cooperative)).Count);
        Assert.Empty(await host.Events(scope: new Scope { Area = SmallCounty.Township, AccountId = 82, Role = Role.Cooperative, OrganisationId = SmallCounty.Enterprise }));
    }

    private static Task<string> Made(TestHost host) => host.Db(db => db.Lots.Where(l => l.Id != SmallCounty.Lot).Select(l => l.Code).SingleAsync());

    /// <summary>Lot L-1: 50 kg of it packed into another (of which some spoils), 1 kg given away, one order shipped, one cancelled.</summary>
    private static async Task<TestHost> Season(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        Assert.Null((await host.Named()).Refused);
        var scope = Morning.StationA;
        Task<T> Do<THandler, T>(Func<THandler, Task<T>> work) where THandler : notnull => host.In(s => work(s.GetRequiredService<THandler>()), scope);
        var none = CancellationToken.None;
        var making = (await Do((MakeLotsHandler h) => h.Handle(new MakeLots(Guid.CreateVersion7(), SmallCounty.County, MakingKind.Packed, [new(SmallCounty.Lot, 50_000)], [new(SmallCounty.Apricot, "1", 48_500)], null), none))).Value;
        Assert.Null((await Do((WriteOffHandler h) => h.Handle(new WriteOff(Guid.CreateVersion7(), SmallCounty.County, making.FirstLotId, MoveKind.Spoiled, 500, "wet"), none))).Refused);
        Assert.Null((await Do((WriteOffHandler h) => h.Handle(new WriteOff(Guid.CreateVersion7(), SmallCounty.County, SmallCounty.Lot, MoveKind.Given, 1_000, "school"), none))).Refused);
        await host.Db(async db =>
        {
            var ids = new Ids(host.Clock);
            foreach (var (number, state) in new[] { ("S-1", OrderState.Shipped), ("S-2", OrderState.Cancelled) })
            {
                var (order, line) = (ids.Next(), ids.Next());
                db.Orders.Add(new Order { Id = order, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.VillageA, Channel = "shop", Number = number, StationId = SmallCounty.StationA, PlacedDay = SmallCounty.Day, State = state, ShippedDay = state == OrderState.Shipped ? SmallCounty.Day : null });
                db.OrderLines.Add(new OrderLine { Id = line, County = SmallCounty.County, OrderId = order, Number = 1, ProductId = SmallCounty.Apricot, LotId = SmallCounty.Lot, Grams = 2_000, Pieces = 0, Goods = new Fen(100), Freight = Fen.Zero });
                db.LotMoves.Add(new LotMove { Id = ids.Next(), County = SmallCounty.County, RequestId = OrderLots.Request(line, 1), LotId = SmallCounty.Lot, Kind = MoveKind.Sold, Quantity = -2_000, Day = SmallCounty.Day, CauseId = line });
                if (state == OrderState.Cancelled) db.LotMoves.Add(new LotMove { Id = ids.Next(), County = SmallCounty.County, RequestId = OrderLots.Request(line, 2), LotId = SmallCounty.Lot, Kind = MoveKind.Sold, Quantity = 2_000, Day = SmallCounty.Day, CauseId = line });
            }
            await db.SaveChangesAsync();
        });
        return host;
    }

    private static (string, decimal, string?) Goods(JsonObject happening, string list) => happening[list]![0]!.AsObject() is var one ? ((string)one["epcClass"]!, one["quantity"]!.GetValue<decimal>(), (string?)one["uom"]) : default;
}
