using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Audit;

internal sealed class EntryPage(EntryReader entries, ShanhuoDb db) : PageModel
{
    private const int Size = 100;

    public JournalEntry Entry { get; private set; } = null!;

    /// <summary>Accounts and lines as a whole are for those who answer for all of them, not for one cooperative.</summary>
    public bool SeesAll => db.Scope.Role != Role.Cooperative;
    public IReadOnlyList<EntryPosting> Postings { get; private set; } = [];
    public Seal? Seal { get; private set; }
    public string? LotCode { get; private set; }
    public string? Scheme { get; private set; }
    public int Number { get; private set; }
    public bool More { get; private set; }

    public async Task<IActionResult> OnGetAsync(string county, long id, CancellationToken cancel, int page = 1)
    {
        if (!AreaCode.TryParse(county, out var area) || area.Level != AreaLevel.County) return NotFound();
        if (await (await entries.Visible(area, cancel)).SingleOrDefaultAsync(e => e.Id == id, cancel) is not { } entry) return NotFound();
        Entry = entry;
        Number = Math.Clamp(page, 1, 100_000);
        var postings = await entries.Postings(area, id, (Number - 1) * Size, Size + 1, cancel);
        (Postings, More) = ([.. postings.Take(Size)], postings.Count > Size);
        Seal = await db.Seals.AsNoTracking().SingleOrDefaultAsync(s => s.County == area && s.EntryId == id, cancel);
        if (entry.LotId is { } lot) LotCode = await db.LotFacts.Where(l => l.County == area && l.Id == lot).Select(l => l.Code).SingleOrDefaultAsync(cancel);
        if (entry.SchemeVersionId is { } version) Scheme = await db.SchemeVersions.Where(v => v.Id == version).Join(db.Schemes, v => v.SchemeId, s => s.Id, (v, s) => s.Code + " · " + v.Number).SingleOrDefaultAsync(cancel);
        return Page();
    }
}
