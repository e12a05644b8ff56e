using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Audit;

internal sealed class EntriesPage(EntryReader entries, ShanhuoDb db) : PageModel
{
    public const string Address = "/settlement/audit/entries";
    private const int Size = 50;

    public EntryFilter Filter { get; private set; } = new();
    public AreaCode? County { get; private set; }
    public IReadOnlyList<EntryRow> Rows { get; private set; } = [];
    public string? Older { get; private set; }

    /// <summary>Counties to choose from where the reader has several.</summary>
    public IReadOnlyList<AreaFact> Counties { get; private set; } = [];

    /// <summary>What was typed to find an account, where there is none of that name.</summary>
    public string? NoAccount { get; private set; }

    /// <summary>The address of the overview that this list came from, where its filters fit one.</summary>
    /// <summary>Accounts as a whole are for those who answer for all of them, not for one cooperative.</summary>
    public bool SeesAll => db.Scope.Role != Role.Cooperative;
    public string? Overview => Filter.Role is null ? null : Filter.Link("/settlement/overview/money", ("from", Filter.From?.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)), ("to", Filter.To?.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)), ("role", null), ("cause", null), ("lot", null));

    public async Task<Microsoft.AspNetCore.Mvc.IActionResult> OnGetAsync(string? account, CancellationToken cancel)
    {
        Filter = EntryFilter.Read(key => Request.Query[key]);
        County = entries.County(Filter.Area);
        if (County is not { } county)
        {
            var (first, last, sums) = (db.Scope.FirstArea, db.Scope.LastArea, db.MonthSums);
            Counties = await db.AreaFacts.Where(a => a.Level == AreaLevel.County && a.Code >= first && a.Code <= last && sums.Any(s => s.County == a.Code)).OrderBy(a => a.Code).ToListAsync(cancel);
            return Page();
        }
        if (Numerals.Narrow(account ?? "") is { Length: > 0 } name)
        {
            var (role, owner) = name.Split('/', 2) is [var r, var o] ? (r, o) : (name, "");
            if (await db.LedgerAccounts.Where(a => a.County == county && a.Role == role && a.Owner == owner).Select(a => (long?)a.Id).SingleOrDefaultAsync(cancel) is { } id) return LocalRedirect($"/settlement/audit/account/{county}/{id}");
            NoAccount = name;
        }
        var rows = await entries.Entries(county, Filter, Size + 1, cancel);
        Rows = [.. rows.Take(Size)];
        if (rows.Count > Size) Older = Filter.Link(Address, ("before", EntryFilter.Cursor(Rows[^1].Entry.Day, Rows[^1].Entry.Id)));
        return Page();
    }
}
