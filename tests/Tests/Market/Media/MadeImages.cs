using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;

namespace Shanhuo.Tests.Market.Media;

/// <summary>Pictures and videos made at run time: good ones by libvips, bad ones by hand.</summary>
internal static class MadeImages
{
    /// <summary>A soft coloured picture.</summary>
    public static byte[] Photo(int width, int height, string ending = "jpg") => Vips(ending, "perlin", width, height);

    /// <summary>The picture that packs worst.</summary>
    public static byte[] Noise(int width, int height, string ending = "jpg") => Vips(ending, "gaussnoise", width, height);

    /// <summary>A small PNG that unpacks to so many pixels of one colour.</summary>
    public static byte[] Png(int width, int height, int rows)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, true))
        {
            var row = new byte[1 + width];
            for (var i = 0; i < rows; i++) zip.Write(row);
        }
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 0);
        return [0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR"u8, head), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    /// <summary>A JPEG with an EXIF block of orientation and place put into it.</summary>
    public static byte[] WithExif(byte[] jpeg, ushort orientation)
    {
        // TIFF, big-endian: orientation, and a GPS directory with a latitude.
        byte[] tiff =
        [
            .. "MM"u8, 0, 42, 0, 0, 0, 8,
            0, 2, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0,
            0, 2, 0, 1, 0, 2, 0, 0, 0, 2, (byte)'N', 0, 0, 0, 0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 68, 0, 0, 0, 0,
            0, 0, 0, 34, 0, 0, 0, 1, 0, 0, 0, 59, 0, 0, 0, 1, 0, 0, 0, 15, 0, 0, 0, 1,
            .. "GEHEIM-34.98756"u8,
        ];
        byte[] segment = [.. "Exif\0\0"u8, .. tiff];
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((segment.Length + 2) >> 8), (byte)(segment.Length + 2), .. segment, .. jpeg[2..]];
    }

    /// <summary>The boxes of an MP4 with one H.264 track that tells its place; the pictures themselves are zeros.</summary>
    public static byte[] Mp4(int bytes, string codec = "avc1", string brand = "isom")
    {
        var entry = Box(codec, new byte[78]);
        var track = Box("trak", Box("mdia", Box("minf", Box("stbl", Box("stsd", [0, 0, 0, 0, 0, 0, 0, 1, .. entry])))));
        var moov = Box("moov", [.. track, .. Box("udta", Box("©xyz", "+34.9876+106.2090/"u8.ToArray()))]);
        byte[] head = [.. Box("ftyp", [.. System.Text.Encoding.Latin1.GetBytes(brand), 0, 0, 2, 0]), .. moov];
        return [.. head, .. Box("mdat", new byte[Math.Max(0, bytes - head.Length - 8)])];
    }

    public static byte[] Box(string name, byte[] content)
    {
        var box = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        System.Text.Encoding.Latin1.GetBytes(name, box.AsSpan(4));
        content.CopyTo(box, 8);
        return box;
    }

    private static byte[] Vips(string ending, string kind, int width, int height)
    {
        var folder = Directory.CreateTempSubdirectory("shanhuo-image").FullName;
        try
        {
            Run(folder, kind, "a.v", $"{width}", $"{height}");
            Run(folder, kind == "perlin" ? "scale" : "cast", kind == "perlin" ? ["a.v", "b.v"] : ["a.v", "b.v", "uchar"]);
            Run(folder, "bandjoin", "b.v b.v b.v", "c.v");
            Run(folder, "copy", "c.v", $"d.{ending}", "--interpretation", "srgb");
            return File.ReadAllBytes(Path.Combine(folder, $"d.{ending}"));
        }
        finally { Directory.Delete(folder, true); }
    }

    private static void Run(string folder, string verb, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("vips", [verb, .. arguments]) { WorkingDirectory = folder, RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        name.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    // CRC-32 of PNG (ISO 3309).
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }
        return ~crc;
    }
}
