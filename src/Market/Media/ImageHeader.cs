using System.Buffers.Binary;

namespace Shanhuo.Market.Media;

/// <summary>How large a picture says it is, read before anything decodes it.</summary>
internal static class ImageHeader
{
    /// <summary>Width and height in pixels of a JPEG, PNG or WebP, before any turning; false where the header is none or broken. Reads nothing beyond the header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> content, out int width, out int height)
    {
        (width, height) = content switch
        {
            [0xFF, 0xD8, 0xFF, ..] => Jpeg(content),
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png(content),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] when content.Length >= 30 && content[8..12].SequenceEqual("WEBP"u8) => WebP(content),
            _ => (0, 0),
        };
        return width > 0 && height > 0;
    }

    // Segments until the first frame header (SOF0 to SOF15 but DHT, JPG and DAC); the first image data end the search.
    private static (int, int) Jpeg(ReadOnlySpan<byte> content)
    {
        var at = 2;
        while (at + 9 <= content.Length)
        {
            if (content[at] != 0xFF) return (0, 0);
            var marker = content[at + 1];
            if (marker == 0xFF) { at++; continue; }
            if (marker is 0x01 or >= 0xD0 and <= 0xD7) { at += 2; continue; }
            if (marker is 0xD8 or 0xD9 or 0xDA) return (0, 0);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return (BinaryPrimitives.ReadUInt16BigEndian(content[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(content[(at + 5)..]));
            var length = BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
            if (length < 2) return (0, 0);
            at += 2 + length;
        }
        return (0, 0);
    }

    private static (int, int) Png(ReadOnlySpan<byte> content) =>
        content.Length >= 24 && content[12..16].SequenceEqual("IHDR"u8) ? (Bounded(BinaryPrimitives.ReadUInt32BigEndian(content[16..])), Bounded(BinaryPrimitives.ReadUInt32BigEndian(content[20..]))) : (0, 0);

    private static (int, int) WebP(ReadOnlySpan<byte> content)
    {
        var chunk = content[12..16];
        if (chunk.SequenceEqual("VP8X"u8)) return (1 + (content[24] | content[25] << 8 | content[26] << 16), 1 + (content[27] | content[28] << 8 | content[29] << 16));
        if (chunk.SequenceEqual("VP8 "u8) && content[23..26].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])) return (BinaryPrimitives.ReadUInt16LittleEndian(content[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(content[28..]) & 0x3FFF);
        if (!chunk.SequenceEqual("VP8L"u8) || content[20] != 0x2F) return (0, 0);
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(content[21..]);
        return ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
    }

    private static int Bounded(uint value) => value > int.MaxValue ? 0 : (int)value;
}
