using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Offers;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Browser;

/// <summary>What a village station does for villagers and for a group, through its pages alone, at a phone's width, in both languages, with and without script.</summary>
public sealed class AgentTests(DemoSite site)
{
    public static TheoryData<string, bool> Ways() => new() { { "zh", true }, { "zh", false }, { "en", true }, { "en", false } };

    /// <summary>A warning in Chinese, a bar in English: who asks for it cannot grant it, and from then on the station is refused.</summary>
    [Theory, MemberData(nameof(Ways))]
    public async Task A_villager_has_seed_brought_reports_it_as_fake_and_the_county_answers_and_turns_on_the_supplier(string language, bool script)
    {
        var (bar, mark) = (language == "en", Random.Shared.Next(100_000, 1_000_000));
        var (supplier, goods, note) = ($"某某种业{mark}", $"玉米种 5 斤 {mark}", $"查过了是假种子 {mark}");
        var station = await site.Open("station", language, Sales.Phone, script);
        await Bring(station, "seed");
        // Seed is sold by those with a licence.
        Assert.True(await station.Locator("main .errors li, main .field-validation-error").CountAsync() > 0);
        await station.FillAsync("#Licence", $"甘种证{mark}");
        await station.SetInputFilesAsync("#Proof", Sales.PhotoFile);
        await station.ClickAsync("form:has(#Proof) button");
        // Price and fee before anybody says yes: 2 % of 120 yuan.
        Assert.Contains("/market/agents/approve", station.Url, StringComparison.Ordinal);
        Assert.Contains("2.40", await station.InnerTextAsync("main .notice.wait"), StringComparison.Ordinal);
        Assert.Contains("122.40", await station.InnerTextAsync("main .amount"), StringComparison.Ordinal);
        await station.FillAsync("#code", DemoSignIns.Code);
        await station.ClickAsync("form:has(#code) button");
        Assert.Contains("/market/agents/slip", station.Url, StringComparison.Ordinal);
        Assert.Contains("122.40", await station.InnerTextAsync(".receipt .amount"), StringComparison.Ordinal);
        await station.ClickAsync("a.button[href*='/market/agents/report']");
        var proof = bar ? "photo" : "voice";
        await station.SetInputFilesAsync("#" + proof, bar ? Sales.PhotoFile : new() { Name = "voice.wav", MimeType = "audio/wav", Buffer = OneSecond() });
        await station.ClickAsync($"form:has(#{proof}) button");
        Assert.EndsWith("/market/agents/reports", station.Url, StringComparison.Ordinal);
        var mine = station.Locator("section.card", new() { HasText = goods });
        Assert.Equal((1, 0), (await mine.CountAsync(), await mine.Locator("form").CountAsync()));

        var staff = await site.Open("staff", language, Sales.Phone, script);
        await staff.GotoAsync("/market/agents/reports");
        var card = staff.Locator("section.card", new() { HasText = goods });
        Assert.Contains(supplier, await card.InnerTextAsync(), StringComparison.Ordinal);
        await card.Locator("[name=Finding]").SelectOptionAsync("fake");
        await card.Locator("[name=Refund]").FillAsync("122.41");
        await card.Locator("[name=Note]").FillAsync(note);
        await card.Locator("[name=Step]").SelectOptionAsync(bar ? "bar" : "warn");
        await card.Locator("form button").ClickAsync();
        // Nobody has more back than was paid.
        Assert.Equal(1, await staff.Locator("main .errors li").CountAsync());
        Assert.Equal((note, "fake"), (await card.Locator("[name=Note]").InputValueAsync(), await card.Locator("[name=Finding]").InputValueAsync()));
        await card.Locator("[name=Refund]").FillAsync("122.40");
        await card.Locator("form button").ClickAsync();
        Assert.Equal(0, await card.Locator("form").CountAsync());
        Assert.Contains(note, await card.InnerTextAsync(), StringComparison.Ordinal);

        if (!bar && script)
        {
            // A voice that is opened by itself plays, and from any place of it.
            await staff.GotoAsync((await card.Locator("a[href^='/market/agents/evidence/report']").GetAttributeAsync("href"))!);
            // Its page runs no script, so that nothing in it can tell when it is ready.
            double? seconds = null;
            for (var tries = 0; seconds is null && tries < 50; tries++, await Task.Delay(100)) seconds = await staff.EvaluateAsync<double?>("() => { const v = document.querySelector('video, audio'); return v && v.readyState > 0 && v.seekable.length ? v.seekable.end(0) : null; }");
            Assert.Equal(1, seconds ?? 0, 0.01);
        }
        await staff.GotoAsync("/market/agents/suppliers");
        var row = staff.Locator("tbody tr", new() { HasText = supplier });
        Assert.Contains(note, await row.InnerTextAsync(), StringComparison.Ordinal);
        if (bar)
        {
            await row.Locator("button[value=yes]").ClickAsync();
            Assert.Equal(1, await staff.Locator("main .errors li").CountAsync());
            var second = await site.Open("official", language, Sales.Phone, script);
            await second.GotoAsync("/market/agents/suppliers");
            await second.Locator("tbody tr", new() { HasText = supplier }).Locator("button[value=yes]").ClickAsync();
            Assert.Equal(0, await second.Locator("tbody tr", new() { HasText = supplier }).Locator("form").CountAsync());
            await second.Context.DisposeAsync();
        }
        await staff.Context.DisposeAsync();

        // What was brought from it before is not brought again once it is barred.
        await Bring(station, "feed");
        Assert.Equal(bar, !station.Url.Contains("/market/agents/approve", StringComparison.Ordinal));
        if (bar) Assert.Contains(supplier, await station.InnerTextAsync("main .errors"), StringComparison.Ordinal);
        await station.Context.DisposeAsync();

        var villager = await site.Open("household", language, Sales.Phone, script);
        await villager.GotoAsync("/market/agents/mine");
        Assert.Contains(goods, await villager.Locator("a.tile", new() { HasText = note }).InnerTextAsync(), StringComparison.Ordinal);
        await villager.Context.DisposeAsync();

        async Task Bring(IPage page, string kind)
        {
            await Choose(page, "/market/agents/bring");
            await page.SelectOptionAsync("#Kind", kind);
            await page.FillAsync("#Goods", goods);
            await page.FillAsync("#Price", "120");
            await page.FillAsync("#Supplier", supplier);
            await page.FillAsync("#SupplierPhone", $"09386{mark}");
            await page.SetInputFilesAsync("#Proof", Sales.PhotoFile);
            await page.ClickAsync("form:has(#Proof) button");
        }
    }

