using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Migrations;
using Shanhuo.Registry;
using Shanhuo.Settlement;
using Shanhuo.Surveys;
using Shanhuo.Voice;
using Shanhuo.Web.Layout;

namespace Shanhuo.Web;

/// <summary>Where an installation keeps its things.</summary>
/// <param name="DataFolder">Folder of the embedded database, keys and files.</param>
/// <param name="Connection">Connection string; a SQLite file in the data folder unless told otherwise.</param>
/// <param name="Demo">Is it the demo county, whose data are invented?</param>
internal sealed record Installation(string DataFolder, string Connection, bool Demo)
{
    /// <summary>The data folder with its embedded database, or the database named in <c>SHANHUO_DB</c>.</summary>
    public static Installation In(string folder, bool demo = false)
    {
        var full = Path.GetFullPath(folder);
        Directory.CreateDirectory(full);
        var named = Environment.GetEnvironmentVariable("SHANHUO_DB");
        return new Installation(full, string.IsNullOrWhiteSpace(named) ? $"Data Source={Path.Combine(full, "shanhuo.db")}" : named, demo);
    }
}

/// <summary>Puts the program together: the modules, the database, the web site.</summary>
internal static class ShanhuoHost
{
    /// <summary>All modules, lowest first: the one list of them.</summary>
    public static ModuleList Modules { get; } = new([new KernelModule(), new RegistryModule(), new VoiceModule(), new SurveysModule(), new MarketModule(), new SettlementModule(), new WebModule()]);

    /// <summary>What every command needs, web site or not.</summary>
    public static IServiceCollection AddShanhuo(this IServiceCollection services, Installation installation, TimeProvider clock)
    {
        services.AddSingleton(installation).AddSingleton(clock).AddSingleton(Modules).AddSingleton<Ids>();
        services.AddSingleton(new PaymentOptions(installation.DataFolder, installation.Demo));
        services.AddSingleton(new Texts(Modules.All.Select(m => m.Assembly)));
        services.AddSingleton(_ => Secrets.In(Path.Combine(installation.DataFolder, "keys")));
        services.AddSingleton(new Market.Contracts.MediaFolder(Path.Combine(installation.DataFolder, "media")));
        services.AddScoped<CurrentScope>().AddScoped<Events>();
        services.AddShanhuoDb(installation.Connection);
        foreach (var module in Modules.All) module.AddServices(services);
        return services;
    }

    /// <summary>The web site, ready to start.</summary>
    public static WebApplication Build(Installation installation, TimeProvider clock, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(ShanhuoHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders().AddSimpleConsole(o => { o.SingleLine = true; o.TimestampFormat = "HH:mm:ss "; }).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddShanhuo(installation, clock);
        builder.WebHost.ConfigureKestrel(o => o.Limits.MaxRequestBodySize = RequestSize.MostBytesRead);
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(installation.DataFolder, "keys"))).SetApplicationName("shanhuo");
        builder.Services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.Configure<RouteOptions>(o => o.LowercaseUrls = true);
        builder.Services.AddAntiforgery(o => { o.Cookie.Name = "shanhuo.form"; o.Cookie.SameSite = SameSiteMode.Strict; o.HeaderName = "X-Form-Token"; });
        builder.Services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        builder.Services.AddResponseCompression(o => { o.EnableForHttps = true; o.Providers.Add<PagePacking>(); o.Providers.Add<GzipCompressionProvider>(); o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"]; });
        builder.Services.AddHttpContextAccessor().AddScoped<Say>();
        // What is wrong is said by the server; the attributes and hidden inline-styled items for scripts of others would only break our content policy.
        var pages = builder.Services.AddRazorPages(o => o.Conventions.ConfigureFilter(new OnlyWithHandler())).AddMvcOptions(o => o.ModelBinderProviders.Insert(0, new FormBinders())).AddViewOptions(o => o.HtmlHelperOptions.ClientValidationEnabled = false).WithRazorPagesAtContentRoot();
        foreach (var module in Modules.All) pages.PartManager.AddModule(module);
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler("/fault");
        app.UseStatusCodePagesWithReExecute("/fault/{0}");
        app.UseMiddleware<SafeHeaders>();
        app.UseMiddleware<PageLanguage>();
        app.UseMiddleware<PublicPages>();
        app.UseResponseCompression();
        app.UseMiddleware<BadRequests>();
        app.UseMiddleware<PackedAssets>();
        app.UseStaticFiles(Layout.StaticAssets.Options);
        app.UseRouting();
        app.UseMiddleware<RequestSize>();
        app.UseAuthentication();
        app.UseMiddleware<RequestScope>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapRazorPages();
        // Otherwise a stranger at an unknown address would be asked to sign in, as if there were something behind it.
        app.MapFallback("{*path}", () => Results.NotFound()).WithMetadata(new OpenToAllAttribute());
        foreach (var module in Modules.All) module.MapEndpoints(app);
        return app;
    }

    private static void AddModule(this ApplicationPartManager parts, Module module)
    {
        if (parts.ApplicationParts.OfType<CompiledRazorAssemblyPart>().Any(p => p.Assembly == module.Assembly)) return;
        foreach (var part in new CompiledRazorAssemblyApplicationPartFactory().GetApplicationParts(module.Assembly)) parts.ApplicationParts.Add(part);
        if (!parts.ApplicationParts.OfType<AssemblyPart>().Any(p => p.Assembly == module.Assembly)) parts.ApplicationParts.Add(new AssemblyPart(module.Assembly));
    }
}
