using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>How a merchant speaks with WeChat Pay.</summary>
/// <param name="Merchant"><c>mchid</c>.</param>
/// <param name="App"><c>appid</c>.</param>
/// <param name="Serial">Serial number of the merchant's API certificate.</param>
/// <param name="PrivateKey">Its key, PKCS#8.</param>
/// <param name="ApiV3Key">32 bytes that encrypt notifications.</param>
/// <param name="PlatformKeys">Keys of WeChat Pay by certificate serial or public key id (<c>PUB_KEY_ID_…</c>).</param>
/// <param name="BaseAddress">Of the API.</param>
/// <param name="Timeout">After which an answer counts as unknown.</param>
/// <param name="ProfitSharing">Shall payments be open to profit sharing? They stay frozen until shared or unfrozen.</param>
/// <param name="MostSharedPpm">What WeChat Pay lets this merchant share of a payment, parts per million.</param>
internal sealed record WeChatSettings(string Merchant, string App, string Serial, byte[] PrivateKey, byte[] ApiV3Key, IReadOnlyDictionary<string, byte[]> PlatformKeys, Uri BaseAddress, TimeSpan Timeout, bool ProfitSharing, long MostSharedPpm)
{
    /// <summary>The settings of the data folder, null when WeChat Pay is not in use, or the field that is wrong.</summary>
    public static Outcome<WeChatSettings?> Read(string dataFolder)
    {
        if (!PaymentSettings.Open(dataFolder, "wechat").Ok(out var file, out var no)) return no;
        if (file is null) return (WeChatSettings?)null;
        var settings = new WeChatSettings(file.Text("mchid"), file.Text("appid"), file.Text("serial"), file.PrivateKey("privateKey"), file.Secret32("apiV3Key"), file.PublicKeys("platformKeys"), file.Address("baseAddress"), file.Seconds("timeoutSeconds"), file.Flag("profitSharing"), file.Percent("profitSharingPercent") * 10_000L);
        return file.Fault is { } fault ? fault : settings;
    }

    /// <summary>The key with which secrets are sent and answers wished for: a public key where there is one, else the last certificate.</summary>
    public string PreferredKey => PlatformKeys.Keys.Where(k => k.StartsWith("PUB_KEY_ID_", StringComparison.Ordinal)).Concat(PlatformKeys.Keys.OrderDescending(StringComparer.Ordinal)).First();
}