    /// <summary>What is read without doubt is taken; for each other line somebody says whether it is, and what was said stays when the list is shown again.</summary>
    [Theory, MemberData(nameof(Ways))]
    public async Task A_list_from_a_chat_becomes_a_draft_whose_doubtful_lines_are_decided_and_then_orders_to_fetch(string language, bool script)
    {
        var goods = await Community();
        var mark = Random.Shared.Next(100_000, 1_000_000);
        var (sure, unsure, joker) = ($"王小明{Word(mark)}", $"李婶{Word(mark)}", $"老周{Word(mark)}");
        var station = await site.Open("station", language, Sales.Phone, script);
        await station.GotoAsync("/market/agents/list");
        await station.FillAsync("#paste", $"#接龙\n1. {sure} {goods}2斤\n2. {unsure} {goods}两三斤\n3. {joker} 明天再说吧\n");
        await station.ClickAsync("form:has(#paste) button");
        var lines = station.Locator("main fieldset.card");
        Assert.Equal(3, await lines.CountAsync());
        for (var i = 0; i < 3; i++) Assert.Equal(i == 0 ? 0 : 1, await lines.Nth(i).Locator(".notice.warn").CountAsync());
        Assert.Equal((sure, "2"), (await lines.Nth(0).Locator("[name$='.Name']").InputValueAsync(), await lines.Nth(0).Locator("[name$='[0].Units']").InputValueAsync()));
        Assert.Equal(0, await lines.Nth(1).Locator("[name$='.Take']:checked").CountAsync());

        // Not ordered while one of the lines is undecided.
        await lines.Nth(2).Locator(".choice:has([value=no])").ClickAsync();
        await station.ClickAsync("main form:has(fieldset.card) button");
        Assert.Equal(1, await station.Locator("main .errors li").CountAsync());
        Assert.Equal((3, 0), (await lines.CountAsync(), await station.Locator("main table").CountAsync()));
        Assert.True(await lines.Nth(0).Locator("[value=yes]").IsCheckedAsync(), "The line that is taken stays taken.");
        Assert.True(await lines.Nth(2).Locator("[value=no]").IsCheckedAsync(), "The line that is left out stays left out.");
        Assert.Contains("两三斤", await lines.Nth(1).InnerTextAsync(), StringComparison.Ordinal);

        await lines.Nth(1).Locator("[name$='[0].Units']").FillAsync("3");
        await lines.Nth(1).Locator(".choice:has([value=yes])").ClickAsync();
        await station.ClickAsync("main form:has(fieldset.card) button");
        var answers = station.Locator("main table tbody tr");
        Assert.Equal(2, await answers.CountAsync());
        var number = (await answers.Nth(1).Locator("td").InnerTextAsync()).Trim();
        Assert.Matches("^[A-Z][A-Z0-9-]+$", number);
        Assert.DoesNotContain(joker, await station.InnerTextAsync("main"), StringComparison.Ordinal);

        await station.GotoAsync("/market/agents/pickup");
        var fetched = station.Locator("tbody tr", new() { HasText = unsure });
        Assert.Contains("× 3", await fetched.InnerTextAsync(), StringComparison.Ordinal);
        var sum = (await fetched.Locator("td").Nth(2).InnerTextAsync()).Trim();
        await fetched.Locator("a").ClickAsync();
        Assert.Equal(sum, (await station.InnerTextAsync("main .amount")).Trim());
        Assert.Contains(number, await station.InnerTextAsync("main"), StringComparison.Ordinal);
        await station.Context.DisposeAsync();
    }

