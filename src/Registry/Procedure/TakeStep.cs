using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Procedure;

/// <summary>Opens a case by taking its first step.</summary>
/// <param name="HouseholdId">Null: the case is of <paramref name="Area"/>.</param>
/// <param name="Category">For kinds that have some.</param>
/// <param name="Code">The household's own code, where it agrees or applies with it.</param>
internal sealed record OpenCase(Guid RequestId, string Kind, long? HouseholdId, AreaCode? Area, string? Category, Evidence Evidence, long? WarningId = null, string? Code = null);

internal sealed class OpenCaseHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Policies policies, CaseBook book)
{
    public async Task<Outcome<long>> Handle(OpenCase request, CancellationToken cancel)
    {
        if (await db.Cases.Where(c => c.RequestId == request.RequestId).Select(c => (long?)c.Id).SingleOrDefaultAsync(cancel) is { } opened) return opened;
        if (!(await Add(request, cancel)).Ok(out var row, out var no)) return no;
        return (await CaseSaved.Save(db, cancel)).Ok(out _, out var raced) ? row.Id : raced;
    }

    /// <summary>Adds the case to the current change, for those who open one as part of something else.</summary>
    public async Task<Outcome<Case>> Add(OpenCase request, CancellationToken cancel)
    {
        var day = clock.Today;
        if (!policies.Open(request.Kind, day).Ok(out var rule, out var no)) return no;
        if (!(await Subject(request, rule.Kind, cancel)).Ok(out var subject, out no)) return no;
        if (await Status(request, rule.Kind, subject.Household, cancel) is { } status) return status;
        if (await db.Cases.AnyAsync(c => c.Area == subject.Area && c.HouseholdId == subject.Household && c.Kind == request.Kind && c.NextStep != null, cancel)) return new Refusal("procedure.open-already");
        var before = new CaseView { Rule = rule, Area = subject.Area, HouseholdId = subject.Household, Opened = day };
        var act = book.Act(before, before.Next!.Key, true, request.Evidence);
        if (!CaseRule.Take(before, act).Ok(out var after, out no)) return no;
        var row = new Case
        {
            Id = ids.Next(), RequestId = request.RequestId, Area = subject.Area, HouseholdId = subject.Household, Policy = rule.Period.Key, Kind = rule.Kind.Key, Category = rule.Kind.Categories.Count > 0 ? request.Category : null, WarningId = request.WarningId, OpenedDay = day,
        };
        db.Cases.Add(row);
        await book.Write(row, before, after, act, request.RequestId, cancel);
        return row;
    }

    private async Task<Outcome<(AreaCode Area, long Household)>> Subject(OpenCase request, KindRule kind, CancellationToken cancel)
    {
        if (kind.Subject != "household")
            return request.HouseholdId is null && request.Area is { } area && area.Level == (kind.Subject == "village" ? AreaLevel.Village : AreaLevel.County) ? (area, 0L) : new Refusal("procedure.subject", Place.Input("Household"));
        return request.HouseholdId is { } id && await db.Households.Where(h => h.Id == id && h.Until == null).Select(h => (AreaCode?)h.Area).SingleOrDefaultAsync(cancel) is { } village
            ? (village, id) : new Refusal("procedure.no-household", Place.Input("Household"));
    }

    private async Task<Refusal?> Status(OpenCase request, KindRule kind, long household, CancellationToken cancel)
    {
        if (household == 0) return null;
        var all = await db.HouseholdStatuses.Where(s => s.HouseholdId == household).Select(s => new { s.Status, Now = s.Until == null }).ToListAsync(cancel);
        if (kind.NeedsStatus is { } needed && !all.Any(s => s.Now && s.Status == needed)) return new Refusal("procedure.status-needed", Place.Input("Kind"));
        if (all.Any(s => s.Now && kind.NotStatus.Contains(s.Status))) return new Refusal("procedure.status-has", Place.Input("Kind"));
        if (kind.Categories.Count == 0) return null;
        // Unstable are those who left poverty, marginal those who never were registered; a sudden hardship can strike both.
        if (request.Category is not { } category || !kind.Categories.Contains(category)) return new Refusal("procedure.category", Place.Input("Category"));
        var left = all.Any(s => s.Status == "exited");
        return (category == "unstable" && !left) || (category == "marginal" && left) ? new Refusal("procedure.category-status", Place.Input("Category")) : null;
    }
}

/// <summary>Takes the next step of a case.</summary>
internal sealed record TakeStep(Guid RequestId, long CaseId, string Step, bool Passes, Evidence Evidence, string? Code = null);

internal sealed class TakeStepHandler(ShanhuoDb db, CaseBook book, ApprovalCodes codes)
{
    public async Task<Outcome<Done>> Handle(TakeStep request, CancellationToken cancel)
    {
        if (await db.CaseSteps.AnyAsync(s => s.RequestId == request.RequestId, cancel)) return new Done();
        if (await db.Cases.SingleOrDefaultAsync(c => c.Id == request.CaseId, cancel) is not { } row) return new Refusal("procedure.gone");
        var before = await book.View(row, cancel);
        var evidence = request.Evidence;
        // The household's yes is worth something only with the code that nobody else knows.
        if (db.Scope.Role == Role.Household && before.Next is { } next && next.Wants("agreement"))
        {
            if ((await codes.Check(row.HouseholdId, request.Code, cancel)).Refused is { } wrong) return wrong;
            evidence = evidence with { Agreement = "own-code" };
        }
        var act = book.Act(before, request.Step, request.Passes, evidence);
        if (!CaseRule.Take(before, act).Ok(out var after, out var no)) return no;
        await book.Write(row, before, after, act, request.RequestId, cancel);
        return await CaseSaved.Save(db, cancel);
    }
}

/// <summary>Saves a change of a case; of two who make one at once, the second is told to look again.</summary>
internal static class CaseSaved
{
    public static async Task<Outcome<Done>> Save(ShanhuoDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return new Done();
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("procedure.raced");
        }
    }
}
