using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Signatures and encryption of WeChat Pay v3: SHA256 with RSA (PKCS#1), AEAD_AES_256_GCM, RSAES-OAEP.</summary>
internal static class WeChatSeal
{
    /// <summary>The scheme of the Authorization header.</summary>
    public const string Scheme = "WECHATPAY2-SHA256-RSA2048";

    /// <summary>Begin of signatures by which WeChat Pay tests whether a merchant verifies at all.</summary>
    public const string Probe = "WECHATPAY/SIGNTEST/";

    /// <summary>An answer or notification this old or older, or this far ahead, is refused.</summary>
    public const int WindowSeconds = 300;

    private const int NonceSize = 12, TagSize = 16;

    /// <summary>The text of a request that is signed; the path with its query as it is sent.</summary>
    public static byte[] RequestText(string method, string pathAndQuery, string timestamp, string nonce, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes($"{method}\n{pathAndQuery}\n{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];

    /// <summary>The text of an answer or notification that is signed.</summary>
    public static byte[] AnswerText(string timestamp, string nonce, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];

    /// <summary>Signs with a PKCS#8 key.</summary>
    public static string Sign(byte[] privateKey, byte[] text)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(privateKey, out _);
        return Convert.ToBase64String(rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>Is it the signature of this text?</summary>
    public static bool IsSigned(byte[] publicKey, byte[] text, byte[] signature)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        return rsa.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Verifies an answer or notification: all four headers, the clock, the key by its serial, the signature. Null when it is good.</summary>
    /// <param name="keys">Public keys by serial.</param>
    /// <param name="header">Gives a header or null.</param>
    /// <param name="body">As it came.</param>
    /// <param name="now">By our clock.</param>
    public static Refusal? Verify(IReadOnlyDictionary<string, byte[]> keys, Func<string, string?> header, byte[] body, DateTimeOffset now)
    {
        foreach (var name in new[] { "Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Serial", "Wechatpay-Signature" })
            if (string.IsNullOrEmpty(header(name))) return new Refusal("payment.signature-header", Place.Input(name), name);
        var timestamp = header("Wechatpay-Timestamp")!;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 100_000_000_000) return new Refusal("payment.signature-time", Place.Input("Wechatpay-Timestamp"), WindowSeconds);
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) >= WindowSeconds) return new Refusal("payment.signature-time", Place.Input("Wechatpay-Timestamp"), WindowSeconds);
        if (!keys.TryGetValue(header("Wechatpay-Serial")!, out var key)) return new Refusal("payment.signature-serial", Place.Input("Wechatpay-Serial"), header("Wechatpay-Serial")!);
        if (header("Wechatpay-Signature")!.StartsWith(Probe, StringComparison.Ordinal)) return new Refusal("payment.signature-probe", Place.Input("Wechatpay-Signature"));
        return PaymentFields.Base64(header("Wechatpay-Signature")) is { } signature && IsSigned(key, AnswerText(timestamp, header("Wechatpay-Nonce")!, body), signature) ? null : new Refusal("payment.signature-wrong", Place.Input("Wechatpay-Signature"));
    }

    /// <summary>Opens an encrypted resource; null when key, nonce, associated data or a byte is not the one it was sealed with.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">12 ASCII characters.</param>
    /// <param name="associated">May be empty.</param>
    /// <param name="ciphertext">Base64 of the text with its 16 bytes of tag.</param>
    public static byte[]? Open(byte[] key, string nonce, string associated, string ciphertext)
    {
        if (PaymentFields.Base64(ciphertext) is not { Length: >= TagSize } box || Encoding.UTF8.GetBytes(nonce) is not { Length: NonceSize } iv) return null;
        var clear = new byte[box.Length - TagSize];
        try
        {
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(iv, box.AsSpan(0, clear.Length), box.AsSpan(clear.Length), clear, Encoding.UTF8.GetBytes(associated));
            return clear;
        }
        catch (CryptographicException) { return null; }
    }

    /// <summary>Seals a resource as WeChat Pay does.</summary>
    public static string Close(byte[] key, string nonce, string associated, byte[] clear)
    {
        var box = new byte[clear.Length + TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(Encoding.UTF8.GetBytes(nonce), clear, box.AsSpan(0, clear.Length), box.AsSpan(clear.Length), Encoding.UTF8.GetBytes(associated));
        return Convert.ToBase64String(box);
    }

    /// <summary>Encrypts a private field (a name) for WeChat Pay.</summary>
    public static string Hide(byte[] publicKey, string clear)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
        return Convert.ToBase64String(rsa.Encrypt(Encoding.UTF8.GetBytes(clear), RSAEncryptionPadding.OaepSHA1));
    }

    /// <summary>32 random letters and digits.</summary>
    public static string Nonce(int length = 32) => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
}
