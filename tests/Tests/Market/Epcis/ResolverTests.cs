using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Epcis;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Intakes;

namespace Shanhuo.Tests.Market.Epcis;

public sealed class ResolverTests
{
    [Fact]
    public async Task The_code_on_a_pack_leads_people_to_the_trace_page_and_programs_to_its_links()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        await host.Named();
        await host.In(async s =>
        {
            var set = s.GetRequiredService<SetNumbersHandler>();
            Assert.Null((await set.Party(SmallCounty.County, SmallCounty.Cooperative, "6291041", null, CancellationToken.None)).Refused);
            Assert.Null((await set.Gtin(SmallCounty.County, SmallCounty.Apricot, SmallCounty.Cooperative, "6291041500213", CancellationToken.None)).Refused);
        }, Traced.Staff);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = await host.Site() };
        foreach (var path in new[] { "/01/06291041500213/10/L-1", "/01/6291041500213/10/L-1", "/trace/L-1" })
        {
            using var people = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.TemporaryRedirect, people.StatusCode);
            Assert.Equal("/settlement/trace/lot/L-1", people.Headers.Location!.AbsolutePath);
            using var all = await client.GetAsync(path + "?linkType=all");
            Assert.Equal("application/linkset+json", all.Content.Headers.ContentType!.MediaType);
            var set = JsonNode.Parse(await all.Content.ReadAsStringAsync())!["linkset"]![0]!;
            Assert.EndsWith("/settlement/trace/lot/L-1", (string)set["https://gs1.org/voc/traceability"]![0]!["href"]!);
            using var asked = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "application/json" } } };
            using var json = await client.SendAsync(asked);
            Assert.Equal(HttpStatusCode.OK, json.StatusCode);
            Assert.DoesNotContain("eventList", await json.Content.ReadAsStringAsync());
            using var unknown = await client.GetAsync(path + "?linkType=gs1:recipe");
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }
        // A wrong number, another lot, a right number of nobody: all the same answer.
        foreach (var path in new[] { "/01/06291041500214/10/L-1", "/01/06291041500213/10/L-2", "/01/09780345418913/10/L-1", "/trace/L-2" })
        {
            using var no = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, no.StatusCode);
        }
    }

    [Theory, EachDatabase]
    public async Task Whoever_counts_through_the_numbers_of_lots_finds_none_and_every_pack_has_its_digital_link(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        await host.HandIn(Morning.Almonds(1_000));
        await host.HandIn(Morning.Almonds(1_000, grade: "2"));
        var codes = await host.Db(db => db.Lots.OrderBy(l => l.Code).Select(l => l.Code).ToListAsync());
        Assert.Equal(["L-620525-00001", "L-620525-00002"], codes.Select(c => c[..14]));
        Assert.NotEqual(codes[0][14..], codes[1][14..]);
        var stranger = await host.Visit();
        foreach (var code in codes)
        {
            Assert.NotNull(DigitalLink.OfLot("6291041500213", code));
            Assert.Equal(HttpStatusCode.OK, (await stranger.Get("/settlement/trace/lot/" + code)).Status);
            foreach (var guess in new[] { code[..14], code[..15], code[..14] + "-22222", code[..16] + "%" })
                foreach (var path in new[] { "/trace/", "/settlement/trace/lot/" })
                    Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(path + Uri.EscapeDataString(guess))).Status);
        }
    }

    [Fact]
    public async Task The_page_of_numbers_says_what_is_wrong_and_keeps_what_is_right()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get("/market/epcis/numbers");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(page, "form:has(#Form_Address)", new() { ["Form.Address"] = "sy.example.cn" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await staff.Submit(page, "form:has(#Form_Address)", new() { ["Form.Address"] = "https://sy.example.cn" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await staff.Submit(page, "form:has(#Form_Prefix)", new() { ["Form.OrganisationId"] = $"{SmallCounty.Cooperative}", ["Form.Prefix"] = "６２９１０４１" })).Status);
        var again = await staff.Get("/market/epcis/numbers");
        Assert.Equal(HttpStatusCode.OK, (await staff.Submit(again, "form:has(#Form_Gtin)", new() { ["Form.ProductId"] = $"{SmallCounty.Apricot}", ["Form.Gtin"] = "6291041500213" })).Status);
        Assert.Contains("06291041500213", (await staff.Get("/market/epcis/numbers")).Text);
    }
}
