using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Signed requests to WeChat Pay and verified answers. An answer, also one that says no, counts only with its signature.</summary>
internal sealed class WeChatClient(HttpClient http, WeChatSettings settings, TimeProvider clock)
{
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public WeChatSettings Settings => settings;

    /// <summary>GET.</summary>
    public Task<Outcome<JsonElement>> Get(string path, CancellationToken cancel) => Send(HttpMethod.Get, path, null, cancel);

    /// <summary>POST with a JSON body.</summary>
    public Task<Outcome<JsonElement>> Post(string path, object body, CancellationToken cancel) => Send(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, Json), cancel);

    /// <summary>Fetches a bill from the address that a signed answer gave. The file itself has no signature; its hash stood in that answer.</summary>
    public async Task<Outcome<byte[]>> Download(string address, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Authority != settings.BaseAddress.Authority || uri.Scheme != settings.BaseAddress.Scheme) return new Refusal("payment.bill-address");
        using var request = Request(HttpMethod.Get, uri, null);
        if (!(await http.Ask(request, settings.Timeout * 6, PaymentHttp.MostBillBytes, cancel)).Ok(out var said, out var no)) return no;
        return said.Status == 200 ? said.Body : new Refusal("payment.bill-not-ready");
    }

    private async Task<Outcome<JsonElement>> Send(HttpMethod method, string path, byte[]? body, CancellationToken cancel)
    {
        using var request = Request(method, new Uri(settings.BaseAddress.AbsoluteUri.TrimEnd('/') + path), body);
        if (!(await http.Ask(request, settings.Timeout, PaymentHttp.MostBytes, cancel)).Ok(out var said, out var no)) return no;
        // Whoever sits on the line must not tell us that a payment does not exist, so a no without signature is worth as much as no answer.
        if (WeChatSeal.Verify(settings.PlatformKeys, said.Headers.Header, said.Body, clock.GetUtcNow()) is { } fault) return said.Status < 300 ? fault : new Refusal("payment.answer-unsigned", Place.None, said.Status);
        if (said.Status == 204 || (said.Status == 200 && said.Body.Length == 0)) return default(JsonElement);
        using var json = PaymentFields.TryParse(said.Body);
        if (json is null) return new Refusal("payment.answer-strange", Place.Input("body"));
        return said.Status is >= 200 and < 300 ? json.RootElement.Clone() : Refused(json.RootElement, said.Status);
    }

    private HttpRequestMessage Request(HttpMethod method, Uri uri, byte[]? body)
    {
        var request = new HttpRequestMessage(method, uri);
        var (timestamp, nonce) = (clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), WeChatSeal.Nonce());
        var signature = WeChatSeal.Sign(settings.PrivateKey, WeChatSeal.RequestText(method.Method, uri.PathAndQuery, timestamp, nonce, body));
        request.Headers.TryAddWithoutValidation("Authorization", $"{WeChatSeal.Scheme} mchid=\"{settings.Merchant}\",nonce_str=\"{nonce}\",signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{settings.Serial}\"");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Shanhuo");
        request.Headers.TryAddWithoutValidation("Wechatpay-Serial", settings.PreferredKey);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }

    private static Refusal Refused(JsonElement answer, int status) => answer.Text("code") switch
    {
        "ORDER_NOT_EXIST" or "ORDERNOTEXIST" or "RESOURCE_NOT_EXISTS" => new Refusal("payment.not-there"),
        "ORDERPAID" or "ORDER_PAID" => new Refusal("payment.is-paid"),
        "ORDER_CLOSED" or "ORDERCLOSED" => new Refusal("payment.is-closed"),
        "NOT_ENOUGH" => new Refusal("payment.not-enough"),
        "NO_STATEMENT_EXIST" or "STATEMENT_CREATING" => new Refusal("payment.bill-not-ready"),
        "FREQUENCY_LIMITED" or "RATELIMIT_EXCEEDED" or "SYSTEM_ERROR" => new Refusal("payment.busy", Place.None, answer.Text("code")!),
        var code => new Refusal("payment.refused", Place.None, code ?? status.ToString(CultureInfo.InvariantCulture), answer.Text("message") ?? ""),
    };
}
