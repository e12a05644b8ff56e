using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Lots;

namespace Shanhuo.Market.Epcis;

/// <summary>Answers what the code on a pack asks (GS1-Conformant Resolver Standard): people come to the lot's trace page, programs get the list of links. It tells nothing that the trace page does not.</summary>
internal static class Resolver
{
    private const string Why = "the address on a pack is public, and says only where to go";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/01/{gtin}/10/{lot}", async (string gtin, string lot, HttpContext http, ShanhuoDb db, CancellationToken cancel) => Answer(http, await Numbered(db, gtin, lot, cancel))).WithMetadata(new OpenToAllAttribute());
        routes.MapGet("/trace/{lot}", async (string lot, HttpContext http, ShanhuoDb db, CancellationToken cancel) => Answer(http, await Coded(db, lot, cancel))).WithMetadata(new OpenToAllAttribute());
    }

    private static Task<string?> Coded(ShanhuoDb db, string lot, CancellationToken cancel) => db.Unfiltered<Lot>(Why).Where(l => l.Code == lot).Select(l => l.Code).SingleOrDefaultAsync(cancel);

    private static async Task<string?> Numbered(ShanhuoDb db, string gtin, string lot, CancellationToken cancel)
    {
        if (Gs1Key.Gtin14(gtin) is not { } whole || lot.Length > 20) return null;
        var numbers = db.Unfiltered<ProductGtin>(Why).Where(g => g.Gtin == whole);
        return await (from l in db.Unfiltered<Lot>(Why) where l.Code == lot join g in numbers on new { l.County, l.ProductId, Seller = l.CooperativeId ?? l.EnterpriseId } equals new { g.County, g.ProductId, Seller = (long?)g.OrganisationId } select l.Code).SingleOrDefaultAsync(cancel);
    }

    private static IResult Answer(HttpContext http, string? code)
    {
        if (code is null) return Results.NotFound();
        var request = http.Request;
        var (own, anchor) = ($"{request.Scheme}://{request.Host}", $"{request.Scheme}://{request.Host}{request.Path}");
        var (page, events) = ($"{own}/settlement/trace/lot/{Uri.EscapeDataString(code)}", $"{own}/epcis/events?MATCH_epcClass={Uri.EscapeDataString(anchor)}");
        var type = request.Query["linkType"].ToString();
        var accept = request.Headers.Accept.ToString();
        http.Response.Headers.Vary = "Accept";
        if (type is "all" or "linkset" || (type.Length == 0 && accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase)))
            return Results.Text(Linkset(anchor, page, events).ToJsonString(), "application/linkset+json");
        return type switch
        {
            "" or "gs1:defaultLink" or "gs1:traceability" => Results.Redirect(page, permanent: false, preserveMethod: true),
            "epcis" or "gs1:epcis" => Results.Redirect(events, permanent: false, preserveMethod: true),
            _ => Results.NotFound(),
        };
    }

    // RFC 9264.
    private static JsonObject Linkset(string anchor, string page, string events)
    {
        JsonArray To(string address, string type, params string[] languages) => new((JsonNode)new JsonObject { ["href"] = address, ["type"] = type, ["hreflang"] = new JsonArray([.. languages.Select(l => (JsonNode)l)]) });
        return new JsonObject
        {
            ["linkset"] = new JsonArray((JsonNode)new JsonObject
            {
                ["anchor"] = anchor,
                ["https://gs1.org/voc/defaultLink"] = To(page, "text/html", "zh", "en"), ["https://gs1.org/voc/traceability"] = To(page, "text/html", "zh", "en"),
                ["https://gs1.org/voc/epcis"] = To(events, "application/json", "en"),
            }),
        };
    }
}
