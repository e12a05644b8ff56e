using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Recalls;

/// <summary>Taking lots out of sale and calling their buyers.</summary>
internal static class RecallServices
{
    public static IServiceCollection AddRecalls(this IServiceCollection services) => services.AddScoped<RecallLotHandler>().AddScoped<CallBook>().AddSingleton(RecallRules.Shipped);

    public static IEnumerable<MenuEntry> Menu => [new("recalls.title", "/market/recalls", "phone", Role.CountyStaff, Role.CountyOfficial)];
}

/// <summary>The whole list of calls as a sheet, masked as on the page.</summary>
internal static class CallSheet
{
    private const int AtOnce = 500;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/market/recalls/{id:long}.xlsx", Write).WithMetadata(new AudienceAttribute(Role.CountyStaff, Role.CountyOfficial));

    private static async Task<IResult> Write(long id, ShanhuoDb db, CallBook book, Ids ids, TimeProvider clock, Say say, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await db.LotRecalls.AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.Id == id, cancel) is not { } recall) return Results.NotFound();
        var output = new MemoryStream();
        using (var sheet = SheetWriter.Begin(SheetFormat.Xlsx, output, say["recall.calls"], new(say["order.number"], Width: 24), new(say["recalls.channel"]), new(say["recalls.name"]), new(say["recalls.phone"]), new(say["lots.code"], Width: 20), new(say["recalls.state"], Width: 16), new(say["recalls.by"], Width: 16), new(say["recalls.at"], Width: 18)))
        {
            long? after = null;
            for (var rows = await book.Rows(id, after, AtOnce, cancel); rows.Count > 0; rows = await book.Rows(id, after, AtOnce, cancel))
            {
                foreach (var row in rows)
                    sheet.Row(row.Number, say["channel." + row.Channel], row.Name, row.Phone, row.Call.Lots, say["recalls.state-" + row.Call.State.ToString().ToLowerInvariant()], row.By ?? "", row.Mark is { } mark ? Clock.ToChina(mark.AtMs).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : "");
                after = rows[^1].Call.Id;
            }
        }
        db.Record(ids, clock, "export", "recall-call", 0);
        await db.SaveChangesAsync(cancel);
        return Results.Bytes(output.ToArray(), SheetWriter.ContentType(SheetFormat.Xlsx), $"{recall.LotCode}-calls.xlsx");
    }
}
