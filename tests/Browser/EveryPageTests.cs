using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Shanhuo.Browser;

/// <summary>What must hold on every page that somebody can reach by links, for each kind of person, on a phone and on a desktop, in both languages. <c>SHANHUO_WHO=household-en-360</c> takes some of them.</summary>
public sealed partial class EveryPageTests(DemoSite site)
{
    // All pages are opened each time. The first, which everybody meets, are looked at closely each time; the others in turn: each in at least one language and width.
    private const int PagesAlways = 24, PagesMost = 300;
    private static readonly string Axe = File.ReadAllText(Path.Combine(Root(), "tests", "Browser", "node_modules", "axe-core", "axe.min.js"));
    private static readonly string Pictures = Directory.CreateDirectory(Path.Combine(Root(), "artifacts", "screens")).FullName;

    public static TheoryData<string, string, int> Everybody()
    {
        var rows = new TheoryData<string, string, int>();
        foreach (var who in new[] { "stranger", "household", "station", "cooperative", "cadre", "town", "staff", "official", "province", "auditor", "operator" })
            // Cadre and town see pages that others see too: the narrowest words on the widest screen and the other way round are enough.
            foreach (var (language, width) in who is "cadre" or "town" ? [("zh", 360), ("en", 1280)] : new[] { ("zh", 360), ("en", 360), ("zh", 1280), ("en", 1280) })
                if (Environment.GetEnvironmentVariable("SHANHUO_WHO") is not { Length: > 0 } only || only.Split(',').Contains($"{who}-{language}-{width}")) rows.Add(who, language, width);
        return rows;
    }

    [Theory, MemberData(nameof(Everybody))]
    public async Task Every_page_is_whole_readable_and_asks_no_other_host(string who, string language, int width)
    {
        var page = await site.Open(who == "stranger" ? null : who, language, width);
        var faults = new List<string>();
        var current = "/";
        page.Console += (_, message) => { if (message.Type == "error") faults.Add($"{current}: {message.Text} {message.Location}"); };
        page.PageError += (_, error) => faults.Add($"{current}: {error}");
        page.Request += (_, request) => { if (!request.Url.StartsWith(site.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal)) faults.Add($"{current}: asks {request.Url}"); };

        var waiting = new Queue<string>(["/", "/sign-in"]);
        var seen = new HashSet<string>(waiting, StringComparer.Ordinal);
        var shapes = new HashSet<string>(["/"], StringComparer.Ordinal);
        var (turn, turns) = ((language == "zh" ? 0 : 1) + (width == 360 ? 0 : 2), who is "cadre" or "town" ? 1 : 4);
        for (var pages = 0; waiting.TryDequeue(out var path); pages++)
        {
            if (pages == PagesMost) { faults.Add($"more than {PagesMost} kinds of pages: {path} and {waiting.Count} others were not opened"); break; }
            current = path;
            IResponse? answer;
            try { answer = await page.GotoAsync(path); }
            catch (PlaywrightException e) when (e.Message.Contains("Download is starting", StringComparison.Ordinal)) { continue; }
            if (answer is null || answer.Status >= 400) { faults.Add($"{path}: status {answer?.Status}"); continue; }
            if (!(answer.Headers.TryGetValue("content-type", out var type) && type.StartsWith("text/html", StringComparison.Ordinal))) continue;
            if (pages < PagesAlways || pages % turns == turn % turns)
            {
                await Check(page, path, language, width, faults);
                await page.Photograph(new() { Path = Path.Combine(Pictures, $"{who}-{language}-{width}-{Name(path)}.png"), FullPage = true });
            }
            foreach (var link in await page.EvalOnSelectorAllAsync<string[]>("a[href]:not([download])", "all => all.map(a => a.getAttribute('href'))"))
            {
                if (!link.StartsWith('/') || link.StartsWith("/language", StringComparison.Ordinal)) continue;
                var bare = link.Split('#')[0];
                // One page of each kind is enough: rows differ in ids only.
                if (seen.Add(bare) && shapes.Add(Shape(bare))) waiting.Enqueue(bare);
            }
        }
        await page.Context.DisposeAsync();
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    private static async Task Check(IPage page, string path, string language, int width, List<string> faults)
    {
        var text = await page.InnerTextAsync("body");
        foreach (Match key in MissingText().Matches(text)) faults.Add($"{path}: no text for {key.Value}");
        var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (over > 0)
        {
            var widest = await page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest('.scroll'))
                    .slice(0, 3).map(e => `<${e.tagName.toLowerCase()} class="${e.getAttribute('class') ?? ''}"> ${e.textContent.trim().slice(0, 40)}`)
                """);
            faults.Add($"{path}: {over} px wider than the screen of {width}: {string.Join(" | ", widest)}");
        }
        if (await page.Locator("h1").CountAsync() != 1) faults.Add($"{path}: {await page.Locator("h1").CountAsync()} headings of the first order");
        // A form with an address of its own gets its token only when it asks for it; without, what is sent is refused.
        var open = await page.Locator("form[method=post]:not(:has([name=__RequestVerificationToken]))").CountAsync();
        if (open > 0) faults.Add($"{path}: {open} forms without their token");
        foreach (var error in await page.Locator(".validation-summary-errors, .field-validation-error").AllInnerTextsAsync()) faults.Add($"{path}: told of an error before anything was sent: {error}");
        var lang = await page.GetAttributeAsync("html", "lang");
        if (lang != (language == "zh" ? "zh-CN" : "en")) faults.Add($"{path}: lang {lang}");
        // On a screen as high as the page nothing lies under a foot that sticks to its bottom.
        await page.SetViewportSizeAsync(width, Math.Clamp(await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight"), page.ViewportSize!.Height, 20_000));
        await page.EvaluateAsync(Axe);
        var barriers = await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations.map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 160)).join(' | '))
            """);
        await page.SetViewportSizeAsync(width, DemoSite.Height(width));
        faults.AddRange(barriers.Select(b => $"{path}: {b}"));
    }

    // Each operation on the register is a form of its own.
    private static string Shape(string path) => Digits().Replace(path.Split('?')[0], "#") + (path.Contains('?', StringComparison.Ordinal) ? "?" + string.Join('&', path.Split('?')[1].Split('&').Select(p => p.StartsWith("op=", StringComparison.Ordinal) ? p : p.Split('=')[0]).Order()) : "");

    private static string Name(string path) => path == "/" ? "front" : Unsafe().Replace(path.Trim('/'), "-") is { Length: > 60 } name ? name[..60] : Unsafe().Replace(path.Trim('/'), "-");

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Shanhuo.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not in the repository.");
        return folder;
    }

    [GeneratedRegex(@"\[[a-z][a-z-]*(\.[a-z0-9-]+)+\]")]
    private static partial Regex MissingText();

    [GeneratedRegex("[A-Za-z]*-?[0-9][A-Za-z0-9-]*")]
    private static partial Regex Digits();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Unsafe();
}
