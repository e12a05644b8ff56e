using Shanhuo.Kernel;
using Shanhuo.Web.Commands;
using Shanhuo.Web.Metrics;

namespace Shanhuo.Web;

/// <summary>The frame: front page, layout, commands.</summary>
internal sealed class WebModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services) => services.AddSingleton<Prometheus>();

    /// <inheritdoc/>
    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/language/{to}", (string to, string? back, HttpContext http) =>
        {
            http.Response.Cookies.Append("language", to == "en" ? "en" : "zh", new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, Path = "/" });
            return Results.LocalRedirect(back is { Length: > 0 } && back[0] == '/' && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal) ? back : "/");
        }).WithMetadata(new OpenToAllAttribute());
        // Whoever opens a picture or a file by itself is asked for it by the browser.
        routes.MapGet("/favicon.ico", () => Results.LocalRedirect(Layout.StaticAssets.Version("/mark.svg"))).WithMetadata(new OpenToAllAttribute());
        routes.MapGet("/health", async (HttpContext http) => await HealthCommand.Check(http.RequestServices, http.RequestAborted) is { } no
            ? Results.Text(no.Code, statusCode: 503) : Results.Text("ok")).WithMetadata(new OpenToAllAttribute());
        // Metrics answer only at an address of their own, which the operator keeps off the public network.
        if (routes.ServiceProvider.GetRequiredService<IConfiguration>()["MetricsUrl"] is { Length: > 0 } address)
            routes.MapGet("/metrics", (Prometheus prometheus) => Results.Text(prometheus.Write(), "text/plain; version=0.0.4"))
                .RequireHost($"*:{new Uri(address).Port}").WithMetadata(new OpenToAllAttribute());
    }
}
