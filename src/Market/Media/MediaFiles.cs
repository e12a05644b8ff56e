using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Media;

/// <summary>Serves pictures and videos of goods to anybody who knows their name, as nothing but what they are. A name stands for one content for ever, so that caches keep it.</summary>
internal static partial class MediaFiles
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/media/{file}", Serve).WithMetadata(new OpenToAllAttribute());

    private static IResult Serve(string file, MediaFolder folder, HttpContext http)
    {
        // Nothing that is no name of ours comes near the file system.
        var name = Name().Match(file);
        var path = Path.Combine(folder.Path, file);
        if (!name.Success || !File.Exists(path)) return Results.NotFound();
        var (type, isVideo) = name.Groups[1].Value switch { "avif" => ("image/avif", false), "webp" => ("image/webp", false), "jpg" => ("image/jpeg", false), _ => ("video/mp4", true) };
        http.Response.Headers.ContentSecurityPolicy = KeptFile.Policy;
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.File(path, type, entityTag: new EntityTagHeaderValue($"\"{file}\""), enableRangeProcessing: isVideo);
    }

    [GeneratedRegex(@"^[a-z2-7]{26}(?:-(?:320|640|1280)\.(avif|webp|jpg)|\.(?:mp4))\z")]
    private static partial Regex Name();
}
