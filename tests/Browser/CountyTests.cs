using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Payments.Gateway;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Browser;

/// <summary>What the county's staff do with the market, through its pages alone, on a desk's screen and on a phone's, in both languages, with and without script; buyers beside them on a phone. Each width is walked in either language, once with script and once without.</summary>
public sealed class CountyTests(DemoSite site)
{
    public static TheoryData<string, bool, int> Ways() => new() { { "zh", true, Sales.Desk }, { "en", false, Sales.Desk }, { "en", true, Sales.Phone }, { "zh", false, Sales.Phone } };

    [Theory, MemberData(nameof(Ways))]
    public async Task A_product_and_its_offer_are_published_and_the_offer_opens_with_its_document(string language, bool script, int width)
    {
        var (zh, mark, today) = (language == "zh", Random.Shared.Next(100_000, 1_000_000), site.Services.GetRequiredService<TimeProvider>().Today);
        var (name, title) = (zh ? $"苦荞茶{mark}" : $"Buckwheat tea {mark}", zh ? $"今年的苦荞茶 {mark} 一斤装" : $"Buckwheat tea of this year {mark}, 500 g");
        var staff = await site.Open("staff", language, width, script);
        await staff.GotoAsync("/market/products/write");
        await staff.FillAsync("[name='Form.NameEn']", $"Buckwheat tea {mark}");
        await staff.FillAsync("[name='Form.Code']", $"tea-{mark}");
        await staff.SelectOptionAsync("[name='Form.Category']", "processed");
        await staff.FillAsync("[name='Form.ShelfDays']", "300");
        await staff.FillAsync("[name='Form.Grades[0].Name']", "一级");
        await Send(staff, "[name='Form.Code']");
        // Without its Chinese name it is not written, and nothing of what was typed is lost.
        Assert.True(await staff.Locator("main .errors li, main .field-validation-error").CountAsync() > 0);
        Assert.Equal($"tea-{mark}", await staff.InputValueAsync("[name='Form.Code']"));
        await staff.FillAsync("[name='Form.Name']", $"苦荞茶{mark}");
        await Send(staff, "[name='Form.Code']");
        Assert.EndsWith("/market/products", staff.Url, StringComparison.Ordinal);
        Assert.Equal(1, await staff.Locator("li.card", new() { HasText = name }).CountAsync());

        await staff.GotoAsync("/market/offers/new");
        await staff.ClickAsync(".choice:has([value=Presale])");
        await staff.SelectOptionAsync("#product", new SelectOptionValue { Label = name });
        await Send(staff, "#product");
        Assert.Equal(1, await staff.Locator("main .notice.warn").CountAsync());
        await staff.FillAsync("[name='Form.Title']", $"今年的苦荞茶 {mark} 一斤装");
        await staff.FillAsync("[name='Form.TitleEn']", $"Buckwheat tea of this year {mark}, 500 g");
        await staff.FillAsync("[name='Form.PerUnit']", "1");
        await staff.FillAsync("[name='Form.Price']", "39.80");
        await staff.FillAsync("[name='Form.Cap']", "50");
        await staff.FillAsync("[name='Form.Deposit']", "20");
        await staff.FillAsync("[name='Form.DeliverFrom']", Iso(today.AddDays(20)));
        await staff.FillAsync("[name='Form.DeliverUntil']", Iso(today.AddDays(40)));
        var seller = await staff.InputValueAsync("[name='Form.SellerId']");
        await Send(staff, "[name='Form.Title']");
        Assert.EndsWith("/market/offers", staff.Url, StringComparison.Ordinal);
        var row = staff.Locator("tbody tr", new() { HasText = title });
        var offer = await row.Locator("a").First.GetAttributeAsync("href");
        var buyer = await site.Open(null, language, Sales.Phone, script);
        await buyer.GotoAsync(offer!);
        Assert.Equal((title, 0), (await buyer.InnerTextAsync("h1"), await buyer.Locator("form.buy").CountAsync()));

        await staff.GotoAsync("/market/offers/documents");
        await staff.SelectOptionAsync("[name='Form.Kind']", "workshop");
        await staff.SelectOptionAsync("[name='Form.OrganisationId']", seller);
        await staff.SelectOptionAsync("[name='Form.ProductId']", new SelectOptionValue { Label = name });
        await staff.FillAsync("[name='Form.Number']", $"ZF-{mark}");
        await staff.FillAsync("[name='Form.From']", Iso(today));
        await staff.FillAsync("[name='Form.Until']", Iso(today.AddDays(200)));
        await Send(staff, "[name='Form.Number']");
        Assert.Equal(1, await staff.Locator("tbody tr", new() { HasText = $"ZF-{mark}" }).CountAsync());
        await Sales.Until(buyer, offer!, async () => await buyer.Locator("form.buy button").CountAsync() == 1);
        Assert.Contains("39.80", await buyer.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains($"ZF-{mark}", await buyer.InnerTextAsync("main"), StringComparison.Ordinal);
        await Close(staff, buyer);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_campaign_s_page_has_its_words_its_picture_and_its_goods(string language, bool script, int width)
    {
        var (mark, today) = (Random.Shared.Next(100_000, 1_000_000), site.Services.GetRequiredService<TimeProvider>().Today);
        var title = language == "zh" ? $"冬天的山货 {mark}" : $"Mountain goods of winter {mark}";
        var staff = await site.Open("staff", language, width, script);
        await staff.GotoAsync("/market/campaigns/edit");
        await staff.FillAsync("[name='Form.Code']", $"winter-{mark}");
        await staff.FillAsync("[name='Form.Title']", $"冬天的山货 {mark}");
        await staff.FillAsync("[name='Form.TitleEn']", $"Mountain goods of winter {mark}");
        await staff.FillAsync("[name='Form.Host']", "马副县长");
        await staff.FillAsync("[name='Form.From']", Iso(today));
        await staff.FillAsync("[name='Form.Until']", Iso(today.AddDays(-1)));
        await staff.FillAsync("[name='Form.Story']", "关山的雪下来了。");
        await staff.FillAsync("[name='Form.StoryEn']", "Snow has come to the Guan mountains.");
        await Send(staff, "[name='Form.Code']");
        // It does not end before it begins.
        Assert.True(await staff.Locator("main .errors li").CountAsync() > 0);
        await staff.FillAsync("[name='Form.Until']", Iso(today.AddDays(30)));
        await Send(staff, "[name='Form.Code']");
        var picture = await staff.Photograph(new() { Type = ScreenshotType.Jpeg });
        await staff.SetInputFilesAsync("#ppicture", new FilePayload { Name = "snow.jpg", MimeType = "image/jpeg", Buffer = picture });
        await Send(staff, "#ppicture");
        if (await staff.Locator("button:near(picture, 300)").CountAsync() == 0) Assert.Equal("", string.Join(' ', await staff.Locator("main .errors").AllInnerTextsAsync()));
        Assert.Equal(0, await staff.Locator("#ppicture").CountAsync());
        var model = (await site.Offers())[1];
        var wish = new WriteOffer(Guid.CreateVersion7(), model.Offer.ProductId, model.Offer.Grade, model.Offer.SellerId, OfferKind.Live, $"{model.Product.Name} 直播 {mark}", $"{model.Product.NameEn}, live {mark}", 500, model.Offer.Price) { Campaign = $"winter-{mark}" };
        Assert.Null((await site.As("staff", s => s.GetRequiredService<WriteOfferHandler>().Handle(wish, CancellationToken.None))).Refused);

        var buyer = await site.Open(null, language, Sales.Phone, script);
        await Sales.Until(buyer, $"/shop/c/620525/winter-{mark}", async () => await buyer.Locator(".goods a").CountAsync() == 1);
        Assert.Equal(title, await buyer.InnerTextAsync("h1"));
        Assert.Contains("马副县长", await buyer.InnerTextAsync("main .lead"), StringComparison.Ordinal);
        Assert.True(await buyer.EvaluateAsync<bool>("() => [...document.querySelectorAll('main .shown img')].every(i => i.complete && i.naturalWidth > 0) && document.querySelectorAll('main .shown img').length === 1"));
        await buyer.ClickAsync(".goods a");
        Assert.Equal(1, await buyer.Locator("form.buy button").CountAsync());
        await Close(staff, buyer);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_buyer_claims_ten_yuan_and_the_county_grants_four(string language, bool script, int width)
    {
        var (order, mark) = (await site.Buy((await site.Offers())[0]), Random.Shared.Next(100_000, 1_000_000));
        var buyer = await site.Open(null, language, Sales.Phone, script);
        await buyer.GotoAsync(order.Page);
        await buyer.ClickAsync("a[href$='/claim']");
        await buyer.SelectOptionAsync("[name='Form.Reason']", "short");
        await buyer.FillAsync("[name='Form.Words']", $"少了半斤 {mark}");
        await Send(buyer, "[name='Form.Words']");
        // Of nothing nothing is claimed.
        Assert.True(await buyer.Locator("main .errors li").CountAsync() > 0);
        await buyer.SelectOptionAsync("select[name$='.How']", "amount");
        await buyer.FillAsync("input[name$='.Text']", "10.00");
        await Send(buyer, "[name='Form.Words']");
        Assert.Contains("10.00", await buyer.InnerTextAsync("section.card"), StringComparison.Ordinal);

        var staff = await site.Open("staff", language, width, script);
        await staff.GotoAsync("/market/claims");
        await staff.ClickAsync($"table a:text-is('{order.Number}')");
        Assert.Contains($"少了半斤 {mark}", await staff.InnerTextAsync("main"), StringComparison.Ordinal);
        await staff.FillAsync("[name^='Form.Amounts']", "10.01");
        await staff.FillAsync("[name='Form.Words']", $"按少的分量退 {mark}");
        await staff.ClickAsync("button[value=grant]");
        Assert.True(await staff.Locator("main .errors li").CountAsync() > 0);
        await staff.FillAsync("[name^='Form.Amounts']", "4.00");
        await staff.ClickAsync("button[value=grant]");
        Assert.Equal((0, 0), (await staff.Locator("button[value=grant]").CountAsync(), await staff.Locator("main .errors li").CountAsync()));
        Assert.Equal(1, await staff.Locator("main > p state.ok, main > p .state.ok").CountAsync());

        await buyer.ReloadAsync();
        var card = await buyer.InnerTextAsync("section.card");
        Assert.Contains("4.00", card, StringComparison.Ordinal);
        Assert.Contains($"按少的分量退 {mark}", card, StringComparison.Ordinal);
        await buyer.GotoAsync(order.Page);
        Assert.Contains("4.00", await buyer.InnerTextAsync("section.card .line"), StringComparison.Ordinal);
        Assert.Equal([400L], await site.Db(db => db.BuyerRefunds.Where(r => r.OrderId == order.Id).Select(r => (long)r.Amount).ToListAsync()));
        await Close(staff, buyer);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_recalled_lot_names_its_growers_and_each_buyer_to_call(string language, bool script, int width)
    {
        var order = await site.Buy((await site.Offers()).Last(o => o.Product.Code != "almond"), 1);
        var lot = await site.Db(db => db.OrderLines.Where(l => l.OrderId == order.Id).Select(l => l.LotId).FirstAsync());
        var growers = await site.Db(db => db.LotGrowers.CountAsync(g => g.LotId == lot));
        var staff = await site.Open("staff", language, width, script);
        await staff.GotoAsync($"/market/lots/lot?id={lot}");
        await staff.ClickAsync("a.button[href*='/market/lots/recall']");
        // Whom it came from and to whom it went, before anything is recalled.
        Assert.True(growers > 0 && await staff.Locator("table").Last.Locator("tbody tr").CountAsync() >= growers);
        Assert.Equal(1, await staff.Locator($"a:text-is('{order.Number}')").CountAsync());
        await staff.FillAsync("[name=Reason]", "坏");
        await Send(staff, "[name=Reason]");
        Assert.True(await staff.Locator("main .errors li").CountAsync() > 0);
        await staff.FillAsync("[name=Reason]", "查出黄曲霉毒素超标");
        await Send(staff, "[name=Reason]");
        Assert.Contains("/market/recalls/recall/", staff.Url, StringComparison.Ordinal);
        var recall = staff.Url;
        var card = staff.Locator("section.card", new() { HasText = order.Number });
        Assert.Contains("王••", await card.InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(order.Phone, await staff.InnerTextAsync("main"), StringComparison.Ordinal);
        await card.Locator("button[value=show]").ClickAsync();
        Assert.Equal(order.Phone, await card.Locator("a[href^='tel:']").InnerTextAsync());
        await card.Locator("button[value=called]").ClickAsync();
        Assert.Equal((1, 0), (await card.Locator("state.ok, .state.ok").CountAsync(), await card.Locator("a[href^='tel:']").CountAsync()));
        var sheet = await staff.RunAndWaitForDownloadAsync(() => staff.ClickAsync("a.button[href$='.xlsx']"));
        Assert.EndsWith(".xlsx", sheet.SuggestedFilename, StringComparison.Ordinal);
        await staff.ClickAsync("a.button[href*='/market/lots/recall']");
        Assert.Equal(0, await staff.Locator("[name=Reason]").CountAsync());
        await staff.GotoAsync("/market/recalls");
        Assert.Equal(1, await staff.Locator($"table a[href='{new Uri(recall).AbsolutePath}']").CountAsync());
        await Close(staff);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_platforms_file_is_looked_at_taken_in_and_its_waiting_line_gets_its_goods(string language, bool script, int width)
    {
        var (goods, today, mark) = ((await site.Offers())[0].Product, site.Services.GetRequiredService<TimeProvider>().Today, Random.Shared.Next(100_000_000, 1_000_000_000));
        var (known, unknown, wrong) = ($"27{mark}000001", $"27{mark}000002", $"27{mark}000003");
        var text = new StringBuilder("订单编号,子订单编号,商家编码,购买数量,买家实付金额,买家应付邮费,商家优惠,平台优惠,卖家服务费,订单状态,退款状态,退款金额,订单付款时间,发货时间,确认收货时间\n");
        foreach (var (number, code, quantity) in new[] { (known, "XR-1000", "1"), (unknown, $"NEW-{mark}", "1"), (wrong, "XR-1000", "两件") })
            text.Append(CultureInfo.InvariantCulture, $"{number},{number}1,{code},{quantity},45.80,8.00,0.00,0.00,0.46,卖家已发货，等待买家确认,,,{today.AddDays(-5):yyyy-MM-dd} 20:10:00,{today.AddDays(-4):yyyy-MM-dd} 09:30:00,\n");
        var staff = await site.Open("staff", language, width, script);
        await staff.GotoAsync("/market/channels");
        await staff.ClickAsync(".choice:has([value=taobao])");
        await staff.SetInputFilesAsync("#upload", new FilePayload { Name = $"淘宝{mark}.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text.ToString()) });
        await Send(staff, "#upload");
        Assert.Contains("/market/channels/run/", staff.Url, StringComparison.Ordinal);
        var run = staff.Url;
        // Added, changed, as before, waiting, refused: of a look nothing is written.
        Assert.Equal(["2", "0", "0", "1", "1"], (await staff.Locator("dl.figures dd").AllInnerTextsAsync()).Take(5));
        Assert.Contains(wrong, await staff.InnerTextAsync("main table"), StringComparison.Ordinal);
        Assert.Equal(0, await site.Db(db => db.Orders.CountAsync(o => o.Number == known)));
        await staff.CheckAsync("[name=TakeGoodRows]");
        await staff.ClickAsync("#go button");
        await Sales.Until(staff, run, async () => await staff.Locator("main a[href='/market/channels/waiting']").CountAsync() == 1 && await staff.Locator("main progress").CountAsync() == 0);
        Assert.Equal(["2", "0", "0", "1", "1"], (await staff.Locator("dl.figures dd").AllInnerTextsAsync()).Take(5));

        await staff.ClickAsync("main a[href='/market/channels/waiting']");
        var row = staff.Locator("tbody tr", new() { HasText = unknown });
        Assert.Equal((1, 0), (await row.CountAsync(), await staff.Locator("tbody tr", new() { HasText = wrong }).CountAsync()));
        await row.Locator("a[href*='/market/channels/codes/']").ClickAsync();
        Assert.Equal($"NEW-{mark}", await staff.InputValueAsync("[name='Form.Code']"));
        await staff.SelectOptionAsync("[name='Form.ProductId']", goods.Id.ToString(CultureInfo.InvariantCulture));
        await staff.FillAsync("[name='Form.PerUnit']", "0.5");
        await Send(staff, "[name='Form.Code']");
        Assert.Equal(1, await staff.Locator("main .notice.ok").CountAsync());
        await staff.GotoAsync("/market/channels/waiting");
        Assert.DoesNotContain(unknown, await staff.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.NotNull(await site.Db(db =>
        {
            var orders = db.Orders;
            return db.OrderLines.Where(l => orders.Any(o => o.Id == l.OrderId && o.Number == unknown)).Select(l => l.LotId).SingleAsync();
        }));
        await Close(staff);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_refund_that_was_refused_is_asked_again_once_by_the_county_s_staff_alone(string language, bool script, int width)
    {
        var order = await site.Buy((await site.Offers())[0]);
        var line = await site.Db(db => db.OrderLines.Where(l => l.OrderId == order.Id).Select(l => l.Id).FirstAsync());
        Assert.Null((await site.As("staff", s => s.GetRequiredService<ClaimRefundHandler>().Handle(new ClaimRefund(Guid.CreateVersion7(), line, new Fen(321), null, null, "short"), CancellationToken.None))).Refused);
        // As if the institution had refused it until our tries were used up.
        await site.Db(db => db.BuyerRefunds.Where(r => r.OrderId == order.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, BuyerRefundState.Failed).SetProperty(r => r.Tries, 40)));
        var refund = await site.Db(db => db.BuyerRefunds.SingleAsync(r => r.OrderId == order.Id));
        var auditor = await site.Open("auditor", language, width, script);
        await auditor.GotoAsync("/market/payments");
        var seen = auditor.Locator("tbody tr", new() { HasText = refund.Number });
        Assert.Equal((1, 0), (await seen.CountAsync(), await seen.Locator("form").CountAsync()));
        var staff = await site.Open("staff", language, width, script);
        await staff.GotoAsync("/market/payments");
        var row = staff.Locator("tbody tr", new() { HasText = refund.Number });
        Assert.Contains("3.21", await row.InnerTextAsync(), StringComparison.Ordinal);
        await row.Locator("form button").ClickAsync();
        Assert.Equal(0, await staff.Locator("tbody tr", new() { HasText = refund.Number }).CountAsync());
        await site.Services.GetRequiredService<PaymentDesk>().SendRefunds(CancellationToken.None);
        Assert.NotEqual(BuyerRefundState.Failed, await site.Db(db => db.BuyerRefunds.Where(r => r.Id == refund.Id).Select(r => r.State).SingleAsync()));
        var gateway = site.Services.GetRequiredService<TestGateway>();
        lock (gateway.Book.Gate) Assert.Equal([321L], gateway.Book.Refunds.Values.Where(r => r.Number == refund.Number).Select(r => r.Amount));
        await Close(staff, auditor);
    }

    // Sends the form in which a field stands.
    private static Task Send(IPage page, string field) => page.ClickAsync($"form:has({field}) .buttons button, form:has({field}) > button");

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task Close(params IPage[] pages)
    {
        foreach (var page in pages) await page.Context.DisposeAsync();
    }
}
