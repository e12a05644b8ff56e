using System.Net;
using System.Text.RegularExpressions;
using Shanhuo.Kernel;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Web;

/// <summary>What the pages weigh on a village line of 50 kbit/s, as they are really sent.</summary>
public sealed partial class WeightTests
{
    /// <summary>The page and its style sheet, packed: 1.9 s after the connection stands.</summary>
    private const int FirstScreen = 9 * 1024;

    /// <summary>The page with all it asks for, packed: the goal is 8 s.</summary>
    private const int WholePage = 40 * 1024;

    /// <summary>The same for a browser that unpacks nothing: 60 kB is the hard limit of a first page.</summary>
    private const int WholePageRaw = 60 * 1024;

    [Theory]
    [InlineData("zh"), InlineData("en")]
    public async Task Every_page_of_a_household_stays_within_the_budget(string language)
    {
        await using var host = await Season();
        var household = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma, language: language);
        await Weigh(household, await Walk.From(household, "/"), 12);
    }

    [Fact]
    public async Task Every_page_of_a_station_stays_within_the_budget()
    {
        await using var host = await Season();
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        await Weigh(station, await Walk.From(station, "/"), 12);
    }

    [Fact]
    public async Task Every_page_of_a_stranger_stays_within_the_budget()
    {
        await using var host = await Season();
        var stranger = await host.Visit();
        await Weigh(stranger, await Walk.From(stranger, "/", "/sign-in", "/settlement/trace/lot/L-1", "/registry/households/firstcode"), 5);
    }

    [Fact]
    public async Task Style_sheets_scripts_and_drawings_are_packed_kept_and_not_sent_twice()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        var visitor = await host.Visit();
        var front = await visitor.Get("/");
        foreach (var file in Assets(front.Body).Append("/icons.svg").Append("/notes.svg").Append("/goods/apple.svg"))
        {
            using var answer = await Ask(visitor, file, "br");
            Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
            Assert.True(answer.Headers.CacheControl!.MaxAge >= TimeSpan.FromDays(file.Contains("?v=", StringComparison.Ordinal) ? 365 : 1), file);
            using var again = await Ask(visitor, file, "br", answer.Headers.ETag!.Tag);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            using var old = await Ask(visitor, file, "gzip");
            Assert.Equal("gzip", Assert.Single(old.Content.Headers.ContentEncoding));
            using var raw = await Ask(visitor, file, "identity");
            Assert.Empty(raw.Content.Headers.ContentEncoding);
        }
    }

    private static async Task Weigh(Visitor visitor, IReadOnlyList<Answer> pages, int least)
    {
        Assert.True(pages.Count >= least, $"Only {pages.Count} pages were found: {string.Join(' ', pages.Select(p => p.Address.PathAndQuery))}");
        var weights = new Dictionary<string, (int Packed, int Raw)>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var page in pages)
        {
            var path = page.Address.PathAndQuery;
            var (packed, raw) = await Of(path);
            var (style, _) = await Of(Assets(page.Body).Single(a => a.StartsWith("/shanhuo.css", StringComparison.Ordinal)));
            if (packed + style > FirstScreen) faults.Add($"{path}: first screen of {packed} + {style} bytes");
            var (whole, wholeRaw) = (packed, raw);
            foreach (var asset in Assets(page.Body))
            {
                if (!weights.TryGetValue(asset, out var weight)) weights[asset] = weight = await Of(asset);
                (whole, wholeRaw) = (whole + weight.Packed, wholeRaw + weight.Raw);
            }
            if (whole > WholePage) faults.Add($"{path}: {whole} bytes in all");
            if (wholeRaw > WholePageRaw) faults.Add($"{path}: {wholeRaw} bytes in all, unpacked");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));

        async Task<(int Packed, int Raw)> Of(string address) => (await Length(address, "br"), await Length(address, "identity"));

        async Task<int> Length(string address, string encoding)
        {
            using var answer = await Ask(visitor, address, encoding);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (await answer.Content.ReadAsByteArrayAsync()).Length;
        }
    }

    private static async Task<HttpResponseMessage> Ask(Visitor visitor, string address, string encoding, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await visitor.Client.SendAsync(request);
    }

    // What a browser fetches for the page: style sheets (the one for paper too), scripts, drawings, the sheet of icons.
    private static List<string> Assets(string body) => [.. Asset().Matches(body).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value).Split('#')[0]).Distinct()];

    private static async Task<TestHost> Season()
    {
        var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        await SmallCounty.Sell(host, 1_000, 8_000, 500);
        return host;
    }

    [GeneratedRegex("""(?:<link[^>]* href|<script[^>]* src|<img[^>]* src|<use href)="(/[^"]+)""")]
    private static partial Regex Asset();
}
