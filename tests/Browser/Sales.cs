using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Payments.Gateway;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Browser;

/// <summary>What a path finds done when it begins, done with the handlers of the pages: offers of the demo county, orders that are paid at the test gateway.</summary>
internal static class Sales
{
    public const int Phone = 360, Desk = 1280;

    /// <summary>Enough of a JPEG for evidence that is kept as it is.</summary>
    public static byte[] Photo { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xD9];

    public static FilePayload PhotoFile => new() { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = Photo };

    /// <summary>Works as somebody of the demo, or as the program itself.</summary>
    public static async Task<T> As<T>(this DemoSite site, string? who, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var acting = scope.ServiceProvider.GetRequiredService<CurrentScope>();
        acting.Scope = Scope.Everything;
        if (who is not null) acting.Scope = await DemoSignIns.ScopeOf(scope.ServiceProvider.GetRequiredService<ShanhuoDb>(), who, CancellationToken.None);
        return await work(scope.ServiceProvider);
    }

    public static Task<T> Db<T>(this DemoSite site, Func<ShanhuoDb, Task<T>> work) => site.As(null, s => work(s.GetRequiredService<ShanhuoDb>()));

    /// <summary>Code of the household that signs in.</summary>
    public static Task<string> Household(this DemoSite site) => site.Db(async db =>
    {
        var id = (await DemoSignIns.ScopeOf(db, "household", CancellationToken.None)).HouseholdId;
        return await db.HouseholdFacts.Where(h => h.Id == id).Select(h => h.Code).SingleAsync();
    });

    /// <summary>Offers of goods by weight that can be ordered now at a price that stays, the fullest first.</summary>
    public static async Task<IReadOnlyList<StandingOffer>> Offers(this DemoSite site) => [.. (await site.As(null, s => s.GetRequiredService<OfferBook>().Published(DemoCounty.Zhangjiachuan, null, CancellationToken.None)))
        .Where(o => o.Offer is { Kind: OfferKind.Fixed, ByWeight: false, PerUnit: 500 } && OfferStanding.WhyNot(o.Facts, site.Services.GetRequiredService<TimeProvider>().NowMs, site.Services.GetRequiredService<TimeProvider>().Today, 10) is null).OrderByDescending(o => o.Left).ThenBy(o => o.Offer.Id)];

    /// <summary>An order that its buyer paid at the test gateway, sent where asked.</summary>
    public static async Task<Bought> Buy(this DemoSite site, StandingOffer offer, int units = 2, bool sent = true)
    {
        var queue = site.Services.GetRequiredService<CheckoutQueue>();
        var to = new Recipient("王小明", $"139{Random.Shared.Next(100_000_000):00000000}", "61", "西安市雁塔区某路1号", null);
        var placed = (await queue.Place(new WebOrder(Guid.CreateVersion7(), DemoCounty.Zhangjiachuan, "pavilion", [new Wish(offer.Offer.Id, units)], to, "wechat", null), CancellationToken.None)).Value;
        var (desk, gateway) = (site.Services.GetRequiredService<PaymentDesk>(), site.Services.GetRequiredService<TestGateway>());
        Assert.Null((await desk.Begin(placed.Payment, placed.Number, "/", null, CancellationToken.None)).Refused);
        Assert.True(gateway.Pay(gateway.Book.Payments[placed.Payment.Number].PrepayId));
        Assert.Null(await queue.Pay(new PaymentTold(placed.Payment.Number, "wechat", gateway.Book.Payments[placed.Payment.Number].TransactionId!, placed.Payment.Amount, "CNY"), CancellationToken.None));
        if (sent) Assert.Null((await site.As("staff", s => s.GetRequiredService<MoveOrderHandler>().Handle(placed.OrderId, OrderStep.Ship, CancellationToken.None))).Refused);
        return new Bought(placed.OrderId, placed.Number, "/shop/order/" + OrderKey.Of(site.Services.GetRequiredService<Secrets>(), DemoCounty.Zhangjiachuan, placed.OrderId), to.Phone);
    }

    /// <summary>Opens a page again until it shows what is awaited, half a minute at most.</summary>
    public static async Task Until(IPage page, string path, Func<Task<bool>> shown)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.GotoAsync(path);
            if (await shown()) return;
            await Task.Delay(500);
        }
        Assert.Fail($"{path} never showed what was awaited: {await page.InnerTextAsync("main")}");
    }
}

/// <summary>An order of the window.</summary>
/// <param name="Id">Row id.</param>
/// <param name="Number">Public number.</param>
/// <param name="Page">The buyer's own.</param>
/// <param name="Phone">Of the buyer.</param>
internal sealed record Bought(long Id, string Number, string Page, string Phone);
