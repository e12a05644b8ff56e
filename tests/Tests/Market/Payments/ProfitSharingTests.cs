using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Payments;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>WeChat Pay's profit sharing, spoken to the gateway.</summary>
public sealed class ProfitSharingTests
{
    [Fact]
    public async Task Shares_are_paid_once_taken_back_and_the_rest_is_unfrozen_at_the_gateway()
    {
        using var bench = new GatewayBench(sharing: true);
        var payment = await bench.Paid(fen: 100_000);
        ShareAsked[] plan = [new("1900000109", new Fen(25_000))];
        Assert.Equal("payment.refused", (await bench.Sharing.Share("S1", payment.TransactionId!, plan, "杏仁", false, default)).Refused!.Code);
        Assert.Null((await bench.Sharing.AddReceiver("1900000109", "示范县山货合作社", "SUPPLIER", default)).Refused);
        // The name is for WeChat Pay alone.
        Assert.DoesNotContain("合作社", System.Text.Encoding.UTF8.GetString(bench.Sent[^1].Body));
        Assert.True((await bench.Sharing.Share("S1", payment.TransactionId!, plan, "杏仁", false, default)).Ok(out var shared, out var no), no?.ToString());
        Assert.Equal(new ShareSeen("1900000109", new Fen(25_000), ShareStanding.Done), Assert.Single(shared.Shares));
        Assert.Equal(shared.InstitutionId, (await bench.Sharing.Share("S1", payment.TransactionId!, plan, "杏仁", false, default)).Value.InstitutionId);
        Assert.Equal(shared.InstitutionId, (await bench.Sharing.Query("S1", payment.TransactionId!, default)).Value.InstitutionId);
        // Another 5,001 fen would be over 30 %.
        Assert.NotNull((await bench.Sharing.Share("S2", payment.TransactionId!, [new ShareAsked("1900000109", new Fen(5_001))], "x", false, default)).Refused);
        Assert.Null((await bench.Sharing.Share("S2", payment.TransactionId!, [new ShareAsked("1900000109", new Fen(5_000))], "x", false, default)).Refused);

        Assert.Equal((ShareStanding.Done, new Fen(20_000)), (await bench.Sharing.Return("B1", "S1", "1900000109", new Fen(20_000), "退货", default)).Value is var r ? (r.Standing, r.Amount) : default);
        Assert.Equal(new Fen(20_000), (await bench.Sharing.Return("B1", "S1", "1900000109", new Fen(20_000), "退货", default)).Value.Amount);
        Assert.Equal("payment.not-enough", (await bench.Sharing.Return("B2", "S1", "1900000109", new Fen(5_001), "退货", default)).Refused!.Code);
        Assert.Equal("payment.not-there", (await bench.Sharing.Return("B3", "S1", "ma", new Fen(1), "退货", default)).Refused!.Code);
        Assert.Equal(ShareStanding.Done, (await bench.Sharing.QueryReturn("B1", "S1", default)).Value.Standing);
        Assert.True((await bench.Sharing.Unfreeze("U1", payment.TransactionId!, new Fen(payment.Amount), "解冻", default)).Value.IsFinished);
        Assert.NotNull((await bench.Sharing.Share("S3", payment.TransactionId!, [new ShareAsked("1900000109", new Fen(1))], "x", true, default)).Refused);
        Assert.Equal("payment.receivers", (await bench.Sharing.Share("S4", payment.TransactionId!, [.. Enumerable.Range(0, 51).Select(n => new ShareAsked("19" + n, new Fen(1)))], "x", true, default)).Refused!.Code);
    }
}
