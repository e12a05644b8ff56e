using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Tests.Settlement.Bulk;

namespace Shanhuo.Tests.Settlement.Schemes;

public sealed class SchemeReaderTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly Texts Texts = new([typeof(BulkSettlement).Assembly]);

    [Theory]
    [InlineData("""{ "to": "king", "rate": "5%", "of": "gross" }""", "steps[0].to", "scheme.unknown-role")]
    [InlineData("""{ "to": "buyer", "rate": "5%", "of": "gross" }""", "steps[0].to", "scheme.unknown-role")]
    [InlineData("""{ "rate": "5%", "of": "gross" }""", "steps[0].to", "scheme.missing-key")]
    [InlineData("""{ "to": "tax", "rate": "5", "of": "gross" }""", "steps[0].rate", "scheme.not-a-rate")]
    [InlineData("""{ "to": "tax", "rate": "100.0001%", "of": "gross" }""", "steps[0].rate", "scheme.not-a-rate")]
    [InlineData("""{ "to": "tax", "rate": "0.00001%", "of": "gross" }""", "steps[0].rate", "scheme.not-a-rate")]
    [InlineData("""{ "to": "tax", "rate": "1.00000%", "of": "gross" }""", "steps[0].rate", "scheme.not-a-rate")]
    [InlineData("""{ "to": "tax", "rate": "-1%", "of": "gross" }""", "steps[0].rate", "scheme.not-a-rate")]
    [InlineData("""{ "to": "tax", "rate": 0.05, "of": "gross" }""", "steps[0].rate", "scheme.kind-text")]
    [InlineData("""{ "to": "tax", "rate": "5%" }""", "steps[0].of", "scheme.missing-key")]
    [InlineData("""{ "to": "tax", "rate": "5%", "of": "net" }""", "steps[0].of", "scheme.unknown-word")]
    [InlineData("""{ "to": "tax", "fixed": "0.80" }""", "steps[0].per", "scheme.missing-key")]
    [InlineData("""{ "to": "tax", "fixed": "0.801", "per": "kg" }""", "steps[0].fixed", "scheme.not-money")]
    [InlineData("""{ "to": "tax", "fixed": "-1", "per": "kg" }""", "steps[0].fixed", "scheme.not-money")]
    [InlineData("""{ "to": "tax", "fixed": "1000000000000.01", "per": "kg" }""", "steps[0].fixed", "scheme.not-money")]
    [InlineData("""{ "to": "tax", "fixed": "1", "per": "ton" }""", "steps[0].per", "scheme.unknown-word")]
    [InlineData("""{ "to": "tax", "fixed": "1", "per": "kg", "of": "gross" }""", "steps[0].of", "scheme.of-alone")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "per": "kg" }""", "steps[0].per", "scheme.per-alone")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "fixed": "1" }""", "steps[0].fixed", "scheme.two-amounts")]
    [InlineData("""{ "to": "tax" }""", "steps[0]", "scheme.no-amount")]
    [InlineData("""{ "to": "tax", "price": "market" }""", "steps[0].price", "scheme.unknown-word")]
    [InlineData("""{ "to": "growers", "price": "contract" }""", "steps[0].ifShort", "scheme.contract-needs-bearer")]
    [InlineData("""{ "to": "growers", "price": "contract", "ifShort": "reduce" }""", "steps[0].ifShort", "scheme.contract-needs-bearer")]
    [InlineData("""{ "to": "growers", "price": "contract", "from": "platform" }""", "steps[0].ifShort", "scheme.contract-needs-bearer")]
    [InlineData("""{ "to": "carrier", "actual": "fuel" }""", "steps[0].actual", "scheme.unknown-word")]
    [InlineData("""{ "to": "carrier", "actual": "freight", "sunk": false }""", "steps[0].sunk", "scheme.sunk-always")]
    [InlineData("""{ "to": "carrier", "actual": "freight", "sunk": "yes" }""", "steps[0].sunk", "scheme.kind-yes-or-no")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "from": "growers" }""", "steps[0].from", "scheme.may-not-pay")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "from": "carrier" }""", "steps[0].from", "scheme.may-not-pay")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "from": "platform", "ifShort": "reduce" }""", "steps[0].ifShort", "scheme.short-beside-from")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "ifShort": { "bearer": "tax" } }""", "steps[0].ifShort.bearer", "scheme.may-not-pay")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "ifShort": "refuse" }""", "steps[0].ifShort", "scheme.kind-short")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "ifShort": {} }""", "steps[0].ifShort", "scheme.one-of")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "ifShort": { "bearers": [ { "to": "platform", "weight": 1 }, { "to": "platform", "weight": 2 } ] } }""", "steps[0].ifShort.bearers[1].to", "scheme.role-twice")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "ifShort": { "bearers": [ { "to": "platform", "weight": 0 } ] } }""", "steps[0].ifShort.bearers[0].weight", "scheme.weight")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "ifShort": { "bearers": [ { "to": "platform", "weight": 1.5 } ] } }""", "steps[0].ifShort.bearers[0].weight", "scheme.weight")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "ifShort": { "bearers": [] } }""", "steps[0].ifShort.bearers", "scheme.empty-list")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "when": { "day": ["monday"] } }""", "steps[0].when.day", "scheme.unknown-key")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "when": { "channel": "jd" } }""", "steps[0].when.channel", "scheme.kind-list")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "when": { "poor": false } }""", "steps[0].when.poor", "scheme.kind-true")]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross", "note": "x" }""", "steps[0].note", "scheme.unknown-key")]
    [InlineData("""{ "to": "tax", "to": "tax", "rate": "1%", "of": "gross" }""", "steps[0].to", "scheme.double-key")]
    [InlineData("""{ "to": "tax", "rest": true }""", "steps[0].rest", "scheme.rest-not-last")]
    [InlineData("""{ "split": [ { "to": "tax", "weight": 1 } ] }""", "steps[0].split", "scheme.rest-not-last")]
    [InlineData("5", "steps[0]", "scheme.kind-object")]
    public void A_step_at_fault_is_refused_at_its_place(string step, string place, string code) =>
        OnlyFault($$"""{ "name": "n", "steps": [ {{step}}, { "to": "cooperative", "rest": true } ] }""", place, code);

    [Theory]
    [InlineData("""{ "to": "tax", "rate": "1%", "of": "gross" }""", "steps[0]", "scheme.no-rest")]
    [InlineData("""{ "to": "tax", "rest": false }""", "steps[0].rest", "scheme.kind-true")]
    [InlineData("""{ "to": "tax", "rest": true, "when": { "channel": ["jd"] } }""", "steps[0].when", "scheme.not-on-last")]
    [InlineData("""{ "to": "tax", "rest": true, "sunk": true }""", "steps[0].sunk", "scheme.not-on-last")]
    [InlineData("""{ "to": "tax", "rest": true, "from": "platform" }""", "steps[0].from", "scheme.not-on-last")]
    [InlineData("""{ "to": "tax", "split": [ { "to": "tax", "weight": 1 } ] }""", "steps[0].to", "scheme.to-with-split")]
    [InlineData("""{ "split": [ { "to": "tax", "weight": 1 }, { "to": "tax", "weight": 1 } ] }""", "steps[0].split[1].to", "scheme.role-twice")]
    [InlineData("""{ "split": [ { "to": "tax", "weight": -1 } ] }""", "steps[0].split[0].weight", "scheme.weight")]
    [InlineData("""{ "split": [ { "to": "tax" } ] }""", "steps[0].split[0].weight", "scheme.missing-key")]
    public void A_last_step_at_fault_is_refused_at_its_place(string step, string place, string code) =>
        OnlyFault($$"""{ "name": "n", "steps": [ {{step}} ] }""", place, code);

    [Theory]
    [InlineData("""{ "steps": [ { "to": "tax", "rest": true } ] }""", "name", "scheme.missing-key")]
    [InlineData("""{ "name": " ", "steps": [ { "to": "tax", "rest": true } ] }""", "name", "scheme.empty-text")]
    [InlineData("""{ "name": "\ud800", "steps": [ { "to": "tax", "rest": true } ] }""", "name", "scheme.broken-text")]
    [InlineData("""{ "name": "n" }""", "steps", "scheme.missing-key")]
    [InlineData("""{ "name": "n", "steps": [] }""", "steps", "scheme.empty-list")]
    [InlineData("""{ "name": "n", "steps": {} }""", "steps", "scheme.kind-list")]
    [InlineData("""{ "name": "n", "version": 1, "steps": [ { "to": "tax", "rest": true } ] }""", "version", "scheme.unknown-key")]
    [InlineData("""{ "name": "n", "steps": [ { "to": "tax", "rest": true } ], "refunds": { "bearer": "growers" } }""", "refunds.bearer", "scheme.may-not-pay")]
    [InlineData("""{ "name": "n", "steps": [ { "to": "tax", "rest": true } ], "refunds": { "who": "platform" } }""", "refunds.who", "scheme.unknown-key")]
    [InlineData("""{ "name": "n", "steps": [ { "to": "tax", "rest": true } ], "close": { "patronage": "59.9999%" } }""", "close.patronage", "scheme.under-floor")]
    [InlineData("""{ "name": "n", "steps": [ { "to": "tax", "rest": true } ], "close": { "reserve": "20%" } }""", "close.patronage", "scheme.missing-key")]
    [InlineData("""{ "name": "n", "steps": [ { "to": "tax", "rest": true } ], "close": { "patronage": "70%", "welfare": "20%", "labour": "10.0001%" } }""", "close.welfare", "scheme.close-too-much")]
    [InlineData("[]", null, "scheme.kind-object")]
    [InlineData("{", null, "scheme.not-json")]
    [InlineData("", null, "scheme.not-json")]
    [InlineData("""{ "name": "n", "steps": [ { "to": "tax", "rest": true } ] } {}""", null, "scheme.not-json")]
    [InlineData("""{ "name": "n", /* why */ "steps": [ { "to": "tax", "rest": true } ] }""", null, "scheme.not-json")]
    public void A_document_at_fault_is_refused_at_its_place(string json, string? place, string code) => OnlyFault(json, place, code);

    [Fact]
    public void Bytes_that_are_no_text_too_many_steps_and_too_long_a_document_are_refused()
    {
        Assert.False(SchemeReader.TryRead([(byte)'{', 0xFF], Today, out _, out var faults));
        Assert.Equal("scheme.not-utf8", faults.Single().Code);
        Assert.False(SchemeReader.TryRead(new byte[SchemeReader.LargestDocument + 1], Today, out _, out faults));
        Assert.Equal("scheme.too-long", faults.Single().Code);
        var step = """{ "to": "tax", "rate": "1%", "of": "gross" },""";
        OnlyFault($$"""{ "name": "n", "steps": [ {{string.Concat(Enumerable.Repeat(step, 64))}} { "to": "tax", "rest": true } ] }""", "steps", "scheme.too-many-steps");
    }

    [Fact]
    public void All_faults_come_at_once()
    {
        var faults = Faults("""{ "name": "", "steps": [ { "to": "king", "rate": "x", "of": "y", "z": 1 } ], "refunds": { "bearer": "tax" }, "close": { "patronage": "1%" } }""");
        Assert.Equal(["name", "steps[0].z", "steps[0]", "steps[0].to", "steps[0].rate", "steps[0].of", "refunds.bearer", "close.patronage"], faults.Select(f => f.Where.Column ?? "steps[0]"));
    }

    [Fact]
    public void The_legal_floor_is_that_of_the_day()
    {
        var json = Encoding.UTF8.GetBytes("""{ "name": "n", "steps": [ { "to": "tax", "rest": true } ], "close": { "patronage": "50%" } }""");
        Assert.True(SchemeReader.TryRead(json, new DateOnly(2007, 6, 30), out _, out _));
        Assert.False(SchemeReader.TryRead(json, new DateOnly(2007, 7, 1), out _, out var faults));
        Assert.Contains("（2006年）第三十七条", Texts.Say(Language.Zh, faults.Single()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scheme_written_and_read_again_is_the_same_scheme()
    {
        Assert.Equal(Bare(BulkFolder.ExampleScheme), Bare(Read(BulkFolder.ExampleScheme).Json));
        for (var seed = 0; seed < 500; seed++)
        {
            var scheme = Read(new RandomSeason(seed).Scheme);
            Assert.Equal(scheme.Json, Read(scheme.Json).Json);
        }
    }

    [Fact]
    public void Every_role_and_refusal_has_its_text_in_both_languages()
    {
        foreach (var role in Enum.GetValues<SchemeRole>()) Assert.True(Texts.Has("role." + role.Name()), role.Name());
        Assert.Equal(Enum.GetValues<SchemeRole>().Select(role => role.Name()).Order(StringComparer.Ordinal), Enum.GetValues<SchemeRole>().Select(role => role.Name()));
    }

    private static string Bare(string json) => string.Concat(json.Where(c => !char.IsWhiteSpace(c)));

    private static Scheme Read(string json) => SchemeReader.TryRead(Encoding.UTF8.GetBytes(json), Today, out var scheme, out var faults) ? scheme : throw new InvalidOperationException(string.Join("; ", faults));

    private static IReadOnlyList<Refusal> Faults(string json)
    {
        Assert.False(SchemeReader.TryRead(Encoding.UTF8.GetBytes(json), Today, out _, out var faults));
        return faults;
    }

    private static void OnlyFault(string json, string? place, string code)
    {
        var fault = Faults(json)[0]; // a broken key may bring others in its train
        Assert.Equal((code, place), (fault.Code, fault.Where.Column));
        foreach (var language in Enum.GetValues<Language>()) Assert.DoesNotContain("[scheme", Texts.Say(language, fault), StringComparison.Ordinal);
    }
}
