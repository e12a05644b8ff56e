using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Api;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Api;

namespace Shanhuo.Tests.Market.Epcis;

/// <summary>Programs trace with the keys of the API; people go on with their cookie.</summary>
public sealed class ByKeyTests
{
    [Theory, EachDatabase]
    public async Task A_program_with_the_right_sends_and_reads_events_of_its_organisation(DatabaseKind kind)
    {
        await using var bench = await ApiBench.Start(kind);
        await bench.Host.Host.Named();
        var cooperative = await Client(bench, SmallCounty.Cooperative);
        using var sent = await cooperative.PostAsync("/epcis/capture", new StringContent(Traced.Document("TimeStampRoundOff").ToJsonString(), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.True((bool)JsonNode.Parse(await cooperative.GetStringAsync(sent.Headers.Location))!["success"]!);
        Assert.All(await bench.Host.Db(db => db.ForeignEvents.Select(e => e.ByOrganisationId).ToListAsync()), by => Assert.Equal(SmallCounty.Cooperative, by));
        // Its own three, and the two intakes into the lot that it sells; another organisation meets none of them.
        Assert.Equal((5, 0), (await Count(cooperative), await Count(await Client(bench, SmallCounty.Enterprise))));
    }

    [Fact]
    public async Task A_key_without_the_right_a_wrong_one_and_one_that_asks_too_often_are_refused_in_JSON()
    {
        await using var bench = await ApiBench.Start(DatabaseKind.Sqlite);
        await bench.Host.Host.Named();
        async Task<int> Status(HttpClient client)
        {
            using var answer = await client.GetAsync("/epcis/events");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            return (int)answer.StatusCode;
        }
        Assert.Equal(403, await Status(await Client(bench, SmallCounty.Cooperative, (ApiRights)63)));
        Assert.Equal(403, await Status(await Client(bench, SmallCounty.StationA)));
        Assert.Equal(401, await Status(Client(bench, ApiKey.Draw())));
        var hasty = await Client(bench, SmallCounty.Cooperative, perMinute: 1);
        Assert.Equal(2 + 0, await Count(hasty));
        Assert.Equal(429, await Status(hasty));
        // Nobody at all is asked to sign in, as on every page for people.
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        Assert.Contains("/sign-in", (await http.GetAsync(new Uri(bench.Address, "/epcis/events"))).Headers.Location!.ToString());
        var person = await bench.Host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        Assert.Equal("application/json", (await person.Client.GetAsync("/epcis/events")).Content.Headers.ContentType!.MediaType);
    }

    private static async Task<HttpClient> Client(ApiBench bench, long organisation, ApiRights rights = ApiRights.Events, int perMinute = 6000) => Client(bench, await bench.Key(organisation, rights, perMinute));

    private static HttpClient Client(ApiBench bench, string key)
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = bench.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static async Task<int> Count(HttpClient client)
    {
        using var answer = await client.GetAsync("/epcis/events?perPage=100");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray().Count;
    }
}
