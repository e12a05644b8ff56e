using System.Text;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Tests.Settlement.Splits;

public sealed class LineSplitTests
{
    [Theory]
    [InlineData("""{ "to": "tax", "contained": "13%", "of": "goods" }""", "tax:667")] // 5800 × 13/113 = 667.26
    [InlineData("""{ "to": "tax", "rate": "2.5%", "of": "gross" }""", "tax:160")]
    [InlineData("""{ "to": "tax", "rate": "0.7813%", "of": "gross" }""", "tax:50")]
    [InlineData("""{ "to": "packaging", "fixed": "0.50", "per": "kg" }""", "packaging:62")] // 62.5, half to even
    [InlineData("""{ "to": "packaging", "fixed": "0.54", "per": "kg" }""", "packaging:68")] // 67.5, half to even
    [InlineData("""{ "to": "packaging", "fixed": "0.50", "per": "piece" }""", "packaging:150")]
    [InlineData("""{ "to": "packaging", "fixed": "0.50", "per": "line" }""", "packaging:50")]
    [InlineData("""{ "to": "packaging", "fixed": "0.50", "per": "parcel" }""", "packaging:100")]
    [InlineData("""{ "to": "packaging", "fixed": "0.50", "per": "order" }""", "packaging:50")]
    [InlineData("""{ "to": "growers", "price": "intake" }""", "growers:1312")] // 1250 g × 10.50 yuan = 1312.5, half to even
    [InlineData("""{ "to": "growers", "price": "contract", "ifShort": { "bearer": "platform" } }""", "platform:-1100 growers:7500")]
    [InlineData("""{ "to": "growers", "fixed": "75", "per": "line", "ifShort": { "bearers": [ { "to": "risk-fund", "weight": 2 }, { "to": "collective", "weight": 1 } ] } }""", "collective:-367 risk-fund:-733 growers:7500")]
    [InlineData("""{ "to": "growers", "fixed": "75", "per": "line" }""", "growers:6400")]
    [InlineData("""{ "to": "growers", "fixed": "75", "per": "line", "from": "programme" }""", "programme:-7500 growers:7500")]
    [InlineData("""{ "to": "host", "rate": "5%", "of": "goods", "when": { "campaign": ["autumn"] } }""", "")]
    [InlineData("""{ "to": "host", "rate": "5%", "of": "goods", "when": { "campaign": ["autumn", "spring"], "channel": ["jd"] } }""", "host:290")]
    public void A_step_pays_what_the_hand_reckons(string step, string parts) => Assert.Equal(parts, First(Split(step)));

    [Theory]
    [InlineData("""{ "to": "growers", "from": "programme", "rate": "50%", "of": "goods" }""", "programme:-1000 growers:1000")] // pays what is left of the budget
    [InlineData("""{ "to": "growers", "fixed": "75", "per": "line", "ifShort": { "bearer": "platform" } }""", "platform:-300 growers:6700")] // beyond its limit it reduces
    [InlineData("""{ "to": "growers", "fixed": "75", "per": "line", "ifShort": { "bearers": [ { "to": "platform", "weight": 1 }, { "to": "collective", "weight": 1 } ] } }""", "collective:-550 platform:-300 growers:7250")]
    public void Budgets_and_limits_bind_where_they_are_given(string step, string parts)
    {
        var purse = new Purse();
        purse.Budgets[(int)SchemeRole.Programme] = 1000;
        purse.Limits[(int)SchemeRole.Platform] = 300;
        Assert.Equal(parts, First(Split(step, purse)));
        Assert.Equal(parts.Contains("programme", StringComparison.Ordinal) ? 0 : 1000, purse.Budgets[(int)SchemeRole.Programme]);
        Assert.Equal(parts.Contains("platform", StringComparison.Ordinal) ? 0 : 300, purse.Limits[(int)SchemeRole.Platform]);
    }

    [Fact]
    public void Poor_asks_for_the_fact_of_the_lot()
    {
        var scheme = Read("""{ "to": "growers", "from": "programme", "rate": "5%", "of": "goods", "when": { "poor": true } }""");
        Assert.Equal(0b10ul, scheme.Match.Of("jd", "", "", "", poor: false));
        Assert.Equal(0b11ul, scheme.Match.Of("jd", "", "", "", poor: true));
    }

    [Fact]
    public void A_mean_price_is_never_rounded()
    {
        // 3 households, 1 g each at 1, 1 and 2 fen per kg: mean 4/3 fen per kg; 3 000 000 g cost 4000 fen exactly.
        Assert.Equal(4000, new LotPrice(4, 3, byPiece: false).Of(3_000_000));
        Assert.Equal(2, new LotPrice(5, 2, byPiece: true).Of(1)); // 2.5, half to even
        Assert.Equal(8, new LotPrice(5, 2, byPiece: true).Of(3)); // 7.5, half to even
        // Beyond 128 bits the product is exact too.
        Assert.Equal(1_000_000_000_000, new LotPrice(Int128.MaxValue / 4, Int128.MaxValue / 4, byPiece: true).Of(1_000_000_000_000));
    }

    [Fact]
    public void An_order_amount_goes_by_goods_over_the_lines_to_which_the_step_applies()
    {
        var scheme = Read("""{ "to": "station", "fixed": "1.00", "per": "order", "when": { "channel": ["jd"] } }""");
        var all = scheme.Match.Of("jd", "", "", "", false);
        LineAmounts[] lines = [new() { Goods = 200, Applies = all }, new() { Goods = 900, Applies = scheme.Match.Of("tb", "", "", "", false) }, new() { Goods = 100, Applies = all }];
        var parts = new long[3];
        OrderParts.Fill(scheme, lines, [0, 1, 2], parts);
        Assert.Equal([67L, 0, 33], parts);
        for (var i = 0; i < 3; i++) lines[i].Goods = 0;
        lines[1].Applies = all;
        OrderParts.Fill(scheme, lines, [2, 1, 0], parts); // equal weights, the odd fen to the ordinally first
        Assert.Equal([33L, 33, 34], parts);
    }

    private static (Scheme Scheme, Part[] Parts) Split(string step, Purse? purse = null)
    {
        var scheme = Read(step);
        var line = new LineAmounts { Goods = 5800, Freight = 600, Grams = 1250, Pieces = 3, Parcels = 2, Applies = scheme.Match.Of("jd", "", "spring", "", false) };
        var lot = new LotTerms { Intake = new LotPrice(1050, 1, false), Contract = new LotPrice(6000, 1, false) };
        var (ofOrder, parts) = (new long[scheme.OrderSteps.Length], new Part[scheme.MostParts]);
        OrderParts.Fill(scheme, [line], [0], ofOrder);
        var count = LineSplit.Parts(scheme, line, lot, ofOrder, purse, parts);
        Assert.Equal(6400, parts.Take(count).Sum(part => part.Fen));
        return (scheme, parts[..count]);
    }

    private static string First((Scheme, Part[] Parts) split) => string.Join(' ', split.Parts.Where(part => part.Step == 0).Select(part => $"{part.Role.Name()}:{part.Fen}"));

    private static Scheme Read(string step)
    {
        var json = $$"""{ "name": "n", "steps": [ {{step}}, { "to": "cooperative", "rest": true } ] }""";
        return SchemeReader.TryRead(Encoding.UTF8.GetBytes(json), new DateOnly(2026, 11, 22), out var scheme, out var faults) ? scheme : throw new InvalidOperationException(string.Join("; ", faults));
    }
}