    /// <summary>The station writes the order, the villager approves it at home with the code that nobody else knows.</summary>
    [Theory, MemberData(nameof(Ways))]
    public async Task A_villager_approves_the_finished_amount_at_home_and_the_month_counts_each_task(string language, bool script)
    {
        var station = await site.Open("station", language, Sales.Phone, script);
        var before = await Month(station);
        await Choose(station, "/market/agents/order");
        await station.FillAsync("table tbody tr:first-child input", "1");
        await station.ClickAsync("main form[method=post] button");
        var amount = await station.InnerTextAsync("main .amount");
        var id = station.Url.Split("id=")[1];

        var villager = await site.Open("household", language, Sales.Phone, script);
        await villager.GotoAsync("/market/agents/mine");
        await villager.ClickAsync($"a.tile[href='/market/agents/approve?id={id}']");
        Assert.Equal(amount, await villager.InnerTextAsync("main .amount"));
        var fee = Yuan(await villager.InnerTextAsync("main .notice.wait"));
        Assert.True(fee > 0);
        // The fee stands above the amount and the button.
        Assert.True(await villager.EvaluateAsync<bool>("() => document.querySelector('main .notice.wait').getBoundingClientRect().bottom <= document.querySelector('main .amount').getBoundingClientRect().top"));
        Assert.Equal(0, await villager.Locator("#paper").CountAsync());
        await villager.FillAsync("#code", "0000");
        await villager.ClickAsync("form:has(#code) button");
        Assert.Contains("/market/agents/approve", villager.Url, StringComparison.Ordinal);
        Assert.Equal(before, await Month(station));
        await villager.FillAsync("#code", DemoSignIns.Code);
        await villager.ClickAsync("form:has(#code) button");
        Assert.Contains("/market/agents/slip", villager.Url, StringComparison.Ordinal);
        Assert.Equal(amount, await villager.InnerTextAsync(".receipt .amount"));
        await villager.Context.DisposeAsync();

        await station.GotoAsync($"/market/agents/slip?id={id}");
        await station.ClickAsync("a.button[href*='/market/agents/cash']");
        Assert.Equal(amount, await station.InnerTextAsync("main .amount"));
        await station.ClickAsync("main form[method=post] button");
        Assert.Contains("/market/agents/cashreceipt", station.Url, StringComparison.Ordinal);
        Assert.Contains(amount, await station.InnerTextAsync(".receipt"), StringComparison.Ordinal);
        var after = await Month(station);
        Assert.Equal((before.Orders + 1, before.Cash + 1, before.Fees + fee), after);
        await station.Context.DisposeAsync();
    }

