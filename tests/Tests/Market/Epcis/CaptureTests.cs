using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Epcis;

public sealed class CaptureTests
{
    [Theory, EachDatabase]
    public async Task What_others_send_is_taken_once_and_found_by_what_it_names(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var document = Traced.Document("epcisDocWithVariousEventTypes");
        var (job, _) = await host.Capture(document);
        Assert.Equal((13, 13, true), (job!.Events, job.Added, job.Success));
        Assert.Equal(0, (await host.Capture(document)).Job!.Added);
        Assert.Equal(13, await host.Db(db => db.ForeignEvents.CountAsync()));
        var hashes = Vectors.Documents.Single(d => d.Name == "epcisDocWithVariousEventTypes.jsonld").Hashes;
        Assert.Equal(hashes, (await host.Events()).Select(e => e.Id()));
        Assert.All(await host.Events(), e => Assert.Empty(e.Faults()));
        Assert.Equal(2, (await host.Events(new() { ["MATCH_epc"] = "urn:epc:id:sscc:5200001.0111111146" })).Count);
        Assert.Single(await host.Events(new() { ["MATCH_epcClass"] = "https://example.org/01/04054739999148/10/20160711" }));
        Assert.Equal(2, (await host.Events(new() { ["eventType"] = "TransactionEvent" })).Count);
        Assert.Single(await host.Events(new() { ["EQ_eventID"] = hashes[4] }));
        Assert.Empty(await host.Events(scope: Traced.Cooperative));
    }

