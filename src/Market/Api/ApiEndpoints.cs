using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Counter;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Api;

/// <summary>What a key must be allowed for an endpoint.</summary>
internal sealed record ApiRight(ApiRights Right);

/// <summary>The API for programs of cooperatives, enterprises and stations, version 1 (docs/api.md).</summary>
internal static class ApiEndpoints
{
    public const string Base = "/api/v1";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Base);
        api.MapOpenApi("/openapi.json").WithMetadata(new OpenToAllAttribute());
        api.MapFallback("{*path}", (HttpContext http) => ApiProblem.Of(http, StatusCodes.Status404NotFound, new Refusal("api.unknown"))).WithMetadata(new OpenToAllAttribute()).ExcludeFromDescription();

        Get<OfferPageAnswer>(api, "/offers", ApiRights.Catalogue, "What the county offers, the newest first", OfferCalls.Page);
        Get<OfferAnswer>(api, "/offers/{code}", ApiRights.Catalogue, "One offer", OfferCalls.One);
        Get<StockAnswer>(api, "/offers/{code}/stock", ApiRights.Catalogue, "What of an offer can be ordered now", OfferCalls.Stock);
        Send<QuoteAsked, QuoteAnswer>(api, "POST", "/quotes", ApiRights.Catalogue, "What an order would cost, with freight", OfferCalls.Quote, 200);

        Send<OrderAsked, OrderAnswer>(api, "POST", "/orders", ApiRights.Orders, "Places an order for a buyer; needs the header Idempotency-Key", OrderCalls.Place, 201);
        Get<OrderPageAnswer>(api, "/orders", ApiRights.Orders, "Orders that you sell (role=seller) or placed (role=placer), the newest first", OrderCalls.Page);
        Get<OrderAnswer>(api, "/orders/{number}", ApiRights.Orders, "One order", OrderCalls.One);
        Get<PaymentsAnswer>(api, "/orders/{number}/payment", ApiRights.Orders, "Whether it is paid, and where it can be", OrderCalls.Payment);
        Describe(api.MapPost("/orders/{number}/received", OrderCalls.Received), ApiRights.Orders, "The buyer has the goods; only who placed the order says so").Produces<OrderAnswer>();

        Get<ShipmentAnswer>(api, "/orders/{number}/shipment", ApiRights.Orders | ApiRights.Shipments, "Where the goods are; for the seller, to whom they go", ShipmentCalls.Read);
        Send<ShipmentAsked, ShipmentAnswer>(api, "PUT", "/orders/{number}/shipment", ApiRights.Shipments, "The goods left, or were delivered; only the seller says so", ShipmentCalls.Write, 200);
        Send<RefundAsked, RefundAnswer>(api, "POST", "/orders/{number}/refunds", ApiRights.Refunds, "Gives a buyer money back; only the seller does; needs the header Idempotency-Key", RefundCalls.Give, 201);
        Get<RefundsAnswer>(api, "/orders/{number}/refunds", ApiRights.Orders | ApiRights.Refunds, "What was claimed, and where the money is", RefundCalls.Read);

        Send<CounterSalesAsked, CounterSalesAnswer>(api, "POST", "/counter-sales", ApiRights.Orders, "Brings in what a station's counter sold while it had no line; each sale counts once by its number", CounterCalls.Merge, 200);

        Get<LotStory>(api, "/lots/{code}", ApiRights.Lots, "The public story of a lot", LotCalls.Trace);
        Get<StatementAnswer>(api, "/statement", ApiRights.Lots, "Your lots, and into whose hands their money went", LotCalls.Statement);

        Send<HookAsked, HookAnswer>(api, "POST", "/webhooks", ApiRights.Webhooks, "Registers an address that is told of what happens to your orders", HookCalls.Make, 201);
        Get<HooksAnswer>(api, "/webhooks", ApiRights.Webhooks, "Your addresses", HookCalls.All);
        Describe(api.MapDelete("/webhooks/{id}", HookCalls.End), ApiRights.Webhooks, "Takes an address away").Produces(StatusCodes.Status204NoContent);
    }

    private static void Get<TAnswer>(RouteGroupBuilder api, string path, ApiRights right, string summary, Delegate call) => Describe(api.MapGet(path, call), right, summary).Produces<TAnswer>();

    private static void Send<TAsked, TAnswer>(RouteGroupBuilder api, string method, string path, ApiRights right, string summary, Delegate call, int status) where TAsked : notnull =>
        Describe(api.MapMethods(path, [method], call), right, summary).Accepts<TAsked>("application/json").Produces<TAnswer>(status);

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, ApiRights right, string summary)
    {
        endpoint.WithMetadata(new AudienceAttribute(Role.Cooperative, Role.Station) { AuthenticationSchemes = KeyAuthentication.Name }, new ApiRight(right)).WithSummary(summary).WithTags("v1").AddEndpointFilter(Enter).DisableAntiforgery();
        foreach (var status in new[] { 400, 401, 403, 404, 422, 429 }) endpoint.Produces<ApiProblem>(status, ApiProblem.ContentType);
        return endpoint;
    }

    // In the scope of the key's organisation, within its rights, and no oftener than it may.
    public static async ValueTask<object?> Enter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = (ApiKey)http.Items[typeof(ApiKey)]!;
        http.RequestServices.GetRequiredService<CurrentScope>().Scope = SignedInScope.Of(http.User);
        if (http.RequestServices.GetRequiredService<ApiBrake>().TooMany(key) is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return ApiProblem.Of(http, StatusCodes.Status429TooManyRequests, new Refusal("api.too-many", Place.None, key.PerMinute, seconds));
        }
        if ((http.GetEndpoint()!.Metadata.GetRequiredMetadata<ApiRight>().Right & key.Rights) == 0) return ApiProblem.Of(http, StatusCodes.Status403Forbidden, new Refusal("api.no-right"));
        http.Response.Headers.CacheControl = "no-store";
        return await next(context);
    }
}
