using System.Globalization;
using System.Text;
using System.Text.Json;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Signed requests to Alipay's gateway and verified answers.</summary>
internal sealed class AlipayClient(HttpClient http, AlipaySettings settings, TimeProvider clock)
{
    public AlipaySettings Settings => settings;

    /// <summary>The address to which a payer is sent: signed parameters and nothing else.</summary>
    public string Door(string method, object content, string notifyUrl, string returnUrl) => $"{settings.Gateway.AbsoluteUri}?{AlipaySeal.Form(Parameters(method, content, notifyUrl, returnUrl))}";

    /// <summary>Asks; gives the inner answer of code 10000. The signature is over its very bytes.</summary>
    public async Task<Outcome<JsonElement>> Ask(string method, object content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Gateway) { Content = new StringContent(AlipaySeal.Form(Parameters(method, content, null, null)), Encoding.UTF8, "application/x-www-form-urlencoded") };
        if (!(await http.Ask(request, settings.Timeout, PaymentHttp.MostBytes, cancel)).Ok(out var said, out var no)) return no;
        using var json = PaymentFields.TryParse(said.Body);
        var answer = json?.RootElement.Member(method.Replace('.', '_') + "_response") ?? default;
        if (answer.ValueKind != JsonValueKind.Object) return new Refusal("payment.answer-unsigned", Place.None, said.Status);
        if (PaymentFields.Base64(json!.RootElement.Text("sign")) is not { } sign || !WeChatSeal.IsSigned(settings.AlipayKey, Encoding.UTF8.GetBytes(answer.GetRawText()), sign)) return new Refusal("payment.signature-wrong", Place.Input("sign"));
        return answer.Text("code") == "10000" ? answer.Clone() : Refused(answer);
    }

    /// <summary>Fetches a bill from the address that a signed answer gave.</summary>
    public async Task<Outcome<byte[]>> Download(string address, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || (uri.Host != settings.BillHost && uri.Authority != settings.Gateway.Authority)) return new Refusal("payment.bill-address");
        // The documentation shows the address with http; the bill host is asked over TLS.
        if (uri.Host == settings.BillHost && uri.Scheme == Uri.UriSchemeHttp) uri = new UriBuilder(uri) { Scheme = "https", Port = 443 }.Uri;
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (!(await http.Ask(request, settings.Timeout * 6, PaymentHttp.MostBillBytes, cancel)).Ok(out var said, out var no)) return no;
        return said.Status == 200 ? said.Body : new Refusal("payment.bill-not-ready");
    }

    private SortedDictionary<string, string> Parameters(string method, object content, string? notifyUrl, string? returnUrl)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["app_id"] = settings.App, ["method"] = method, ["format"] = "JSON", ["charset"] = "utf-8", ["sign_type"] = "RSA2", ["version"] = "1.0",
            ["timestamp"] = clock.GetUtcNow().ToOffset(PaymentFields.China).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), ["biz_content"] = JsonSerializer.Serialize(content, WeChatClient.Json),
        };
        if (notifyUrl is { Length: > 0 }) parameters["notify_url"] = notifyUrl;
        if (returnUrl is { Length: > 0 }) parameters["return_url"] = returnUrl;
        parameters["sign"] = WeChatSeal.Sign(settings.PrivateKey, AlipaySeal.Text(parameters, "sign"));
        return parameters;
    }

    private static Refusal Refused(JsonElement answer) => (answer.Text("sub_code") ?? answer.Text("code")) switch
    {
        "ACQ.TRADE_NOT_EXIST" => new Refusal("payment.not-there"),
        "ACQ.TRADE_HAS_SUCCESS" => new Refusal("payment.is-paid"),
        "ACQ.TRADE_HAS_CLOSE" => new Refusal("payment.is-closed"),
        "ACQ.SELLER_BALANCE_NOT_ENOUGH" => new Refusal("payment.not-enough"),
        "isp.bill_not_exist" => new Refusal("payment.bill-not-ready"),
        "20000" or "ACQ.SYSTEM_ERROR" or "aop.ACQ.SYSTEM_ERROR" or "isp.unknow-error" => new Refusal("payment.busy", Place.None, answer.Text("sub_code") ?? "20000"),
        var code => new Refusal("payment.refused", Place.None, code ?? "", answer.Text("sub_msg") ?? answer.Text("msg") ?? ""),
    };
}
