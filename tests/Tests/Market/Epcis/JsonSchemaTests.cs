using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shanhuo.Market.Epcis;

namespace Shanhuo.Tests.Market.Epcis;

public sealed class JsonSchemaTests
{
    [Fact]
    public void Published_documents_keep_the_schema()
    {
        foreach (var (name, document, _) in Vectors.Documents)
            Assert.Empty(EpcisSchema.Faults(document).Select(f => $"{name} {f.At}: {f.Why}"));
    }

    [Theory]
    [InlineData("schemaVersion", null, "required")]
    [InlineData("creationDate", "yesterday", "format")]
    [InlineData("type", "Document", "format")]
    [InlineData("epcisBody.eventList.0.eventTime", "2020-03-04 11:00", "format")]
    [InlineData("epcisBody.eventList.0.eventTime", "2020-13-04T11:00:00Z", "format")]
    [InlineData("epcisBody.eventList.0.eventTimeZoneOffset", null, "required")]
    [InlineData("epcisBody.eventList.0.eventTimeZoneOffset", "+15:00", "pattern")]
    [InlineData("epcisBody.eventList.0.action", "LOOK", "enum")]
    [InlineData("epcisBody.eventList.0.action", null, "required")]
    [InlineData("epcisBody.eventList.0.bizStep", "selling", "anyOf")]
    [InlineData("epcisBody.eventList.0.bizStep", "urn:epcglobal:cbv:bizstep:departing", "anyOf")]
    [InlineData("epcisBody.eventList.0.epcList.0", "an apple", "format")]
    [InlineData("epcisBody.eventList.0.readPoint", "urn:epc:id:sgln:4012345.00011.0", "type")]
    [InlineData("epcisBody.eventList.0.readPoint.id", null, "required")]
    [InlineData("epcisBody.eventList.0.bizTransactionList.0.bizTransaction", null, "required")]
    [InlineData("epcisBody.eventList.0.sourceList.0.type", "giver", "anyOf")]
    [InlineData("epcisBody.eventList.0.colour", "red", "anyOf")]
    [InlineData("epcisBody.eventList.0.type", null, "required")]
    [InlineData("@context", null, "required")]
    [InlineData("epcisBody.eventList.0.disposition", "in_transport", "anyOf")]
    [InlineData("epcisBody.eventList.0.certificationInfo", "42", "anyOf")]
    [InlineData("epcisBody.eventList.0.epcList", null, "anyOf")]
    [InlineData("epcisBody.eventList.0.ilmd", "cotton", "type")]
    public void What_breaks_the_schema_is_found_where_it_stands(string place, string? value, string keyword)
    {
        var document = JsonSerializer.SerializeToNode(Vectors.Document("ReferenceEventHashAlgorithm3"))!;
        var steps = place.Split('.');
        var holder = steps[..^1].Aggregate(document, (node, step) => int.TryParse(step, out var i) ? node[i]! : node[step]!);
        if (holder is JsonArray list) list[int.Parse(steps[^1])] = value;
        else if (value is null) ((JsonObject)holder).Remove(steps[^1]);
        else holder[steps[^1]] = value;
        var faults = EpcisSchema.Faults(JsonSerializer.SerializeToElement(document));
        Assert.Contains(faults, f => f.Why.StartsWith(keyword, StringComparison.Ordinal));
    }

    // Examples of the keywords in "Understanding JSON Schema" and the draft 7 specification.
    [Theory]
    [InlineData("""{"type":"integer"}""", "1.0", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"oneOf":[{"type":"number"},{"enum":[1]}]}""", "1", false)]
    [InlineData("""{"oneOf":[{"type":"number"},{"enum":[1]}]}""", "2", true)]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", false)]
    [InlineData("""{"if":{"type":"string"},"then":{"pattern":"^a"}}""", "\"b\"", false)]
    [InlineData("""{"if":{"type":"string"},"then":{"pattern":"^a"}}""", "3", true)]
    [InlineData("""{"uniqueItems":true}""", "[1,{\"a\":1},{\"a\":1}]", false)]
    [InlineData("""{"uniqueItems":true}""", "[1,1.0]", false)]
    [InlineData("""{"uniqueItems":true}""", "[100,1e2]", false)]
    [InlineData("""{"uniqueItems":true}""", "[{\"a\":1,\"b\":[2]},{\"b\":[2],\"a\":1}]", false)]
    [InlineData("""{"uniqueItems":true}""", "[1,\"1\",true,null,[1],[[1]],{\"a\":1},{\"a\":[1]},{\"b\":1}]", true)]
    [InlineData("""{"minItems":2}""", "[1]", false)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", "{\"a\":1,\"b\":2}", false)]
    [InlineData("""{"propertyNames":{"format":"uri"}}""", "{\"no address\":1}", false)]
    [InlineData("""{"definitions":{"n":{"type":"null"}},"items":{"$ref":"#/definitions/n"}}""", "[null,0]", false)]
    public void Each_keyword_means_what_the_draft_says(string schema, string value, bool keeps) =>
        Assert.Equal(keeps, JsonSchema.Read(new MemoryStream(Encoding.UTF8.GetBytes(schema))).Faults(JsonDocument.Parse(value).RootElement).Count == 0);

    [Fact]
    public async Task A_long_list_is_looked_through_once()
    {
        var list = JsonSerializer.SerializeToElement(Enumerable.Range(0, 60_000).Select(i => $"urn:epc:id:sgtin:4012345.011111.{i}"));
        var schema = JsonSchema.Read(new MemoryStream("""{"uniqueItems":true}"""u8.ToArray()));
        Assert.Empty(await Task.Run(() => schema.Faults(list)).WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"minimum":3}}}""")]
    [InlineData("""{"format":"email"}""")]
    public void A_schema_that_would_not_be_checked_wholly_is_refused(string schema) => Assert.Throws<NotSupportedException>(() => JsonSchema.Read(new MemoryStream(Encoding.UTF8.GetBytes(schema))));
}
