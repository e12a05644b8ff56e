using Shanhuo.Kernel;
using Shanhuo.Market.Payments;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>Which share goes over which rail.</summary>
public sealed class ProfitSharingTests
{
    [Fact]
    public void Persons_wait_for_the_bank_list_merchants_get_theirs_up_to_the_ratio()
    {
        var plan = RailPlanner.Plan(new Fen(10_000), new Fen(60), [new("coop", ReceiverKind.Merchant, "1900", new Fen(2_500)), new("ma", ReceiverKind.Person, "openid", new Fen(4_000)), new("fund", ReceiverKind.Merchant, "1901", new Fen(800)), new("station", ReceiverKind.Merchant, null, new Fen(100)), new("coop-pack", ReceiverKind.Merchant, "1900", new Fen(7))], new RailLimits()).Value;
        Assert.Equal([("1900", 2_500L), ("1901", 500L)], Assert.Single(plan.Requests).Select(r => (r.Account, r.Amount.Value)));
        Assert.Equal([new("ma", new Fen(4_000), WaitsFor.Person), new("fund", new Fen(300), WaitsFor.Ratio), new("station", new Fen(100), WaitsFor.NoAccount), new("coop-pack", new Fen(7), WaitsFor.Ratio)], plan.Waiting);
        Assert.Equal("payment.shares-over", RailPlanner.Plan(new Fen(100), new Fen(1), [new("a", ReceiverKind.Person, null, new Fen(100))], new RailLimits()).Refused!.Code);
        Assert.Equal("payment.amount", RailPlanner.Plan(new Fen(100), Fen.Zero, [new("a", ReceiverKind.Person, null, new Fen(-1))], new RailLimits()).Refused!.Code);
    }

    [Fact]
    public void Of_100_000_random_orders_none_breaks_a_rule_of_the_rail_and_no_fen_is_lost()
    {
        var random = new Random(20261122);
        var (requests, several, cut, returned) = (0, 0, 0, 0);
        for (var i = 0; i < 100_000; i++)
        {
            var paid = random.NextInt64(1, i % 3 == 0 ? 200 : 5_000_000);
            var fee = paid * 6 / 1000;
            var limits = new RailLimits(i % 4 == 0 ? 50 : random.Next(1, 6), i % 2 == 0 ? 300_000 : random.Next(0, 1_000_001));
            var shares = new List<DueShare>();
            var left = paid - fee;
            for (var n = random.Next(i % 50 == 0 ? 120 : 12); n > 0; n--)
            {
                var amount = random.NextInt64(0, left / (1 + n / 2) + 1);
                left -= amount;
                shares.Add(random.Next(3) == 0 ? new("H" + n, ReceiverKind.Person, "openid" + n, new Fen(amount)) : new("M" + n, ReceiverKind.Merchant, random.Next(8) == 0 ? null : "19" + random.Next(i % 50 == 0 ? 200 : 9), new Fen(amount)));
            }
            var plan = RailPlanner.Plan(new Fen(paid), new Fen(fee), shares, limits).Value;
            var sent = plan.Requests.SelectMany(r => r).ToList();
            Assert.All(plan.Requests, r => Assert.True(r.Count >= 1 && r.Count <= limits.MostReceivers && r.Select(s => s.Account).Distinct().Count() == r.Count));
            var total = sent.Sum(s => s.Amount.Value);
            Assert.True((Int128)total * 1_000_000 <= (Int128)paid * limits.MostPpm);
            Assert.True(sent.All(s => s.Amount > Fen.Zero && s.Amount.Value == s.For.Sum(f => f.Amount.Value)));
            // Each payee gets exactly his due over both rails, and over the first one only at his own merchant number.
            var got = sent.SelectMany(s => s.For.Select(f => (f.Owner, f.Amount, s.Account))).ToList();
            foreach (var share in shares)
            {
                var byRail = got.Where(g => g.Owner == share.Owner).ToList();
                Assert.True(byRail.All(g => share.Kind == ReceiverKind.Merchant && g.Account == share.Account));
                Assert.Equal(share.Amount.Value, byRail.Sum(g => g.Amount.Value) + plan.Waiting.Where(w => w.Owner == share.Owner).Sum(w => w.Amount.Value));
            }
            // No merchant waits for the ratio while there is room.
            if (plan.Waiting.Any(w => w.Why == WaitsFor.Ratio)) { cut++; Assert.Equal(limits.MostOf(new Fen(paid)).Value, total); }
            var back = new Dictionary<(int, string), Fen>();
            for (var n = 0; n < 3; n++)
            {
                var asked = random.NextInt64(0, total + 2);
                var rest = total - back.Values.Sum(b => b.Value);
                var returns = RailPlanner.Back(plan, back, new Fen(asked));
                Assert.Equal(Math.Min(asked, rest), returns.Sum(r => r.Amount.Value));
                foreach (var (request, account, amount) in returns)
                {
                    back[(request, account)] = back.GetValueOrDefault((request, account)) + amount;
                    Assert.True(amount > Fen.Zero && back[(request, account)] <= plan.Requests[request].Single(s => s.Account == account).Amount);
                    returned++;
                }
            }
            requests += plan.Requests.Count;
            if (plan.Requests.Count > 1) several++;
        }
        Assert.True(requests > 50_000 && several > 1_000 && cut > 1_000 && returned > 10_000);
    }

