namespace Shanhuo.Market.Intakes;

/// <summary>What an uploaded file really is, by its first bytes: neither its name nor what the browser says is believed.</summary>
internal static class FileKind
{
    /// <summary>The largest upload, 8 MB.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    /// <summary>The content type of a photo (JPEG, PNG, WebP); null for anything else, SVG among them, which can carry script.</summary>
    public static string? Photo(ReadOnlySpan<byte> content) =>
        content.StartsWith(Jpeg) ? "image/jpeg"
        : content.StartsWith(Png) ? "image/png"
        : IsRiff(content, "WEBP"u8) ? "image/webp"
        : null;

    /// <summary>The content type of a sound (WebM, Ogg, MP4, WAV); null for anything else.</summary>
    public static string? Sound(ReadOnlySpan<byte> content) =>
        content.StartsWith(Matroska) ? "audio/webm"
        : content.StartsWith("OggS"u8) ? "audio/ogg"
        : content.Length > 11 && content[4..8].SequenceEqual("ftyp"u8) ? "audio/mp4"
        : IsRiff(content, "WAVE"u8) ? "audio/wav"
        : null;

    /// <summary>The content type of a signed paper: a photo or a PDF.</summary>
    public static string? Paper(ReadOnlySpan<byte> content) => content.StartsWith("%PDF-"u8) ? "application/pdf" : Photo(content);

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];
    private static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static ReadOnlySpan<byte> Matroska => [0x1A, 0x45, 0xDF, 0xA3];

    private static bool IsRiff(ReadOnlySpan<byte> content, ReadOnlySpan<byte> form) => content.Length > 11 && content.StartsWith("RIFF"u8) && content[8..12].SequenceEqual(form);
}
