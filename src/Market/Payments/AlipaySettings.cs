using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>How a merchant speaks with Alipay.</summary>
/// <param name="App"><c>app_id</c>.</param>
/// <param name="Seller"><c>seller_id</c>, 16 digits beginning with 2088.</param>
/// <param name="PrivateKey">Of the app, PKCS#8.</param>
/// <param name="AlipayKey">Alipay's public key for this app.</param>
/// <param name="Gateway">Where requests go.</param>
/// <param name="BillHost">The only host beside the gateway's from which bills are fetched.</param>
/// <param name="Timeout">After which an answer counts as unknown.</param>
/// <param name="Wap">Are payers at phones (wap pay) or at large screens (page pay)?</param>
/// <param name="SubMerchant">The seller's number as a second-level merchant (直付通), 16 digits beginning with 2088: its payments stay frozen until they are confirmed. Null: the seller has the money at once.</param>
/// <param name="MostFrozenDays">After which Alipay gives a payment free by itself.</param>
internal sealed record AlipaySettings(string App, string Seller, byte[] PrivateKey, byte[] AlipayKey, Uri Gateway, string BillHost, TimeSpan Timeout, bool Wap, string? SubMerchant = null, int MostFrozenDays = 0)
{
    /// <summary>The settings of the data folder, null when Alipay is not in use, or the field that is wrong.</summary>
    public static Outcome<AlipaySettings?> Read(string dataFolder)
    {
        if (!PaymentSettings.Open(dataFolder, "alipay").Ok(out var file, out var no)) return no;
        if (file is null) return (AlipaySettings?)null;
        var settings = new AlipaySettings(file.Text("appId"), file.Text("sellerId"), file.PrivateKey("privateKey"), file.PublicKey("alipayPublicKey"), file.Address("gateway"), file.Text("billHost"), file.Seconds("timeoutSeconds"), file.OneOf("product", "wap", "page") == "wap", file.Has("subMerchant") ? file.Text("subMerchant") : null, file.Whole("mostFrozenDays", 1, 365));
        return file.Fault is { } fault ? fault : settings;
    }
}
