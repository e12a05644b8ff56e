using System.Text.Json;
using System.Text.Json.Nodes;
using Shanhuo.Market.Epcis;

namespace Shanhuo.Tests.Market.Epcis;

public sealed class EventHashTests
{
    public static TheoryData<string> Names => [.. Vectors.Documents.Select(d => d.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_hash_is_the_published_one(string name)
    {
        var (_, document, hashes) = Vectors.Documents.Single(d => d.Name == name);
        Assert.Equal(hashes, Vectors.Events(document).Select(e => EventHash.Id(e, EventHash.Context(document, e))));
    }

    [Fact]
    public void All_published_events_are_here() => Assert.Equal((9, 23), (Vectors.Documents.Count(), Vectors.Documents.Sum(d => d.Hashes.Length)));

    [Fact]
    public void The_canonical_text_is_the_published_one() =>
        // tests/examples/expected/CBV2.0/ReferenceEventHashAlgorithm3.prehashes
        Assert.Equal("eventType=ObjectEventeventTime=2020-03-04T10:00:30.000ZeventTimeZoneOffset=+01:00epcListepc=https://id.gs1.org/01/00614141111114/21/987action=OBSERVEbizStep=https://ref.gs1.org/cbv/BizStep-departingdisposition=https://ref.gs1.org/cbv/Disp-in_transitreadPointid=https://id.gs1.org/414/4012345000115bizTransactionListtype=https://ref.gs1.org/cbv/BTT-pobizTransaction=https://id.gs1.org/253/4012345111118123sourceListtype=https://ref.gs1.org/cbv/SDT-owning_partysource=https://id.gs1.org/417/4012345000009destinationListtype=https://ref.gs1.org/cbv/SDT-owning_partydestination=https://id.gs1.org/417/0614141000005readPoint{https://ns.example.com/epcis/}myField1=AB-12{https://ns.example.com/epcis/}userExt=CD-34",
            EventHash.Text(Vectors.Events(Vectors.Document("ReferenceEventHashAlgorithm3")).Single(), EventHash.Context(Vectors.Document("ReferenceEventHashAlgorithm3"))));

    [Fact]
    public void The_order_of_fields_and_lists_and_the_spelling_of_words_make_no_other_hash()
    {
        foreach (var (_, document, _) in Vectors.Documents)
            foreach (var happening in Vectors.Events(document))
            {
                var context = EventHash.Context(document, happening);
                var turned = (JsonObject)Turned(JsonSerializer.SerializeToNode(happening)!)!;
                if (turned["bizStep"] is { } step && !((string)step!).Contains(':', StringComparison.Ordinal)) turned["bizStep"] = "urn:epcglobal:cbv:bizstep:" + (string)step!;
                Assert.Equal(EventHash.Id(happening, context), EventHash.Id(JsonSerializer.SerializeToElement(turned), context));
            }
    }

    [Fact]
    public void Every_other_word_or_number_makes_another_hash()
    {
        foreach (var (_, document, _) in Vectors.Documents)
            foreach (var happening in Vectors.Events(document))
            {
                var context = EventHash.Context(document, happening);
                var hash = EventHash.Id(happening, context);
                foreach (var path in Leaves(JsonSerializer.SerializeToNode(happening)!))
                {
                    if (path.Contains("errorDeclaration", StringComparison.Ordinal) || path.Contains("certificationInfo", StringComparison.Ordinal) || path.Contains("recordTime", StringComparison.Ordinal) || path.Contains("eventID", StringComparison.Ordinal)) continue;
                    var copy = JsonSerializer.SerializeToNode(happening)!;
                    Change(copy, path);
                    Assert.True(hash != EventHash.Id(JsonSerializer.SerializeToElement(copy), context), path);
                }
            }
    }

    [Fact]
    public void A_withdrawal_keeps_the_id_of_what_it_withdraws()
    {
        var happening = Vectors.Events(Vectors.Document("epcisDocWithXMLstartTagAndErrorDeclaration")).Single();
        var without = JsonSerializer.SerializeToNode(happening)!.AsObject();
        Assert.True(without.Remove("errorDeclaration"));
        Assert.Equal(EventHash.Id(happening, EventHash.Context()), EventHash.Id(JsonSerializer.SerializeToElement(without), EventHash.Context()));
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999Z")]
    [InlineData("9999-12-31T23:59:59.9995Z", "9999-12-31T23:59:59.999Z")]
    [InlineData("2020-03-04T11:00:30.9995Z", "2020-03-04T11:00:31.000Z")]
    public void A_time_in_the_last_millisecond_of_the_last_year_has_a_hash_too(string time, string written)
    {
        var happening = Vectors.Document("ReferenceEventHashAlgorithm").GetProperty("epcisBody").GetProperty("eventList")[0];
        var other = JsonSerializer.SerializeToNode(happening)!.AsObject();
        other["eventTime"] = time;
        Assert.Contains("eventTime=" + written, EventHash.Text(JsonSerializer.SerializeToElement(other), EventHash.Context()));
    }

    private static JsonNode? Turned(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Reverse().Select(p => KeyValuePair.Create(p.Key, Turned(p.Value)))),
        JsonArray a => new JsonArray([.. a.Reverse().Select(Turned)]),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<string> Leaves(JsonNode node) => node switch
    {
        JsonObject o => o.SelectMany(p => Leaves(p.Value!)),
        JsonArray a => a.SelectMany(i => Leaves(i!)),
        _ => [node.GetPath()],
    };

    private static void Change(JsonNode root, string path)
    {
        JsonNode? Find(JsonNode node) => node.GetPath() == path ? node : node switch { JsonObject o => o.Select(p => Find(p.Value!)).FirstOrDefault(f => f is not null), JsonArray a => a.Select(i => Find(i!)).FirstOrDefault(f => f is not null), _ => null };
        var leaf = Find(root)!;
        JsonNode other = leaf.GetValueKind() switch { JsonValueKind.Number => JsonValue.Create(leaf.GetValue<decimal>() + 1), JsonValueKind.True => JsonValue.Create(false), _ => JsonValue.Create(Other(leaf.GetValue<string>())) };
        leaf.ReplaceWith(other);
    }

    // Another second of a time, another last character of the rest. A class of all serials (*) becomes one serial; the bare extension 0 of a place becomes an extension.
    private static string Other(string text) => text.Contains('T', StringComparison.Ordinal) && text.Length > 18 && text[10] == 'T' ? text[..18] + (text[18] == '1' ? '2' : '1') + text[19..] : text.Contains('?', StringComparison.Ordinal) ? text[..(text.IndexOf('?', StringComparison.Ordinal) - 1)] + "Y" : text[..^1] + (text[^1] == '7' ? '8' : '7');
}
