using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Genuine;

/// <summary>Reports that goods are not genuine.</summary>
internal static class GenuineServices
{
    public static IServiceCollection AddGenuine(this IServiceCollection services) => services.AddScoped<ReportFakeHandler>().AddScoped<AnswerFakeHandler>().AddScoped<IHoldHiddenFields, HiddenOfReports>();

    public static IEnumerable<MenuEntry> Menu => [new("genuine.menu", "/market/genuine", "warn", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial)];
}

/// <summary>The hidden phones of those who reported.</summary>
internal sealed class HiddenOfReports(ShanhuoDb db, Secrets secrets) : IHoldHiddenFields
{
    public Task<int> Renew(CancellationToken cancel) => db.Renew<FakeReport>(secrets, r => r.PhoneHidden, r => FakeReport.Binding(r.Id), Row, cancel);

    private static System.Linq.Expressions.Expression<Func<FakeReport, bool>> Row(FakeReport report)
    {
        var (county, id) = (report.County, report.Id);
        return r => r.County == county && r.Id == id;
    }
}

/// <summary>Shows a photo to those who answer; each look is on record.</summary>
internal static class FakePhotos
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/market/genuine/photo/{id:long}/{number:int}", Show).WithMetadata(new AudienceAttribute(Role.CountyStaff, Role.CountyOfficial));

    private static async Task<IResult> Show(long id, int number, ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets, HttpContext http, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await db.FakePhotos.AsNoTracking().SingleOrDefaultAsync(p => p.County == county && p.ReportId == id && p.Number == number, cancel) is not { } photo) return Results.NotFound();
        db.Record(ids, clock, "look", "fake-report", 0, fields: "photo");
        await db.SaveChangesAsync(cancel);
        return KeptFile.Show(http, secrets.RevealFile(photo.Hidden, FakePhoto.Binding(id, number)), photo.ContentType);
    }
}
