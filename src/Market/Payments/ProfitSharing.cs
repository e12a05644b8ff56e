using System.Text.Json;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Payments;

/// <summary>WeChat Pay's profit sharing.</summary>
internal sealed class ProfitSharing(HttpClient http, WeChatSettings settings, TimeProvider clock) : IProfitSharing
{
    private readonly WeChatClient client = new(http, settings, clock);

    public long MostPpm => settings.MostSharedPpm;

    public async Task<Outcome<Done>> AddReceiver(string merchant, string name, string relation, CancellationToken cancel) =>
        (await client.Post("/v3/profitsharing/receivers/add", new { appid = settings.App, type = "MERCHANT_ID", account = merchant, name = WeChatSeal.Hide(settings.PlatformKeys[settings.PreferredKey], name), relation_type = relation }, cancel)).Ok(out _, out var no) ? default(Done) : no;

    public async Task<Outcome<SharingSeen>> Share(string number, string transactionId, IReadOnlyList<ShareAsked> shares, string description, bool isLast, CancellationToken cancel)
    {
        if (shares.Count is 0 or > 50) return new Refusal("payment.receivers", Place.None, shares.Count);
        var receivers = shares.Select(s => new { type = "MERCHANT_ID", account = s.Merchant, amount = s.Amount.Value, description });
        return (await client.Post("/v3/profitsharing/orders", new { appid = settings.App, transaction_id = transactionId, out_order_no = number, receivers, unfreeze_unsplit = isLast }, cancel)).Ok(out var answer, out var no) ? Sharing(answer, number) : no;
    }

    public async Task<Outcome<SharingSeen>> Query(string number, string transactionId, CancellationToken cancel) =>
        (await client.Get($"/v3/profitsharing/orders/{Uri.EscapeDataString(number)}?transaction_id={Uri.EscapeDataString(transactionId)}", cancel)).Ok(out var answer, out var no) ? Sharing(answer, number) : no;

    public async Task<Outcome<SharingSeen>> Unfreeze(string number, string transactionId, Fen left, string description, CancellationToken cancel) =>
        (await client.Post("/v3/profitsharing/orders/unfreeze", new { transaction_id = transactionId, out_order_no = number, description }, cancel)).Ok(out var answer, out var no) ? Sharing(answer, number) : no;

    public async Task<Outcome<ReturnSeen>> Return(string returnNumber, string number, string merchant, Fen amount, string description, CancellationToken cancel) =>
        (await client.Post("/v3/profitsharing/return-orders", new { out_order_no = number, out_return_no = returnNumber, return_mchid = merchant, amount = amount.Value, description }, cancel)).Ok(out var answer, out var no) ? Returned(answer, returnNumber) : no;

    public async Task<Outcome<ReturnSeen>> QueryReturn(string returnNumber, string number, CancellationToken cancel) =>
        (await client.Get($"/v3/profitsharing/return-orders/{Uri.EscapeDataString(returnNumber)}?out_order_no={Uri.EscapeDataString(number)}", cancel)).Ok(out var answer, out var no) ? Returned(answer, returnNumber) : no;

    private static Outcome<SharingSeen> Sharing(JsonElement answer, string number)
    {
        if (answer.Text("out_order_no") != number) return Strange("out_order_no");
        if (answer.Text("order_id") is not { Length: > 0 } id) return Strange("order_id");
        var shares = new List<ShareSeen>();
        if (answer.Member("receivers") is { ValueKind: JsonValueKind.Array } receivers)
            foreach (var receiver in receivers.EnumerateArray())
            {
                if (receiver.Text("account") is not { } account || receiver.FenOf("amount") is not { } amount) return Strange("receivers");
                shares.Add(new ShareSeen(account, amount, Standing(receiver.Text("result"))));
            }
        return new SharingSeen(number, id, answer.Text("state") == "FINISHED", shares);
    }

    private static Outcome<ReturnSeen> Returned(JsonElement answer, string number) =>
        answer.Text("out_return_no") == number && answer.Text("return_id") is { } id && answer.Text("return_mchid") is { } merchant && answer.FenOf("amount") is { } amount ? new ReturnSeen(number, id, merchant, amount, Standing(answer.Text("result"))) : Strange("out_return_no");

    private static ShareStanding Standing(string? result) => result switch { "SUCCESS" => ShareStanding.Done, "CLOSED" or "FAILED" => ShareStanding.Failed, _ => ShareStanding.Processing };

    private static Refusal Strange(string field) => new("payment.answer-strange", Place.Input(field), field);
}
