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
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = CacheControl(file.Context.Request),
    };

    /// <summary>The files that packing makes smaller, by the address they answer at.</summary>
    public static IEnumerable<(string Address, string Path, string Type)> TextFiles =>
        from path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        let type = Path.GetExtension(path) switch { ".css" => "text/css; charset=utf-8", ".js" => "text/javascript; charset=utf-8", ".svg" => "image/svg+xml", _ => null }
        where type is not null
        select ("/" + Path.GetRelativePath(Root, path).Replace('\\', '/'), path, type);

    /// <summary>For ever where the link names the version; otherwise a day, and a week while a newer one is fetched, so that a second visit waits for nothing.</summary>
    public static string CacheControl(HttpRequest request) => request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=86400, stale-while-revalidate=604800";

    private static string Root => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Versions = new();
}
