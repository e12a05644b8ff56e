using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Shanhuo.Browser;

/// <summary>What an old phone shows to old eyes and thick fingers, and what the small printer of a station takes.</summary>
public sealed partial class FarmerScreenTests(DemoSite site)
{
    private static readonly string[] Pages = ["/", "/more", "/settlement/statements/household", "/settlement/statements/goods", "/settlement/statements/payments", "/settlement/statements/costs", "/market/intakes/mine", "/market/products/board", "/market/sense/neighbours", "/market/agents/mine", "/voice/ballots", "/registry/households/looks", "/registry/households/owncode", "/registry/organisations/ask", "/settlement/close/member", "/no-such-page"];

    [Theory]
    [InlineData("zh"), InlineData("en")]
    public async Task Letters_are_20_px_targets_60_px_and_help_stays_bottom_left_without_scrolling(string language)
    {
        var page = await site.Open("household", language, 360);
        await page.SetViewportSizeAsync(360, 640);
        var faults = new List<string>();
        foreach (var path in Pages)
        {
            await page.GotoAsync(path);
            faults.AddRange((await page.EvaluateAsync<string[]>("""
                () => {
                    const seen = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden' && !e.closest('.vh, .skip');
                    const faults = [];
                    for (const e of document.querySelectorAll('body *')) {
                        if (!seen(e)) continue;
                        const text = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
                        if (text && !['SCRIPT', 'OPTION', 'TITLE', 'DESC'].includes(e.tagName.toUpperCase()) && !e.closest('.wallet svg') && parseFloat(getComputedStyle(e).fontSize) < 20) faults.push('small letters: ' + e.textContent.trim().slice(0, 30));
                    }
                    for (const e of document.querySelectorAll('a, button, summary, select, input:not([type=hidden]):not([type=radio]):not([type=checkbox])')) {
                        if (!seen(e) || e.closest('p:not(.buttons), li:not(.choice)') && e.matches('a:not(.tile):not(.button)')) continue;
                        const box = e.getBoundingClientRect();
                        if (box.height < 59.5 || box.width < 59.5) faults.push(`small target: ${Math.round(box.width)} x ${Math.round(box.height)} ${e.textContent.trim().slice(0, 30)}`);
                    }
                    const help = document.querySelector('.foot .help')?.getBoundingClientRect();
                    if (!help || help.left > 20 || Math.abs(help.bottom - innerHeight) > 1) faults.push('help is not at the bottom left: ' + (help ? `${help.left} ${help.bottom}` : 'none'));
                    return faults;
                }
                """)).Select(f => $"{path}: {f}"));
        }
        foreach (var path in new[] { "/", "/more", "/registry/organisations/ask", "/registry/households/owncode", "/no-such-page" })
        {
            await page.GotoAsync(path);
            var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight - innerHeight");
            if (over > 0) faults.Add($"{path}: {over} px must be scrolled");
        }
        await page.Context.DisposeAsync();
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    [Theory]
    [InlineData("zh"), InlineData("en")]
    public async Task A_slip_prints_on_58_mm_paper_and_is_one_piece_of_12_cm(string language)
    {
        var page = await site.Open("household", language, 360);
        await page.GotoAsync("/market/intakes/mine");
        await page.ClickAsync("main a.tile[href*=receipt]");
        var paper = Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        await page.Context.DisposeAsync();
        var size = Assert.Single(MediaBox().Matches(paper).Select(m => (Wide: Millimetres(m.Groups[1].Value), High: Millimetres(m.Groups[2].Value))));
        Assert.InRange(size.Wide, 57.5, 58.5);
        Assert.InRange(size.High, 100, 120.5);
    }

    private static double Millimetres(string points) => double.Parse(points, CultureInfo.InvariantCulture) / 72 * 25.4;

    [GeneratedRegex(@"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")]
    private static partial Regex MediaBox();
}
