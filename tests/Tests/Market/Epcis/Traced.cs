using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Shanhuo.Kernel;
using Shanhuo.Market.Epcis;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Epcis;

/// <summary>The small county with an address for its things.</summary>
internal static class Traced
{
    public const string Address = "https://sy.example.cn";

    public static Scope Staff { get; } = new() { Area = SmallCounty.County, AccountId = 1, Role = Role.CountyStaff };

    public static Scope Cooperative { get; } = new() { Area = SmallCounty.Township, AccountId = 81, Role = Role.Cooperative, OrganisationId = SmallCounty.Cooperative };

    public static Task<Outcome<Done>> Named(this TestHost host) => host.In(s => s.GetRequiredService<SetNumbersHandler>().Address(SmallCounty.County, Address + "/", CancellationToken.None), Staff);

    /// <summary>All events that a question finds, page after page.</summary>
    public static async Task<List<JsonObject>> Events(this TestHost host, Dictionary<string, StringValues>? question = null, Scope? scope = null)
    {
        var all = new List<JsonObject>();
        string? token = null;
        do
        {
            var parameters = new Dictionary<string, StringValues>(question ?? []);
            if (token is not null) parameters["nextPageToken"] = token;
            var (query, problem) = EventQuery.Read(new QueryCollection(parameters));
            Assert.Null(problem);
            var page = (await host.In(s => s.GetRequiredService<FindEvents>().Page(SmallCounty.County, query!, CancellationToken.None), scope ?? Staff))!;
            all.AddRange(page.Events);
            token = page.Next;
        }
        while (token is not null);
        return all;
    }

    public static string Step(this JsonObject happening) => (string)happening["bizStep"]!;

    public static string Id(this JsonObject happening) => (string)happening["eventID"]!;

    public static JsonElement Element(this JsonNode node) => JsonSerializer.SerializeToElement(node);

    /// <summary>The faults of an event that is put out, in a document of its own.</summary>
    public static IReadOnlyList<SchemaFault> Faults(this JsonObject happening)
    {
        var alone = happening.DeepClone().AsObject();
        alone["@context"] = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
        return EpcisSchema.Faults(alone.Element());
    }

    public static Task<CaptureAnswer> Capture(this TestHost host, JsonNode document, bool proceeds = false, Scope? scope = null) => host.In(s => s.GetRequiredService<Capture>().Take(document.Element(), proceeds, CancellationToken.None), scope ?? Staff);

    public static JsonObject Document(string name) => JsonSerializer.SerializeToNode(Vectors.Document(name))!.AsObject();

    public static JsonObject First(this JsonObject document, int number = 0) => document["epcisBody"]!["eventList"]![number]!.AsObject();
}
