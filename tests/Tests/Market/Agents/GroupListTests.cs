using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Agents.Groups;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Tests.Architecture;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Agents;

/// <summary>Order lists out of chat groups. The lines of GroupLines.txt are made by hand after lists as people write them; "?" means that somebody must look.</summary>
public sealed class GroupListTests
{
    private static readonly GroupGoods[] Goods =
    [
        new(1, ["杏仁"], 500, false), new(2, ["牛肉"], 1000, false), new(3, ["馓子"], 500, false), new(4, ["花椒"], 250, false),
        new(5, ["羊绒毯"], 1, true, "条"), new(6, ["牛肉干"], 200, false), new(7, ["苹果"], 5000, false),
    ];

    private static IEnumerable<(string Text, string Name, string Wishes, bool Doubt)> Lines() =>
        File.ReadLines(Path.Combine(Repository.Root, "tests/Tests/Market/Agents/GroupLines.txt")).Where(l => l.Length > 0).Select(l =>
        {
            var parts = l.Split(" => ");
            var answer = parts[1].Split('|');
            var doubt = answer[1].Contains('?', StringComparison.Ordinal);
            return (parts[0], answer[0].Trim(), answer[1].Replace("?", "", StringComparison.Ordinal).Trim(), doubt);
        });

    private static string Said(GroupRow row) => string.Join(' ', row.Wishes.Select(w => $"{(char)('A' + w.OfferId - 1)}{w.Units}"));

    [Fact]
    public void Ninety_five_of_a_hundred_lines_are_read_right_and_none_is_wrong_in_silence()
    {
        var lines = Lines().ToList();
        Assert.True(lines.Count >= 120);
        var read = lines.Select(l => (Asked: l, Row: GroupList.Read(l.Text, Goods).Single())).ToList();
        Assert.Empty(read.Where(r => r.Row.Doubts.Count == 0 && (r.Asked.Doubt || Said(r.Row) != r.Asked.Wishes || r.Row.Name != r.Asked.Name)).Select(r => $"{r.Asked.Text}: {r.Row.Name} | {Said(r.Row)}"));
        var wrong = read.Where(r => Said(r.Row) != r.Asked.Wishes || r.Row.Name != r.Asked.Name || r.Row.Doubts.Count > 0 != r.Asked.Doubt).ToList();
        Assert.True(wrong.Count * 20 <= lines.Count, string.Join('\n', wrong.Select(r => $"{r.Asked.Text} => {r.Row.Name} | {Said(r.Row)} {string.Join(',', r.Row.Doubts)}")));
    }

    [Fact]
    public void A_list_names_a_member_once_and_leaves_out_empty_lines_and_its_heading()
    {
        var rows = GroupList.Read("#接龙\n例：张三 杏仁1斤\n\n1. 马文 杏仁1斤\n2. 李秀英 杏仁1斤\n3. 马文 馓子1份\n", Goods);
        Assert.Equal(["马文", "李秀英", "马文"], rows.Select(r => r.Name));
        Assert.Equal([false, false, true], rows.Select(r => r.Doubts.Contains(GroupDoubt.Twice)));
    }

    [Fact]
    public void With_one_kind_of_goods_a_bare_number_is_enough()
    {
        var row = GroupList.Read("李四 +2", [Goods[0]]).Single();
        Assert.Equal(("李四", "A2", 0), (row.Name, Said(row), row.Doubts.Count));
    }

    [Theory]
    [InlineData("半", 500L)]
    [InlineData("两", 2000L)]
    [InlineData("十", 10_000L)]
    [InlineData("十二", 12_000L)]
    [InlineData("二十", 20_000L)]
    [InlineData("一百零五", 105_000L)]
    [InlineData("2.5", 2500L)]
    [InlineData("两三", null)]
    [InlineData("2.0001", null)]
    [InlineData("9999999999999999999999999999", null)]
    [InlineData("79228162514264337593543950335", null)]
    [InlineData("999999", 999_999_000L)]
    public void Numerals_are_read_exactly_or_not_at_all(string text, long? milli) => Assert.Equal(milli, ChatQuantities.Number(text));

