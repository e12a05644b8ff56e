using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Registry.Assistance;

/// <summary>Makes the plan of a household.</summary>
internal sealed record MakePlan(Guid RequestId, string? HouseholdCode, string? Helper, string? WorkTeam);

internal sealed class MakePlanHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<long>> Handle(MakePlan request, CancellationToken cancel)
    {
        if (await db.AssistancePlans.Where(p => p.RequestId == request.RequestId).Select(p => (long?)p.Id).SingleOrDefaultAsync(cancel) is { } made) return made;
        var code = Numerals.Narrow(request.HouseholdCode ?? "").Trim().ToUpperInvariant();
        if (await db.Households.Where(h => h.Code == code && h.Until == null).Select(h => new { h.Id, h.Area }).SingleOrDefaultAsync(cancel) is not { } home) return new Refusal("procedure.no-household", Place.Input("Household"));
        if (request.Helper?.Trim() is not { Length: >= 2 and <= 50 } helper) return new Refusal("assistance.helper-name", Place.Input("Helper"));
        if (request.WorkTeam?.Trim() is not { Length: >= 2 and <= 100 } team) return new Refusal("assistance.team-name", Place.Input("WorkTeam"));
        if (await db.AssistancePlans.AnyAsync(p => p.HouseholdId == home.Id && p.Until == null, cancel)) return new Refusal("assistance.has-plan", Place.Input("Household"));
        var plan = new AssistancePlan { Id = ids.Next(), RequestId = request.RequestId, HouseholdId = home.Id, Area = home.Area, Helper = helper, WorkTeam = team, Since = clock.Today, ByAccountId = db.Scope.AccountId };
        db.AssistancePlans.Add(plan);
        db.Record(ids, clock, "decision", "plan", home.Id);
        return (await CaseSaved.Save(db, cancel)).Ok(out _, out var no) ? plan.Id : no;
    }
}

/// <summary>A measure to be added.</summary>
internal sealed record AddMeasure(Guid RequestId, long PlanId, string? Kind, string? What, DateOnly? Start, DateOnly? Due, string? Cost, string? Payer);

/// <summary>The work on a plan: measures, their results, visits, the household's agreement. A new measure needs a new agreement.</summary>
internal sealed class PlanWork(ShanhuoDb db, Ids ids, TimeProvider clock, Policies policies, ApprovalCodes codes)
{
    public async Task<Outcome<Done>> Add(AddMeasure request, CancellationToken cancel)
    {
        if (await db.AssistanceMeasures.AnyAsync(m => m.RequestId == request.RequestId, cancel)) return new Done();
        if (!(await Running(request.PlanId, cancel)).Ok(out var plan, out var no)) return no;
        if (policies.Measures.All(k => k.Key != request.Kind)) return new Refusal("assistance.measure-kind", Place.Input("Kind"));
        if (request.What?.Trim() is not { Length: >= 2 and <= 200 } what) return new Refusal("assistance.measure-what", Place.Input("What"));
        if (request.Start is not { } start || request.Due is not { } due || due < start || due > start.AddYears(5)) return new Refusal("assistance.measure-days", Place.Input("Due"));
        if (!Fen.TryParseYuan(request.Cost, out var cost) || cost < Fen.Zero) return new Refusal("assistance.measure-cost", Place.Input("Cost"), request.Cost ?? "");
        if (request.Payer?.Trim() is not { Length: >= 2 and <= 100 } payer) return new Refusal("assistance.measure-payer", Place.Input("Payer"));
        db.AssistanceMeasures.Add(new Measure { Id = ids.Next(), RequestId = request.RequestId, PlanId = plan.Id, HouseholdId = plan.HouseholdId, Area = plan.Area, Kind = request.Kind!, What = what, Start = start, Due = due, Cost = cost, Payer = payer });
        (plan.AgreedDay, plan.AgreedBy) = (null, null);
        return await Save(plan, "measure", cancel);
    }

    public async Task<Outcome<Done>> Finish(long measureId, string? result, CancellationToken cancel)
    {
        if (await db.AssistanceMeasures.SingleOrDefaultAsync(m => m.Id == measureId, cancel) is not { } measure) return new Refusal("procedure.gone");
        if (measure.DoneDay is not null) return new Done();
        if (result?.Trim() is not { Length: >= 2 and <= 500 } text) return new Refusal("assistance.measure-result", Place.Input("Result"));
        if (!(await Running(measure.PlanId, cancel)).Ok(out var plan, out var no)) return no;
        (measure.DoneDay, measure.Result) = (clock.Today, text);
        return await Save(plan, "measure-result", cancel);
    }

    public async Task<Outcome<Done>> See(Guid requestId, long planId, string? found, CancellationToken cancel)
    {
        if (await db.AssistanceVisits.AnyAsync(v => v.RequestId == requestId, cancel)) return new Done();
        if (!(await Running(planId, cancel)).Ok(out var plan, out var no)) return no;
        if (found?.Trim() is not { Length: >= 4 and <= 1000 } text) return new Refusal("assistance.visit-text", Place.Input("Found"));
        db.AssistanceVisits.Add(new Visit { Id = ids.Next(), RequestId = requestId, PlanId = plan.Id, HouseholdId = plan.HouseholdId, Area = plan.Area, Day = clock.Today, ByAccountId = db.Scope.AccountId, Found = text });
        return await Save(plan, "visit", cancel);
    }

    /// <summary>The household agrees: itself with its code, or on paper that a cadre keeps.</summary>
    /// <param name="seen">The revision that it saw: to what came later it did not agree.</param>
    public async Task<Outcome<Done>> Agree(long planId, int seen, string? code, CancellationToken cancel)
    {
        if (!(await Running(planId, cancel)).Ok(out var plan, out var no)) return no;
        if (plan.AgreedDay is not null) return new Done();
        if (plan.Revision != seen) return new Refusal("assistance.changed");
        if (!await db.AssistanceMeasures.AnyAsync(m => m.PlanId == planId, cancel)) return new Refusal("assistance.no-measures");
        var own = db.Scope.Role == Role.Household;
        if (own && (await codes.Check(plan.HouseholdId, code, cancel)).Refused is { } wrong) return wrong;
        (plan.AgreedDay, plan.AgreedBy) = (clock.Today, own ? "own-code" : "paper");
        return await Save(plan, "plan-agreed", cancel);
    }

    private async Task<Outcome<AssistancePlan>> Running(long planId, CancellationToken cancel) =>
        await db.AssistancePlans.SingleOrDefaultAsync(p => p.Id == planId && p.Until == null, cancel) is { } plan ? plan : new Refusal("procedure.gone");

    private async Task<Outcome<Done>> Save(AssistancePlan plan, string what, CancellationToken cancel)
    {
        plan.Revision++;
        db.Record(ids, clock, "decision", what, plan.HouseholdId);
        return await CaseSaved.Save(db, cancel);
    }
}
