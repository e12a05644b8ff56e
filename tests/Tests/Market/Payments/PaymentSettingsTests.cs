using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Shanhuo.Kernel;
using Shanhuo.Market.Payments;
using Shanhuo.Web;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>Settings are right, or the field that is wrong is named.</summary>
public sealed class PaymentSettingsTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"shanhuo-settings-{Guid.NewGuid():N}");

    public PaymentSettingsTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "payments"));
        using var own = RSA.Create(2048);
        using var small = RSA.Create(1024);
        File.WriteAllText(Path.Combine(folder, "own.pem"), own.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "small.pem"), small.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "public.pem"), own.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(folder, "certificate.pem"), Vector.Certificate);
        File.WriteAllText(Path.Combine(folder, "v3.key"), new string('k', 32) + "\n");
        File.WriteAllText(Path.Combine(folder, "v2.key"), new string('k', 31));
    }

    public void Dispose() => Directory.Delete(folder, true);

    private static JsonObject Good() => new()
    {
        ["mchid"] = "1900000109", ["appid"] = "wx8888", ["serial"] = "5157F09EFDC096DE15EBE81A47057A72", ["privateKey"] = "own.pem", ["apiV3Key"] = "v3.key",
        ["platformKeys"] = new JsonObject { ["D7CE59D1F522D701"] = "certificate.pem", ["PUB_KEY_ID_0119000001"] = "public.pem" },
    };

    [Fact]
    public void Good_settings_are_read_and_the_address_is_the_shipped_one()
    {
        Assert.Null(WeChatSettings.Read(folder).Value);
        Write("wechat", Good());
        var settings = WeChatSettings.Read(folder).Value!;
        Assert.Equal("https://api.mch.weixin.qq.com/", settings.BaseAddress.AbsoluteUri);
        Assert.Equal("PUB_KEY_ID_0119000001", settings.PreferredKey);
        Assert.Equal((2, 32, TimeSpan.FromSeconds(10), true), (settings.PlatformKeys.Count, settings.ApiV3Key.Length, settings.Timeout, settings.ProfitSharing));
        Assert.Null(AlipaySettings.Read(folder).Value);
        Write("alipay", new() { ["appId"] = "2014", ["sellerId"] = "2088", ["privateKey"] = "own.pem", ["alipayPublicKey"] = "public.pem", ["product"] = "page" });
        Assert.Equal(("https://openapi.alipay.com/gateway.do", false), (AlipaySettings.Read(folder).Value!.Gateway.AbsoluteUri, AlipaySettings.Read(folder).Value!.Wap));
    }

    [Theory]
    [InlineData("mchid", "5"), InlineData("appid", "\"\""), InlineData("serial", "null"), InlineData("privateKey", "\"public.pem\""), InlineData("privateKey", "\"small.pem\""), InlineData("apiV3Key", "\"v2.key\"")]
    [InlineData("platformKeys", "{}"), InlineData("platformKeys", "\"x\""), InlineData("baseAddress", "\"http://api.mch.weixin.qq.com\""), InlineData("baseAddress", "\"x\""), InlineData("timeoutSeconds", "0"), InlineData("timeoutSeconds", "\"10\""), InlineData("profitSharing", "1")]
    public void A_wrong_field_is_named(string field, string value)
    {
        var settings = Good();
        settings[field] = JsonNode.Parse(value);
        Write("wechat", settings);
        var no = WeChatSettings.Read(folder).Refused!;
        Assert.Equal(("payment.settings-field", field), (no.Code, no.Where.Column));
    }

    [Fact]
    public void A_key_file_that_is_not_there_a_wrong_platform_key_and_a_broken_file_are_named()
    {
        var settings = Good();
        settings["privateKey"] = "none.pem";
        Write("wechat", settings);
        Assert.Equal(("payment.settings-key-file", "privateKey"), (WeChatSettings.Read(folder).Refused!.Code, WeChatSettings.Read(folder).Refused!.Where.Column));
        settings = Good();
        settings["platformKeys"]!["D7CE59D1F522D701"] = "v3.key";
        Write("wechat", settings);
        Assert.Equal("platformKeys.D7CE59D1F522D701", WeChatSettings.Read(folder).Refused!.Where.Column);
        File.WriteAllText(Path.Combine(folder, "payments", "wechat.json"), "{\"mchid\":");
        Assert.Equal("payment.settings-json", WeChatSettings.Read(folder).Refused!.Code);
    }

    [Fact]
    public void The_texts_of_payments_have_the_same_holes_in_both_languages()
    {
        var texts = new Texts(ShanhuoHost.Modules.All.Select(m => m.Assembly));
        foreach (var (key, (zh, en)) in texts.All.Where(t => t.Key.StartsWith("payment.", StringComparison.Ordinal) || t.Key.StartsWith("gateway.", StringComparison.Ordinal)))
        {
            Assert.Equal(zh.Contains("{0}", StringComparison.Ordinal), en.Contains("{0}", StringComparison.Ordinal));
            Assert.Equal(zh.Contains("{1}", StringComparison.Ordinal), en.Contains("{1}", StringComparison.Ordinal));
        }
    }

    private void Write(string name, JsonObject settings) => File.WriteAllText(Path.Combine(folder, "payments", name + ".json"), settings.ToJsonString());
}
