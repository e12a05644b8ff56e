using Microsoft.Playwright;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Browser;

/// <summary>What people of village, township and county do with the register, through its pages alone.</summary>
public sealed class RegisterTests(DemoSite site)
{
    [Fact]
    public async Task A_phone_is_corrected_by_one_cadre_and_agreed_by_another_never_by_the_same()
    {
        var cadre = await site.Open("cadre", "zh", 360);
        await cadre.GotoAsync("/registry/households");
        await cadre.ClickAsync("table tbody tr:nth-child(4) a");
        var home = cadre.Url;
        await cadre.ClickAsync("summary:has-text('要改什么')");
        await cadre.ClickAsync("a:text-is('更正一项')");
        await cadre.ClickAsync("summary:has-text('这一户')");
        await cadre.ClickAsync("details[open] a:text-is('电话')");
        await cadre.FillAsync("[name=Value]", "139 0000 4321");
        await cadre.FillAsync("#Reason", "换了手机号");
        await cadre.ClickAsync("button:has-text('提交申请')");
        Assert.Contains("/registry/changes/show/", cadre.Url, StringComparison.Ordinal);
        Assert.Equal(0, await cadre.Locator("button[name=agrees]").CountAsync());
        var request = cadre.Url;
        await cadre.Context.DisposeAsync();

        var second = await site.Open("cadre2", "zh", 360);
        await second.GotoAsync("/registry/changes");
        await second.ClickAsync($"main a[href='{new Uri(request).AbsolutePath}']");
        Assert.DoesNotContain("13900004321", await second.InnerTextAsync("main"), StringComparison.Ordinal);
        await second.ClickAsync("button[name=agrees][value=true]");
        Assert.Contains("已更改", await second.InnerTextAsync("main"), StringComparison.Ordinal);
        await second.GotoAsync(home);
        Assert.Contains("••••4321", await second.InnerTextAsync("main"), StringComparison.Ordinal);
        await second.Context.DisposeAsync();
    }

    [Fact]
    public async Task Two_entries_become_one_when_township_and_county_agree_and_two_again_when_the_county_undoes_it()
    {
        var staff = await site.Open("staff", "zh", 1280);
        await staff.GotoAsync("/registry/duplicates");
        var pairs = await staff.Locator("main .card").CountAsync();
        Assert.True(pairs > 0, "The demo county has no entry that stands twice.");
        await staff.FillAsync(".card:first-child [name=Reason]", "两次登记的是同一个人");
        await staff.ClickAsync(".card:first-child button:has-text('申请合并')");
        Assert.Contains("/registry/changes/show/", staff.Url, StringComparison.Ordinal);
        var request = staff.Url;
        // Who asked cannot agree; somebody of the county may also stand in for the township, but not for both.
        Assert.Equal(0, await staff.Locator("button[name=agrees]").CountAsync());
        await Agree("official", "县里");
        await Agree("official2", "已更改");
        await staff.GotoAsync("/registry/duplicates");
        Assert.Equal(pairs - 1, await staff.Locator("main .card").CountAsync());

        var official = await site.Open("official", "zh", 1280);
        await official.GotoAsync(request);
        await official.ClickAsync("summary:has-text('撤销这次合并')");
        await official.FillAsync("#undo-why", "原来是堂兄弟");
        await official.ClickAsync("button:has-text('撤销这次合并')");
        Assert.Contains("已撤销", await official.InnerTextAsync("main"), StringComparison.Ordinal);
        await official.Context.DisposeAsync();
        await staff.GotoAsync("/registry/duplicates");
        Assert.Equal(pairs, await staff.Locator("main .card").CountAsync());
        await staff.Context.DisposeAsync();

        async Task Agree(string who, string then)
        {
            var page = await site.Open(who, "zh", 1280);
            await page.GotoAsync(request);
            await page.ClickAsync("button[name=agrees][value=true]");
            Assert.Contains(then, await page.InnerTextAsync("main .state"), StringComparison.Ordinal);
            Assert.Equal(0, await page.Locator("button[name=agrees]").CountAsync());
            await page.Context.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_template_filled_with_a_wrong_cell_comes_back_marked_and_what_is_right_of_it_goes_in()
    {
        var staff = await site.Open("staff", "zh", 1280);
        await staff.GotoAsync("/registry/files");
        var template = await Download(staff, "a[href$='/template']");
        var names = (await Rows(template))[0];
        var filled = new MemoryStream();
        using (var sheet = SheetWriter.Begin(SheetFormat.Xlsx, filled, "名册", [.. names.Select(n => new SheetColumn(n))]))
        {
            Row(("村", "620525100201"), ("户口簿号", "HK9000001"), ("与户主关系", "户主"), ("姓名", "马试一"), ("性别", "男"));
            Row(("村", "620525100201"), ("户口簿号", "HK9000002"), ("与户主关系", "户主"), ("姓名", "马试二"), ("性别", "不男不女"));

            void Row(params (string Column, string Value)[] cells) =>
                sheet.Row([.. names.Select(n => (SheetValue)cells.FirstOrDefault(c => n.Split('（')[0] == c.Column).Value)]);
        }
        await staff.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "东关.xlsx", MimeType = SheetWriter.ContentType(SheetFormat.Xlsx), Buffer = filled.ToArray() });
        await staff.ClickAsync("button:has-text('先看看')");
        if (await staff.Locator("main table").CountAsync() == 0) Assert.Fail(await staff.InnerTextAsync("main"));
        var problem = await staff.InnerTextAsync("main table tbody tr");
        Assert.Contains("性别", problem, StringComparison.Ordinal);
        Assert.Contains("不男不女", problem, StringComparison.Ordinal);
        var marked = await Rows(await Download(staff, "a[href*='/marked/']"));
        var listed = Assert.Single(marked, row => row.Any(cell => cell.Contains("不男不女", StringComparison.Ordinal)) && !row.Contains("马试二"));
        Assert.Contains("性别", listed);

        await staff.ClickAsync("button:has-text('只收没有错的户')");
        foreach (var (name, found) in new[] { ("马试一", 1), ("马试二", 0) })
        {
            await staff.GotoAsync("/registry/households?q=" + Uri.EscapeDataString(name));
            Assert.Equal(found, await staff.Locator($"main table a:text-is('{name}')").CountAsync());
        }
        await staff.Context.DisposeAsync();
    }

