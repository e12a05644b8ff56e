using Microsoft.AspNetCore.Http;

namespace Shanhuo.Kernel.Pages;

/// <summary>The reader's language, where only the request is at hand.</summary>
public static class PageLanguage
{
    /// <summary>What the host chose for this request and left in <c>Items["language"]</c>; Chinese where it chose none.</summary>
    public static Kernel.Language Language(this HttpContext http) => http.Items["language"] as Kernel.Language? ?? Kernel.Language.Zh;
}
