using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Api;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Api;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_describes_each_endpoint_as_it_is_and_nothing_else()
    {
        await using var bench = await ApiBench.Start(DatabaseKind.Sqlite);
        using var http = new HttpClient();
        var document = JsonNode.Parse(await http.GetStringAsync(new Uri(bench.Address, "/api/v1/openapi.json")))!;
        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        var described = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}")).Order(StringComparer.Ordinal).ToList();
        var mapped = bench.Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ApiRight>() is { Right: not ApiRights.Events })
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText}")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(19, mapped.Count);
        Assert.Equal(mapped, described);
        Assert.Equal(("http", "bearer"), ((string)document["components"]!["securitySchemes"]!["key"]!["type"]!, (string)document["components"]!["securitySchemes"]!["key"]!["scheme"]!));
        Assert.NotNull(document["security"]![0]!["key"]);

        var order = document["paths"]!["/api/v1/orders"]!["post"]!;
        Assert.Contains(order["parameters"]!.AsArray(), p => (string)p!["name"]! == "Idempotency-Key" && (bool)p["required"]!);
        var asked = document["components"]!["schemas"]!["OrderAsked"]!;
        Assert.Equal(["items", "method", "to"], asked["required"]!.AsArray().Select(r => (string)r!).Order(StringComparer.Ordinal));
        Assert.Equal("integer", (string)document["components"]!["schemas"]!["ItemAsked"]!["properties"]!["units"]!["type"]!);
        // Every reference leads somewhere.
        foreach (var reference in References(document).Distinct()) Assert.NotNull(reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, part) => node?[part]!));
    }

    [Fact]
    public async Task Each_endpoint_of_the_api_is_for_keys_only()
    {
        await using var bench = await ApiBench.Start(DatabaseKind.Sqlite);
        var endpoints = bench.Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal) && e.Metadata.GetMetadata<OpenToAllAttribute>() is null).ToList();
        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, e => Assert.Equal((KeyAuthentication.Name, "cooperative,station"), (e.Metadata.GetRequiredMetadata<AudienceAttribute>().AuthenticationSchemes, e.Metadata.GetRequiredMetadata<AudienceAttribute>().Roles)));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => p.Key == "$ref" ? [(string)p.Value!] : References(p.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };
}
