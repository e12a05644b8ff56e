using Shanhuo.Kernel;

namespace Shanhuo.Web.Layout;

/// <summary>The reader's language: what was chosen, else what the browser asks for, else Chinese.</summary>
internal sealed class PageLanguage(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var chosen = http.Request.Query["language"].FirstOrDefault() ?? http.Request.Cookies["language"];
        http.Items["language"] = chosen switch
        {
            "zh" => Language.Zh,
            "en" => Language.En,
            _ => http.Request.Headers.AcceptLanguage.ToString().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.En : Language.Zh,
        };
        return next(http);
    }
}
