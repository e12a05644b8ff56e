using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Agreements;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Intakes;

/// <summary>Serves voice clips, photographed slips and signed papers to those who may see them, each look at a household's being recorded. A browser shows them as nothing but what they are.</summary>
internal static class EvidenceFiles
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/market/intakes/evidence/{intakeId:long}", OfIntake).WithMetadata(new AudienceAttribute(Role.Household, Role.Station, Role.CountyStaff, Role.CountyOfficial, Role.Auditor));
        routes.MapGet("/market/agreements/paper/{agreementId:long}", OfAgreement).WithMetadata(new AudienceAttribute(Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor));
    }

    private static async Task<IResult> OfIntake(long intakeId, ShanhuoDb db, Ids ids, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var intake = await db.IntakesForMe.Where(i => i.Id == intakeId && i.EvidenceId != null).Select(i => new { i.County, i.HouseholdId, i.EvidenceId }).SingleOrDefaultAsync(cancel);
        if (intake is null) return Results.NotFound();
        db.RecordLook(ids, clock, intake.HouseholdId, "approval-evidence");
        await db.SaveChangesAsync(cancel);
        return await Serve(db, http, intake.County, intake.EvidenceId!.Value, cancel);
    }

    private static async Task<IResult> OfAgreement(long agreementId, ShanhuoDb db, Ids ids, TimeProvider clock, HttpContext http, CancellationToken cancel)
    {
        var agreement = await db.MyAgreements.Where(a => a.Id == agreementId && a.FileId != null).Select(a => new { a.County, a.Id, a.FileId }).SingleOrDefaultAsync(cancel);
        if (agreement is null) return Results.NotFound();
        foreach (var household in await db.AgreementHouseholds.Where(h => h.County == agreement.County && h.AgreementId == agreement.Id).Select(h => h.HouseholdId).ToListAsync(cancel)) db.RecordLook(ids, clock, household, "agreement-paper");
        await db.SaveChangesAsync(cancel);
        return await Serve(db, http, agreement.County, agreement.FileId!.Value, cancel);
    }

    private static async Task<IResult> Serve(ShanhuoDb db, HttpContext http, AreaCode county, long id, CancellationToken cancel)
    {
        var evidence = await db.Evidences.AsNoTracking().SingleAsync(e => e.County == county && e.Id == id, cancel);
        return KeptFile.Show(http, evidence.Content, evidence.ContentType);
    }
}
