using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Offers;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Offers;

/// <summary>Which documents open which goods, written down here once more: whoever changes data/market/goods.json changes this too.</summary>
public sealed class GoodsRulesTests
{
    // All in a row are needed; of those with a bar between them one is enough.
    private static readonly Dictionary<string, string> Needed = new()
    {
        ["fruit"] = "promise", ["vegetable"] = "promise", ["meat"] = "quarantine", ["halal-meat"] = "quarantine halal", ["live"] = "quarantine",
        ["processed"] = "food-licence|workshop", ["halal-processed"] = "food-licence|workshop halal", ["dry"] = "promise|food-licence|workshop", ["craft"] = "", ["visit"] = "", ["input"] = "input-licence",
    };

    private static readonly string[] All = ["promise", "quarantine", "food-licence", "workshop", "halal", "input-licence", "guarantee"];

    public static TheoryData<DatabaseKind, string> Categories
    {
        get
        {
            var data = new TheoryData<DatabaseKind, string>();
            foreach (var kind in Enum.GetValues<DatabaseKind>())
                foreach (var category in Needed.Keys) data.Add(kind, category);
            return data;
        }
    }

    [Fact]
    public void Every_category_and_every_document_is_known_here()
    {
        Assert.Equal(Needed.Keys.Order(StringComparer.Ordinal), GoodsRules.Shipped.Categories.Select(c => c.Code).Order(StringComparer.Ordinal));
        Assert.Equal(All.Order(StringComparer.Ordinal), GoodsRules.Shipped.Documents.Select(d => d.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_set_of_documents_opens_what_it_should_and_nothing_else()
    {
        foreach (var (category, needed) in Needed)
            for (var set = 0; set < 1 << All.Length; set++)
            {
                var there = All.Where((_, i) => (set >> i & 1) == 1).ToList();
                var open = needed.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(any => any.Split('|').Any(there.Contains));
                var missing = GoodsRules.Shipped.Missing(category, there);
                Assert.True(open == (missing is null), $"{category}: {string.Join(' ', there)} gives {missing ?? "open"}");
            }
    }

    [Theory, MemberData(nameof(Categories))]
    public async Task Without_one_of_its_documents_an_offer_is_closed_with_all_it_is_open_and_after_the_last_day_closed_again(DatabaseKind kind, string category)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, promise: false);
        await host.Db(db => db.Products.Where(p => p.Id == SmallCounty.Apricot).ExecuteUpdateAsync(set => set.SetProperty(p => p.Category, category)));
        var needed = Needed[category].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (needed.Length == 0) Assert.Null(await Closed(host));
        // Each way to meet all of them.
        for (var way = 0; way < needed.Select(any => any.Split('|').Length).DefaultIfEmpty(0).Max(); way++)
        {
            var documents = needed.Select(any => any.Split('|')).Select(any => any[Math.Min(way, any.Length - 1)]).ToArray();
            await Hold(host, documents, 0, 10);
            Assert.Null(await Closed(host));
            foreach (var without in documents)
            {
                await Hold(host, [.. documents.Where(d => d != without)], 0, 10);
                Assert.Equal("market.offer-document", await Closed(host));
            }
            foreach (var (from, until) in new[] { (-10, -1), (1, 10) })
            {
                await Hold(host, documents, from, until);
                Assert.Equal("market.offer-document", await Closed(host));
            }
            // For other goods, of another seller, taken back.
            await Hold(host, documents, 0, 0, product: SmallCounty.Blanket);
            Assert.Equal("market.offer-document", await Closed(host));
            await Hold(host, documents, 0, 0, seller: SmallCounty.Enterprise);
            Assert.Equal("market.offer-document", await Closed(host));
            await Hold(host, documents, 0, 0, revoked: true);
            Assert.Equal("market.offer-document", await Closed(host));
            // Good on its one and last day.
            await Hold(host, documents, 0, 0, product: SmallCounty.Apricot);
            Assert.Null(await Closed(host));
        }
    }

    // What the checkout says of one unit.
    private static Task<string?> Closed(SalesHost host) => host.Do(async (OfferBook book) =>
        OfferStanding.WhyNot((await book.Read(SmallCounty.County, [Window.Almonds], CancellationToken.None))[Window.Almonds].Facts, host.Clock.NowMs, host.Clock.Today, 1)?.Code);

    private static Task Hold(SalesHost host, string[] documents, int from, int until, long? product = null, long seller = SmallCounty.Cooperative, bool revoked = false) => host.Db(async db =>
    {
        await db.Certificates.ExecuteDeleteAsync();
        db.Certificates.AddRange(documents.Select((d, i) => new Certificate { Id = 9000 + i, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.Township, Kind = d, OrganisationId = seller, ProductId = product, Number = "CN-1", From = SmallCounty.Day.AddDays(from), Until = SmallCounty.Day.AddDays(until), RevokedDay = revoked ? SmallCounty.Day : null, ByAccountId = 1 }));
        await db.SaveChangesAsync();
    });
}
