using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Demo;

/// <summary>What the demo counties have in their shop windows: the pavilion's words, the sellers' documents, an offer for each product of each seller that still has goods, one closed by an expired document, a presale, a group buy and a flash sale. All of it is invented.</summary>
internal sealed class ShopDemo(ShanhuoDb db, Ids ids, TimeProvider clock) : ISeedDemo
{
    public int Order => 49;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        var first = county.Code == DemoCounty.Zhangjiachuan;
        db.Pavilions.Add(new Pavilion
        {
            Area = county.Code, Name = first ? "张家川" : "永靖", NameEn = first ? "Zhangjiachuan" : "Yongjing",
            Story = first ? "关山脚下，牛羊吃山草，杏树长在坡上。这里的货都由村里的合作社收，写明是哪个村、什么等级。（演示：内容为虚构）" : "黄河边上的永靖，日照长，苹果甜，百合厚。（演示：内容为虚构）",
            StoryEn = first ? "Under the Guan mountains cattle and sheep graze on the hills and apricots grow on the slopes. Village cooperatives take the goods in and name village and grade. (Demo: invented)" : "Yongjing on the Yellow River: long sun, sweet apples, thick lilies. (Demo: invented)",
            Merchant = first ? "张家川山货商贸有限公司（虚构）" : "永靖山货商贸有限公司（虚构）", Licence = "000000000000000000", Phone = "0000-1234567",
        });
        var today = county.Today;
        var products = await db.Products.Where(p => p.County == county.Code).ToListAsync(cancel);
        var (from, last) = (county.Code, county.Code.Last);
        var sellers = await db.OrganisationFacts.Where(o => o.Area >= from && o.Area <= last).ToDictionaryAsync(o => o.Id, cancel);
        var lots = await db.Lots.Where(l => l.County == county.Code && l.ClosedDay == null && l.Available > 0 && l.BestBefore >= today).ToListAsync(cancel);
        var grades = new Dictionary<string, string> { ["1"] = "一级", ["2"] = "二级", ["3"] = "三级" };
        var number = 0;
        var leader = sellers.Values.Where(s => s.Kind == OrganisationKind.VillageStation).Min(s => (long?)s.Id);
        foreach (var group in lots.GroupBy(l => (Seller: l.CooperativeId ?? l.PlaceId, l.ProductId, l.Grade)).OrderBy(g => g.Key.Seller).ThenBy(g => g.Key.ProductId).ThenBy(g => g.Key.Grade))
        {
            var product = products.First(p => p.Id == group.Key.ProductId);
            if (!sellers.TryGetValue(group.Key.Seller, out var seller) || group.Key.Grade == "3") continue;
            var unit = product.ByPiece ? 1 : product.Category.Contains("meat", StringComparison.Ordinal) ? 1000 : 500;
            var price = await db.BoardPrices.Where(p => p.County == county.Code && p.ProductId == product.Id && p.Grade == group.Key.Grade && p.Day <= today).OrderByDescending(p => p.Day).Select(p => p.Price).FirstAsync(cancel);
            number++;
            var kind = number switch { 3 => OfferKind.Flash, 5 => OfferKind.Group, 7 => OfferKind.Live, 11 => OfferKind.Cycle, 13 => OfferKind.Community, _ => OfferKind.Fixed };
            var grade = grades[group.Key.Grade];
            db.Offers.Add(new Offer
            {
                Id = ids.Next(), County = county.Code, RequestId = Guid.CreateVersion7(), Area = seller.Area, Code = $"{product.Code}-{number}", ProductId = product.Id, Grade = group.Key.Grade, SellerId = seller.Id, Kind = kind, State = OfferState.Open,
                Title = $"{product.Name} {grade}，{(product.ByPiece ? "一" + product.PieceName : unit == 1000 ? "两斤装" : "一斤装")}", TitleEn = $"{product.NameEn}, grade {group.Key.Grade}, {(product.ByPiece ? "one " + product.PieceNameEn : unit == 1000 ? "1 kg" : "500 g")}",
                Words = "从村里收来，分好等级，称好装袋。（演示：虚构）", WordsEn = "Taken in at the villages, graded, weighed and packed. (Demo: invented)",
                PerUnit = unit, Price = new Fen(Rounding.HalfEven((Int128)price.Value * 165 * unit, product.ByPiece ? 100 : 100_000) / 10 * 10), ByWeight = product.Category.Contains("meat", StringComparison.Ordinal),
                Cap = kind == OfferKind.Flash ? 50 : null, MostPerOrder = kind == OfferKind.Flash ? 2 : 99, Minimum = kind == OfferKind.Group ? 20 : null, ClosesMs = kind is OfferKind.Flash or OfferKind.Group or OfferKind.Cycle ? clock.NowMs + 7 * 86_400_000L : null,
                Campaign = kind == OfferKind.Flash ? "autumn" : kind == OfferKind.Live ? "live-1" : null, CommissionPpm = kind is OfferKind.Live or OfferKind.Community ? 50_000 : 0, PickupId = kind == OfferKind.Community ? leader : null, ByAccountId = 0, AtMs = clock.NowMs,
            });
            var needs = GoodsRules.Shipped.Of(product.Category).Needs;
            // The ninth seller's paper has run out, so that a closed offer can be seen.
            foreach (var any in needs)
                if (number != 9)
                    db.Certificates.Add(new Certificate { Id = ids.Next(), County = county.Code, RequestId = Guid.CreateVersion7(), Area = seller.Area, Kind = any[0], OrganisationId = seller.Id, ProductId = product.Id, Number = $"{any[0].ToUpperInvariant()}-0000{number:00}", From = today.AddDays(-30), Until = today.AddDays(300), ByAccountId = 0 });
        }
        foreach (var (code, title, titleEn, commission) in new[] { ("autumn", "秋天的山货", "Mountain goods of autumn", 0), ("live-1", "直播：村里的好货", "Live: good things from the village", 50) })
            db.Campaigns.Add(new Campaigns.Campaign { County = county.Code, Id = ids.Next(), RequestId = Guid.CreateVersion7(), Code = code, Title = title, TitleEn = titleEn, Story = "请县里的人讲讲这些货从哪来。（演示：虚构）", StoryEn = "Somebody of the county tells where these goods come from. (Demo: invented)", Host = "主讲人（虚构）", HostOffice = "", From = today.AddDays(-3), Until = today.AddDays(30), CommissionPerMille = commission, ByAccountId = 0, ChangedMs = clock.NowMs });
        var harvest = products.First(p => !p.ByPiece);
        var cooperative = sellers.Values.OrderBy(s => s.Id).First(s => s.Kind == OrganisationKind.Cooperative);
        db.Offers.Add(new Offer
        {
            Id = ids.Next(), County = county.Code, RequestId = Guid.CreateVersion7(), Area = cooperative.Area, Code = $"{harvest.Code}-presale", ProductId = harvest.Id, SellerId = cooperative.Id, Kind = OfferKind.Presale, State = OfferState.Open,
            Title = $"预售：{harvest.Name} 一斤装", TitleEn = $"Presale: {harvest.NameEn}, 500 g", Words = "先订后收，收了就发。（演示：虚构）", WordsEn = "Ordered before it is ready, sent as soon as it is. (Demo: invented)",
            PerUnit = 500, Price = new Fen(4900), Harvest = true, Cap = 200, DepositPpm = 200_000, DeliverFrom = today.AddDays(20), DeliverUntil = today.AddDays(40), ByAccountId = 0, AtMs = clock.NowMs,
        });
        foreach (var any in GoodsRules.Shipped.Of(harvest.Category).Needs)
            db.Certificates.Add(new Certificate { Id = ids.Next(), County = county.Code, RequestId = Guid.CreateVersion7(), Area = cooperative.Area, Kind = any[0], OrganisationId = cooperative.Id, ProductId = harvest.Id, Number = $"{any[0].ToUpperInvariant()}-000100", From = today.AddDays(-30), Until = today.AddDays(300), ByAccountId = 0 });
        await db.SaveChangesAsync(cancel);
    }
}
