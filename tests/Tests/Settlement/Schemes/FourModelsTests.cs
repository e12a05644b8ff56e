using Shanhuo.Kernel;
using Shanhuo.Settlement.Pools;
using Shanhuo.Settlement.Refunds;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Tests.Settlement.Schemes;

/// <summary>
/// One season through the four organisation models. 1000 kg are handed in at an agreed (and contracted) 8.00 yuan; 10% spoil; the price has dropped, so
/// 90 orders of 10 kg bring 80.00 for the goods and 10.00 freight each; when the growers are paid, one buyer sends everything back.
/// </summary>
public sealed class FourModelsTests
{
    [Fact]
    public void In_model_1_the_growers_have_the_rest_and_so_the_price_drop_and_the_spoilage()
    {
        var season = Run("1-government-farmer-platform");
        // 90 × (9000 gross − 450 platform − 1000 carrier − 80 station − 500 packaging)
        Assert.Equal(90 * 6970, season.Of(SchemeRole.Growers));
        Assert.Equal(90 * -80, season.BeforeRefund(SchemeRole.Programme)); // promotion is the government's
        // They are paid and keep it; the platform gives back their part and the spent freight and packing, and its own commission.
        Assert.Equal(0, season.LastRefund(SchemeRole.Growers));
        Assert.Equal(-6970 - 1000 - 500 - 450, season.LastRefund(SchemeRole.Platform));
    }

    [Fact]
    public void In_model_2_the_risk_fund_holds_the_price_and_the_growers_bear_only_what_spoils()
    {
        var season = Run("2-government-cooperative-farmer-platform");
        Assert.Equal(90 * 8000, season.Of(SchemeRole.Growers)); // 900 of 1000 kg at 8.00
        Assert.Equal(90 * -1030, season.BeforeRefund(SchemeRole.RiskFund)); // 8000 − 6970 a line
        Assert.Equal(0, season.Of(SchemeRole.Cooperative)); // nothing is left for it
        // The late return: the growers' 8000 and the spent 1500 from the risk fund, which has its own 1030 back.
        Assert.Equal(-8000 - 1500 + 1030, season.LastRefund(SchemeRole.RiskFund));
    }

    [Fact]
    public void In_model_3_the_enterprise_bought_at_intake_and_bears_price_spoilage_and_return()
    {
        var season = Run("3-enterprise-cooperative-farmer-platform", boughtBy: SchemeRole.Enterprise);
        Assert.Equal(800_000, season.Of(SchemeRole.Growers)); // all 1000 kg, at once
        // A line: 9000 − 450 − 1000 − 500 packaging − 600 wages − 200 service = 6250 to the enterprise in the growers' place.
        Assert.Equal(-800_000 + 90 * 6250, season.BeforeRefund(SchemeRole.Enterprise));
        Assert.Equal(90 * 600, season.Of(SchemeRole.Workers)); // wages are spent, also for what comes back
        Assert.Equal(-6250 - 1000 - 500 - 600, season.LastRefund(SchemeRole.Enterprise));
        Assert.Equal(0, season.Of(SchemeRole.VillageFund)); // nothing over the price, no fund this year
    }

    [Fact]
    public void In_model_4_platform_programme_and_cooperative_share_the_risk_and_no_margin_is_taken()
    {
        var season = Run("4-government-platform-cooperatives-farmers");
        Assert.Equal(800_000, season.Of(SchemeRole.Growers)); // 900 kg from the sales, 100 kg at the close of the lot
        // A line lacks 8000 − (9000 − 1000 − 80 − 500 − 200) = 780; the close 80 000; both 2 : 1 : 1.
        Assert.Equal((90 * -390 - 40_000, 90 * -195 - 20_000, 90 * (200 - 195) - 20_000), (season.BeforeRefund(SchemeRole.Platform), season.BeforeRefund(SchemeRole.Programme), season.BeforeRefund(SchemeRole.Cooperative)));
        Assert.Equal(390 - 8000 - 1500, season.LastRefund(SchemeRole.Platform));
    }

