using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.AfterSales;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Agreements;
using Shanhuo.Market.Api;
using Shanhuo.Market.Bulk;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Cash;
using Shanhuo.Market.Channels;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Counter;
using Shanhuo.Market.Epcis;
using Shanhuo.Market.Genuine;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Invoices;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Media;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Payments.Gateway;
using Shanhuo.Market.Products;
using Shanhuo.Market.Recalls;
using Shanhuo.Market.Reviews;
using Shanhuo.Market.Shipping;
using Shanhuo.Market.Sense;

namespace Shanhuo.Market;

/// <summary>What is grown, taken in, kept in lots and sold: products, intakes, lots, agreements, orders and channels.</summary>
public sealed class MarketModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services)
    {
        services.AddScoped<OfferBook>().AddScoped<WriteOfferHandler>().AddScoped<Shop.ShopReader>().AddSingleton<Shop.ShopSearch>().AddSingleton<Shop.ShopWindow>().AddSingleton<Shop.ShopPulse>().AddSingleton<IShopPulse>(s => s.GetRequiredService<Shop.ShopPulse>()).AddHostedService(s => s.GetRequiredService<Shop.ShopPulse>()).AddBuying();
        services.AddOrders().AddChannels().AddPayments().AddEpcis().AddScoped<ISeedDemo, Demo.MarketDemo>().AddScoped<ISeedDemo, Demo.LeaseDemo>().AddScoped<ISeedDemo, Demo.BoughtGoodsDemo>().AddScoped<ISeedDemo, Demo.PlatformFileDemo>().AddScoped<ISeedDemo, Demo.ShopDemo>().AddScoped<ISeedDemo, Demo.AgentDemo>();
        services.AddShipping().AddAfterSales().AddReviews().AddGenuine().AddRecalls().AddInvoices().AddCash();
        services.AddSense();
        services.AddBulk();
        services.AddScoped<SetBoardPricesHandler>().AddScoped<WriteProductHandler>();
        services.AddScoped<ReceiveIntakeHandler>().AddScoped<ApproveIntakeHandler>().AddScoped<CancelIntakeHandler>().AddScoped<OwnCodeCheck>();
        services.AddSingleton(new ImageTool()).AddSingleton<PictureMaker>().AddScoped<AddPictureHandler>().AddScoped<AddVideoHandler>().AddScoped<ArrangeMediaHandler>();
        services.AddScoped<LotIntake>().AddScoped<MakeLotsHandler>().AddScoped<WriteOffHandler>().AddScoped<CloseLotHandler>().AddScoped<Recall>();
        services.AddAgents();
        services.AddCounter();
        services.AddApi();
        services.AddScoped<MakeAgreementHandler>().AddScoped<EndAgreementHandler>();
    }

    /// <inheritdoc/>
    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        EvidenceFiles.Map(routes);
        AgentFiles.Map(routes);
        PaidEndpoint.Map(routes);
        TestGatewayEndpoints.Map(routes);
        MediaFiles.Map(routes);
        EpcisEndpoints.Map(routes);
        Resolver.Map(routes);
        LabelFiles.Map(routes);
        RecallFile.Map(routes);
        WaybillSheet.Map(routes);
        CounterSheet.Map(routes);
        ClaimPhotos.Map(routes);
        ContractPapers.Map(routes);
        FakePhotos.Map(routes);
        CallSheet.Map(routes);
        InvoiceSheet.Map(routes);
        ApiEndpoints.Map(routes);
    }

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
    [
        new("shop.menu", "/shop", "basket"),
        new("shop.menu", "/shop", "basket", Role.Station, Role.Cooperative, Role.VillageCadre, Role.TownshipOfficial, Role.CountyStaff, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor) { Group = MenuGroup.More },
        new("menu.receive", "/market/intakes/receive", "scale", Role.Station),
        new("menu.intakes", "/market/intakes", "receipt", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("menu.my-intakes", "/market/intakes/mine", "hand-over", Role.Household),
        new("menu.board", "/market/products/board", "chart", Role.Household, Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial),
        new("sense.menu", "/market/sense/prices", "chart", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial),
        new("menu.lots", "/market/lots", "lot", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("offers.menu", "/market/offers", "basket", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("menu.agreements", "/market/agreements", "contract", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("order.menu", "/market/orders", "order", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("desk.menu", "/market/payments", "money", Role.CountyStaff, Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.More },
        new("pavilion.menu", "/market/pavilion", "basket", Role.CountyStaff, Role.ProvinceOfficial) { Group = MenuGroup.More },
        .. ShippingServices.Menu,
        .. AfterSalesServices.Menu,
        .. BulkServices.Menu,
        .. ReviewServices.Menu,
        .. GenuineServices.Menu,
        .. RecallServices.Menu,
        .. InvoiceServices.Menu,
        .. CashServices.Menu,
        .. BuyingServices.Menu,
        new("import.menu", "/market/channels", "upload", Role.CountyStaff),
        new("epcis.menu", "/market/epcis/numbers", "search", Role.CountyStaff) { Group = MenuGroup.More },
        new("agents.menu", "/market/agents", "hand-over", Role.Station, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("api.menu", "/market/api", "lock", Role.CountyStaff) { Group = MenuGroup.More },
        new("waiting.menu", "/market/channels/waiting", "clock", Role.CountyStaff),
    ];
}