    // Silence, 8,000 samples of 8 bits.
    private static byte[] OneSecond()
    {
        using var sound = new MemoryStream();
        using var write = new BinaryWriter(sound);
        write.Write("RIFF"u8); write.Write(36 + 8000); write.Write("WAVEfmt "u8); write.Write(16); write.Write((short)1); write.Write((short)1); write.Write(8000); write.Write(8000); write.Write((short)1); write.Write((short)8);
        write.Write("data"u8); write.Write(8000); write.Write([.. Enumerable.Repeat((byte)128, 8000)]);
        return sound.ToArray();
    }

    private async Task Choose(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.FillAsync("#q", await site.Household());
        await page.ClickAsync("form:has(#q) button");
        await page.ClickAsync("ul.tiles a.tile");
    }

    // Tasks of this month by kind, and what ordering for villagers brought, paid or not.
    private static async Task<(int Orders, int Cash, decimal Fees)> Month(IPage page)
    {
        await page.GotoAsync("/market/agents/commission");
        var (orders, cash, fees) = (0, 0, 0m);
        foreach (var row in await page.Locator("main tbody tr").AllAsync())
        {
            var cells = (await row.Locator("td").AllInnerTextsAsync()).Select(c => c.Trim()).ToList();
            var count = int.Parse(cells[3], CultureInfo.InvariantCulture);
            if (cells[0] is "代买" or "ordering for a villager") (orders, fees) = (orders + count, fees + Yuan(cells[5]));
            if (cells[0] is "代收货款" or "taking cash for an order") cash += count;
        }
        return (orders, cash, fees);
    }

    private static decimal Yuan(string text) => decimal.Parse(System.Text.RegularExpressions.Regex.Match(text, @"\d[\d,]*\.\d\d").Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    // A member's name of letters alone, as people have them in a chat.
    private static string Word(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(d => "甲乙丙丁戊己庚辛壬癸"[d - '0']))[..3];

    // Name of what the station offers its group; published once for all rows.
    private async Task<string> Community()
    {
        var station = (await site.As("station", s => Task.FromResult(s.GetRequiredService<CurrentScope>().Scope.OrganisationId)))!.Value;
        var name = await Name();
        if (name is not null) return name;
        var model = (await site.Offers())[0];
        var wish = new WriteOffer(Guid.CreateVersion7(), model.Offer.ProductId, model.Offer.Grade, model.Offer.SellerId, OfferKind.Community, $"{model.Product.Name} 团购一斤装", $"{model.Product.NameEn}, for the group, 500 g", 500, model.Offer.Price) { PickupId = station };
        Assert.Null((await site.As("staff", s => s.GetRequiredService<WriteOfferHandler>().Handle(wish, CancellationToken.None))).Refused);
        return (await Name())!;

        Task<string?> Name() => site.Db(db =>
        {
            var products = db.Products;
            return db.Offers.Where(o => o.PickupId == station && o.Kind == OfferKind.Community && o.State == OfferState.Open && o.PerUnit == 500).Join(products, o => o.ProductId, p => p.Id, (o, p) => p.Name).FirstOrDefaultAsync();
        });
    }
}
