using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Reviews;
using Shanhuo.Registry.Trail;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Reviews;

/// <summary>Who had the goods says how they were, once a line; all may read it, nobody's name stands there.</summary>
public sealed class ReviewTests
{
    private static readonly Scope Seller = new() { Area = SmallCounty.Township, AccountId = 3, Role = Role.Cooperative, OrganisationId = SmallCounty.Cooperative };

    private static Task<Outcome<Review>> Write(SalesHost host, long order, long line, int? stars, string words = "", Guid? request = null) =>
        host.Do((WriteReviewHandler write) => write.Handle(new WriteReview(request ?? Guid.CreateVersion7(), order, line, stars, words), CancellationToken.None));

    private static Task<long> Line(SalesHost host, long order) => host.Db(db => db.OrderLines.Where(l => l.OrderId == order).Select(l => l.Id).SingleAsync());

    private static async Task<Review> Written(SalesHost host, int stars, string words = "好")
    {
        var placed = await Parcels.Sent(host);
        return (await Write(host, placed.OrderId, await Line(host, placed.OrderId), stars, words)).Value;
    }

    private static Task<(long Count, long Stars, long Hidden)> Counted(SalesHost host) => host.Db(async db =>
    {
        var offer = await db.Offers.SingleAsync();
        return (offer.ReviewCount, offer.ReviewStars, offer.ReviewsHidden);
    });

    [Theory, EachDatabase]
    public async Task A_buyer_with_the_link_reviews_what_came_and_all_read_it_without_a_name(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var order = await staff.Get(Parcels.Page(host, placed.OrderId));
        var form = await staff.Get(order.Page.QuerySelector("a[href$='/review']")!.GetAttribute("href")!);
        var wrong = await staff.Submit(form, "form:has(textarea)", new() { ["Form.Words"] = "很香" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal("很香", wrong.Page.QuerySelector("textarea")!.TextContent);
        var sent = await staff.Submit(form, "form:has(textarea)", new() { ["Form.Stars"] = "4", ["Form.Words"] = "很香<b>" });
        Assert.Null(sent.Page.QuerySelector("textarea"));
        var offer = await staff.Get($"/shop/620525/almond-{Window.Almonds}");
        Assert.Contains("平均 4.0 分", offer.Text, StringComparison.Ordinal);
        Assert.Contains("很香<b>", offer.Text, StringComparison.Ordinal);
        Assert.NotNull(offer.Page.QuerySelector("ul.plan a[href='/settlement/trace/lot/L-1']"));
        Assert.DoesNotContain("王小明", offer.Text, StringComparison.Ordinal);
        // Another's order has no page by guessing.
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get(Parcels.Page(host, placed.OrderId)[..^1] + "Z/review")).Status);
    }

