using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Bulk;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Shipping;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Bulk;

/// <summary>A bulk buyer asks, is quoted, accepts, and the order is an order like every other.</summary>
public sealed class QuotationTests
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4 a signed contract");

    [Theory, EachDatabase]
    public async Task Accepting_is_contract_and_order_in_one_and_only_then_are_goods_kept(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote);
        Assert.Equal(100_000, await host.Available(SmallCounty.Lot));
        var order = (await Bargain.Accept(host, quote, 1)).Value;
        Assert.Equal(order, (await Bargain.Accept(host, quote, 1)).Value);
        Assert.Equal(50_000, await host.Available(SmallCounty.Lot));
        var (row, line, payment) = await host.Db(async db => (await db.Orders.SingleAsync(), await db.OrderLines.SingleAsync(), await db.Payments.SingleAsync()));
        Assert.Equal(("bulk", "某学校食堂", OrderState.Unpaid, SmallCounty.SchemeVersionId), (row.Channel, row.Buyer, row.State, row.SchemeVersionId));
        Assert.Equal((270_000, 8_000, 50_000, 10), (line.Goods.Value, line.Freight.Value, line.Grams, line.Units));
        // 30 % of the goods now.
        Assert.Equal((81_000, PaymentPart.Deposit, "transfer"), (payment.Amount.Value, payment.Part, payment.Method));
        var request = await host.Db(db => db.QuoteRequests.SingleAsync());
        Assert.Equal((QuoteState.Accepted, 1, order), (request.State, request.AcceptedVersion, request.OrderId));
        Assert.Equal("bulk.over", (await Bargain.Quote(host, quote)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task The_contract_is_frozen_hidden_and_told_by_its_fingerprint(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote);
        await Bargain.Accept(host, quote, 1);
        var contract = await host.Db(db => db.Contracts.SingleAsync());
        var secrets = host.Services.GetRequiredService<Secrets>();
        var view = ContractView.Of(contract, secrets);
        Assert.True(view.IsWhole);
        Assert.DoesNotContain("周老师", contract.ZhHidden, StringComparison.Ordinal);
        foreach (var part in new[] { "前山合作社", "某学校食堂", "¥270.00", "50 公斤", "¥2,780.00", "贰仟柒佰捌拾元整", "¥810.00", "晚交", "少交" }) Assert.Contains(part, view.Zh);
        foreach (var part in new[] { "50 kg", "¥2,780.00", "Late:", "Short:" }) Assert.Contains(part, view.En);
        // One changed character is seen.
        Assert.False((ContractView.Of(Changed(contract, secrets, view.Zh.Replace("¥270.00", "¥170.00", StringComparison.Ordinal)), secrets)).IsWhole);
    }

    private static Contract Changed(Contract c, Secrets secrets, string zh) => new() { County = c.County, Id = c.Id, QuoteId = c.QuoteId, Version = c.Version, Number = c.Number, ZhHidden = secrets.Hide(zh, Contract.Binding("zh", c.Id)), EnHidden = c.EnHidden, Sha256 = c.Sha256, AcceptedMs = c.AcceptedMs };

    [Theory, EachDatabase]
    public async Task A_replaced_or_expired_quotation_is_not_accepted(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        var request = Guid.CreateVersion7();
        var first = (await Bargain.Quote(host, quote, request: request)).Value;
        Assert.Equal(first.Id, (await Bargain.Quote(host, quote, request: request)).Value.Id);
        await Bargain.Quote(host, quote, price: 26_000, validDays: 3);
        Assert.Equal("bulk.replaced", (await Bargain.Accept(host, quote, 1)).Refused?.Code);
        Assert.Equal([OfferState.Ended, OfferState.Agreed], await host.Db(db => db.Offers.Where(o => o.Id != Window.Almonds).OrderBy(o => o.Id).Select(o => o.State).ToListAsync()));
        host.Clock.Days(4);
        Assert.Equal("bulk.expired", (await Bargain.Accept(host, quote, 2)).Refused?.Code);
        Assert.Equal((0, 100_000L, 2), (await host.Db(db => db.Orders.CountAsync()), await host.Available(SmallCounty.Lot), await host.Db(db => db.Quotations.CountAsync())));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, null)]
    [InlineData(DatabaseKind.Sqlite, "没有这么多货")]
    [InlineData(DatabaseKind.Postgres, null)]
    [InlineData(DatabaseKind.Postgres, "没有这么多货")]
    public async Task Whoever_says_no_what_was_quoted_is_over(DatabaseKind kind, string? why)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote);
        Task<Refusal?> Decline(string? words) => host.Do((DeclineQuoteHandler decline) => decline.Handle(quote.Id, words, CancellationToken.None), why is null ? null : Bargain.Seller);
        Assert.Equal("bulk.why", (await Decline("无"))?.Code);
        Assert.Null(await Decline(why));
        Assert.Equal("bulk.over", (await Decline(why))?.Code);
        Assert.Equal((QuoteState.Declined, why, OfferState.Ended), await host.Db(async db => ((await db.QuoteRequests.SingleAsync()).State, (await db.QuoteRequests.SingleAsync()).DeclinedWhy, (await db.Offers.SingleAsync(o => o.Id != Window.Almonds)).State)));
        Assert.Equal("bulk.over", (await Bargain.Accept(host, quote, 1)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task What_was_quoted_to_one_buyer_nobody_else_can_see_or_order(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote, price: 100);
        var offer = await host.Db(db => db.Offers.Where(o => o.State == OfferState.Agreed).SingleAsync());
        Assert.Equal("market.offer-withdrawn", (await Window.Place(host, Window.Order(offer: offer.Id))).Refused?.Code);
        var guest = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.Get($"/shop/620525/{offer.Code}")).Status);
        Assert.Null((await guest.Get("/shop/620525")).Page.QuerySelector($"a[href$='{offer.Code}']"));
        Assert.Null((await guest.Get("/market/offers")).Page.QuerySelector($"a[href$='{offer.Code}']"));
        Assert.Equal("market.offer-unknown", (await host.Do((WriteOfferHandler write) => write.Turn(offer.Id, true, CancellationToken.None)))?.Code);
    }

    [Theory, EachDatabase]
    public async Task Without_goods_nothing_is_concluded(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote);
        await Window.Leave(host, 49_999);
        Assert.Equal("market.offer-short", (await Bargain.Accept(host, quote, 1)).Refused?.Code);
        Assert.Equal((0, 0, QuoteState.Quoted, 49_999L), await host.Db(async db => (await db.Contracts.CountAsync(), await db.Orders.CountAsync(), (await db.QuoteRequests.SingleAsync()).State, (await db.Lots.SingleAsync(l => l.Id == SmallCounty.Lot)).Available)));
        await Window.Leave(host, 50_000);
        Assert.Null((await Bargain.Accept(host, quote, 1)).Refused);
    }

    [Theory, EachDatabase]
    public async Task However_many_press_at_once_and_whatever_the_seller_writes_meanwhile_one_version_is_concluded(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote, units: 2);
        var presses = Enumerable.Range(0, 8).Select(_ => Task.Run(() => Bargain.Accept(host, quote, 1))).ToList();
        var again = Task.Run(() => Bargain.Quote(host, quote, units: 2, price: 26_000));
        var answers = await Task.WhenAll(presses);
        var (rewritten, version) = ((await again).Refused is null, await host.Db(db => db.QuoteRequests.Select(q => q.AcceptedVersion).SingleAsync()));
        // Either the new version came first and nobody got the old one, or the old one was concluded and cannot be replaced.
        Assert.Equal(rewritten ? (0, null) : (1, 1), (await host.Db(db => db.Orders.CountAsync()), version));
        Assert.All(answers, a => Assert.Equal(rewritten, a.Refused is not null));
        Assert.Equal(await host.Db(db => db.Orders.CountAsync()), await host.Db(db => db.Contracts.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Nothing_down_the_order_stands_at_once_and_leaves_when_two_people_saw_the_transfer(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote, deposit: 0);
        var order = (await Bargain.Accept(host, quote, 1)).Value;
        Assert.Equal(OrderState.Placed, await Parcels.State(host, order));
        Assert.Equal("market.order-balance", (await Parcels.Move(host, order, OrderStep.Ship))?.Code);
        var balance = (await host.Do((AskBalanceHandler ask) => ask.Handle(order, CancellationToken.None))).Value;
        Assert.Equal((278_000L, host.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 240 * 3_600_000L), (balance.Amount.Value, balance.PayUntilMs));
        Assert.False((await Say(host, balance, "ZJ20261121001", 278_000)).Value);
        // The same person twice is one person; another sum, another number, another word are refused.
        Assert.False((await Say(host, balance, "ZJ20261121002", 278_000)).Value);
        Assert.Equal("transfer.amount", (await Say(host, balance, "ZJ20261121002", 277_999, Bargain.Second)).Refused?.Code);
        Assert.Equal("transfer.differs", (await Say(host, balance, "ZJ20261121001", 278_000, Bargain.Second)).Refused?.Code);
        Assert.Equal(PaymentState.Open, await host.Db(db => db.Payments.Where(p => p.Id == balance.Id).Select(p => p.State).SingleAsync()));
        Assert.True((await Say(host, balance, "zj20261121002", 278_000, Bargain.Second)).Value);
        Assert.True((await Say(host, balance, "ZJ20261121002", 278_000, Bargain.Second)).Value);
        Assert.Null(await Parcels.Move(host, order, OrderStep.Ship));
        Assert.Null(await Parcels.Move(host, order, OrderStep.Receive));
        Assert.Equal((278_000, 0), (await Parcels.BuyersMoney(host, order), await Parcels.Ledger(host)));
        Assert.True(await host.Db(db => db.OrderLines.AllAsync(l => l.IsSettled)));
    }

    [Theory, EachDatabase]
    public async Task A_transfer_that_one_person_saw_keeps_the_goods_and_one_that_comes_too_late_is_told_and_goes_back(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var desk = host.Services.GetRequiredService<PaymentDesk>();
        var (seen, late) = (await Ordered("13900005678"), await Ordered("13900009999"));
        Assert.False((await Say(host, seen, "ZJ20261121001", seen.Amount.Value)).Value);
        host.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(late.PayUntilMs).AddHours(1);
        await desk.Expire(CancellationToken.None);
        Assert.Equal([OrderState.Unpaid, OrderState.Cancelled], await host.Db(db => db.Orders.OrderBy(o => o.Id).Select(o => o.State).ToListAsync()));
        Assert.True((await Say(host, seen, "ZJ20261121001", seen.Amount.Value, Bargain.Second)).Value);
        Assert.Equal(OrderState.Placed, await Parcels.State(host, seen.OrderId));
        // The other stands in the list although its time is over.
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        Assert.Contains("退给买方", (await staff.Get("/market/payments/transfers")).Text, StringComparison.Ordinal);
        Assert.Equal(late.Id, Assert.Single(await host.Do((TakeTransferHandler take) => take.Awaited(CancellationToken.None), Bargain.Seller)).Payment.Id);
        Assert.False((await Say(host, late, "ZJ20261201009", late.Amount.Value)).Value);
        Assert.True((await Say(host, late, "ZJ20261201009", late.Amount.Value, Bargain.Second)).Value);
        var refund = await host.Db(db => db.BuyerRefunds.SingleAsync());
        Assert.Equal((late.OrderId, late.Amount, "late-payment"), (refund.OrderId, refund.Amount, refund.Reason));
        Assert.Empty(await host.Do((TakeTransferHandler take) => take.Awaited(CancellationToken.None), Bargain.Seller));

        async Task<Payment> Ordered(string phone)
        {
            var quote = (await Bargain.Ask(host, phone: phone, grams: 25_000)).Value;
            await Bargain.Quote(host, quote, units: 5);
            var order = (await Bargain.Accept(host, quote, 1)).Value;
            return await host.Db(db => db.Payments.SingleAsync(p => p.OrderId == order));
        }
    }

    private static Task<Outcome<bool>> Say(SalesHost host, Payment payment, string reference, long fen, Scope? who = null) =>
        host.Do((TakeTransferHandler take) => take.Say(payment.Id, reference, new Fen(fen), SmallCounty.Day, CancellationToken.None), who);

    [Theory, EachDatabase]
    public async Task A_request_sent_twice_is_one_and_a_phone_asks_for_only_so_many(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var request = Guid.CreateVersion7();
        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Bargain.Ask(host, request))));
        Assert.Single(ids.Select(i => i.Value.Id).Distinct());
        for (var i = 1; i < BulkRules.Shipped.MostOpen; i++) await Bargain.Ask(host);
        Assert.Equal("bulk.many", (await Bargain.Ask(host)).Refused?.Code);
        Assert.Null((await Bargain.Ask(host, phone: "13900009999")).Refused);
        // Nothing of the buyer's person lies open in the row.
        var row = await host.Db(db => db.QuoteRequests.OrderBy(q => q.Id).FirstAsync());
        Assert.DoesNotContain(new[] { row.ContactHidden, row.PhoneHidden, row.AddressHidden }, h => h.Contains("周老师", StringComparison.Ordinal) || h.Contains("5678", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task A_signed_paper_sent_twice_is_kept_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote);
        await Bargain.Accept(host, quote, 1);
        var request = Guid.CreateVersion7();
        Task<Refusal?> Add(Guid id) => host.Do((AddPaperHandler papers) => papers.Handle(id, quote.Id, new Upload("application/pdf", Pdf), CancellationToken.None), Bargain.Seller);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Add(request)))), Assert.Null);
        Assert.Null(await Add(Guid.CreateVersion7()));
        Assert.Equal([1, 2], await host.Db(db => db.ContractPapers.OrderBy(p => p.Number).Select(p => p.Number).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task From_the_offers_page_to_the_signed_paper_by_pages_alone(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var ask = await seller.Get((await seller.Get("/shop/620525/almond-701")).Page.QuerySelector("a[href^='/shop/quote']")!.GetAttribute("href")!);
        var fields = new Dictionary<string, string> { ["Form.Quantity"] = "100", ["Form.WantedDay"] = "2026-12-10", ["Form.Organisation"] = "某超市", ["Form.Name"] = "吴经理", ["Form.Phone"] = "139 0000 1111", ["Form.Province"] = "62", ["Form.Address"] = "兰州市某街二号" };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await seller.Submit(ask, "form:has(#Form_Organisation)", new(fields) { ["Form.Organisation"] = "" })).Status);
        var page = await seller.Submit(ask, "form:has(#Form_Organisation)", fields);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("等报价", page.Text);
        Assert.DoesNotContain("吴经理", page.Text);
        var quote = await host.Db(db => db.QuoteRequests.SingleAsync());
        Assert.Equal((50_000, SmallCounty.Cooperative), (quote.Quantity, quote.SellerId));
        var other = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/market/bulk/request/{quote.Id}")).Status);
        var staff = await seller.Get($"/market/bulk/request/{quote.Id}");
        Assert.DoesNotContain("吴经理", staff.Text);
        Assert.Contains("吴经理", (await seller.Submit(staff, "form[action*='handler=Contact']", [])).Text);
        var answered = await seller.Submit(staff, "#quotation", new() { ["Form.Lines[0].PerUnit"] = "10", ["Form.Lines[0].Goods"] = "201|1", ["Form.Lines[0].Units"] = "10", ["Form.Lines[0].Price"] = "270", ["Form.Freight"] = "80", ["Form.Method"] = "transfer", ["Form.PayTo"] = "前山合作社 农信社 6230", ["Form.Deposit"] = "0" });
        Assert.Equal(HttpStatusCode.OK, answered.Status);
        var key = "/shop/quote/" + OrderKey.Of(host.Services.GetRequiredService<Secrets>(), SmallCounty.County, quote.Id, QuoteRequest.Page);
        var quoted = await seller.Get(key);
        Assert.Contains("¥2,780.00", quoted.Text);
        var accepted = await seller.Submit(quoted, "form:has(#name)", new() { ["name"] = "吴经理", ["step"] = "accept" });
        Assert.Contains("已成交", accepted.Text);
        var contract = await seller.Get(key + "/contract");
        Assert.Contains("吴经理", contract.Text);
        Assert.Contains(await host.Db(db => db.Contracts.Select(c => c.Sha256).SingleAsync()), contract.Page.QuerySelector("code")!.TextContent.Replace("\n", "", StringComparison.Ordinal));
        await seller.Submit(await seller.Get($"/market/bulk/request/{quote.Id}"), "form:has(#paper)", [], new() { ["Paper"] = ("a.pdf", Pdf) });
        Assert.Equal(Pdf, await seller.Client.GetByteArrayAsync($"/market/bulk/paper/{quote.Id}/1"));
        Assert.Equal(HttpStatusCode.OK, (await seller.Get($"/market/bulk/contract/{quote.Id}")).Status);
        Assert.Contains("某超市", (await seller.Get("/market/bulk?State=Accepted")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Client.GetAsync($"/market/bulk/paper/{quote.Id}/1")).StatusCode);
        // An order's key opens no request, nor the other way round.
        Assert.Equal(HttpStatusCode.NotFound, (await seller.Get("/shop/order/" + key.Split('/')[^1])).Status);
    }
}
