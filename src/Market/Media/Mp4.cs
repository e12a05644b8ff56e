using System.Buffers.Binary;

namespace Shanhuo.Market.Media;

/// <summary>Looks into an MP4 (ISO/IEC 14496-12) by its boxes.</summary>
internal static class Mp4
{
    /// <summary>The largest video, 30 MB: about half a minute of a phone.</summary>
    public const int MostBytes = 30 * 1024 * 1024;

    private const int MostBoxes = 10_000;
    private static readonly HashSet<string> Brands = new(StringComparer.Ordinal) { "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "3gp4", "3gp5", "3gp6" };
    private static readonly HashSet<string> Tops = new(StringComparer.Ordinal) { "ftyp", "moov", "mdat", "free", "skip", "wide", "udta", "meta", "uuid", "moof", "mfra", "sidx", "styp", "pdin" };
    private static readonly HashSet<string> Parents = new(StringComparer.Ordinal) { "moov", "trak", "mdia", "minf", "stbl" };

    // Hold where and with what it was taken (©xyz, loci, com.apple.quicktime.location), or anything at all.
    private static readonly HashSet<string> Telling = new(StringComparer.Ordinal) { "udta", "meta", "uuid", "free", "skip" };

    /// <summary>The content type of a whole MP4 with a track of H.264; null for anything else.</summary>
    public static string? Type(ReadOnlySpan<byte> content)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isH264 = false;
        if (content.Length < 16 || Name(content[4..]) != "ftyp" || !Brands.Contains(Name(content[8..]))) return null;
        var whole = Walk(content, 0, content.Length, 0, new Counter(), (name, depth, start, end, bytes) =>
        {
            if (depth == 0 && !Tops.Contains(name)) return false;
            seen.Add(name);
            // An entry of the sample description: its size and name come behind version and count.
            if (name == "stsd" && end - start >= 24) isH264 |= Name(bytes[(start + 20)..]) is "avc1" or "avc3";
            return true;
        });
        return whole && isH264 && seen.Contains("moov") && seen.Contains("mdat") ? "video/mp4" : null;
    }

    /// <summary>Blanks in place what tells of place, device and owner; sizes stay, so that nothing else moves.</summary>
    public static void Blank(byte[] content)
    {
        var found = new List<(int Start, int End)>();
        Walk(content, 0, content.Length, 0, new Counter(), (name, _, start, end, _) =>
        {
            if (Telling.Contains(name)) found.Add((start, end));
            return true;
        });
        foreach (var (start, end) in found)
        {
            "free"u8.CopyTo(content.AsSpan(start + 4));
            var head = BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(start)) == 1 ? 16 : 8;
            content.AsSpan(start + head, end - start - head).Clear();
        }
    }

    private delegate bool Visit(string name, int depth, int start, int end, ReadOnlySpan<byte> content);

    private static bool Walk(ReadOnlySpan<byte> content, int at, int end, int depth, Counter counter, Visit visit)
    {
        while (at < end)
        {
            if (end - at < 8 || ++counter.Boxes > MostBoxes) return false;
            long size = BinaryPrimitives.ReadUInt32BigEndian(content[at..]);
            var head = 8;
            if (size == 1)
            {
                if (end - at < 16) return false;
                (size, head) = (BinaryPrimitives.ReadInt64BigEndian(content[(at + 8)..]), 16);
            }
            if (size == 0 && depth == 0) size = end - at;
            if (size < head || size > end - at) return false;
            var (name, next) = (Name(content[(at + 4)..]), at + (int)size);
            if (!visit(name, depth, at, next, content)) return false;
            if (Parents.Contains(name) && !Walk(content, at + head, next, depth + 1, counter, visit)) return false;
            at = next;
        }
        return true;
    }

    private static string Name(ReadOnlySpan<byte> four) => System.Text.Encoding.Latin1.GetString(four[..4]);

    private sealed class Counter
    {
        public int Boxes { get; set; }
    }
}