    [Fact]
    public async Task A_plan_is_carried_out_taken_back_and_unfrozen_at_the_gateway()
    {
        using var bench = new GatewayBench(sharing: true);
        var payment = await bench.Paid(fen: 100_000);
        var plan = RailPlanner.Plan(new Fen(100_000), new Fen(600), [new("coop", ReceiverKind.Merchant, "1900000109", new Fen(25_000)), new("ma", ReceiverKind.Person, null, new Fen(40_000))], new RailLimits()).Value;
        Assert.Equal("payment.refused", (await bench.Sharing.Share("S1", payment.TransactionId!, plan.Requests[0], "杏仁", false, default)).Refused!.Code);
        Assert.Null((await bench.Sharing.AddReceiver("1900000109", "示范县山货合作社", "SUPPLIER", default)).Refused);
        // The name is for WeChat Pay alone.
        Assert.DoesNotContain("合作社", System.Text.Encoding.UTF8.GetString(bench.Sent[^1].Body));
        Assert.True((await bench.Sharing.Share("S1", payment.TransactionId!, plan.Requests[0], "杏仁", false, default)).Ok(out var shared, out var no), no?.ToString());
        Assert.Equal(new ShareSeen("1900000109", new Fen(25_000), ShareStanding.Done), Assert.Single(shared.Shares));
        Assert.Equal(shared.InstitutionId, (await bench.Sharing.Share("S1", payment.TransactionId!, plan.Requests[0], "杏仁", false, default)).Value.InstitutionId);
        Assert.Equal(shared.InstitutionId, (await bench.Sharing.Query("S1", payment.TransactionId!, default)).Value.InstitutionId);
        // Another 5,001 fen would be over 30 %.
        Assert.NotNull((await bench.Sharing.Share("S2", payment.TransactionId!, [new RailShare("1900000109", new Fen(5_001), [])], "x", false, default)).Refused);
        Assert.Null((await bench.Sharing.Share("S2", payment.TransactionId!, [new RailShare("1900000109", new Fen(5_000), [])], "x", false, default)).Refused);

        Assert.Equal((ShareStanding.Done, new Fen(20_000)), (await bench.Sharing.Return("B1", "S1", "1900000109", new Fen(20_000), "退货", default)).Value is var r ? (r.Standing, r.Amount) : default);
        Assert.Equal(new Fen(20_000), (await bench.Sharing.Return("B1", "S1", "1900000109", new Fen(20_000), "退货", default)).Value.Amount);
        Assert.Equal("payment.not-enough", (await bench.Sharing.Return("B2", "S1", "1900000109", new Fen(5_001), "退货", default)).Refused!.Code);
        Assert.Equal("payment.not-there", (await bench.Sharing.Return("B3", "S1", "ma", new Fen(1), "退货", default)).Refused!.Code);
        Assert.Equal(ShareStanding.Done, (await bench.Sharing.QueryReturn("B1", "S1", default)).Value.Standing);
        Assert.True((await bench.Sharing.Unfreeze("U1", payment.TransactionId!, "解冻", default)).Value.IsFinished);
        Assert.NotNull((await bench.Sharing.Share("S3", payment.TransactionId!, [new RailShare("1900000109", new Fen(1), [])], "x", true, default)).Refused);
        Assert.Equal("payment.receivers", (await bench.Sharing.Share("S4", payment.TransactionId!, [.. Enumerable.Range(0, 51).Select(n => new RailShare("19" + n, new Fen(1), []))], "x", true, default)).Refused!.Code);
    }
}
