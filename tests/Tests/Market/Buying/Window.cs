using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Offers;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>What the small county's cooperative has in its shop window, and buyers before it.</summary>
internal static class Window
{
    /// <summary>Half a kilogram of almonds for 29.00, from the cooperative's lots.</summary>
    public const long Almonds = 701;

    public static readonly Recipient ToLanzhou = new("王小明", "13900001234", "62", "甘肃省兰州市城关区某路1号", null);

    /// <summary>The compliance promise of the cooperative and an offer.</summary>
    public static Task Open(SalesHost host, Action<Offer>? change = null, long id = Almonds, OfferKind kind = OfferKind.Fixed, bool promise = true) => host.Db(async db =>
    {
        var offer = new Offer
        {
            Id = id, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.Township, Code = $"almond-{id}", ProductId = SmallCounty.Apricot, Grade = "1", SellerId = SmallCounty.Cooperative, Kind = kind, State = OfferState.Open,
            Title = "前山杏仁一级五百克", TitleEn = "Qianshan almonds, first grade, 500 g", PerUnit = 500, Price = new Fen(2900), ByAccountId = 1, AtMs = 0,
        };
        change?.Invoke(offer);
        db.Offers.Add(offer);
        if (promise) db.Certificates.Add(new Certificate { Id = 7000 + id, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.Township, Kind = "promise", OrganisationId = SmallCounty.Cooperative, Number = "CN-1", From = SmallCounty.Day.AddDays(-10), Until = SmallCounty.Day.AddDays(200), ByAccountId = 1 });
        await db.SaveChangesAsync();
    });

    /// <summary>Who sells stands on the pavilion, so that offers can be published.</summary>
    public static Task Merchant(SalesHost host) => host.Db(async db =>
    {
        db.Pavilions.Add(new Pavilion { Area = SmallCounty.County, Name = "张家川特色馆", NameEn = "Pavilion of Zhangjiachuan", Merchant = "张家川山货商贸有限公司", Licence = "91620525MA00000000" });
        await db.SaveChangesAsync();
    });

    /// <summary>Leaves so many grams in lot L-1.</summary>
    public static Task Leave(SalesHost host, long grams) => host.Db(async db =>
    {
        var lot = (await db.Lots.FindAsync(SmallCounty.County, SmallCounty.Lot))!;
        lot.Available = grams;
        await db.SaveChangesAsync();
    });

    public static WebOrder Order(int units = 1, string method = "wechat", long offer = Almonds, Guid? request = null, Recipient? to = null) =>
        new(request ?? Guid.CreateVersion7(), SmallCounty.County, "pavilion", [new Wish(offer, units)], to ?? ToLanzhou with { Phone = $"139{Random.Shared.Next(100_000_000):00000000}" }, method, null);

    public static Task<Outcome<Placed>> Place(SalesHost host, WebOrder order) => host.Services.GetRequiredService<CheckoutQueue>().Place(order, CancellationToken.None);
}
