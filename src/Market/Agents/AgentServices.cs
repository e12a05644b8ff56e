using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

/// <summary>What agents offer.</summary>
internal static class AgentServices
{
    public static IServiceCollection AddAgents(this IServiceCollection services) => services
        .AddScoped<DraftOrderHandler>().AddScoped<ApproveSlipHandler>().AddScoped<TakeCashHandler>().AddScoped<Commissions>()
        .AddScoped<SupplierDesk>().AddScoped<BringSupplyHandler>().AddScoped<ReportHandler>()
        .AddScoped<Groups.PlaceListHandler>().AddScoped<Groups.PickupList>().AddScoped<IHoldHiddenFields, HiddenOfSlips>();
}

/// <summary>Photos and voices of slips and reports, to those who may see them; each look is recorded.</summary>
internal static class AgentFiles
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/market/agents/evidence/{of:regex(^(slip|supply|report)$)}/{id:long}", Serve).WithMetadata(new AudienceAttribute(Role.Household, Role.Station, Role.CountyStaff, Role.CountyOfficial, Role.Auditor));

    private static async Task<IResult> Serve(string of, long id, ShanhuoDb db, Ids ids, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var found = of switch
        {
            "report" => await db.ReportsForMe.Where(r => r.Id == id).Select(r => new { r.County, r.HouseholdId, File = (long?)r.EvidenceId }).SingleOrDefaultAsync(cancel),
            "supply" => await (from slip in db.SlipsForMe join supply in db.Supplies on new { slip.County, SlipId = slip.Id } equals new { supply.County, supply.SlipId } where slip.Id == id select new { slip.County, slip.HouseholdId, File = (long?)supply.ProofId }).SingleOrDefaultAsync(cancel),
            _ => await db.SlipsForMe.Where(s => s.Id == id).Select(s => new { s.County, s.HouseholdId, File = s.EvidenceId }).SingleOrDefaultAsync(cancel),
        };
        if (found?.File is not { } file) return Results.NotFound();
        db.RecordLook(ids, clock, found.HouseholdId, "agent-evidence");
        await db.SaveChangesAsync(cancel);
        var evidence = await db.Evidences.AsNoTracking().SingleAsync(e => e.County == found.County && e.Id == file, cancel);
        return KeptFile.Show(http, evidence.Content, evidence.ContentType);
    }
}
