using Shanhuo.Kernel;

namespace Shanhuo.Web;

/// <summary>The frame: front page, layout, commands.</summary>
internal sealed class WebModule : Module
{
    /// <inheritdoc/>
    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/language/{to}", (string to, string? back, HttpContext http) =>
        {
            http.Response.Cookies.Append("language", to == "en" ? "en" : "zh", new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, Path = "/" });
            return Results.LocalRedirect(back is { Length: > 0 } && back[0] == '/' && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal) ? back : "/");
        }).WithMetadata(new OpenToAllAttribute());
    }
}