    [Theory, EachDatabase]
    public async Task Sent_ten_times_at_once_it_is_there_once(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.Capture(Traced.Document("TimeStampRoundOff"))));
        Assert.Equal(3, answers.Sum(a => a.Job!.Added));
        Assert.Equal(3, await host.Db(db => db.ForeignEvents.CountAsync()));
    }

    [Fact]
    public async Task Another_event_under_a_known_id_is_refused_and_nothing_of_its_document_is_taken()
    {
        await using var host = await County(DatabaseKind.Sqlite);
        var document = Traced.Document("TimeStampRoundOff");
        document.First()["eventID"] = "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8";
        Assert.NotNull((await host.Capture(document)).Job);
        var other = Traced.Document("epcisDocWithVariousEventTypes");
        other.First(5)["eventID"] = "urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8";
        Assert.Equal(409, (await host.Capture(other)).Refused!.Status);
        Assert.Equal(3, await host.Db(db => db.ForeignEvents.CountAsync()));
        var (job, _) = await host.Capture(other, proceeds: true);
        Assert.Equal((13, 12, false), (job!.Events, job.Added, job.Success));
        Assert.Contains("ResourceAlreadyExistsException", job.Errors);
    }

    [Fact]
    public async Task An_error_is_declared_under_the_id_of_the_event_and_only_of_that_event()
    {
        await using var host = await County(DatabaseKind.Sqlite);
        var declaration = Traced.Document("epcisDocWithXMLstartTagAndErrorDeclaration");
        var original = declaration.DeepClone().AsObject();
        original.First().Remove("errorDeclaration");
        Assert.Equal(1, (await host.Capture(original)).Job!.Added);
        var about = declaration.DeepClone().AsObject();
        about.First()["outputQuantityList"]![0]!["quantity"] = 453;
        Assert.Equal(409, (await host.Capture(about)).Refused!.Status);
        Assert.Equal(1, (await host.Capture(declaration)).Job!.Added);
        Assert.Equal([false, true], (await host.Events()).Select(e => e.ContainsKey("errorDeclaration")));
    }

    [Fact]
    public async Task What_breaks_the_schema_is_refused_or_left_out()
    {
        await using var host = await County(DatabaseKind.Sqlite);
        var document = Traced.Document("epcisDocWithVariousEventTypes");
        document.First(2)["action"] = "LOOK";
        Assert.Contains((await host.Capture(document)).Refused!.Faults, f => f.At == "/epcisBody/eventList/2/action");
        Assert.Equal(0, await host.Db(db => db.CaptureJobs.CountAsync()));
        Assert.Equal(12, (await host.Capture(document, proceeds: true)).Job!.Added);
        document.Remove("schemaVersion");
        Assert.Equal(400, (await host.Capture(document, proceeds: true)).Refused!.Status);
        Assert.Equal(400, (await host.Capture(new JsonArray())).Refused!.Status);
        var many = Traced.Document("ReferenceEventHashAlgorithm");
        var list = many["epcisBody"]!["eventList"]!.AsArray();
        for (var i = 0; i < 500; i++) list.Add(list[0]!.DeepClone());
        Assert.Equal(413, (await host.Capture(many)).Refused!.Status);
    }

    [Fact]
    public async Task An_event_names_a_thousand_things_at_most()
    {
        await using var host = await County(DatabaseKind.Sqlite);
        var document = Traced.Document("TimeStampRoundOff");
        JsonArray Things(int count) => new([.. Enumerable.Range(0, count).Select(i => (JsonNode)$"urn:epc:id:sgtin:4012345.011111.{i}")]);
        document.First()["epcList"] = Things(1_001);
        Assert.Contains("1000 things", (await host.Capture(document)).Refused!.Title);
        Assert.Equal((2, false), (await host.Capture(document, proceeds: true)).Job is { } job ? (job.Added, job.Success) : default);
        document.First()["epcList"] = Things(1_000);
        Assert.Equal(1, (await host.Capture(document)).Job!.Added);
    }

    [Fact]
    public async Task Machines_speak_the_rest_binding()
    {
        await using var host = await County(DatabaseKind.Sqlite);
        await SmallCounty.TakeIn(host);
        var staff = (await host.VisitAs(Role.CountyStaff, SmallCounty.County)).Client;
        using var sent = await staff.PostAsync("/epcis/capture", Json(Traced.Document("TimeStampRoundOff").ToJsonString()));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        var job = JsonNode.Parse(await staff.GetStringAsync(sent.Headers.Location))!;
        Assert.True((bool)job["success"]!);
        using var page = await staff.GetAsync("/epcis/events?perPage=3");
        Assert.Equal("2.0.0", page.Headers.GetValues("GS1-EPCIS-Version").Single());
        var first = JsonNode.Parse(await page.Content.ReadAsStringAsync())!;
        Assert.Equal(3, first["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray().Count);
        var next = page.Headers.GetValues("Link").Single().Split('<', '>')[1];
        var second = JsonNode.Parse(await staff.GetStringAsync(next))!["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]!.AsArray();
        Assert.Equal(2, second.Count);
        foreach (var id in new[] { (string)first["epcisBody"]!["queryResults"]!["resultsBody"]!["eventList"]![0]!["eventID"]!, (string)second[1]!["eventID"]! })
            Assert.Equal(id, (string)JsonNode.Parse(await staff.GetStringAsync("/epcis/events/" + Uri.EscapeDataString(id)))!["eventID"]!);
        foreach (var (path, status) in new[] { ("/epcis/events?colour=red", 400), ("/epcis/events?perPage=0", 400), ("/epcis/events?GE_eventTime=soon", 400), ("/epcis/events/urn:none", 404), ("/epcis/capture/7", 404) })
        {
            using var no = await staff.GetAsync(path);
            Assert.Equal(status, (int)no.StatusCode);
            Assert.Equal(status, (int)JsonNode.Parse(await no.Content.ReadAsStringAsync())!["status"]!);
        }
        using var text = await staff.PostAsync("/epcis/capture", new StringContent("x"));
        Assert.Equal(415, (int)text.StatusCode);
        // No JSON, and JSON with half a character in a value or a name.
        var whole = Traced.Document("TimeStampRoundOff").ToJsonString();
        var jobs = await host.Db(db => db.CaptureJobs.CountAsync());
        foreach (var wrong in new[] { "{", whole.Replace("\"type\":", "\"x:half\":\"\\ud800\",\"type\":", StringComparison.Ordinal), whole.Replace("\"type\":", "\"x:\\ud800\":1,\"type\":", StringComparison.Ordinal) })
        {
            using var broken = await staff.PostAsync("/epcis/capture", Json(wrong));
            Assert.Equal(400, (int)broken.StatusCode);
        }
        Assert.Equal(jobs, await host.Db(db => db.CaptureJobs.CountAsync()));
    }

    [Theory]
    [InlineData(Role.Household), InlineData(Role.Station), InlineData(Role.ProvinceOfficial)]
    public async Task Who_is_no_partner_gets_no_events(string role)
    {
        await using var host = await County(DatabaseKind.Sqlite);
        var visitor = await host.VisitAs(role, SmallCounty.VillageA, role == Role.Station ? SmallCounty.StationA : null, role == Role.Household ? SmallCounty.Ma : null);
        using var answer = await visitor.Client.GetAsync("/epcis/events");
        Assert.NotEqual("application/json", answer.Content.Headers.ContentType?.MediaType);
        using var sent = await visitor.Client.PostAsync("/epcis/capture", Json(Traced.Document("TimeStampRoundOff").ToJsonString()));
        Assert.Equal(0, await host.Db(db => db.ForeignEvents.CountAsync()));
    }

    private static async Task<TestHost> County(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await host.Named();
        return host;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
