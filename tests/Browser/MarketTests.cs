using Microsoft.Playwright;

namespace Shanhuo.Browser;

/// <summary>What buyers, stations and those who pack do with the market, through its pages alone, at a phone's width, with and without script.</summary>
public sealed class MarketTests(DemoSite site)
{
    public static TheoryData<string, bool> Ways() => new() { { "zh", true }, { "zh", false }, { "en", true }, { "en", false } };

    [Theory, InlineData("zh"), InlineData("en")]
    public async Task The_county_s_screen_fills_1920_by_1080_and_is_read_across_a_room(string language)
    {
        var screen = await site.Open("official", language, 1920);
        await screen.SetViewportSizeAsync(1920, 1080);
        for (var view = 1; view <= 3; view++)
        {
            await screen.GotoAsync($"/screen?view={view}&stay=true");
            var over = await screen.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth - 1920, document.documentElement.scrollHeight - 1080]");
            Assert.True(over.All(o => o <= 0), $"view {view}: {over[0]} px too wide, {over[1]} px too high");
            // What can be seen and says something, in CSS pixels.
            var smallest = await screen.EvaluateAsync<string>("""
                () => [...document.querySelectorAll('main *, header *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.getClientRects().length && !e.closest('.vh'))
                    .map(e => [parseFloat(getComputedStyle(e).fontSize), e.textContent.trim().slice(0, 30)]).sort((a, b) => a[0] - b[0])[0].join(' ')
                """);
            Assert.True(double.Parse(smallest.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) >= 24, $"view {view}: {smallest}");
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_guest_finds_goods_orders_pays_receives_and_says_how_they_were(string language, bool script)
    {
        var buyer = await site.Open(null, language, Sales.Phone, script);
        await buyer.GotoAsync("/shop/620525");
        await buyer.FillAsync("#q", "xingren");
        await buyer.ClickAsync("form.find button");
        await buyer.ClickAsync(".goods li:not(:has(.state)) a");
        var offer = new Uri(buyer.Url).AbsolutePath;
        await buyer.ClickAsync("form.buy button");
        await buyer.ClickAsync("a.button[href*='/shop/checkout']");
        // Nothing filled in: each field says so, and nothing is ordered.
        await buyer.ClickAsync("button[value=quote]");
        Assert.True(await buyer.Locator("main .errors li").CountAsync() >= 1);
        await buyer.FillAsync("#Form_Name", "王小明");
        await buyer.FillAsync("#Form_Phone", $"138{Random.Shared.Next(100_000_000):00000000}");
        await buyer.SelectOptionAsync("#Form_Province", "61");
        await buyer.FillAsync("#Form_Address", "西安市雁塔区某路1号");
        await buyer.ClickAsync("button[value=quote]");
        await buyer.CheckAsync("input[value=wechat]");
        await buyer.ClickAsync("button[value=pay]");
        Assert.Contains("/shop/order/620525-", buyer.Url, StringComparison.Ordinal);
        var order = new Uri(buyer.Url).AbsolutePath;
        var number = (await buyer.InnerTextAsync("h1")).Split(' ', '：', ':').First(w => w.StartsWith('W'));
        await buyer.ClickAsync("form.pay button");
        await buyer.ClickAsync("a.button[href*='/payments/gateway/']");
        await buyer.ClickAsync("button[value=pay]");
        // The gateway's word reaches the shop by itself.
        await Sales.Until(buyer, order, async () => await buyer.Locator("form.pay button").CountAsync() == 0 && await buyer.Locator("button[value=cancel]").CountAsync() == 1);

        var staff = await site.Open("staff", language, Sales.Phone, script);
        await staff.GotoAsync("/market/shipping");
        var card = staff.Locator("section.card", new() { HasText = number });
        await card.Locator("[name=carrier]").FillAsync("中通快递");
        await card.Locator("[name=waybill]").FillAsync("ZT" + number[^8..]);
        await card.Locator("form button").ClickAsync();
        Assert.Equal(0, await staff.Locator("section.card", new() { HasText = number }).CountAsync());
        await staff.Context.DisposeAsync();

        await buyer.GotoAsync(order);
        Assert.Contains("ZT" + number[^8..], await buyer.InnerTextAsync("main"), StringComparison.Ordinal);
        await buyer.ClickAsync("button[value=receive]");
        await buyer.ClickAsync("a[href$='/review']");
        await buyer.CheckAsync("input[name='Form.Stars'][value='4']");
        var words = $"颗粒饱满 {number[^6..]}";
        await buyer.FillAsync("[name='Form.Words']", words);
        await buyer.ClickAsync("form:has([name='Form.Stars']) button");
        await Sales.Until(buyer, offer, async () => (await buyer.InnerTextAsync("main")).Contains(words, StringComparison.Ordinal));
        // The lot on the order leads to where it comes from.
        await buyer.GotoAsync(order);
        await buyer.ClickAsync("a[href*='/trace/lot/']");
        Assert.Equal(200, (await buyer.ReloadAsync())!.Status);
        await buyer.Context.DisposeAsync();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_station_orders_for_a_villager_who_signs_the_finished_amount_and_pays_in_cash(string language, bool script)
    {
        var station = await site.Open("station", language, Sales.Phone, script);
        await station.GotoAsync("/market/agents/order");
        await station.ClickAsync("ul.tiles a.tile");
        await station.FillAsync("table tbody tr:first-child input", "1");
        await station.FillAsync("#phone", "13900005678");
        await station.ClickAsync("main form[method=post] button");
        // Another amount than the finished one cannot be approved: the page shows it, with the fee, before anybody signs.
        Assert.Contains("/market/agents/approve", station.Url, StringComparison.Ordinal);
        var amount = await station.InnerTextAsync(".amount");
        await station.ClickAsync("details summary");
        await station.SetInputFilesAsync("#paper", Sales.PhotoFile);
        await station.ClickAsync("form:has(#paper) button");
        Assert.Contains("/market/agents/slip", station.Url, StringComparison.Ordinal);
        Assert.Equal(amount, await station.InnerTextAsync(".receipt .amount"));
        await station.ClickAsync("a.button[href*='/market/agents/cash']");
        Assert.Equal(amount, await station.InnerTextAsync("main .amount"));
        await station.ClickAsync("main form[method=post] button");
        Assert.Contains("/market/agents/cashreceipt", station.Url, StringComparison.Ordinal);
        Assert.Contains(amount, await station.InnerTextAsync("main"), StringComparison.Ordinal);
        await station.Context.DisposeAsync();
    }
}
