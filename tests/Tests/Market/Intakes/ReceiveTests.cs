using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Intakes;

public sealed class ReceiveTests
{
    private static readonly (string, byte[]) Photo = ("slip.jpg", Morning.Photo);

    [Theory, EachDatabase]
    public async Task A_seller_takes_six_taps_without_script_from_the_list_to_the_next_seller(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var taps = 0;
        var page = await station.Get("/market/intakes/receive");
        page = await Tap("马文");
        page = await Tap("杏仁");
        taps++; // the grade
        taps++; // hand to the household; weights and code are typed, the fields have the focus already
        page = await station.Submit(page, "form.intake", new() { ["Form.Grade"] = "1", ["Form.Weighings[0].Gross"] = "51", ["Form.Weighings[0].Tare"] = "1" });
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("¥750.00", page.Text);
        Assert.Contains("七百五十元", page.Text);
        taps++; // yes, it is right
        page = await station.Submit(page, "form[action*='Code']", new() { ["Code"] = Morning.Code });
        Assert.Contains("柒佰伍拾元整", page.Text);
        page = await Tap("收下一户");
        Assert.Equal(6, taps);
        Assert.Equal("/market/intakes/receive", page.Address.AbsolutePath);
        // The next one with the same goods takes one tap less: the product is remembered.
        Assert.Contains("product=201", page.Page.QuerySelector("a.tile")!.GetAttribute("href"));

        async Task<Answer> Tap(string words)
        {
            taps++;
            return await station.Get(page.Page.QuerySelectorAll("a").First(a => a.TextContent.Contains(words, StringComparison.Ordinal)).GetAttribute("href")!);
        }
    }

