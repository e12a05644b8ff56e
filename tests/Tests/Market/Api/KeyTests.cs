using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Api;
using Shanhuo.Registry;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Api;

public sealed class KeyTests
{
    [Theory, EachDatabase]
    public async Task A_key_is_shown_once_opens_what_it_may_and_nothing_after_it_was_taken_back(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        var staff = await bench.Host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Submit(await staff.Get("/market/api"), "#make", new() { ["Form.OrganisationId"] = $"{SmallCounty.Cooperative}", ["Form.Name"] = "小程序", ["Form.PerMinute"] = "60", ["Form.Rights"] = "Catalogue" });
        var key = page.Page.QuerySelector("#key")!.TextContent;
        Assert.StartsWith(ApiKey.Prefix, key, StringComparison.Ordinal);
        page = await staff.Get("/market/api");
        Assert.DoesNotContain(key, page.Body);
        Assert.Contains("小程序", page.Text);
        var row = await bench.Host.Db(db => db.ApiKeys.SingleAsync());
        Assert.Equal((ApiKey.HashOf(key), key[^4..], Role.Cooperative, ApiRights.Catalogue, 60), (row.Hash, row.Tail, row.Role, row.Rights, row.PerMinute));
        var program = new SampleClient(bench.Address, key);
        await program.Get("/offers");
        Assert.Equal((403, "api.no-right"), await program.No(HttpMethod.Get, "/orders"));
        Assert.Equal((403, "api.no-right"), await program.No(HttpMethod.Post, "/orders", Say.Order(), Say.New));
        await staff.Submit(page, "form[action*=Revoke]", []);
        Assert.Equal((401, "api.no-key"), await program.No(HttpMethod.Get, "/offers"));
        Assert.Equal(["api-key", "api-key-revoked"], await bench.Host.Db(db => db.Trail.OrderBy(t => t.Id).Select(t => t.What).ToListAsync()));
        Assert.NotEqual(0, await bench.Host.Db(db => db.Trail.MinAsync(t => t.AccountId)));
    }

