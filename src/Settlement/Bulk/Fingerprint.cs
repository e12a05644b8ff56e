using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Shanhuo.Settlement.Bulk;

/// <summary>A quick 64-bit fingerprint of a code. It differs from run to run, so that no file can be made to collide; nothing that is written depends on it.</summary>
internal static class Fingerprint
{
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;
    private static readonly ulong Salt = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    /// <summary>The fingerprint of some bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> code)
    {
        unchecked
        {
            var print = Seed + (ulong)code.Length * 0x9E3779B97F4A7C15;
            while (code.Length > 8)
            {
                print = Mix(print ^ BinaryPrimitives.ReadUInt64LittleEndian(code), Salt);
                code = code[8..];
            }
            return Mix(Mix(print ^ Tail(code), Salt ^ 0xA0761D6478BD642F), 0xE7037ED1A0B428DB);
        }
    }

    private static ulong Tail(ReadOnlySpan<byte> code)
    {
        if (code.Length == 8) return BinaryPrimitives.ReadUInt64LittleEndian(code);
        if (code.Length >= 4)
            return BinaryPrimitives.ReadUInt32LittleEndian(code) | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(code[^4..]) << 32;
        if (code.Length == 0) return 0;
        return code[0] | (ulong)code[code.Length / 2] << 8 | (ulong)code[^1] << 16;
    }

    private static ulong Mix(ulong a, ulong b) => Math.BigMul(a, b, out var low) ^ low;
}
