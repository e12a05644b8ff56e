namespace Shanhuo.Settlement.Pools;

/// <summary>Ordinal order of public codes: by their UTF-8 bytes, which differs from .NET's order of UTF-16 units beyond the basic plane.</summary>
internal sealed class Ordinal : IComparer<string>
{
    /// <summary>For sorting.</summary>
    public static Ordinal Order { get; } = new();

    int IComparer<string>.Compare(string? x, string? y) => Compare(x ?? "", y ?? "");

    /// <summary>Below 0 when <paramref name="a"/> stands before <paramref name="b"/>, 0 when they are the same.</summary>
    public static int Compare(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length) return a.Length - b.Length;
        // A surrogate stands for a code point above all others, though its unit is below U+E000.
        var (x, y) = (a[same], b[same]);
        if (char.IsSurrogate(x) == char.IsSurrogate(y)) return x - y;
        return char.IsSurrogate(x) ? 1 : -1;
    }
}
