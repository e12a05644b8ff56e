using System.Security.Cryptography;

namespace Shanhuo.Market.Media;

/// <summary>Names under which anybody may fetch a file: 128 random bits, so that nobody guesses one or learns anything from it.</summary>
internal static class PublicName
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Letters of a name.</summary>
    public const int Length = 26;

    /// <summary>A new name in base32 (RFC 4648, small letters, without padding).</summary>
    public static string New()
    {
        var bits = RandomNumberGenerator.GetBytes(16);
        return string.Create(Length, bits, static (name, bits) =>
        {
            for (var i = 0; i < name.Length; i++)
            {
                var bit = i * 5;
                var pair = bits[bit / 8] << 8 | (bit / 8 + 1 < bits.Length ? bits[bit / 8 + 1] : 0);
                name[i] = Letters[pair >> 11 - bit % 8 & 31];
            }
        });
    }
}
