using Microsoft.AspNetCore.Http;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Intakes;

/// <summary>A file as it came, with the type that its bytes show.</summary>
/// <param name="ContentType">From <see cref="FileKind"/>.</param>
/// <param name="Content">At most <see cref="FileKind.MostBytes"/>, where a page does not take more.</param>
internal sealed record Upload(string ContentType, byte[] Content);

/// <summary>Takes in an uploaded file within its bounds.</summary>
internal static class Uploads
{
    /// <summary>Tells a content type from bytes; null refuses.</summary>
    public delegate string? TypeOf(ReadOnlySpan<byte> content);

    /// <summary>The file, or <c>market.upload-none</c>, <c>market.upload-size</c>, or <paramref name="wrongType"/>.</summary>
    public static async Task<Outcome<Upload>> Read(IFormFile? file, string field, TypeOf typeOf, string wrongType, CancellationToken cancel, int mostBytes = FileKind.MostBytes)
    {
        if (file is null || file.Length == 0) return new Refusal("market.upload-none", Place.Input(field));
        if (file.Length > mostBytes) return new Refusal("market.upload-size", Place.Input(field), (file.Length + 1024 * 1024 - 1) / (1024 * 1024), mostBytes / 1024 / 1024);
        var content = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(content, cancel);
        return typeOf(content) is { } type ? new Upload(type, content) : new Refusal(wrongType, Place.Input(field));
    }
}
