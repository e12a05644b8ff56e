using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Statements;

/// <summary>What the pages of a household's statement share: whose it is, and the way between them.</summary>
internal abstract class StatementPage(WhoMayRead door, CurrentScope current) : PageModel
{
    public HouseholdFact Household { get; private set; } = null!;

    /// <summary>Does the household itself read?</summary>
    public bool IsOwn => current.Scope.HouseholdId == Household.Id;

    /// <summary>Address of another page of this statement.</summary>
    public string To(string page) => IsOwn ? $"/settlement/statements/{page}" : $"/settlement/statements/{page}/{Household.Id}";

    /// <summary>False when there is no such household for this reader.</summary>
    protected async Task<bool> Open(long? id, string part, CancellationToken cancel)
    {
        if (await door.Household(id, part, cancel) is not { } household) return false;
        Household = household;
        // The same large page for whoever reads it: staff show it to the household across the counter.
        ViewData["Farmer"] = true;
        return true;
    }
}