    [Fact]
    public async Task A_number_is_shown_to_who_says_why_and_the_auditor_sees_that_it_was()
    {
        var town = await site.Open("town", "zh", 1280);
        await town.GotoAsync("/registry/households?q=H-620525-00003");
        await town.ClickAsync("main table a");
        var code = "H-620525-00003";
        await town.ClickAsync("summary:has-text('看完整的号码')");
        await town.FillAsync("[name=reason] >> nth=0", "看看");
        await town.ClickAsync("form[action*=Reveal] button >> nth=0");
        Assert.Equal(0, await town.Locator(".notice .icon + div b").CountAsync());
        Assert.Contains("没有显示", await town.InnerTextAsync(".errors"), StringComparison.Ordinal);
        await town.ClickAsync("summary:has-text('看完整的号码')");
        await town.FillAsync("[name=reason] >> nth=0", "办理医保要核对号码");
        await town.ClickAsync("form[action*=Reveal] button >> nth=0");
        Assert.Matches("^[0-9]{17}[0-9X]$", (await town.InnerTextAsync(".notice p.num")).Trim());
        await town.Context.DisposeAsync();

        var auditor = await site.Open("auditor", "zh", 1280);
        foreach (var (kind, reason) in new[] { ("reveal", "办理医保要核对号码"), ("refused", "看看") })
        {
            await auditor.GotoAsync("/registry/trail?kind=" + kind);
            var row = await auditor.InnerTextAsync("main table tbody tr >> nth=0");
            Assert.Contains(code, row, StringComparison.Ordinal);
            Assert.Contains(reason, row, StringComparison.Ordinal);
        }
        await auditor.Context.DisposeAsync();
    }

    private static async Task<List<List<string>>> Rows(byte[] sheet) =>
        [.. (await SheetReader.Open(new MemoryStream(sheet), "名册.xlsx", default)).Value.Rows().Select(r => r.Value.Cells.Select(c => c.Text ?? "").ToList())];

    private static async Task<byte[]> Download(IPage page, string link)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync(link));
        await using var stream = await download.CreateReadStreamAsync();
        var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }
}
