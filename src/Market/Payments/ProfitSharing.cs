using System.Text.Json;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>How a share or its return stands.</summary>
internal enum ShareStanding { Processing, Done, Failed }

/// <summary>What a receiver gets.</summary>
internal sealed record ShareSeen(string Account, Fen Amount, ShareStanding Standing);

/// <summary>A profit sharing request as WeChat Pay sees it.</summary>
internal sealed record SharingSeen(string Number, string InstitutionId, bool IsFinished, IReadOnlyList<ShareSeen> Shares);

/// <summary>A return of a share as WeChat Pay sees it.</summary>
internal sealed record ReturnSeen(string Number, string InstitutionId, string Account, Fen Amount, ShareStanding Standing);

/// <summary>WeChat Pay's profit sharing (分账) to merchants. The same number sent again is the same request.</summary>
internal sealed class ProfitSharing(HttpClient http, WeChatSettings settings, TimeProvider clock)
{
    private readonly WeChatClient client = new(http, settings, clock);

    /// <summary>Makes a merchant a receiver; needed once before it can get a share.</summary>
    /// <param name="account">Merchant number.</param>
    /// <param name="name">Its full name; sent encrypted.</param>
    /// <param name="relation">WeChat Pay's word: SUPPLIER, PARTNER, …</param>
    /// <param name="cancel">Stops.</param>
    public async Task<Outcome<Done>> AddReceiver(string account, string name, string relation, CancellationToken cancel) =>
        (await client.Post("/v3/profitsharing/receivers/add", new { appid = settings.App, type = "MERCHANT_ID", account, name = WeChatSeal.Hide(settings.PlatformKeys[settings.PreferredKey], name), relation_type = relation }, cancel)).Ok(out _, out var no) ? default(Done) : no;

    /// <summary>Shares a payment out.</summary>
    /// <param name="number">Ours.</param>
    /// <param name="transactionId">The payment at WeChat Pay.</param>
    /// <param name="shares">One request of a <see cref="RailPlan"/>.</param>
    /// <param name="description">Stands in the receivers' bills, at most 80 characters.</param>
    /// <param name="isLast">Is the rest of the payment unfrozen?</param>
    /// <param name="cancel">Stops.</param>
    public async Task<Outcome<SharingSeen>> Share(string number, string transactionId, IReadOnlyList<RailShare> shares, string description, bool isLast, CancellationToken cancel)
    {
        if (shares.Count is 0 or > 50) return new Refusal("payment.receivers", Place.None, shares.Count);
        var receivers = shares.Select(s => new { type = "MERCHANT_ID", account = s.Account, amount = s.Amount.Value, description });
        return (await client.Post("/v3/profitsharing/orders", new { appid = settings.App, transaction_id = transactionId, out_order_no = number, receivers, unfreeze_unsplit = isLast }, cancel)).Ok(out var answer, out var no) ? Sharing(answer, number) : no;
    }

    /// <summary>How a request stands.</summary>
    public async Task<Outcome<SharingSeen>> Query(string number, string transactionId, CancellationToken cancel) =>
        (await client.Get($"/v3/profitsharing/orders/{Uri.EscapeDataString(number)}?transaction_id={Uri.EscapeDataString(transactionId)}", cancel)).Ok(out var answer, out var no) ? Sharing(answer, number) : no;

    /// <summary>Gives the rest of a payment free.</summary>
    public async Task<Outcome<SharingSeen>> Unfreeze(string number, string transactionId, string description, CancellationToken cancel) =>
        (await client.Post("/v3/profitsharing/orders/unfreeze", new { transaction_id = transactionId, out_order_no = number, description }, cancel)).Ok(out var answer, out var no) ? Sharing(answer, number) : no;

    /// <summary>Takes a share back from a merchant.</summary>
    public async Task<Outcome<ReturnSeen>> Return(string returnNumber, string number, string merchant, Fen amount, string description, CancellationToken cancel) =>
        (await client.Post("/v3/profitsharing/return-orders", new { out_order_no = number, out_return_no = returnNumber, return_mchid = merchant, amount = amount.Value, description }, cancel)).Ok(out var answer, out var no) ? Returned(answer, returnNumber) : no;

    /// <summary>How a return stands. While it is being worked on, ask; never return under another number.</summary>
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
