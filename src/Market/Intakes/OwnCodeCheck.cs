using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Agents;
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
    public Task<Refusal?> Check(Intake intake, string? code, CancellationToken cancel)
    {
        var slip = db.IntakesForMe.Where(i => i.Id == intake.Id);
        return Check(intake.County, intake.HouseholdId, intake.OperatorId, code,
            () => slip.Where(i => i.WrongCodes < MostOnSlip).ExecuteUpdateAsync(set => set.SetProperty(i => i.WrongCodes, i => i.WrongCodes + 1), cancel),
            () => slip.ExecuteUpdateAsync(set => set.SetProperty(i => i.WrongCodes, i => i.WrongCodes - 1), cancel), cancel);
    }

    /// <summary>Null when it is the code.</summary>
    public Task<Refusal?> Check(AgentSlip asked, string? code, CancellationToken cancel)
    {
        var slip = db.SlipsForMe.Where(s => s.Id == asked.Id);
        return Check(asked.County, asked.HouseholdId, asked.OperatorId, code,
            () => slip.Where(s => s.WrongCodes < MostOnSlip).ExecuteUpdateAsync(set => set.SetProperty(s => s.WrongCodes, s => s.WrongCodes + 1), cancel),
            () => slip.ExecuteUpdateAsync(set => set.SetProperty(s => s.WrongCodes, s => s.WrongCodes - 1), cancel), cancel);
    }

    private async Task<Refusal?> Check(AreaCode county, long household, long operatorId, string? code, Func<Task<int>> count, Func<Task<int>> takeBack, CancellationToken cancel)
    {
        foreach (var account in new[] { operatorId, db.Scope.AccountId }.Distinct())
            if (await slips.WasIssuedBy(household, account, cancel)) return new Refusal("market.code-issuer", Place.Input("Code"));
        var since = clock.NowMs - DayMs;
        var wrong = await db.IntakesForMe.Where(i => i.County == county && i.HouseholdId == household && i.ReceivedMs >= since).SumAsync(i => i.WrongCodes, cancel)
            + await db.SlipsForMe.Where(s => s.County == county && s.HouseholdId == household && s.AtMs >= since).SumAsync(s => s.WrongCodes, cancel);
        if (wrong >= MostInDay) return new Refusal("market.code-day", Place.Input("Code"), MostInDay);
        // Counted before it is looked at, so that many tries at once are many tries.
        if (await count() == 0) return new Refusal("market.code-slip", Place.Input("Code"), MostOnSlip);
        var answer = (await codes.Check(household, code, cancel)).Refused;
        if (answer is null || answer.Code == "registry.code-none") await takeBack();
        return answer;
    }
}
