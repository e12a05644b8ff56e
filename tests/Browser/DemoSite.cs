using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Playwright;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Web;
using Shanhuo.Web.Commands;

[assembly: AssemblyFixture(typeof(Shanhuo.Browser.DemoSite))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Shanhuo.Browser;

/// <summary>The demo county, served on a free port, and one Chromium for all tests.</summary>
public sealed class DemoSite : IAsyncLifetime
{
    private static readonly string[] Switches = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run", "--disable-gpu"];
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"shanhuo-browser-{Guid.NewGuid():N}");
    private readonly Dictionary<string, string> states = [];
    private WebApplication? site;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public string Address => site!.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public IServiceProvider Services => site!.Services;

    public async ValueTask InitializeAsync()
    {
        site = ShanhuoHost.Build(new Installation(folder, $"Data Source={Path.Combine(Directory.CreateDirectory(folder).FullName, "shanhuo.db")}", true), TimeProvider.System, b => b.WebHost.UseUrls("http://127.0.0.1:0"));
        await MigrateCommand.Migrate(site.Services, CancellationToken.None);
        await DemoCommand.Seed(site.Services, _ => { }, CancellationToken.None);
        await site.StartAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Switches });
    }

    /// <summary>A page of somebody who is signed in under a demo name, or of a stranger.</summary>
    /// <param name="who">A demo sign-in, or null.</param>
    /// <param name="language">zh or en.</param>
    /// <param name="width">Of the screen, in CSS pixels.</param>
    /// <param name="script">Does the browser run scripts?</param>
    public async Task<IPage> Open(string? who, string language, int width, bool script = true)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = Address, Locale = language == "zh" ? "zh-CN" : "en-GB", ViewportSize = new() { Width = width, Height = Height(width) }, JavaScriptEnabled = script,
            StorageState = who is null ? null : await SignIn(who),
        });
        return await context.NewPageAsync();
    }

    /// <summary>Of the screen of such a width, in CSS pixels.</summary>
    public static int Height(int width) => width < 600 ? 780 : 900;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (site is not null) { await site.StopAsync(); await site.DisposeAsync(); }
        try { Directory.Delete(folder, true); } catch (IOException) { }
    }

    private async Task<string> SignIn(string who)
    {
        if (states.TryGetValue(who, out var state)) return state;
        var context = await browser!.NewContextAsync(new() { BaseURL = Address });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#name", who);
        await page.FillAsync("#password", DemoSignIns.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync("**/");
        states[who] = await context.StorageStateAsync();
        await context.DisposeAsync();
        return states[who];
    }
}

internal static class Photographs
{
    extension(IPage page)
    {
        /// <summary>Takes a picture. A busy browser now and then says that it cannot; that says nothing about the page, so it is asked again.</summary>
        public async Task<byte[]> Photograph(PageScreenshotOptions options)
        {
            for (var times = 0; ; times++)
            {
                try { return await page.ScreenshotAsync(options); }
                catch (PlaywrightException e) when (times < 3 && e.Message.Contains("Unable to capture screenshot", StringComparison.Ordinal)) { await page.WaitForTimeoutAsync(200); }
            }
        }
    }
}
