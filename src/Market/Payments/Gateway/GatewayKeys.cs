using System.Security.Cryptography;
using System.Text;

namespace Shanhuo.Market.Payments.Gateway;

/// <summary>Keys of the test gateway and of the merchant it knows; made at the first start, kept in the data folder's keys, readable by the owner only.</summary>
/// <param name="Platform">Private key of the gateway, PKCS#8.</param>
/// <param name="Merchant">Private key of the merchant, PKCS#8.</param>
/// <param name="ApiV3Key">32 bytes.</param>
internal sealed record GatewayKeys(byte[] Platform, byte[] Merchant, byte[] ApiV3Key)
{
    /// <summary>Public key of the gateway.</summary>
    public byte[] PlatformPublic { get; } = PublicOf(Platform);

    /// <summary>Public key of the merchant.</summary>
    public byte[] MerchantPublic { get; } = PublicOf(Merchant);

    /// <summary>Name of the gateway's key, which says whose it is.</summary>
    public string PlatformSerial => "PUB_KEY_ID_TEST" + Convert.ToHexString(SHA256.HashData(PlatformPublic))[..24];

    /// <summary>Serial of the merchant's key.</summary>
    public string MerchantSerial => Convert.ToHexString(SHA256.HashData(MerchantPublic))[..40];

    /// <summary>Reads the keys, or makes them.</summary>
    public static GatewayKeys In(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "keys");
        Directory.CreateDirectory(folder);
        return new GatewayKeys(Keep(folder, "test-gateway-platform.key", NewRsa), Keep(folder, "test-gateway-merchant.key", NewRsa), Keep(folder, "test-gateway-apiv3.key", () => Encoding.ASCII.GetBytes(WeChatSeal.Nonce())));
    }

    private static byte[] Keep(string folder, string name, Func<byte[]> make)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path)) return File.ReadAllBytes(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // Another process that starts at the same moment must never read half a key.
        var part = path + "." + WeChatSeal.Nonce(8);
        using (var file = new FileStream(part, options)) file.Write(make());
        try { File.Move(part, path); }
        catch (IOException) when (File.Exists(path)) { File.Delete(part); }
        return File.ReadAllBytes(path);
    }

    private static byte[] NewRsa()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKey();
    }

    private static byte[] PublicOf(byte[] key)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key, out _);
        return rsa.ExportSubjectPublicKeyInfo();
    }
}
