using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Statements;

/// <summary>Writes down what a household spent.</summary>
internal sealed record WriteCost(Guid RequestId, HouseholdFact Household, string? Kind, string? Amount, DateOnly? Day);

internal sealed class WriteCostHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>More than this a year's costs of one kind are hardly: most likely a slip of the finger.</summary>
    private static readonly Fen Most = new(100_000_000);

    public async Task<Outcome<Done>> Handle(WriteCost request, CancellationToken cancel)
    {
        if (await Written(request.RequestId, cancel)) return new Done();
        if (request.Kind is not { } kind || !HouseholdCost.Kinds.Contains(kind)) return new Refusal("costs.no-kind", Place.Input("Kind"));
        if (!Fen.TryParseYuan(request.Amount, out var amount) || amount <= Fen.Zero || amount > Most) return new Refusal("costs.amount", Place.Input("Amount"), request.Amount ?? "", Most.ToDisplay());
        var today = clock.Today;
        if (request.Day is not { } day || day > today || day < today.AddYears(-3)) return new Refusal("costs.day", Place.Input("Day"));
        db.HouseholdCosts.Add(new HouseholdCost
        {
            Id = ids.Next(), RequestId = request.RequestId, Area = request.Household.Area, HouseholdId = request.Household.Id, Kind = kind, Amount = amount, Day = day,
            ByAccountId = db.Scope.AccountId, BySelf = db.Scope.HouseholdId == request.Household.Id,
        });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (!await Written(request.RequestId, cancel)) throw;
        }
        return new Done();
    }

    /// <summary>Crosses out; once or several times is the same.</summary>
    public async Task<Outcome<Done>> CrossOut(HouseholdFact household, long costId, CancellationToken cancel)
    {
        if (await db.HouseholdCosts.SingleOrDefaultAsync(c => c.Id == costId && c.HouseholdId == household.Id, cancel) is not { } cost) return new Refusal("costs.unknown");
        cost.IsCrossedOut = true;
        await db.SaveChangesAsync(cancel);
        return new Done();
    }

    private Task<bool> Written(Guid requestId, CancellationToken cancel) => db.HouseholdCosts.AnyAsync(c => c.RequestId == requestId, cancel);
}
