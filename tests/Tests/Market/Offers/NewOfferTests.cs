using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Campaigns;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Offers;

/// <summary>What a seller publishes by the form is what buyers order, and what cannot be sold so is refused at its field.</summary>
public sealed class NewOfferTests
{
    private static readonly WriteOffer Good = new(Guid.Empty, SmallCounty.Apricot, "1", SmallCounty.Cooperative, OfferKind.Fixed, "前山杏仁一级一斤", "Qianshan almonds, 500 g", 500, new Fen(2_900));

    private static readonly Dictionary<string, string> Common = new() { ["Form.Title"] = "前山杏仁一级一斤", ["Form.TitleEn"] = "Qianshan almonds, 500 g", ["Form.Grade"] = "1", ["Form.PerUnit"] = "1", ["Form.Price"] = "29" };

    public static TheoryData<DatabaseKind, string> Kinds
    {
        get
        {
            var data = new TheoryData<DatabaseKind, string>();
            foreach (var database in Enum.GetValues<DatabaseKind>())
                foreach (var kind in Enum.GetNames<OfferKind>()) data.Add(database, kind);
            return data;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Each_kind_is_published_by_its_form_and_ordered(DatabaseKind database, string name)
    {
        var kind = Enum.Parse<OfferKind>(name);
        await using var host = await SalesHost.Start(database);
        // The document of the cooperative; its own offer is none of this test.
        await Window.Open(host, o => o.State = OfferState.Withdrawn);
        await Window.Merchant(host);
        await Campaign(host);
        var more = kind switch
        {
            OfferKind.Presale => new Dictionary<string, string> { ["Form.Cap"] = "10", ["Form.DeliverFrom"] = "2026-12-01", ["Form.DeliverUntil"] = "2026-12-10", ["Form.Deposit"] = "20" },
            OfferKind.Cycle => new() { ["Form.Closes"] = "2026-11-22T18:00" },
            OfferKind.Group => new() { ["Form.Closes"] = "2026-11-22T18:00", ["Form.Minimum"] = "3" },
            OfferKind.Flash => new() { ["Form.Opens"] = "2026-11-21T08:00", ["Form.Closes"] = "2026-11-21T10:00", ["Form.Cap"] = "10", ["Form.Campaign"] = "autumn", ["Form.Commission"] = "5" },
            OfferKind.Live => new() { ["Form.Campaign"] = "autumn", ["Form.Commission"] = "5%" },
            OfferKind.Community => new() { ["Form.Commission"] = "8", ["Form.PickupId"] = $"{SmallCounty.StationA}" },
            OfferKind.Visit => new() { ["Form.Lot"] = "Ｌ-1", ["Form.DeliverFrom"] = "2026-11-28" },
            _ => [],
        };
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var choose = await seller.Get("/market/offers/new");
        Assert.NotNull(choose.Page.QuerySelector($"input[name=kind][value={kind}]"));
        var form = await seller.Get($"/market/offers/new?kind={kind}&product={SmallCounty.Apricot}");
        // The same form sent twice is one offer.
        foreach (var _ in new[] { 1, 2 })
        {
            var done = await seller.Submit(form, "form[method=post]:has(#Form_Title)", new(Common.Concat(more)));
            Assert.Equal("/market/offers", done.Address.AbsolutePath);
            Assert.Contains("前山杏仁一级一斤", done.Text, StringComparison.Ordinal);
        }
        var offer = await host.Db(db => db.Offers.SingleAsync(o => o.Id != Window.Almonds));
        Assert.Equal((kind, OfferState.Open, SmallCounty.Cooperative, 500L, new Fen(2_900), "1"), (offer.Kind, offer.State, offer.SellerId, offer.PerUnit, offer.Price, offer.Grade));
        Assert.Equal((kind == OfferKind.Presale ? 200_000 : null, kind == OfferKind.Group ? 3 : null, kind is OfferKind.Flash or OfferKind.Live ? "autumn" : null), ((int?)offer.DepositPpm, offer.Minimum, offer.Campaign));
        Assert.Equal(kind == OfferKind.Visit ? (SmallCounty.Lot, SmallCounty.Day.AddDays(7)) : kind == OfferKind.Presale ? (null, SmallCounty.Day.AddDays(10)) : (null, null), (offer.LotId, offer.DeliverFrom));
        Assert.Equal(kind switch { OfferKind.Flash or OfferKind.Live => 50_000, OfferKind.Community => 80_000, _ => 0 }, offer.CommissionPpm);
        Assert.Equal(kind is OfferKind.Cycle or OfferKind.Group ? new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds() : kind == OfferKind.Flash ? host.Clock.NowMs + 3_600_000 : null, offer.ClosesMs);
        Assert.Null((await Window.Place(host, Window.Order(2, offer: offer.Id))).Refused);
        Assert.Equal(kind == OfferKind.Presale ? 100_000 : 99_000, await host.Available(SmallCounty.Lot));
    }

    private static async Task Campaign(SalesHost host) =>
        Assert.Null((await host.Do((CampaignDesk desk) => desk.Write(new WriteCampaign(Guid.CreateVersion7(), null, "autumn", "县长说杏仁", "The county's almonds", "", "", "某主讲人", "副县长", SmallCounty.Day, SmallCounty.Day.AddDays(9), 50), default))).Refused);

    [Theory, EachDatabase]
    public async Task What_cannot_be_sold_so_is_refused_at_its_field_and_nothing_is_published(DatabaseKind database)
    {
        await using var host = await SalesHost.Start(database);
        await Window.Merchant(host);
        await Campaign(host);
        var (now, day) = (host.Clock.NowMs, SmallCounty.Day);
        var cases = new (WriteOffer Wish, string Code, string Field)[]
        {
            (Good with { ProductId = 999 }, "market.order-product", "ProductId"),
            (Good with { SellerId = 999 }, "offers.seller", "SellerId"),
            (Good with { Grade = "9" }, "offers.grade", "Grade"),
            (Good with { Title = " 杏仁一级 " }, "offers.title-wrong", "Title"),
            (Good with { Title = new string('杏', 61) }, "offers.title-wrong", "Title"),
            (Good with { TitleEn = "nuts" }, "offers.title-wrong", "TitleEn"),
            (Good with { TitleEn = new string('a', 121) }, "offers.title-wrong", "TitleEn"),
            (Good with { Words = new string('杏', 2_001) }, "offers.words", "Words"),
            (Good with { WordsEn = new string('a', 4_001) }, "offers.words", "Words"),
            (Good with { PerUnit = 0 }, "offers.unit", "PerUnit"),
            (Good with { PerUnit = 100_000_001 }, "offers.unit", "PerUnit"),
            (Good with { Price = Fen.Zero }, "offers.price", "Price"),
            (Good with { Price = new Fen(100_000_001) }, "offers.price", "Price"),
            (Good with { ProductId = SmallCounty.Blanket, PerUnit = 1, ByWeight = true }, "offers.by-weight", "ByWeight"),
            (Good with { MostPerOrder = 0 }, "offers.most", "MostPerOrder"),
            (Good with { MostPerOrder = 10_001 }, "offers.most", "MostPerOrder"),
            (Good with { Cap = 0 }, "offers.cap", "Cap"),
            (Good with { OpensMs = now, ClosesMs = now }, "offers.window", "ClosesMs"),
            (Good with { DeliverFrom = day, DeliverUntil = day.AddDays(-1) }, "offers.deliver", "DeliverUntil"),
            (Good with { Kind = OfferKind.Presale, Cap = 5 }, "offers.deliver-missing", "DeliverFrom"),
            (Good with { Kind = OfferKind.Visit, Cap = 5 }, "offers.deliver-missing", "DeliverFrom"),
            (Good with { Kind = OfferKind.Presale, DeliverFrom = day }, "offers.cap-missing", "Cap"),
            (Good with { Kind = OfferKind.Flash, ClosesMs = now + 1, Campaign = "a" }, "offers.cap-missing", "Cap"),
            (Good with { Harvest = true }, "offers.cap-missing", "Cap"),
            (Good with { Kind = OfferKind.Cycle }, "offers.closes-missing", "ClosesMs"),
            (Good with { Kind = OfferKind.Group, Minimum = 2 }, "offers.closes-missing", "ClosesMs"),
            (Good with { Kind = OfferKind.Flash, Cap = 5, Campaign = "a" }, "offers.closes-missing", "ClosesMs"),
            (Good with { Kind = OfferKind.Group, ClosesMs = now + 1 }, "offers.minimum", "Minimum"),
            (Good with { Kind = OfferKind.Group, ClosesMs = now + 1, Minimum = 1 }, "offers.minimum", "Minimum"),
            (Good with { Kind = OfferKind.Live, Campaign = " " }, "offers.campaign", "Campaign"),
            (Good with { Kind = OfferKind.Flash, Cap = 5, ClosesMs = now + 1 }, "offers.campaign", "Campaign"),
            (Good with { Campaign = new string('a', 41) }, "offers.campaign", "Campaign"),
            (Good with { Campaign = "nobody" }, "offers.campaign-unknown", "Campaign"),
            (Good with { Kind = OfferKind.Community }, "offers.pickup", "PickupId"),
            (Good with { Kind = OfferKind.Community, PickupId = SmallCounty.Enterprise }, "offers.pickup", "PickupId"),
            (Good with { Kind = OfferKind.Presale, Cap = 5, DeliverFrom = day }, "offers.presale-safe", "DepositPpm"),
            (Good with { DepositPpm = 9_999 }, "offers.deposit", "DepositPpm"),
            (Good with { DepositPpm = 900_001 }, "offers.deposit", "DepositPpm"),
            (Good with { CommissionPpm = -1 }, "offers.commission", "CommissionPpm"),
            (Good with { CommissionPpm = 500_001 }, "offers.commission", "CommissionPpm"),
            (Good with { Lot = "L-9" }, "offers.lot", "Lot"),
            (Good with { ProductId = SmallCounty.Blanket, PerUnit = 1, Lot = "L-1" }, "offers.lot", "Lot"),
            (Good with { Guarantor = "保险公司", Guarantee = "G-1" }, "offers.guarantee", "Guarantor"),
            (Good with { Kind = OfferKind.Presale, Cap = 5, DeliverFrom = day, Guarantor = "保险公司", Guarantee = "G-1" }, "offers.guarantee", "Guarantee"),
        };
        foreach (var (wish, code, field) in cases)
        {
            var no = (await host.Do((WriteOfferHandler write) => write.Handle(wish with { RequestId = Guid.CreateVersion7() }, CancellationToken.None))).Refused;
            Assert.Equal((code, field), (no?.Code, no?.Where.Column));
        }
        // A seller publishes for itself only.
        var own = new Scope { Area = SmallCounty.Township, AccountId = 5, Role = Role.Cooperative, OrganisationId = SmallCounty.Cooperative };
        Assert.Equal("offers.seller", (await host.Do((WriteOfferHandler write) => write.Handle(Good with { RequestId = Guid.CreateVersion7(), SellerId = SmallCounty.StationA }, CancellationToken.None), own)).Refused?.Code);
        Assert.Equal(0, await host.Db(db => db.Offers.CountAsync()));
        Assert.Null((await host.Do((WriteOfferHandler write) => write.Handle(Good with { RequestId = Guid.CreateVersion7() }, CancellationToken.None))).Refused);
    }

    [Theory]
    [InlineData("PerUnit", "一斤"), InlineData("PerUnit", ""), InlineData("PerUnit", "-1"), InlineData("Price", "29元钱"), InlineData("Price", "29.001"), InlineData("Price", null)]
    [InlineData("Opens", "tomorrow"), InlineData("Closes", "2026-02-30T10:00"), InlineData("Cap", "1.5"), InlineData("MostPerOrder", "x"), InlineData("Minimum", "三")]
    [InlineData("DeliverFrom", "21.11.2026"), InlineData("DeliverUntil", "2026-13-01"), InlineData("Deposit", "a lot"), InlineData("Commission", "5 or 6")]
    public void What_cannot_be_read_is_said_at_its_field(string field, string? text)
    {
        var form = new OfferForm { Title = "前山杏仁一级一斤", PerUnit = "1", Price = "29" };
        typeof(OfferForm).GetProperty(field)!.SetValue(form, text);
        var no = form.ToRequest(Almonds).Refused;
        Assert.Equal(("offers.unread", field), (no?.Code, no?.Where.Column));
    }

    [Fact]
    public void What_is_typed_is_read_as_people_write_it()
    {
        var wish = new OfferForm { Title = "前山杏仁一级一斤", PerUnit = "２.５", Price = "29.9", Opens = "2026-11-21 08:00", Cap = "１０", Deposit = "20%", Commission = "0.5", DeliverFrom = "2026/12/1" }.ToRequest(Almonds).Value;
        Assert.Equal((1_250L, new Fen(2_990), 10L, 200_000, 5_000), (wish.PerUnit, wish.Price, wish.Cap, wish.DepositPpm, wish.CommissionPpm));
        Assert.Equal((new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 1)), (wish.OpensMs, wish.DeliverFrom, wish.DeliverUntil));
        Assert.Equal("前山杏仁一级一斤", wish.TitleEn);
    }

    [Theory, EachDatabase]
    public async Task The_page_says_what_is_wrong_and_keeps_what_was_typed(DatabaseKind database)
    {
        await using var host = await SalesHost.Start(database);
        foreach (var (language, says) in new[] { ("zh", "请写截止时间"), ("en", "when it closes") })
        {
            var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative, language);
            var wrong = await seller.Submit(await seller.Get($"/market/offers/new?kind=Cycle&product={SmallCounty.Apricot}"), "form[method=post]:has(#Form_Title)", Common);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
            Assert.Contains(says, wrong.Page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("29", wrong.Page.QuerySelector("#Form_Price")!.GetAttribute("value"));
        }
        Assert.Equal(0, await host.Db(db => db.Offers.CountAsync()));
    }

    private static Product Almonds => new() { Id = 1, County = SmallCounty.County, Code = "x", Name = "x", NameEn = "x", ByPiece = false, ReturnDays = 7, ShelfDays = 9, Drawing = "almond" };
}
