using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Shanhuo.Web.Layout;

/// <summary>Our style sheets, scripts and drawings, packed once as small as Brotli can and kept in memory: a village line carries a fifth less than with the quick packing that pages get.</summary>
internal sealed class PackedAssets(RequestDelegate next)
{
    private static readonly FrozenDictionary<string, Packed> Files = StaticAssets.TextFiles.ToFrozenDictionary(f => f.Address, f => Pack(f.Path, f.Type), StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || !Files.TryGetValue(request.Path.Value ?? "", out var file) || !TakesBrotli(request)) return next(http);
        response.Headers.CacheControl = StaticAssets.CacheControl(request);
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.ETag = file.Tag;
        if (request.Headers.IfNoneMatch.ToString().Contains(file.Tag, StringComparison.Ordinal)) { response.StatusCode = StatusCodes.Status304NotModified; return Task.CompletedTask; }
        response.Headers.ContentEncoding = "br";
        response.ContentType = file.Type;
        response.ContentLength = file.Bytes.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(file.Bytes, http.RequestAborted).AsTask();
    }

    private static bool TakesBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);

    private static Packed Pack(string path, string type)
    {
        var content = File.ReadAllBytes(path);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(content);
        return new Packed(packed.ToArray(), type, $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}-br\"");
    }

    private sealed record Packed(byte[] Bytes, string Type, string Tag);
}

/// <summary>Packs pages on the way: harder than the framework does, for a millisecond of work saves a village line ten.</summary>
internal sealed class PagePacking : Microsoft.AspNetCore.ResponseCompression.ICompressionProvider
{
    private static readonly BrotliCompressionOptions Options = new() { Quality = 6 };

    /// <inheritdoc/>
    public string EncodingName => "br";

    /// <inheritdoc/>
    public bool SupportsFlush => true;

    /// <inheritdoc/>
    public Stream CreateStream(Stream outputStream) => new BrotliStream(outputStream, Options, leaveOpen: true);
}
