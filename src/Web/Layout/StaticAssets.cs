using Microsoft.Extensions.FileProviders;

namespace Shanhuo.Web.Layout;

/// <summary>Our own style sheets, scripts and drawings, served from the folder beside the program.</summary>
internal static class StaticAssets
{
    /// <summary>A version for links, so that caches may keep a file until it changes: bytes of its hash.</summary>
    public static string Version(string file) => Versions.GetOrAdd(file, static f =>
    {
        var path = Path.Combine(Root, f.TrimStart('/'));
        return File.Exists(path) ? $"{f}?v={Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))[..10]}" : f;
    });

    public static StaticFileOptions Options { get; } = new()
    {
        FileProvider = new PhysicalFileProvider(Root),
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=3600",
    };

    private static string Root => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Versions = new();
}
