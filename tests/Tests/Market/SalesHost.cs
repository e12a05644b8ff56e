using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Channels;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Accounts;
using Shanhuo.Tests.Databases;
using Shanhuo.Web;

namespace Shanhuo.Tests.Market;

/// <summary>The small county with its lot L-1 and the codes under which Taobao sells its goods; the scheme of the county for each order.</summary>
public sealed class SalesHost : IAsyncDisposable
{
    private readonly TestHost host;
    private WebApplication? site;

    private SalesHost(TestHost host)
    {
        this.host = host;
        var services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(host.Folder, host.Connection, false), host.Clock);
        WithScheme(services);
        Services = services.BuildServiceProvider();
    }

    public TestHost Host => host;

    public TestClock Clock => host.Clock;

    public ServiceProvider Services { get; }

    /// <summary>County staff of the small county.</summary>
    public static Scope Staff { get; } = new() { Area = SmallCounty.County, AccountId = 1, Role = Role.CountyStaff };

    public static async Task<SalesHost> Start(DatabaseKind kind) => await On(await TestHost.Start(kind));

    public static async Task<SalesHost> On(TestHost host)
    {
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        await host.Db(async db =>
        {
            // Half a kilogram a bag, and one blanket a parcel.
            db.SellerCodes.Add(new SellerCode { County = SmallCounty.County, Channel = "taobao", Code = "XR500", ProductId = SmallCounty.Apricot, PerUnit = 500 });
            db.SellerCodes.Add(new SellerCode { County = SmallCounty.County, Channel = "taobao", Code = "MT1", ProductId = SmallCounty.Blanket, PerUnit = 1 });
            await db.SaveChangesAsync();
        });
        return new SalesHost(host);
    }

    public async Task<T> In<T>(Func<IServiceProvider, Task<T>> work, Scope? scope = null)
    {
        await using var services = Services.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<CurrentScope>().Scope = scope ?? Staff;
        return await work(services.ServiceProvider);
    }

    public Task<T> Do<THandler, T>(Func<THandler, Task<T>> work, Scope? scope = null) where THandler : notnull => In(s => work(s.GetRequiredService<THandler>()), scope);

    public Task<T> Db<T>(Func<ShanhuoDb, Task<T>> work) => host.Db(work);

    public Task Db(Func<ShanhuoDb, Task> work) => host.Db(work);

    public Task<Outcome<ImportOutcome>> Import(string csv, string name = "orders.csv", bool takeGoodRows = false, string channel = "taobao", IProgress<int>? progress = null, CancellationToken cancel = default) =>
        Do((ImportOrders import) => import.Run(new MemoryStream(Encoding.UTF8.GetBytes(csv)), name, channel, SmallCounty.County, takeGoodRows, progress, cancel), Scope.Everything);

    /// <summary>A second lot of the same goods, which expires after L-1.</summary>
    public Task SecondLot(long id, string code, long grams, int days = 400) => host.Db(async db =>
    {
        db.Lots.Add(new Shanhuo.Market.Lots.Lot { Id = id, County = SmallCounty.County, Code = code, Area = SmallCounty.VillageA, PlaceId = SmallCounty.StationA, ProductId = SmallCounty.Apricot, Grade = "1", CooperativeId = SmallCounty.Cooperative, IntakeStationId = SmallCounty.StationA, OpenedDay = SmallCounty.Day, BestBefore = SmallCounty.Day.AddDays(days), Available = grams, TakenIn = grams });
        db.LotGrowers.Add(new Shanhuo.Market.Lots.LotGrower { County = SmallCounty.County, LotId = id, HouseholdId = SmallCounty.Zhang, Village = SmallCounty.VillageB, Quantity = grams, Value = grams * 3000 });
        await db.SaveChangesAsync();
    });

    public Task<long> Available(long lot) => host.Db(db => db.Lots.Where(l => l.Id == lot).Select(l => l.Available).SingleAsync());

    /// <summary>A browser of somebody who is signed in.</summary>
    public async Task<Visitor> VisitAs(string role, AreaCode area, long? organisation = null, string language = "zh")
    {
        if (site is null)
        {
            site = ShanhuoHost.Build(new Installation(host.Folder, host.Connection, false), Clock, b => { b.WebHost.UseUrls("http://127.0.0.1:0"); WithScheme(b.Services); });
            await site.StartAsync();
        }
        var name = $"{role}-{Guid.NewGuid():N}";
        await host.In(async s =>
        {
            var account = new Account { Id = s.GetRequiredService<Ids>().Next(), UserName = name, DisplayName = role, Role = role, ScopeArea = area, OrganisationId = organisation };
            Assert.True((await s.GetRequiredService<UserManager<Account>>().CreateAsync(account, "a good password")).Succeeded);
        });
        var visitor = new Visitor(new Uri(site.Urls.First()), language);
        await visitor.Submit(await visitor.Get("/sign-in"), "form[method=post]:has(#password)", new() { ["Name"] = name, ["Password"] = "a good password" });
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        if (site is not null) { await site.StopAsync(); await site.DisposeAsync(); }
        await Services.DisposeAsync();
        await host.DisposeAsync();
    }

    private static void WithScheme(IServiceCollection services)
    {
        if (services.All(s => s.ServiceType != typeof(IChooseScheme))) services.AddScoped<IChooseScheme, CountyScheme>();
    }

    private sealed class CountyScheme : IChooseScheme
    {
        public Task<Outcome<long>> For(AreaCode county, long lotId, string channel, DateOnly day, CancellationToken cancel) => Task.FromResult<Outcome<long>>(SmallCounty.SchemeVersionId);
    }
}