    [Theory, EachDatabase]
    public async Task Only_goods_that_arrived_once_a_line_and_no_phone_numbers(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var waits = await Parcels.Bought(host);
        var line = await Line(host, waits.OrderId);
        Assert.Equal("review.not-yet", (await Write(host, waits.OrderId, line, 5)).Refused?.Code);
        Assert.Null(await Parcels.Move(host, waits.OrderId, OrderStep.Ship));
        Assert.Equal("review.not-yet", (await Write(host, waits.OrderId, line, 5)).Refused?.Code);
        Assert.Null(await Parcels.Move(host, waits.OrderId, OrderStep.Deliver));
        Assert.Equal("review.stars", (await Write(host, waits.OrderId, line, 6)).Refused?.Code);
        Assert.Equal("review.words", (await Write(host, waits.OrderId, line, 5, new string('好', 501))).Refused?.Code);
        Assert.Equal("review.phone", (await Write(host, waits.OrderId, line, 5, "找我 １３９ 0000-1234")).Refused?.Code);
        var request = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Write(host, waits.OrderId, line, 5, "批号 20261122001", request))));
        Assert.Single(answers.Select(a => a.Value.Id).Distinct());
        Assert.Equal("review.again", (await Write(host, waits.OrderId, line, 1)).Refused?.Code);
        // A line of another order is not reviewed with this one's link.
        var other = await Parcels.Sent(host);
        Assert.Equal("review.line", (await Write(host, waits.OrderId, await Line(host, other.OrderId), 1)).Refused?.Code);
        Assert.Equal((1L, 5L, 0L), await Counted(host));
    }

    [Theory, EachDatabase]
    public async Task The_counters_are_the_reviews_whatever_comes_at_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var orders = new List<(long Order, long Line, int Stars)>();
        for (var i = 0; i < 7; i++)
        {
            var placed = await Parcels.Sent(host);
            orders.Add((placed.OrderId, await Line(host, placed.OrderId), i % 5 + 1));
        }
        await Task.WhenAll(orders.Select(o => Task.Run(() => Write(host, o.Order, o.Line, o.Stars))));
        Assert.Equal((7L, 18L, 0L), await Counted(host));
        var offer = (await (await host.VisitAs(Role.CountyStaff, SmallCounty.County)).Get($"/shop/620525/almond-{Window.Almonds}"));
        // 18 ÷ 7 = 2.57.
        Assert.Contains("平均 2.6 分", offer.Text, StringComparison.Ordinal);
        Assert.Equal(5, offer.Page.QuerySelectorAll("ul.plan > li:has(strong)").Length);
    }

    [Theory, EachDatabase]
    public async Task Hiding_needs_a_reason_is_counted_and_stays_on_record(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var (good, bad) = (await Written(host, 5, "好吃"), await Written(host, 1, "骂人的话"));
        Assert.Equal("review.why", (await host.Do((TendReviewsHandler tend) => tend.Hide(bad.Id, "坏", CancellationToken.None)))?.Code);
        var hides = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.Do((TendReviewsHandler tend) => tend.Hide(bad.Id, "辱骂站长", CancellationToken.None)))));
        Assert.Equal(1, hides.Count(h => h is null));
        Assert.Equal((1L, 5L, 1L), await Counted(host));
        Assert.Equal("辱骂站长", await host.Db(db => db.Set<AuditRecord>().Where(r => r.What == "review-hidden").Select(r => r.Reason).SingleAsync()));
        Assert.Equal("骂人的话", await host.Db(db => db.Reviews.Where(r => r.Id == bad.Id).Select(r => r.Words).SingleAsync()));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var offer = await staff.Get($"/shop/620525/almond-{Window.Almonds}");
        Assert.Contains("另有 1 条已隐藏", offer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("骂人的话", offer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("骂人的话", (await staff.Get($"/shop/620525/almond-{Window.Almonds}/reviews")).Text, StringComparison.Ordinal);
        Assert.Contains("辱骂站长", (await staff.Get(Parcels.Page(host, bad.OrderId) + "/review")).Text, StringComparison.Ordinal);
        Assert.Equal(5, good.Stars);
    }

    [Theory, EachDatabase]
    public async Task The_seller_answers_its_own_once_and_cannot_hide(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var review = await Written(host, 2, "太硬");
        var other = new Scope { Area = SmallCounty.Township, AccountId = 4, Role = Role.Cooperative, OrganisationId = 424242 };
        Assert.Equal("review.not-own", (await host.Do((TendReviewsHandler tend) => tend.Answer(review.Id, "谢谢", CancellationToken.None), other))?.Code);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var list = await seller.Get("/market/reviews");
        Assert.NotEqual(HttpStatusCode.OK, (await seller.Submit(list, "main form", new() { ["words"] = "不好听的话", ["step"] = "hide" })).Status);
        var tooLong = string.Concat(Enumerable.Repeat("太长了", 200));
        Assert.Equal(tooLong, (await seller.Submit(list, "main form", new() { ["words"] = tooLong, ["step"] = "answer" })).Page.QuerySelector("main textarea")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await seller.Submit(list, "main form", new() { ["words"] = "下次晒干一点", ["step"] = "answer" })).Status);
        Assert.Equal("review.answered", (await host.Do((TendReviewsHandler tend) => tend.Answer(review.Id, "再答一次", CancellationToken.None), Seller))?.Code);
        Assert.Equal((1L, 2L, 0L), await Counted(host));
        Assert.Contains("卖方回复：下次晒干一点", (await seller.Get($"/shop/620525/almond-{Window.Almonds}")).Text, StringComparison.Ordinal);
        var elsewhere = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB);
        Assert.DoesNotContain("太硬", (await elsewhere.Get("/market/reviews")).Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task All_are_read_page_by_page_each_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var first = await Written(host, 3, "词-0");
        await host.Db(async db =>
        {
            for (var i = 1; i <= 44; i++)
                db.Reviews.Add(new Review { Id = first.Id + i, County = first.County, RequestId = Guid.CreateVersion7(), Area = first.Area, SellerId = first.SellerId, OfferId = first.OfferId, OrderId = first.OrderId, LineId = first.LineId + i, LotCode = "L-1", Stars = 3, Words = $"词-{i}", Day = first.Day });
            await db.SaveChangesAsync();
        });
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var seen = new List<string>();
        for (var path = $"/shop/620525/almond-{Window.Almonds}/reviews"; path is not null;)
        {
            var page = await staff.Get(path);
            seen.AddRange(page.Page.QuerySelectorAll("ul.plan > li > p").Select(p => p.TextContent));
            path = page.Page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(Enumerable.Range(0, 45).Reverse().Select(i => $"词-{i}"), seen);
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(18, 7, 26L)]
    [InlineData(9, 2, 45L)]
    [InlineData(17, 4, 42L)]
    [InlineData(19, 4, 48L)]
    public void The_mean_has_one_decimal_half_to_even(long stars, long count, long? tenths) => Assert.Equal(tenths, Review.Tenths(stars, count));
}