    [Fact]
    public async Task What_was_typed_wrong_is_said_at_its_field_and_kept_in_both_languages()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        foreach (var (language, words) in new[] { ("zh", "不是重量"), ("en", "is not a weight") })
        {
            var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA, language: language);
            var page = await station.Submit(await station.Get("/market/intakes/receive?household=101&product=201"), "form.intake", new() { ["Form.Grade"] = "1", ["Form.Weighings[0].Gross"] = "５１斤半" });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
            Assert.Contains(words, page.Page.QuerySelector(".field-validation-error")!.TextContent);
            Assert.Equal("５１斤半", page.Page.QuerySelector("[name='Form.Weighings[0].Gross']")!.GetAttribute("value"));
            Assert.DoesNotContain("style=", page.Body);
        }
    }

    [Fact]
    public async Task Kilograms_are_chosen_once_and_remembered()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.Contains("¥15.00 / 斤", (await station.Get("/market/intakes/receive?household=101&product=201")).Text);
        await station.Get("/market/intakes/receive?household=101&product=201&unit=kg");
        var page = await station.Get("/market/intakes/receive?household=101&product=201");
        Assert.Contains("¥30.00 / 公斤", page.Text);
        await station.Submit(page, "form.intake", new() { ["Form.Grade"] = "1", ["Form.Weighings[0].Gross"] = "10", ["Form.Weighings[1].Gross"] = "5", ["Form.Weighings[1].Tare"] = "0.5", ["Form.Deduction"] = "2％", ["Form.DeductionInPercent"] = "true", ["Form.DeductionReason"] = "moisture" });
        Assert.Equal(14_210, await host.Db(db => db.Intakes.Select(i => (long)i.Net).SingleAsync()));
    }

    [Fact]
    public async Task Households_are_found_by_code_name_village_and_group()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        await host.Db(db => db.Households.Where(h => h.Id == SmallCounty.Li).ExecuteUpdateAsync(set => set.SetProperty(h => h.VillageGroup, "三组")));
        var township = await host.VisitAs(Role.Station, SmallCounty.Township, SmallCounty.TownshipStation);
        foreach (var (query, found) in new[] { ("h-103", "张福"), ("秀英", "李秀英"), ("后山", "张福"), ("三组", "李秀英") })
            Assert.Contains(found, (await township.Get($"/market/intakes/receive?q={Uri.EscapeDataString(query)}")).Page.QuerySelector("a.tile")!.TextContent);
        Assert.Contains("没有找到", (await township.Get("/market/intakes/receive?q=%3Cscript%3E")).Text);
    }

    [Theory, EachDatabase]
    public async Task A_signed_slip_confirms_is_kept_and_each_look_at_it_is_on_record(DatabaseKind kind)
    {
        await using var host = await Morning.Start(kind);
        var intake = (await host.Receive(Morning.Almonds(10_000))).Value;
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var receipt = await station.Submit(await station.Get($"/market/intakes/approve?id={intake.Id}"), "form[action*='Slip']", [], new() { ["Slip"] = Photo });
        Assert.Contains("农户已签字确认", receipt.Text);
        using var photo = await station.Client.GetAsync($"/market/intakes/evidence/{intake.Id}");
        Assert.Equal("image/jpeg", photo.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Morning.Photo, await photo.Content.ReadAsByteArrayAsync());
        Assert.Contains("sandbox", photo.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", photo.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(1, await host.Db(db => db.Trail.CountAsync(l => l.HouseholdId == SmallCounty.Ma && l.What == "approval-evidence")));
        foreach (var stranger in new[] { await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB), await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Li) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/market/intakes/evidence/{intake.Id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/market/intakes/receipt?id={intake.Id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"/market/intakes/approve?id={intake.Id}")).Status);
        }
    }

    [Fact]
    public async Task Hostile_uploads_are_refused_and_confirm_nothing()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        var intake = (await host.Receive(Morning.Almonds(10_000))).Value;
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var page = await station.Get($"/market/intakes/approve?id={intake.Id}");
        foreach (var (form, field, content, words) in new[]
        {
            ("Slip", "Slip", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "这不是照片"),
            ("Slip", "Slip", Encoding.UTF8.GetBytes("<html><script>alert(1)</script></html>"), "这不是照片"),
            ("Voice", "Voice", Morning.Photo, "这不是录音"),
            ("Slip", "Slip", [0xFF, 0xD8, 0xFF, .. new byte[8 * 1024 * 1024]], "超过 8 MB"),
            ("Slip", "Slip", [], "没有收到文件"),
        })
        {
            var answer = await station.Submit(page, $"form[action*='{form}']", [], new() { [field] = ("photo.jpg", content) });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Contains(words, answer.Text);
        }
        Assert.Equal(0, await host.Db(db => db.Evidences.CountAsync()));
        Assert.Equal(1, await host.Db(db => db.Intakes.CountAsync(i => i.State == IntakeState.Unconfirmed)));
    }

    [Fact]
    public async Task Unconfirmed_slips_wait_in_the_list_and_on_the_household_s_own_page()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        var intake = (await host.Receive(Morning.Almonds(10_000))).Value;
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.Contains("等农户确认的", (await station.Get("/market/intakes")).Text);
        var own = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        Assert.Contains("请您核对", (await own.Get("/market/intakes/mine")).Text);
        var receipt = await own.Submit(await own.Get($"/market/intakes/approve?id={intake.Id}"), "form[action*='Code']", new() { ["Code"] = Morning.Code });
        Assert.Contains("农户已用密码确认", receipt.Text);
        Assert.DoesNotContain("等农户确认的", (await station.Get("/market/intakes")).Text);
    }

    [Fact]
    public async Task County_staff_set_today_s_prices_and_others_only_read_them()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        host.Clock.Days(1);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var board = await staff.Submit(await staff.Get("/market/products/board"), "form:has([name='Prices[0].Yuan'])", new() { ["Prices[0].Yuan"] = "31.5" });
        Assert.Contains("改了 1 个价格", board.Text);
        Assert.Contains("¥15.75", board.Text);
        Assert.Equal(2, await host.Db(db => db.BoardPrices.CountAsync(p => p.ProductId == SmallCounty.Apricot && p.Grade == "1")));
        var bad = await staff.Submit(board, "form:has([name='Prices[0].Yuan'])", new() { ["Prices[0].Yuan"] = "-3" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.Status);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.Null((await station.Get("/market/products/board")).Page.QuerySelector("[name='Prices[0].Yuan']"));
    }
}