    [Fact]
    public void In_a_good_year_each_model_leaves_the_gain_with_another()
    {
        // 16.00 a kilo, nothing spoils, nothing comes back.
        var years = Directory.GetFiles(Path.Combine(Repository.Root, "data", "schemes"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => Run(Path.GetFileNameWithoutExtension(file), file.Contains("3-enterprise", StringComparison.Ordinal) ? SchemeRole.Enterprise : null, goods: 16_000, orders: 100, returned: false)).ToArray();
        Assert.Equal([100 * 14_570L, 800_000, 800_000, 800_000 + 100 * 4332], years.Select(year => year.Of(SchemeRole.Growers)));
        Assert.Equal(100 * 5913, years[1].Of(SchemeRole.Cooperative)); // to be returned by patronage; a tenth is the village's
        Assert.Equal(100 * 657, years[1].Of(SchemeRole.VillageFund));
        Assert.True(years[2].Of(SchemeRole.Enterprise) > 400_000);
        Assert.Equal(100 * 2888, years[3].Of(SchemeRole.Platform));
    }

    private static Season Run(string model, SchemeRole? boughtBy = null, long goods = 8_000, int orders = 90, bool returned = true)
    {
        var json = File.ReadAllBytes(Path.Combine(Repository.Root, "data", "schemes", model + ".json"));
        Assert.True(SchemeReader.TryRead(json, new DateOnly(2026, 11, 22), out var scheme, out var faults), string.Join("; ", faults));
        var lot = new LotTerms { Intake = new LotPrice(800, 1, false), Contract = new LotPrice(800, 1, false), BoughtBy = boughtBy };
        var season = new Season();
        if (boughtBy is { } buyer) season.Add([new Part(0, SchemeRole.Growers, IntakeBought.Owed(1_000_000 * 800, false), false), new Part(0, buyer, -800_000, false)]);
        var line = new LineAmounts { Goods = goods, Freight = 1000, Grams = 10_000, Parcels = 1, Applies = scheme.Match.Of("taobao", "S-1", "", "", false) };
        var (ofOrder, parts, posted) = (new long[scheme.OrderSteps.Length], new Part[scheme.MostParts], new LinePostings());
        OrderParts.Fill(scheme, [line], [0], ofOrder);
        var count = LineSplit.Parts(scheme, line, lot, ofOrder, null, parts);
        for (var order = 0; order < orders; order++) season.Add(parts[..count]);
        if (boughtBy is null) season.Add(Close(scheme, lot, 1_000_000 - orders * 10_000));
        season.Paid();
        if (!returned) return season;
        posted.Set(parts.AsSpan(0, count));
        var unpaid = (long[])RefundSplit.NothingPaidOut.Clone();
        unpaid[(int)SchemeRole.Growers] = 0;
        RefundSplit.Post(posted, line.Gross, 0, line.Gross, scheme.RefundBearer, scheme.RefundBearer, unpaid, season.Refund);
        return season;
    }

    // Goods at a guaranteed price that nobody bought are paid by the step's bearers when the lot is closed.
    private static IEnumerable<Part> Close(Scheme scheme, LotTerms lot, long unsold)
    {
        if (scheme.Steps.FirstOrDefault(step => step is { Measure: Measure.Price, Price: PriceKind.Contract }) is not { } step) return [];
        var owed = lot.Contract!.Value.Of(unsold);
        var shares = Webster.Apportion(new Fen(owed), [.. step.Bearers.Select(bearer => bearer.Weight)]);
        return step.Bearers.Select((bearer, b) => new Part(0, bearer.To, -shares[b].Value, false)).Append(new Part(0, SchemeRole.Growers, owed, false));
    }

    private sealed class Season
    {
        private readonly long[] totals = new long[Roles.Count];
        private long[] before = [];

        public long[] Refund { get; } = new long[Roles.Count];

        public void Add(IEnumerable<Part> parts)
        {
            foreach (var part in parts) totals[(int)part.Role] += part.Fen;
        }

        public void Paid() => before = [.. totals];

        public long Of(SchemeRole role) => before[(int)role] + Refund[(int)role];

        public long BeforeRefund(SchemeRole role) => before[(int)role];

        public long LastRefund(SchemeRole role) => Refund[(int)role];
    }
}
