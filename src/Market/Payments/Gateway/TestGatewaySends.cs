using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanhuo.Market.Payments.Gateway;

/// <summary>How the gateway tells of payments and refunds, and tells again until it is heard.</summary>
internal sealed partial class TestGateway
{
    /// <summary>Carries out refunds and sends what is due now.</summary>
    /// <returns>How many notifications were sent.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        List<GatewayNotice> due;
        lock (Book.Gate)
        {
            var now = clock.GetUtcNow();
            foreach (var refund in Book.Refunds.Values.Where(r => r.State == "PROCESSING").ToList())
            {
                Book.Write(refund with { State = "SUCCESS", DoneAt = now });
                if (refund.NotifyUrl is { } url) Owe(refund.PaymentNumber, refund.Number, url, now);
            }
            due = Misbehave.Never ? [] : [.. Book.Notices.Values.Where(n => !n.IsOver && n.NextAt <= now)];
        }
        foreach (var notice in due)
        {
            var told = Tell(notice);
            var taken = await Send(told.Url, told.Headers, told.Body, cancel);
            if (Misbehave.NotifyTwice) taken |= await Send(told.Url, told.Headers, told.Body, cancel);
            lock (Book.Gate)
            {
                var over = taken || notice.Tries >= repeats.Count;
                Book.Write(notice with { Tries = notice.Tries + 1, IsOver = over, NextAt = over ? notice.NextAt : clock.GetUtcNow() + repeats[notice.Tries] });
            }
        }
        return due.Count;
    }

    /// <summary>The notification of a payment or refund as it would be sent now; for tests that send it themselves.</summary>
    public (string Url, Dictionary<string, string> Headers, byte[] Body) Tell(GatewayNotice notice)
    {
        lock (Book.Gate)
        {
            var refund = notice.RefundNumber is { } number ? Book.Refunds[number] : null;
            var content = refund is null ? Written(Book.Payments[notice.PaymentNumber], Misbehave.AmountOff) : Notified(refund);
            // Whoever is told late of a payment is told how it stood when it was paid.
            if (refund is null) content["trade_state"] = "SUCCESS";
            var kind = refund is null ? "transaction" : "refund";
            var nonce = WeChatSeal.Nonce(12);
            var body = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
            {
                ["id"] = notice.Id, ["create_time"] = clock.GetUtcNow().ChinaTime(), ["resource_type"] = "encrypt-resource", ["event_type"] = refund is null ? "TRANSACTION.SUCCESS" : "REFUND.SUCCESS", ["summary"] = refund is null ? "支付成功" : "退款成功",
                ["resource"] = new JsonObject { ["original_type"] = kind, ["algorithm"] = "AEAD_AES_256_GCM", ["ciphertext"] = WeChatSeal.Close(Keys.ApiV3Key, nonce, kind, JsonSerializer.SerializeToUtf8Bytes(content, WeChatClient.Json)), ["associated_data"] = kind, ["nonce"] = nonce },
            }, WeChatClient.Json);
            var headers = SignatureOf(body, Misbehave.Forge ? Stranger.Value : Keys.Platform);
            if (Misbehave.Probe) headers["Wechatpay-Signature"] = WeChatSeal.Probe + headers["Wechatpay-Signature"][WeChatSeal.Probe.Length..];
            return (notice.Url, headers, body);
        }
    }

    private static readonly Lazy<byte[]> Stranger = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKey();
    });

    private void Owe(string payment, string? refund, string url, DateTimeOffset now) => Book.Write(new GatewayNotice(Guid.CreateVersion7().ToString(), payment, refund, url, 0, now + Misbehave.Late, false));

    // Taken is what WeChat Pay calls taken: any 2xx, whatever the body says.
    private async Task<bool> Send(string url, Dictionary<string, string> headers, byte[] body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await Http.SendAsync(request, cancel);
            return (int)answer.StatusCode is 200 or 204;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && (e is HttpRequestException or OperationCanceledException)) { return false; }
    }
}
