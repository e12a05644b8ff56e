using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Intakes;

/// <summary>Is it the household's own code? Braked per household (in the register) and per slip, so that whoever stands at the scale cannot try codes until one fits.</summary>
internal sealed class OwnCodeCheck(ShanhuoDb db, TimeProvider clock, ApprovalCodes codes, CodeSlips slips)
{
    /// <summary>Wrong codes on one slip.</summary>
    public const int MostOnSlip = 5;

    /// <summary>Wrong codes on all slips of a household within a day.</summary>
    public const int MostInDay = 15;

    private const long DayMs = 24 * 3600 * 1000;

    /// <summary>Null when it is the code.</summary>
    public async Task<Refusal?> Check(Intake intake, string? code, CancellationToken cancel)
    {
        if (await slips.WasIssuedBy(intake.HouseholdId, intake.OperatorId, cancel)) return new Refusal("market.code-issuer", Place.Input("Code"));
        var since = clock.NowMs - DayMs;
        if (await db.IntakesForMe.Where(i => i.County == intake.County && i.HouseholdId == intake.HouseholdId && i.ReceivedMs >= since).SumAsync(i => i.WrongCodes, cancel) >= MostInDay) return new Refusal("market.code-day", Place.Input("Code"), MostInDay);
        // Counted before it is looked at, so that many tries at once are many tries.
        var slip = db.IntakesForMe.Where(i => i.Id == intake.Id);
        if (await slip.Where(i => i.WrongCodes < MostOnSlip).ExecuteUpdateAsync(set => set.SetProperty(i => i.WrongCodes, i => i.WrongCodes + 1), cancel) == 0) return new Refusal("market.code-slip", Place.Input("Code"), MostOnSlip);
        var answer = (await codes.Check(intake.HouseholdId, code, cancel)).Refused;
        if (answer is null || answer.Code == "registry.code-none") await slip.ExecuteUpdateAsync(set => set.SetProperty(i => i.WrongCodes, i => i.WrongCodes - 1), cancel);
        return answer;
    }
}
