using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Migrations;
using Shanhuo.Registry.Accounts;
using Shanhuo.Web;

namespace Shanhuo.Tests.Databases;

/// <summary>The two databases that every test of a table runs on.</summary>
public enum DatabaseKind { Sqlite, Postgres }

/// <summary>One row for each database.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseAttribute : Xunit.v3.DataAttribute
{
    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<Xunit.ITheoryDataRow>> GetData(System.Reflection.MethodInfo testMethod, Xunit.Sdk.DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<DatabaseKind>(DatabaseKind.Sqlite), new TheoryDataRow<DatabaseKind>(DatabaseKind.Postgres)]);
}

/// <summary>A clock that stands until it is moved. Starts on 2026-11-21 at 09:00 China time.</summary>
public sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public void Days(int days) => Now = Now.AddDays(days);
}

/// <summary>The whole program on an own database: the real host, the real tables. Nothing is mocked but the clock.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static readonly Dictionary<DatabaseKind, string> Templates = [];
    private readonly string folder;
    private readonly string? postgres;
    private WebApplication? site;

    private TestHost(DatabaseKind kind)
    {
        folder = Path.Combine(Path.GetTempPath(), $"shanhuo-test-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        if (kind == DatabaseKind.Sqlite)
        {
            File.Copy(Templates[kind], Path.Combine(folder, "shanhuo.db"));
            Connection = $"Data Source={Path.Combine(folder, "shanhuo.db")};Pooling=true";
        }
        else
        {
            postgres = PostgresServer.Shared.Create(Templates[kind]);
            Connection = PostgresServer.Shared.Connection(postgres);
        }
        Services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(folder, Connection, false), Clock).BuildServiceProvider();
    }

    private TestHost(string folder, string connection)
    {
        (this.folder, Connection) = (folder, connection);
        Services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(folder, Connection, false), Clock).BuildServiceProvider();
    }

    public TestClock Clock { get; } = new();

    public string Connection { get; }

    public string Folder => folder;

    /// <summary>The services without the web site.</summary>
    public ServiceProvider Services { get; }

    public static async Task<TestHost> Start(DatabaseKind kind)
    {
        await Gate.WaitAsync();
        try { if (!Templates.ContainsKey(kind)) Templates[kind] = await MakeTemplate(kind); }
        finally { Gate.Release(); }
        return new TestHost(kind);
    }

    /// <summary>On a server of its own, which the caller keeps.</summary>
    public static async Task<TestHost> On(PostgresServer server)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"shanhuo-test-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        var host = new TestHost(folder, server.Connection(server.Create()));
        await host.Db(db => Tables(db.Database));
        return host;
    }

    /// <summary>The database of another process's test, for a child of it; leave its disposal to that one.</summary>
    public static TestHost Attach(string folder, string connection) => new(folder, connection);

    /// <summary>A unit of work in a scope of its own, as the program itself or as somebody.</summary>
    public async Task<T> In<T>(Func<IServiceProvider, Task<T>> work, Scope? scope = null)
    {
        await using var services = Services.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<CurrentScope>().Scope = scope ?? Scope.Everything;
        return await work(services.ServiceProvider);
    }

    public Task In(Func<IServiceProvider, Task> work, Scope? scope = null) => In(async s => { await work(s); return true; }, scope);

    public Task<T> Db<T>(Func<ShanhuoDb, Task<T>> work, Scope? scope = null) => In(s => work(s.GetRequiredService<ShanhuoDb>()), scope);

    public Task Db(Func<ShanhuoDb, Task> work, Scope? scope = null) => In(s => work(s.GetRequiredService<ShanhuoDb>()), scope);

    /// <summary>Address of the running web site; starts it at the first call.</summary>
    public async Task<Uri> Site()
    {
        if (site is null)
        {
            site = ShanhuoHost.Build(new Installation(folder, Connection, false), Clock, b =>
            {
                b.WebHost.UseUrls("http://127.0.0.1:0");
                if (postgres is null) b.Services.ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(new PlanWatch()));
            });
            await site.StartAsync();
        }
        return new Uri(site.Urls.First());
    }

    public WebApplication App => site ?? throw new InvalidOperationException("Call Site() first.");

    /// <summary>A browser without script: keeps cookies, follows redirects, fills in forms.</summary>
    public async Task<Visitor> Visit(string language = "zh") => new(await Site(), language);

    /// <summary>Makes an account and signs a visitor in with it.</summary>
    public async Task<Visitor> VisitAs(string role, AreaCode area, long? organisation = null, long? household = null, string language = "zh")
    {
        var name = $"{role}-{Guid.NewGuid():N}";
        await In(async s =>
        {
            var account = new Account { Id = s.GetRequiredService<Ids>().Next(), UserName = name, DisplayName = role, Role = role, ScopeArea = area, OrganisationId = organisation, HouseholdId = household };
            var made = await s.GetRequiredService<UserManager<Account>>().CreateAsync(account, "a good password");
            Assert.True(made.Succeeded, string.Join("; ", made.Errors.Select(e => e.Description)));
        });
        var visitor = await Visit(language);
        var page = await visitor.Get("/sign-in");
        var answer = await visitor.Submit(page, "form[method=post]:has(#password)", new() { ["Name"] = name, ["Password"] = "a good password" });
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        if (site is not null) { await site.StopAsync(); await site.DisposeAsync(); }
        await Services.DisposeAsync();
        if (postgres is not null)
        {
            Npgsql.NpgsqlConnection.ClearAllPools();
            PostgresServer.Shared.Drop(postgres);
        }
        else if (Connection.StartsWith("Data Source", StringComparison.Ordinal)) SqliteConnection.ClearPool(new SqliteConnection(Connection));
        try { Directory.Delete(folder, true); } catch (IOException) { }
    }

    private static async Task<string> MakeTemplate(DatabaseKind kind)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"shanhuo-template-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => { try { Directory.Delete(folder, true); } catch (IOException) { } };
        var name = kind == DatabaseKind.Sqlite ? Path.Combine(folder, "template.db") : PostgresServer.Shared.Create();
        var connection = kind == DatabaseKind.Sqlite ? $"Data Source={name};Pooling=false" : PostgresServer.Shared.Connection(name) + ";Pooling=false";
        await using var services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(folder, connection, false), TimeProvider.System).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await Tables(scope.ServiceProvider.GetRequiredService<ShanhuoDb>().Database);
        return name;
    }

    // While tables are being designed, SHANHUO_TEST_SCHEMA=model makes them from the model; ./test and CI use the migrations.
    private static async Task Tables(DatabaseFacade database)
    {
        if (Environment.GetEnvironmentVariable("SHANHUO_TEST_SCHEMA") == "model") await database.EnsureCreatedAsync();
        else await database.BringUp(CancellationToken.None);
        await database.TeachPlanner(CancellationToken.None);
    }
}

