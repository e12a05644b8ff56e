using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Procedure;

/// <summary>A step as pages tell it.</summary>
internal sealed record StepTold(StepRule Rule, CaseStep Row, Evidence Evidence, string By);

/// <summary>A case with all that its pages show.</summary>
internal sealed record CaseTold
{
    public required Case Row { get; init; }
    public required CaseView View { get; init; }
    public required string Subject { get; init; }
    public required string Village { get; init; }
    public string? HouseholdCode { get; init; }
    public required IReadOnlyList<StepTold> Steps { get; init; }
    public required IReadOnlyList<Objection> Objections { get; init; }
    public required IReadOnlyList<Notice> Notices { get; init; }
    public PolicyPeriod Period => View.Rule.Period;
    public KindRule Kind => View.Rule.Kind;
}

/// <summary>Reads a case for its pages.</summary>
internal sealed class CaseReader(ShanhuoDb db, CaseBook book)
{
    /// <summary>Null: there is none in the reader's area.</summary>
    public async Task<CaseTold?> Read(long id, CancellationToken cancel)
    {
        if (await db.Cases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } row) return null;
        var view = await book.View(row, cancel);
        var steps = await db.CaseSteps.AsNoTracking().Where(s => s.CaseId == id).OrderBy(s => s.Number).ToListAsync(cancel);
        var people = steps.Select(s => s.ByAccountId).Distinct().ToList();
        var names = await db.Accounts.Where(a => people.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, cancel);
        var home = row.HouseholdId == 0 ? null : await db.Households.Where(h => h.Id == row.HouseholdId).Select(h => new { h.HeadName, h.Code, h.VillageGroup }).SingleOrDefaultAsync(cancel);
        var village = await db.Areas.Where(a => a.Code == row.Area).Select(a => a.Name).SingleOrDefaultAsync(cancel) ?? row.Area.ToString();
        return new CaseTold
        {
            Row = row, View = view, Village = village, Subject = home is null ? village : home.HeadName, HouseholdCode = home?.Code,
            Steps = [.. steps.Select(s => new StepTold(view.Rule.Kind.Steps.Single(r => r.Key == s.Step), s, JsonSerializer.Deserialize<Evidence>(s.Evidence, CaseBook.Json)!, names.GetValueOrDefault(s.ByAccountId, "")))],
            Objections = await db.Objections.AsNoTracking().Where(o => o.CaseId == id).OrderBy(o => o.Id).ToListAsync(cancel),
            Notices = await db.Notices.AsNoTracking().Where(n => n.CaseId == id).OrderBy(n => n.Id).ToListAsync(cancel),
        };
    }
}