    [Fact]
    public async Task A_key_opens_no_page_and_a_cookie_no_endpoint()
    {
        await using var bench = await ApiBench.Start(DatabaseKind.Sqlite);
        foreach (var wrong in new[] { "", "shk_", ApiKey.Draw(), "x" }) Assert.Equal((401, "api.no-key"), await new SampleClient(bench.Address, wrong).No(HttpMethod.Get, "/offers"));
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + await bench.Key());
        foreach (var path in new[] { "/market/orders", "/market/lots", "/market/api" })
            Assert.Contains("/sign-in", (await http.GetAsync(new Uri(bench.Address, path))).Headers.Location!.ToString());
        // Somebody of the same cooperative, by cookie.
        var person = await bench.Host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/market/orders")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Client.GetAsync("/api/v1/offers")).StatusCode);
    }

    [Fact]
    public async Task Only_the_county_s_own_sellers_and_stations_have_keys_and_only_its_staff_makes_them()
    {
        await using var bench = await ApiBench.Start(DatabaseKind.Sqlite);
        foreach (var (make, code) in new[]
        {
            (new MakeKey(Guid.NewGuid(), SmallCounty.Taobao, "x", ApiRights.Lots, 1), "api.key-organisation"), (new MakeKey(Guid.NewGuid(), 999, "x", ApiRights.Lots, 1), "api.key-organisation"),
            (new MakeKey(Guid.NewGuid(), SmallCounty.Cooperative, " ", ApiRights.Lots, 1), "api.key-name"), (new MakeKey(Guid.NewGuid(), SmallCounty.Cooperative, "x", ApiRights.None, 1), "api.key-rights"),
            (new MakeKey(Guid.NewGuid(), SmallCounty.Cooperative, "x", ApiRights.Lots, 0), "api.key-limit"), (new MakeKey(Guid.NewGuid(), SmallCounty.Cooperative, "x", ApiRights.Lots, 6001), "api.key-limit"),
        })
            Assert.Equal(code, (await bench.Host.Do((MakeKeyHandler handler) => handler.Handle(make, CancellationToken.None))).Refused?.Code);
        var good = new MakeKey(Guid.NewGuid(), SmallCounty.Cooperative, "x", ApiRights.Lots, 1);
        Assert.Null((await bench.Host.Do((MakeKeyHandler handler) => handler.Handle(good, CancellationToken.None))).Refused);
        Assert.Equal("api.key-shown", (await bench.Host.Do((MakeKeyHandler handler) => handler.Handle(good, CancellationToken.None))).Refused?.Code);
        var person = await bench.Host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        Assert.DoesNotContain("Form.Rights", (await person.Get("/market/api")).Body);
    }

    [Fact]
    public async Task A_program_that_asks_too_often_waits_for_the_next_minute()
    {
        await using var bench = await ApiBench.Start(DatabaseKind.Sqlite);
        var (hasty, other) = (await bench.Client(perMinute: 3), await bench.Client());
        for (var i = 0; i < 3; i++) await hasty.Get("/offers");
        bench.Host.Clock.Now = bench.Host.Clock.Now.AddSeconds(20);
        var (status, body, answer) = await hasty.Try(HttpMethod.Get, "/offers");
        Assert.Equal((HttpStatusCode.TooManyRequests, "api.too-many", "40"), (status, (string)body!["code"]!, answer.Headers.GetValues("Retry-After").Single()));
        await other.Get("/offers");
        bench.Host.Clock.Now = bench.Host.Clock.Now.AddSeconds(40);
        await hasty.Get("/offers");
    }

    [Fact]
    public async Task A_refusal_says_why_in_both_languages_and_at_which_field()
    {
        await using var bench = await ApiBench.Start(DatabaseKind.Sqlite);
        var key = await bench.Key();
        var (zh, en) = (new SampleClient(bench.Address, key), new SampleClient(bench.Address, key, "en"));
        await Buying.Window.Leave(bench.Host, 0);
        foreach (var (client, language) in new[] { (zh, "zh"), (en, "en") })
        {
            var (_, problem, answer) = await client.Try(HttpMethod.Post, "/orders", Say.Order(), Say.New);
            Assert.Equal(("urn:shanhuo:market.offer-sold-out", (string)problem![language]!, "application/problem+json"), ((string)problem["type"]!, (string)problem["title"]!, answer.Content.Headers.ContentType!.MediaType));
        }
        foreach (var (body, status, code) in new[]
        {
            ("{", 400, "api.json"), ("[]", 400, "api.json"), ("null", 400, "api.json"), ("""{"itmes":[]}""", 400, "api.json"), ("""{"items":null,"to":null,"method":"cash"}""", 400, "api.json"), ("""{"items":[null],"to":{"name":"x","phone":"13900001234"},"method":"cash"}""", 400, "api.json"),
            ("""{"items":[{"offer":"almond-701","units":"2"}],"to":{"name":"x","phone":"1"},"method":"cash"}""", 400, "api.json"), ("""{"items":[],"to":{"name":"x","phone":"13900001234"},"method":"cash"}""", 422, "api.items"),
            ("""{"items":[{"offer":"none","units":1}],"to":{"name":"x","phone":"13900001234"},"method":"cash"}""", 404, "market.offer-unknown"), ("""{"items":[{"offer":"almond-701","units":1}],"to":{"name":"x","phone":"1"},"method":"cash"}""", 422, "checkout.phone-wrong"),
            ("""{"items":[{"offer":"almond-701","units":1}],"to":{"name":"x","phone":"13900001234","station":"V-99"},"method":"cash"}""", 422, "checkout.pickup-unknown"),
            ("""{"items":[{"offer":"almond-701","units":1}],"to":{"name":"x","phone":"13900001234","station":"V-01"},"method":"gold"}""", 422, "market.pay-none"),
            ("""{"items":[{"offer":"almond\u0000","units":1}],"to":{"name":"x","phone":"13900001234"},"method":"cash"}""", 400, "api.json"),
        })
            Assert.Equal((status, code), await zh.No(HttpMethod.Post, "/orders", body, Say.New));
        Assert.Equal((404, "api.unknown"), await zh.No(HttpMethod.Get, "/nothing/here"));
        Assert.Equal((404, "api.unknown"), await zh.No(HttpMethod.Get, "/offers/nothing"));
        Assert.Equal(0, await bench.Host.Db(db => db.Orders.CountAsync()));
    }
}
