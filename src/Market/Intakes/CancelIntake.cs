using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Intakes;

/// <summary>A slip is taken back before it was approved: the figures are wrong, or the household says no.</summary>
internal sealed record CancelIntake(long IntakeId, string? Reason);

internal sealed class CancelIntakeHandler(ShanhuoDb db)
{
    public async Task<Outcome<Done>> Handle(CancelIntake request, CancellationToken cancel)
    {
        if (request.Reason is not { Length: > 0 and <= 200 } reason || string.IsNullOrWhiteSpace(reason)) return new Refusal("market.cancel-reason", Place.Input("Reason"));
        var slip = db.IntakesForMe.Where(i => i.Id == request.IntakeId);
        if (await slip.Where(i => i.State == IntakeState.Unconfirmed).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, IntakeState.Cancelled).SetProperty(i => i.CancelReason, reason.Trim()), cancel) == 1) return new Done();
        return await slip.Select(i => (IntakeState?)i.State).SingleOrDefaultAsync(cancel) switch
        {
            null => new Refusal("market.intake-unknown"),
            IntakeState.Cancelled => new Done(),
            _ => new Refusal("market.cancel-confirmed"),
        };
    }
}
