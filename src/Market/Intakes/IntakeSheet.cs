using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Intakes;

/// <summary>Everything that stands on a slip.</summary>
internal sealed record IntakeSheet(Intake Intake, List<Weighing> Weighings, Product Product, Grade Grade, HouseholdFact? Household, OrganisationFact Station, OrganisationFact? Buyer, string? Lot, string? Agreement)
{
    /// <summary>The slip, if the asker may see it.</summary>
    public static async Task<IntakeSheet?> Of(ShanhuoDb db, long id, CancellationToken cancel)
    {
        var intake = await db.IntakesForMe.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancel);
        if (intake is null) return null;
        return new IntakeSheet(
            intake,
            await db.Weighings.AsNoTracking().Where(w => w.County == intake.County && w.IntakeId == intake.Id).OrderBy(w => w.Number).ToListAsync(cancel),
            await db.Products.AsNoTracking().SingleAsync(p => p.Id == intake.ProductId, cancel),
            await db.Grades.AsNoTracking().SingleAsync(g => g.ProductId == intake.ProductId && g.Code == intake.Grade, cancel),
            await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == intake.HouseholdId, cancel),
            await db.OrganisationFacts.SingleAsync(o => o.Id == intake.StationId, cancel),
            await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == intake.BuyerOrganisationId, cancel),
            intake.LotId is null ? null : await db.Unfiltered<Lot>("the code of the lot that one's own goods went into").Where(l => l.County == intake.County && l.Id == intake.LotId).Select(l => l.Code).SingleOrDefaultAsync(cancel),
            intake.AgreementId is null ? null : await db.Agreements.Where(a => a.County == intake.County && a.Id == intake.AgreementId).Select(a => a.Number).SingleOrDefaultAsync(cancel));
    }
}
