using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Procedure;

internal sealed class IndexPage(ShanhuoDb db, Policies policies, TimeProvider clock) : PageModel
{
    public const int Most = 100;
    public static IReadOnlyList<string> Tabs { get; } = ["mine", "open", "ended"];

    public string List { get; private set; } = "mine";
    public List<Row> Rows { get; private set; } = [];
    public bool More { get; private set; }
    public DateOnly Today => clock.Today;
    public bool MayOpen => policies.On(clock.Today).Any(k => k.Kind.Steps[0].Who.Any(w => w.Role == db.Scope.Role));

    public async Task OnGetAsync(string? list, CancellationToken cancel)
    {
        List = list is not null && Tabs.Contains(list) ? list : "mine";
        var role = $",{db.Scope.Role},";
        var cases = List switch
        {
            "mine" => db.Cases.Where(c => c.End == CaseEnd.None && c.NextRoles!.Contains(role)).OrderBy(c => c.NextFrom).ThenBy(c => c.Id),
            "open" => db.Cases.Where(c => c.End == CaseEnd.None).OrderBy(c => c.NextFrom).ThenBy(c => c.Id),
            _ => db.Cases.Where(c => c.End != CaseEnd.None).OrderByDescending(c => c.EndedDay).ThenBy(c => c.Id),
        };
        var found = await cases.AsNoTracking().Take(Most + 1).ToListAsync(cancel);
        (More, found) = (found.Count > Most, [.. found.Take(Most)]);
        var (homes, ids, areas) = (found.Select(c => c.HouseholdId).Distinct().ToList(), found.Select(c => c.Id).ToList(), found.Select(c => c.Area).Distinct().ToList());
        var names = await db.Households.Where(h => homes.Contains(h.Id)).ToDictionaryAsync(h => h.Id, h => h.HeadName, cancel);
        var villages = await db.Areas.Where(a => areas.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Name, cancel);
        var objections = await db.Objections.Where(o => ids.Contains(o.CaseId) && o.End == ObjectionEnd.Open).GroupBy(o => o.CaseId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        Rows = [.. found.Select(c => policies.Of(c.Policy, c.Kind).Kind is var rule && villages.GetValueOrDefault(c.Area, "") is var village
            ? new Row(c, rule, rule.Steps.FirstOrDefault(s => s.Key == c.NextStep), names.GetValueOrDefault(c.HouseholdId, village), village, objections.GetValueOrDefault(c.Id)) : null!)];
    }

    internal sealed record Row(Case Case, KindRule Rule, StepRule? Next, string Subject, string Village, int Objections);
}

/// <summary>How pages name the end of a case.</summary>
internal static class CaseWords
{
    public static string Key(CaseEnd end) => end switch { CaseEnd.None => "procedure.end-none", CaseEnd.Approved => "procedure.end-approved", CaseEnd.Refused => "procedure.end-refused", _ => "procedure.end-upheld" };

    public static string Mark(CaseEnd end) => end switch { CaseEnd.None => "wait", CaseEnd.Approved => "ok", _ => "stop" };
}
