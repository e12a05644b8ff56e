using System.Net;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Lots;
using Shanhuo.Registry;
using Shanhuo.Registry.Households;
using Shanhuo.Settlement.Trace;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Settlement.Statements;

namespace Shanhuo.Tests.Settlement.Trace;

public sealed class TraceTests
{
    [Theory, EachDatabase]
    public async Task Anybody_sees_where_a_lot_comes_from_and_where_the_price_goes(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        foreach (var (language, words) in new[] { ("zh", new[] { "杏仁", "1级", "¥32.45", "¥17.50", "种植户和工人", "合作社或企业", "2026年11月21日" }), ("en", ["Preserved almond", "Grade 1", "¥32.45", "¥17.50", "Growers and workers", "by share", "21 Nov 2026"]) })
        {
            var page = await (await host.Visit(language)).Get("/settlement/trace/lot/L-1");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            foreach (var word in words) Assert.Contains(word, page.Text);
            Assert.DoesNotContain("[", page.Text);
            PageWeight.MostBrotli(9_000, page);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.Visit()).Get("/settlement/trace/lot/L-404")).Status);
    }

    [Theory, EachDatabase]
    public async Task Fewer_than_five_growers_are_never_counted_located_or_named(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var page = await (await host.Visit()).Get("/settlement/trace/lot/L-1");
        Assert.Contains("几户人家", page.Text);
        foreach (var secret in new[] { "马文", "李秀英", "H-101", "2 户" }) Assert.DoesNotContain(secret, page.Body);
        Assert.DoesNotContain("前山村 ·", page.Text);
    }

    [Theory, EachDatabase]
    public async Task Villages_of_five_are_shown_smaller_ones_together_and_names_by_own_consent_only(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        await host.Db(async db =>
        {
            for (var i = 0; i < 12; i++)
            {
                var village = i < 7 ? SmallCounty.VillageA : SmallCounty.VillageB;
                db.Households.Add(new Household { Id = 1000 + i, Code = $"H-{1000 + i}", Area = village, HeadName = $"农户{i}", NameConsentSince = i == 0 ? new(2026, 1, 1) : i == 1 ? new(2027, 1, 1) : null });
                db.LotGrowers.Add(new LotGrower { County = SmallCounty.County, LotId = SmallCounty.Lot, HouseholdId = 1000 + i, Village = village, Quantity = 1000, Value = 3_000_000 });
            }
            await db.SaveChangesAsync();
        });
        var page = await (await host.Visit()).Get("/settlement/trace/lot/L-1");
        // Seven of village A and the two of the season, less the one who is named.
        Assert.Contains("前山村 · 8 户", page.Text);
        Assert.Contains("后山村 · 5 户", page.Text);
        Assert.Contains("农户0 （本人同意公开）", page.Text);
        Assert.DoesNotContain("农户1 ", page.Text);
    }

    [Theory, EachDatabase]
    public async Task What_a_programme_pays_for_poor_households_shows_nowhere(DatabaseKind kind)
    {
        await using var plain = await TestHost.Start(kind);
        await using var poor = await TestHost.Start(kind);
        await Season(plain);
        await Season(poor);
        await new Books(poor).Post(Shanhuo.Settlement.Ledger.Cause.Line, "9", SmallCounty.Day, "L-1", 0, 9, ("programme", "", -500), ("growers", "L-1", 500));
        var pages = new List<string>();
        foreach (var host in new[] { plain, poor }) pages.Add((await (await host.Visit()).Get("/settlement/trace/lot/L-1")).Text);
        Assert.Equal(pages[0], pages[1]);
    }

    [Theory]
    [InlineData(new long[] { 3, 4, 9, 20 }, new long[] { 20, 9, 7 })]
    [InlineData(new long[] { 3, 9, 20 }, new long[] { 20, 12 })]
    [InlineData(new long[] { 6, 20 }, new long[] { 20, 6 })]
    [InlineData(new long[] { 1, 6 }, new long[] { 7 })]
    [InlineData(new long[] { 2, 2 }, new long[] { 0 })]
    public void Small_groups_are_merged_until_none_can_be_found_by_subtraction(long[] households, long[] shown) =>
        Assert.Equal(shown, SmallGroups.Merge(households.Select((h, i) => new HouseholdGroup(new AreaCode(620525100201 + i), h, h))).Select(g => g.Households));

    [Fact]
    public void The_parts_of_a_price_are_exactly_the_price()
    {
        var chance = new Random(4711);
        string[] roles = ["platform", "carrier", "growers", "village-fund", "cooperative", "risk-fund", "programme", "tax", "workers"];
        for (var i = 0; i < 2000; i++)
        {
            var sums = roles.Where(_ => chance.Next(3) > 0).Select(r => KeyValuePair.Create(r, new Fen(chance.Next(-2000, 9000)))).ToList();
            sums.Add(KeyValuePair.Create("buyer", new Fen(-sums.Sum(s => s.Value.Value))));
            if (PriceBuildUp.Of(sums, chance.Next(1, 50_000), 500) is not { } price) continue;
            Assert.Equal(price.Unit.Value, price.Parts.Sum(p => p.OfUnit.Value));
            Assert.Equal(price.Paid.Value, price.Parts.Sum(p => p.OfAll.Value));
            Assert.DoesNotContain(price.Parts, p => p.OfUnit < Fen.Zero);
        }
    }

    [Fact]
    public async Task A_pack_has_a_code_that_opens_its_page()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await Season(host);
        var visitor = await host.Visit();
        using var code = await visitor.Client.GetAsync("/settlement/trace/code/L-1");
        Assert.Equal("image/svg+xml", code.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Client.GetAsync("/settlement/trace/code/L-404")).StatusCode);
    }

    private static async Task Season(TestHost host)
    {
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        var books = new Books(host);
        foreach (var line in new[] { 1, 2, 3 }) await books.Line(line);
    }
}
