using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Shop;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Offers;

/// <summary>A seller enters the documents that its goods need, and its offers open by themselves.</summary>
public sealed class DocumentsTests
{
    [Theory, EachDatabase]
    public async Task A_document_that_its_seller_enters_opens_the_offer_for_buyers(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, promise: false);
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        async Task<string> Shown()
        {
            host.Clock.Now = host.Clock.Now.AddSeconds(2);
            await site.Services.GetRequiredService<ShopPulse>().Feel(CancellationToken.None);
            return (await buyer.Get("/shop/620525/almond-701")).Page.QuerySelector(".state")!.TextContent;
        }
        Assert.Contains("卖方的证过期了", await Shown(), StringComparison.Ordinal);
        Assert.Equal("market.offer-document", (await Window.Place(host, Window.Order())).Refused?.Code);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var page = await seller.Get("/market/offers/documents");
        var fields = new Dictionary<string, string> { ["Form.Kind"] = "promise", ["Form.OrganisationId"] = $"{SmallCounty.Cooperative}", ["Form.ProductId"] = $"{SmallCounty.Apricot}", ["Form.Number"] = "ＣＮ-2026-7", ["Form.From"] = "2026-11-21", ["Form.Until"] = "2027-11-20" };
        foreach (var (field, value, says) in new[] { ("Form.Kind", "x", "种类"), ("Form.OrganisationId", $"{SmallCounty.Enterprise}", "单位"), ("Form.ProductId", "9", "产品"), ("Form.Number", "7", "证号"), ("Form.Until", "2026-11-20", "有效期"), ("Form.Until", "2036-11-22", "有效期"), ("Form.From", "", "有效期") })
        {
            var wrong = await seller.Submit(page, "form:has(#Form_Number)", new(fields) { [field] = value });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
            Assert.Contains(says, wrong.Page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        }
        Assert.Equal(0, await host.Db(db => db.Certificates.CountAsync()));
        // The same form sent twice is one document.
        foreach (var _ in new[] { 1, 2 }) Assert.Contains("CN-2026-7", (await seller.Submit(page, "form:has(#Form_Number)", fields)).Text, StringComparison.Ordinal);
        var document = await host.Db(db => db.Certificates.SingleAsync());
        Assert.Equal(("promise", SmallCounty.Cooperative, SmallCounty.Apricot, "CN-2026-7", new DateOnly(2027, 11, 20)), (document.Kind, document.OrganisationId, document.ProductId, document.Number, document.Until));
        Assert.DoesNotContain("卖方的证过期了", await Shown(), StringComparison.Ordinal);
        Assert.Null((await Window.Place(host, Window.Order())).Refused);
        Assert.Contains("CN-2026-7", (await buyer.Get("/shop/620525/almond-701")).Text, StringComparison.Ordinal);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        Assert.Null((await official.Get("/market/offers/documents")).Page.QuerySelector("main form"));
    }
}
