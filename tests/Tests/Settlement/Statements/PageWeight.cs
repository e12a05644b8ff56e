using System.IO.Compression;
using System.Text;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Statements;

/// <summary>What a page weighs on the way to a phone.</summary>
internal static class PageWeight
{
    /// <summary>The page itself, compressed as the host does it.</summary>
    public static void MostBrotli(int bytes, Answer answer)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(Encoding.UTF8.GetBytes(answer.Body));
        Assert.True(packed.Length <= bytes, $"{answer.Address.AbsolutePath} weighs {packed.Length} bytes, more than {bytes}.");
    }
}
