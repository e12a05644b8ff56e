using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Genuine;

/// <summary>The county's answer to a report.</summary>
/// <param name="Outcome">Not <see cref="FakeOutcome.Open"/>.</param>
/// <param name="Words">4 to 500 characters, for whoever reported and for the seller that is warned.</param>
internal sealed record AnswerFake(long ReportId, FakeOutcome Outcome, string? Words);

/// <summary>Answers a report; it may be answered anew when more is known, and each answer stays on record. The same answer again is one.</summary>
internal sealed class AnswerFakeHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Refusal?> Handle(AnswerFake answer, CancellationToken cancel)
    {
        var (county, words) = (db.Scope.County, answer.Words?.Trim() ?? "");
        if (answer.Outcome is not (FakeOutcome.Recalled or FakeOutcome.Warned or FakeOutcome.Unfounded)) return new Refusal("genuine.outcome", Place.Input("Outcome"));
        if (words.Length is < 4 or > 500) return new Refusal("genuine.answer-words", Place.Input("Words"));
        if (await db.FakeReports.AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.Id == answer.ReportId, cancel) is not { } report) return new Refusal("genuine.unknown");
        if (answer.Outcome == FakeOutcome.Warned && report.SellerId is null) return new Refusal("genuine.nobody", Place.Input("Outcome"));
        // What the reporter reads as recalled is out of sale.
        if (answer.Outcome == FakeOutcome.Recalled && !await db.Lots.AnyAsync(l => l.County == county && l.Id == report.LotId && l.RecallId != null, cancel)) return new Refusal("genuine.recall-first", Place.Input("Outcome"));
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        // The report's row is taken first, so that two who answer come one after the other.
        await db.FakeReports.Where(r => r.County == county && r.Id == report.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Words, r => r.Words), cancel);
        var (outcome, now) = (answer.Outcome, await db.FakeReports.AsNoTracking().SingleAsync(r => r.County == county && r.Id == report.Id, cancel));
        if (now.Outcome == outcome && now.Answer == words) return null;
        if (now.Outcome != report.Outcome) return new Refusal("claim.over");
        await db.FakeReports.Where(r => r.County == county && r.Id == report.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Outcome, outcome).SetProperty(r => r.Answer, words), cancel);
        db.FakeSteps.Add(new FakeStep { Id = ids.Next(), County = county, ReportId = report.Id, Outcome = outcome, AccountId = db.Scope.AccountId, AtMs = clock.NowMs, Words = words });
        db.Record(ids, clock, "decision", "fake-report", 0);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }
}
