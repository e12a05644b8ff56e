using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Registry.Changes;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Duplicates;

internal sealed class IndexPage(ShanhuoDb db, Ids ids, TimeProvider clock, SuspicionFinder finder, AskChangeHandler ask) : PageModel
{
    [BindProperty] public string Kind { get; set; } = "";
    [BindProperty] public long First { get; set; }
    [BindProperty(SupportsGet = true)] public long Second { get; set; }
    [BindProperty] public long Household { get; set; }
    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public IReadOnlyList<Suspicion> Found { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Found = await finder.In(db.Scope.Area, cancel);

    /// <summary>Two entries: what is kept is the first.</summary>
    public async Task<IActionResult> OnPostMergeAsync(CancellationToken cancel)
    {
        ChangeOperation operation = Kind == "household" ? new MergeHouseholds(First, Second) : new MergeMembers(First, Second);
        var outcome = await ask.Handle(new AskChange(RequestId, Household, operation, Reason ?? ""), cancel);
        if (outcome.Ok(out var change, out var no)) return LocalRedirect($"/registry/changes/show/{change.Id}");
        await OnGetAsync(cancel);
        return this.Refuse(no with { Where = Place.None }, "");
    }

    public async Task<IActionResult> OnPostTwoAsync(CancellationToken cancel)
    {
        await OnGetAsync(cancel);
        if (!Found.Any(s => s.Kind == Kind && s.First.Id == First && s.Second.Id == Second)) return LocalRedirect("/registry/duplicates");
        if (string.IsNullOrWhiteSpace(Reason)) return this.Refuse(new Refusal("change.reason"), "");
        db.Adjudications.Add(new Adjudication { Kind = Kind, FirstId = First, SecondId = Second, Reason = Reason.Trim(), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        db.Record(ids, clock, "decision", "not-a-duplicate", Found.First(s => s.First.Id == First).First.HouseholdId, reason: Reason.Trim());
        await db.SaveChangesAsync(cancel);
        return LocalRedirect("/registry/duplicates");
    }
}
