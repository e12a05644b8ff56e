using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Market.Api;
using Shanhuo.Market.Payments;
using Shanhuo.Migrations;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Web;

namespace Shanhuo.Tests.Market.Api;

/// <summary>The small county with an offer in its window and its web site, which may tell programs on this machine.</summary>
internal sealed class ApiBench : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> others = [];

    private ApiBench(SalesHost host, WebApplication site) => (Host, Site) = (host, site);

    public SalesHost Host { get; }

    public WebApplication Site { get; }

    public Uri Address => new(Site.Urls.First());

    public static async Task<ApiBench> Start(DatabaseKind kind, bool loopback = true)
    {
        var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var site = ShanhuoHost.Build(new Installation(host.Host.Folder, host.Host.Connection, false), host.Clock, b =>
        {
            b.WebHost.UseUrls("http://127.0.0.1:0");
            // The test sends by itself.
            b.Services.AddSingleton(new HookOptions(loopback, Timeout.InfiniteTimeSpan));
            if (kind == DatabaseKind.Sqlite) b.Services.ConfigureDbContext<SqliteDb>(o => o.AddInterceptors(new PlanWatch()));
        });
        await site.StartAsync();
        return new ApiBench(host, site);
    }

    public async Task<string> Key(long organisation = SmallCounty.Cooperative, ApiRights rights = (ApiRights)63, int perMinute = 6000) =>
        (await Host.Do((MakeKeyHandler make) => make.Handle(new MakeKey(Guid.CreateVersion7(), organisation, "test", rights, perMinute), CancellationToken.None))).Value;

    /// <summary>A program with a key of its own.</summary>
    public async Task<SampleClient> Client(long organisation = SmallCounty.Cooperative, ApiRights rights = (ApiRights)63, int perMinute = 6000) => new(Address, await Key(organisation, rights, perMinute));

    /// <summary>The station took the cash.</summary>
    public Task Pay(string payment, long fen) => Site.Services.InScope(async s => Assert.Null(await s.GetRequiredService<TakePaymentHandler>().Handle(new PaymentTold(payment, "cash", "slip", new Fen(fen), "CNY"), CancellationToken.None)));

    public Task<int> Tell() => Site.Services.GetRequiredService<HookSender>().SendDue(CancellationToken.None);

    /// <summary>A receiver on this machine that answers with a status of its own.</summary>
    public async Task<Receiver> Listen(Func<int>? status = null)
    {
        var receiver = await Receiver.Start(status ?? (() => 204));
        others.Add(receiver);
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in others) await other.DisposeAsync();
        await Site.StopAsync();
        await Site.DisposeAsync();
        await Host.DisposeAsync();
    }
}

internal static class Scopes
{
    public static async Task InScope(this IServiceProvider services, Func<IServiceProvider, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        await work(scope.ServiceProvider);
    }
}

/// <summary>Somebody else's program that hears messages.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    public string Url => app.Urls.First() + "/heard";

    public List<(string Id, long Seconds, string Signature, string Body)> Heard { get; } = [];

    public IEnumerable<string> Types => Heard.Select(h => (string)JsonNode.Parse(h.Body)!["type"]!);

    public static async Task<Receiver> Start(Func<int> status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapPost("/heard", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync();
            lock (receiver.Heard) receiver.Heard.Add((request.Headers["webhook-id"].ToString(), long.Parse(request.Headers["webhook-timestamp"].ToString(), System.Globalization.CultureInfo.InvariantCulture), request.Headers["webhook-signature"].ToString(), body));
            return Results.StatusCode(status());
        });
        await app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

/// <summary>A whole client in forty lines, as docs/api.md describes it.</summary>
internal sealed class SampleClient(Uri site, string key, string language = "zh")
{
    private readonly HttpClient http = Make(site, key, language);

    public string Key => key;

    public Task<JsonNode> Get(string path) => Send(HttpMethod.Get, path, null, null);

    public Task<JsonNode> Post(string path, object? body = null, string? once = null) => Send(HttpMethod.Post, path, body, once);

    public Task<JsonNode> Put(string path, object body) => Send(HttpMethod.Put, path, body, null);

    /// <summary>Status and answer, whatever it is.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Answer)> Try(HttpMethod method, string path, object? body = null, string? once = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path);
        if (body is not null) request.Content = new StringContent(body as string ?? System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        if (once is not null) request.Headers.Add("Idempotency-Key", once);
        var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(text.Length == 0 || answer.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json", $"{(int)answer.StatusCode} {text}");
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), answer);
    }

    /// <summary>Code of the refusal.</summary>
    public async Task<(int Status, string Code)> No(HttpMethod method, string path, object? body = null, string? once = null)
    {
        var (status, answer, _) = await Try(method, path, body, once);
        Assert.True((int)status >= 400, answer?.ToJsonString());
        Assert.Equal((int)status, (int)answer!["status"]!);
        // A key without its text stands in brackets.
        Assert.NotEqual('[', ((string)answer["zh"]!)[0]);
        Assert.NotEqual((string)answer["zh"]!, (string)answer["en"]!);
        return ((int)status, (string)answer["code"]!);
    }

    private async Task<JsonNode> Send(HttpMethod method, string path, object? body, string? once)
    {
        var (status, answer, _) = await Try(method, path, body, once);
        Assert.True((int)status < 300, $"{method} {path}: {(int)status} {answer?.ToJsonString()}");
        return answer!;
    }

    private static HttpClient Make(Uri site, string key, string language)
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = site };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        return client;
    }
}

/// <summary>What programs say.</summary>
internal static class Say
{
    public static object Order(int units = 2, string offer = "almond-701", string method = "cash", long? shown = null) =>
        new { items = new[] { new { offer, units } }, to = new { name = "王小明", phone = "13900001234", province = "62", address = "甘肃省兰州市城关区某路1号" }, method, shownFen = shown };

    public static string New => Guid.NewGuid().ToString();
}