/// <summary>A page that was answered.</summary>
public sealed record Answer(HttpStatusCode Status, IHtmlDocument Page, string Body, Uri Address)
{
    public string Text => string.Join(' ', (Page.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Somebody with a browser that runs no script.</summary>
public sealed class Visitor(Uri site, string language)
{
    public HttpClient Client { get; } = Make(site, language);

    public async Task<Answer> Get(string path) => await Read(await Client.GetAsync(path));

    /// <summary>Sends a form of a page with some fields filled in, as a browser would.</summary>
    public async Task<Answer> Submit(Answer page, string form, Dictionary<string, string> fields, Dictionary<string, (string Name, byte[] Content)>? files = null)
    {
        var element = page.Page.QuerySelector(form) as IHtmlFormElement ?? throw new InvalidOperationException($"No form '{form}' at {page.Address}: {page.Text}");
        var values = new List<KeyValuePair<string, string>>();
        foreach (var field in element.Elements)
            switch (field)
            {
                case IHtmlInputElement { Type: "submit" or "button" or "file" }: break;
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }: break;
                case IHtmlInputElement { Name.Length: > 0 } input when !fields.ContainsKey(input.Name): values.Add(new(input.Name, input.Value)); break;
                case IHtmlSelectElement { Name.Length: > 0 } select when !fields.ContainsKey(select.Name): values.Add(new(select.Name, select.Value ?? "")); break;
                case IHtmlTextAreaElement { Name.Length: > 0 } area when !fields.ContainsKey(area.Name): values.Add(new(area.Name, area.Value)); break;
            }
        values.AddRange(fields);
        var target = new Uri(page.Address, element.GetAttribute("action") is { Length: > 0 } action ? action : page.Address.PathAndQuery);
        HttpContent content = new FormUrlEncodedContent(values);
        if (files is not null)
        {
            var parts = new MultipartFormDataContent();
            foreach (var (name, value) in values) parts.Add(new StringContent(value), name);
            foreach (var (name, file) in files) parts.Add(new ByteArrayContent(file.Content), name, file.Name);
            content = parts;
        }
        return await Read(await Client.PostAsync(target, content));
    }

    private static async Task<Answer> Read(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        var page = (IHtmlDocument)await BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(body).Address(response.RequestMessage!.RequestUri!.ToString()));
        return new Answer(response.StatusCode, page, body, response.RequestMessage!.RequestUri!);
    }

    private static HttpClient Make(Uri site, string language)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = site };
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        client.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (Linux; Android 5.1) Mobile");
        return client;
    }
}
