using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Shanhuo.Market.Payments.Gateway;

/// <summary>Profit sharing at the gateway, with WeChat Pay's rules: only frozen payments, at most 50 receivers a request, at most 30 % of the payment, back only from merchants.</summary>
internal sealed partial class TestGateway
{
    private GatewayAnswer Share(string method, string path, string target, JsonElement body) => (method, path) switch
    {
        ("POST", "/profitsharing/receivers/add") => AddReceiver(body),
        ("POST", "/profitsharing/orders") => Shared(body),
        ("POST", "/profitsharing/orders/unfreeze") => Unfreeze(body),
        ("GET", _) when Middle(path, "/profitsharing/orders/") is { } number => Book.Sharings.TryGetValue(number, out var sharing) && sharing.TransactionId == QueryOf(target, "transaction_id") ? Signed(200, Written(sharing)) : No(404, "RESOURCE_NOT_EXISTS"),
        ("POST", "/profitsharing/return-orders") => Return(body),
        ("GET", _) when Middle(path, "/profitsharing/return-orders/") is { } number => Book.Returns.TryGetValue(number, out var back) && back.SharingNumber == QueryOf(target, "out_order_no") ? Signed(200, Written(back)) : No(404, "RESOURCE_NOT_EXISTS"),
        _ => No(404, "RESOURCE_NOT_EXISTS"),
    };

    private GatewayAnswer AddReceiver(JsonElement body)
    {
        if (body.Text("appid") != App || body.Text("type") is not ("MERCHANT_ID" or "PERSONAL_OPENID") || body.Text("account") is not { Length: > 0 } account || body.Text("relation_type") is not { Length: > 0 } relation) return No(400, "PARAM_ERROR");
        if (body.Text("type") == "MERCHANT_ID" && NameOf(body.Text("name")) is not { Length: > 0 }) return No(400, "PARAM_ERROR");
        Book.AddReceiver($"{body.Text("type")}:{account}");
        return Signed(200, new { type = body.Text("type"), account, name = body.Text("name"), relation_type = relation });
    }

    private GatewayAnswer Shared(JsonElement body)
    {
        if (body.Text("appid") != App || body.Text("out_order_no") is not { Length: > 0 } number || body.Member("receivers") is not { ValueKind: JsonValueKind.Array } receivers) return No(400, "PARAM_ERROR");
        if (Paid(body) is not { Sharing: true } payment) return No(404, "RESOURCE_NOT_EXISTS");
        var shares = receivers.EnumerateArray().Select(r => new GatewayShare(r.Text("type") ?? "", r.Text("account") ?? "", r.FenOf("amount")?.Value ?? 0, r.Text("description") ?? "", "3600" + Digits(25))).ToList();
        if (Book.Sharings.TryGetValue(number, out var before))
            return before.TransactionId == payment.TransactionId && before.Shares.Select(s => (s.Type, s.Account, s.Amount)).SequenceEqual(shares.Select(s => (s.Type, s.Account, s.Amount))) ? Signed(200, Written(before, Misbehave.SharesLater)) : No(400, "PARAM_ERROR");
        if (payment.Unfrozen) return No(400, "RULE_LIMIT");
        if (shares.Count is 0 or > 50 || shares.Any(s => s.Amount <= 0 || s.Description.Length is 0 or > 80) || shares.DistinctBy(s => (s.Type, s.Account)).Count() != shares.Count) return No(400, "PARAM_ERROR");
        if (shares.Any(s => !Book.Receivers.Contains($"{s.Type}:{s.Account}"))) return No(400, "NO_AUTH");
        if (SharedOf(payment) + shares.Sum(s => s.Amount) > (long)((Int128)payment.Amount * MostSharedPpm / 1_000_000)) return No(403, "RULE_LIMIT");
        var sharing = new GatewaySharing(number, payment.TransactionId!, "3008" + Digits(25), shares, clock.GetUtcNow());
        Book.Write(sharing);
        if (body.Member("unfreeze_unsplit").ValueKind == JsonValueKind.True) Book.Write(payment with { Unfrozen = true });
        return Signed(200, Written(sharing, Misbehave.SharesLater));
    }