    [Theory, EachDatabase]
    public async Task From_the_pasted_list_to_the_pick_up_list_once_a_member_through_the_pages(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        await Window.Open(host, o => { o.PickupId = SmallCounty.StationA; o.CommissionPpm = 50_000; }, 702, OfferKind.Community, promise: false);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var read = await station.Submit(await station.Get("/market/agents/list"), "form:has(#paste)", new() { ["Paste"] = "1. 张姐 杏仁2斤\n2. 李四 +1份杏人\n3. 王五 杏仁三斤 138…" });
        Assert.Equal(1, read.Page.QuerySelectorAll(".notice.warn").Length);
        // A doubtful line is not ordered before somebody decides.
        var undecided = await station.Submit(read, "form:has([name=ListId])", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, undecided.Status);
        Assert.Equal(0, await host.Db(db => db.Orders.CountAsync()));
        foreach (var _ in new[] { 1, 2 })
        {
            var placed = await station.Submit(read, "form:has([name=ListId])", new() { ["Members[1].Take"] = "yes" });
            Assert.Equal(3, placed.Page.QuerySelectorAll("tbody tr").Length);
        }
        Assert.Equal((3, 6L, 870L), await host.Db(async db => (await db.Orders.CountAsync(o => o.Channel == "agent" && o.State == OrderState.Unpaid), await db.OrderLines.SumAsync(l => l.Units), await db.OrderLines.SumAsync(l => (long)l.Commission))));
        Assert.Equal([("group", false, 3, new Fen(17_400), new Fen(870))], (await host.Month()).Select(r => (r.Task, r.Earned, r.Count, r.Amount, r.Fee)));
        var pickup = await station.Get("/market/agents/pickup");
        Assert.All(new[] { "张姐", "李四", "王五", "× 3" }, t => Assert.Contains(t, pickup.Text));
        Assert.DoesNotContain("张姐", (await (await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB)).Get("/market/agents/pickup")).Text);
    }

    [Theory, EachDatabase]
    public async Task A_list_of_two_hundred_members_is_ordered_whole(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        await Window.Open(host, o => o.PickupId = SmallCounty.StationA, 702, OfferKind.Community, promise: false);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        const string given = "伟芳娜敏静丽强磊军洋勇艳杰涛明";
        var lines = given.SelectMany(a => given.Select(b => $"李{a}{b} 杏仁1斤")).Take(200).Select((l, i) => $"{i + 1}. {l}");
        var read = await station.Submit(await station.Get("/market/agents/list"), "form:has(#paste)", new() { ["Paste"] = string.Join('\n', lines) });
        Assert.Equal(200, read.Page.QuerySelectorAll("fieldset").Length);
        var placed = await station.Submit(read, "form:has([name=ListId])", Enumerable.Range(0, 200).ToDictionary(i => $"Members[{i}].Take", _ => "yes"));
        Assert.Equal((HttpStatusCode.OK, 200), (placed.Status, placed.Page.QuerySelectorAll("tbody tr").Length));
        Assert.Equal(200, await host.Db(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task A_list_that_is_too_long_is_refused_in_words_and_not_cut()
    {
        await using var host = await Counter.Start(DatabaseKind.Sqlite);
        await Window.Open(host, o => o.PickupId = SmallCounty.StationA, 702, OfferKind.Community, promise: false);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var form = await station.Get("/market/agents/list");
        var refused = await station.Submit(form, "form:has(#paste)", new() { ["Paste"] = "马文 杏仁1斤\n" + new string('好', 20_000) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("分几次粘", refused.Text);
        // Browsers send a line break as two characters; the field counts it as one.
        var lines = string.Concat(Enumerable.Repeat("马文 杏仁1斤\r\n", 20_000 / 9));
        Assert.Equal(HttpStatusCode.OK, (await station.Submit(form, "form:has(#paste)", new() { ["Paste"] = lines })).Status);
        Assert.Equal(HttpStatusCode.OK, (await station.Submit(form, "form:has(#paste)", new() { ["Paste"] = "马文 杏仁9999999999999999999999999999斤" })).Status);
    }

    [Fact]
    public async Task The_card_of_an_offer_shows_name_price_and_its_address_without_script()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        await host.Db(async db =>
        {
            db.Offers.Add(new Offer { Id = 701, County = SmallCounty.County, RequestId = Guid.NewGuid(), Area = SmallCounty.Township, Code = "almond-701", ProductId = SmallCounty.Apricot, SellerId = SmallCounty.Cooperative, Kind = OfferKind.Community, State = OfferState.Open, Title = "前山杏仁五百克", TitleEn = "Almonds", PerUnit = 500, Price = new Fen(2900), ByAccountId = 1, AtMs = 0 });
            await db.SaveChangesAsync();
        });
        var visitor = await host.Visit();
        var card = await visitor.Get("/shop/620525/almond-701/card");
        Assert.Contains("前山杏仁五百克", card.Text);
        Assert.Contains("¥29.00", card.Text);
        Assert.NotNull(card.Page.QuerySelector("article img[src^='data:image/svg']"));
        Assert.Empty(card.Page.QuerySelectorAll("article script"));
    }
}
