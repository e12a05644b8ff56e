using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Media;

/// <summary>A picture whose files lie in the media folder.</summary>
/// <param name="Name">Public name.</param>
/// <param name="Width">Of the largest size.</param>
/// <param name="Height">Of the largest size.</param>
/// <param name="Modern"><c>avif</c> or <c>webp</c>.</param>
/// <param name="ModernBytes">By width.</param>
/// <param name="JpegBytes">By width.</param>
internal sealed record MadePicture(string Name, int Width, int Height, string Modern, IReadOnlyDictionary<int, int> ModernBytes, IReadOnlyDictionary<int, int> JpegBytes);

/// <summary>Makes the files of a picture from what somebody sent, of which nothing but its look remains.</summary>
internal sealed class PictureMaker(MediaFolder folder, ImageTool tool) : IDisposable
{
    /// <summary>40 megapixels: more than phones make, few enough to decode.</summary>
    public const long MostPixels = 40_000_000;

    private static readonly int[] Qualities = [60, 50, 40, 30, 20, 10];
    private readonly SemaphoreSlim atOnce = new(2);

    /// <summary>Files under a new name, or why not.</summary>
    /// <param name="sent">A JPEG, PNG or WebP by its first bytes.</param>
    /// <param name="field">Where a refusal is shown.</param>
    /// <param name="cancel">Stops it; nothing remains.</param>
    public async Task<Outcome<MadePicture>> Make(Upload sent, string field, CancellationToken cancel)
    {
        if (!ImageHeader.TryRead(sent.Content, out var width, out var height)) return new Refusal("market.media-broken", Place.Input(field));
        if ((long)width * height > MostPixels) return new Refusal("market.media-pixels", Place.Input(field), width, height, MostPixels / 1_000_000);
        if (!tool.IsThere) return new Refusal("market.media-tool", Place.Input(field));
        await atOnce.WaitAsync(cancel);
        var work = Path.Combine(folder.Path, $"work-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(work);
            // Only here are a stranger's bytes decoded; from then on it is our own JPEG.
            var (input, clean) = (Path.Combine(work, "sent." + sent.ContentType["image/".Length..]), Path.Combine(work, "clean.jpg"));
            await File.WriteAllBytesAsync(input, sent.Content, cancel);
            if (!await tool.Shrink(input, clean, 1280, 92, cancel) || !ImageHeader.TryRead(await File.ReadAllBytesAsync(clean, cancel), out width, out height)) return new Refusal("market.media-broken", Place.Input(field));
            return await Pack(work, clean, width, height, cancel) is { } made ? made : new Refusal("market.media-broken", Place.Input(field));
        }
        finally
        {
            atOnce.Release();
            if (Directory.Exists(work)) Directory.Delete(work, true);
        }
    }

    /// <summary>Deletes the files of a name.</summary>
    public void Delete(string name)
    {
        if (!Directory.Exists(folder.Path)) return;
        foreach (var file in Directory.EnumerateFiles(folder.Path, name + "*")) File.Delete(file);
    }

    public void Dispose() => atOnce.Dispose();

    private async Task<MadePicture?> Pack(string work, string clean, int width, int height, CancellationToken cancel)
    {
        var name = PublicName.New();
        var sizes = PictureSizes.Of(width).ToList();
        // Not every libvips can write AVIF, and none can of every picture: asked anew each time, so that one picture decides for no other.
        var modern = "avif";
        var packed = await All(work, clean, name, sizes, modern, cancel) ?? await All(work, clean, name, sizes, modern = "webp", cancel);
        var jpeg = await All(work, clean, name, sizes, "jpg", cancel);
        if (packed is null || jpeg is null) return null;
        foreach (var (ending, size) in sizes.SelectMany(s => new[] { (modern, s), ("jpg", s) })) File.Move(Path.Combine(work, $"{name}-{size}.{ending}"), Path.Combine(folder.Path, $"{name}-{size}.{ending}"));
        return new MadePicture(name, width, height, modern, packed, jpeg);
    }

    private async Task<Dictionary<int, int>?> All(string work, string clean, string name, List<int> sizes, string ending, CancellationToken cancel)
    {
        var bytes = new Dictionary<int, int>();
        foreach (var size in sizes)
        {
            var file = Path.Combine(work, $"{name}-{size}.{ending}");
            // The first size is made worse, and at last smaller, until it fits.
            foreach (var (quality, wide) in size == PictureSizes.First ? Qualities.Select(q => (q, size)).Append((10, size / 2)) : [(size == 640 ? 60 : 65, size)])
            {
                if (!await tool.Shrink(clean, file, wide, quality, cancel)) return null;
                bytes[size] = (int)new FileInfo(file).Length;
                if (bytes[size] <= PictureSizes.FirstMostBytes) break;
            }
        }
        return bytes;
    }
}