    private GatewayAnswer Unfreeze(JsonElement body)
    {
        if (body.Text("out_order_no") is not { Length: > 0 } number || body.Text("description") is not { Length: > 0 }) return No(400, "PARAM_ERROR");
        if (Paid(body) is not { Sharing: true } payment) return No(404, "RESOURCE_NOT_EXISTS");
        if (!Book.Sharings.TryGetValue(number, out var sharing)) Book.Write(sharing = new GatewaySharing(number, payment.TransactionId!, "3008" + Digits(25), [], clock.GetUtcNow()));
        if (!payment.Unfrozen) Book.Write(payment with { Unfrozen = true });
        return Signed(200, Written(sharing, Misbehave.SharesLater));
    }

    private GatewayAnswer Return(JsonElement body)
    {
        if (body.Text("out_return_no") is not { Length: > 0 } number || body.Text("out_order_no") is not { } of || body.Text("return_mchid") is not { } merchant || body.FenOf("amount") is not { Value: > 0 } amount || body.Text("description") is not { Length: > 0 } why) return No(400, "PARAM_ERROR");
        if (Book.Returns.TryGetValue(number, out var before)) return before.SharingNumber == of && before.Merchant == merchant && before.Amount == amount.Value ? Signed(200, Written(before)) : No(400, "PARAM_ERROR");
        // Only what went to a merchant comes back; a person is no return_mchid.
        if (!Book.Sharings.TryGetValue(of, out var sharing) || sharing.Shares.FirstOrDefault(s => s.Type == "MERCHANT_ID" && s.Account == merchant) is not { } share) return No(404, "RESOURCE_NOT_EXISTS");
        if (Book.Returns.Values.Where(r => r.SharingNumber == of && r.Merchant == merchant).Sum(r => r.Amount) + amount.Value > share.Amount) return No(403, "NOT_ENOUGH");
        var back = new GatewayReturn(number, of, "3008" + Digits(25), merchant, amount.Value, why, clock.GetUtcNow());
        Book.Write(back);
        return Signed(200, Written(back, Misbehave.SharesLater));
    }

    private GatewayPayment? Paid(JsonElement body) => body.Text("transaction_id") is { } id ? Book.Payments.Values.FirstOrDefault(p => p.TransactionId == id) : null;

    private long SharedOf(GatewayPayment payment) => Book.Sharings.Values.Where(s => s.TransactionId == payment.TransactionId).Sum(s => s.Shares.Sum(r => r.Amount));

    private string? NameOf(string? hidden)
    {
        if (PaymentFields.Base64(hidden) is not { } box) return null;
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Keys.Platform, out _);
        try { return Encoding.UTF8.GetString(rsa.Decrypt(box, RSAEncryptionPadding.OaepSHA1)); }
        catch (CryptographicException) { return null; }
    }

    private static object Written(GatewaySharing sharing, bool working = false) => new
    {
        transaction_id = sharing.TransactionId, out_order_no = sharing.Number, order_id = sharing.Id, state = working ? "PROCESSING" : "FINISHED",
        receivers = sharing.Shares.Select(s => new { amount = s.Amount, description = s.Description, type = s.Type, account = s.Account, result = working ? "PENDING" : "SUCCESS", create_time = sharing.At.ChinaTime(), finish_time = sharing.At.ChinaTime(), detail_id = s.DetailId }),
    };

    private static object Written(GatewayReturn back, bool working = false) => new
    {
        order_id = "", out_order_no = back.SharingNumber, out_return_no = back.Number, return_id = back.Id, return_mchid = back.Merchant, amount = back.Amount, description = back.Description, result = working ? "PROCESSING" : "SUCCESS", create_time = back.At.ChinaTime(), finish_time = back.At.ChinaTime(),
    };
}
