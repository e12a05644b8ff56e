using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Ways;

namespace Shanhuo.Registry.Targeting.Runs;

/// <summary>Applies an adopted version to all households of the county and keeps each answer.</summary>
/// <param name="OfRunId">For ways out: the run that picked.</param>
internal sealed record RunRule(Guid RequestId, long VersionId, long? OfRunId);

internal sealed class RunRuleHandler(ShanhuoDb db, Ids ids, TimeProvider clock, FeatureLoader loader)
{
    public async Task<Outcome<TargetingRun>> Handle(RunRule request, CancellationToken cancel)
    {
        if (await db.TargetingVersions.SingleOrDefaultAsync(v => v.Id == request.VersionId, cancel) is not { } version || !RuleAccess.MayWrite(db.Scope)) return new Refusal("targeting.gone");
        if (await db.TargetingRuns.SingleOrDefaultAsync(r => r.County == version.County && r.RequestId == request.RequestId, cancel) is { } known) return known;
        if (version.State != RuleState.Adopted) return new Refusal("targeting.not-adopted");
        var kind = (await db.TargetingRules.SingleAsync(r => r.Id == version.RuleId, cancel)).Kind;
        Dictionary<long, Truth>? asked = null;
        if (kind == RuleKind.Ways)
        {
            if (request.OfRunId is not { } of || await db.TargetingRuns.SingleOrDefaultAsync(r => r.Id == of && r.Kind == RuleKind.Picks, cancel) is null) return new Refusal("targeting.no-run", Place.Input(nameof(request.OfRunId)));
            asked = await db.TargetingAnswers.Where(a => a.County == version.County && a.RunId == of && a.Answer != Truth.No).ToDictionaryAsync(a => a.HouseholdId, a => a.Answer, cancel);
        }
        // What binds is decided by the register as it is now, not by a copy in memory.
        var features = await loader.Load(version.County, cancel);
        var id = ids.Next();
        List<TargetingAnswer> answers = kind == RuleKind.Picks ? Pick(RuleReader.Read(version.Document), features, version.County, id) : Propose(WaysDocument.Read(version.Document), features, version.County, id, asked!);
        var run = new TargetingRun
        {
            Id = id, County = version.County, RequestId = request.RequestId, VersionId = version.Id, Kind = kind, OfRunId = kind == RuleKind.Ways ? request.OfRunId : null, Day = clock.Today, Households = answers.Count,
            Picked = answers.Count(a => a.Answer == Truth.Yes), Undecided = answers.Count(a => a.Answer == Truth.Unknown), RegisterHash = features.Fingerprint(), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs,
        };
        try
        {
            await using var change = await db.Database.BeginTransactionAsync(cancel);
            db.TargetingRuns.Add(run);
            db.Record(ids, clock, "decision", "targeting-run", 0);
            await db.SaveChangesAsync(cancel);
            await db.InsertAll(answers, cancel);
            await change.CommitAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // Pressed twice at once: the other one's run is the run.
            db.ChangeTracker.Clear();
            return await db.TargetingRuns.SingleOrDefaultAsync(r => r.County == version.County && r.RequestId == request.RequestId, cancel) is { } other ? other : new Refusal("targeting.raced");
        }
        return run;
    }

    private static List<TargetingAnswer> Pick(RuleDocument rule, HouseholdFeatures features, AreaCode county, long run)
    {
        var picks = rule.Apply(features);
        var answers = new List<TargetingAnswer>(features.Count);
        for (var row = 0; row < features.Count; row++)
        {
            var answer = new TargetingAnswer
            {
                County = county, RunId = run, HouseholdId = features.Ids[row], Area = features.Villages[row], Answer = (Truth)picks.Answers[row], ScoreLow = rule.Score is null ? null : picks.Lows[row], ScoreHigh = rule.Score is null ? null : picks.Highs[row],
                Document = Inputs.Write(features, row, rule.Features, rule.Why(features, row).Select(c => c.Path)),
            };
            answers.Add(answer);
        }
        return answers;
    }

    private static List<TargetingAnswer> Propose(WaysDocument ways, HouseholdFeatures features, AreaCode county, long run, Dictionary<long, Truth> asked)
    {
        var answers = new List<TargetingAnswer>(asked.Count);
        for (var row = 0; row < features.Count; row++)
        {
            if (!asked.ContainsKey(features.Ids[row])) continue;
            var ranked = ways.Rank(features, row);
            var first = ranked[0];
            var answer = first.Fits == Truth.No ? Truth.No : WaysDocument.IsSure(ranked) ? Truth.Yes : Truth.Unknown;
            answers.Add(new TargetingAnswer
            {
                County = county, RunId = run, HouseholdId = features.Ids[row], Area = features.Villages[row], Answer = answer, ScoreLow = first.Low, ScoreHigh = first.High,
                Way = answer == Truth.No ? null : first.Way.Key, Document = Inputs.Write(features, row, ways.Features, first.Way.Needs.Why(features, row).Select(c => c.Path)),
            });
        }
        return answers;
    }
}

/// <summary>Chooses another way for a household than the rule put first.</summary>
internal sealed record ChooseWay(long RunId, long HouseholdId, string Way, string? Reason);

internal sealed class ChooseWayHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<Done>> Handle(ChooseWay request, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (!RuleAccess.MayWrite(db.Scope) || await db.TargetingRuns.SingleOrDefaultAsync(r => r.Id == request.RunId && r.Kind == RuleKind.Ways, cancel) is not { } run) return new Refusal("targeting.gone");
        if (await db.TargetingAnswers.SingleOrDefaultAsync(a => a.County == county && a.RunId == run.Id && a.HouseholdId == request.HouseholdId, cancel) is not { } answer) return new Refusal("targeting.gone");
        if (!WaysDocument.Read((await db.TargetingVersions.SingleAsync(v => v.Id == run.VersionId, cancel)).Document).Ways.Any(w => w.Key == request.Way)) return new Refusal("targeting.no-way-chosen", Place.Input(nameof(request.Way)));
        if (answer.Way == request.Way) return new Done();
        if (string.IsNullOrWhiteSpace(request.Reason)) return new Refusal("targeting.no-reason", Place.Input(nameof(request.Reason)));
        (answer.Way, answer.ChosenByAccountId, answer.Reason) = (request.Way, db.Scope.AccountId, request.Reason.Trim());
        db.Record(ids, clock, "decision", "targeting-way", request.HouseholdId, reason: answer.Reason);
        await db.SaveChangesAsync(cancel);
        return new Done();
    }
}
