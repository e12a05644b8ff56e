using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Statements;

/// <summary>The one door to a household's statement: its own people see their own, those who serve it see those of their area, and their look is on record.</summary>
internal sealed class WhoMayRead(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>The household whose statement is shown; null when there is none that the reader may see.</summary>
    /// <param name="asked">The household in the address; the reader's own where it names none.</param>
    /// <param name="part">Which part is looked at, for the record.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<HouseholdFact?> Household(long? asked, string part, CancellationToken cancel)
    {
        var own = db.Scope.HouseholdId;
        if (db.Scope.Role == Role.Household && (own is null || (asked ?? own) != own)) return null;
        if ((asked ?? own) is not { } id) return null;
        if (await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == id, cancel) is not { } household) return null;
        if (own == id) return household;
        db.RecordLook(ids, clock, id, part);
        await db.SaveChangesAsync(cancel);
        return household;
    }
}
