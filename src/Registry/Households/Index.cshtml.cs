using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households.Fields;

namespace Shanhuo.Registry.Households;

internal sealed class IndexPage(ShanhuoDb db, Ids ids, TimeProvider clock, RegisterBook book) : PageModel
{
    private const int Size = 20;

    public sealed record Row(long Id, string Code, string HeadName, string Village, string? Group);

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? Area { get; set; }
    [BindProperty] public string? Identity { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public ILookup<long, string> Statuses { get; private set; } = Array.Empty<HouseholdStatus>().ToLookup(s => s.HouseholdId, s => s.Status);
    public IReadOnlyList<AreaFact> Below { get; private set; } = [];
    public AreaFact? Here { get; private set; }
    public long? More { get; private set; }
    public bool MayRegister => db.Scope.Role != Role.Auditor;
    public bool MayImport => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial;

    public async Task OnGetAsync(long? after, CancellationToken cancel) => await Load(after, cancel);

    /// <summary>An identity number is sent in the body, never in an address, and each such look is on record.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await Load(null, cancel);
        if (!IdentityNumber.Parse(Identity ?? "", clock.Today).Ok(out var number, out var no)) return this.Refuse(no with { Where = Place.Input("Identity") }, "");
        var key = book.IdentityKey(number.Text);
        var found = await db.Members.Where(m => m.IdentityKey == key).Select(m => (long?)m.HouseholdId).SingleOrDefaultAsync(cancel);
        db.Record(ids, clock, "look", "identity-search", found ?? 0);
        await db.SaveChangesAsync(cancel);
        if (found is { } household) return LocalRedirect($"/registry/households/show/{household}");
        return this.Refuse(new Refusal("register.identity-none", Place.Input("Identity")), "");
    }

    private async Task Load(long? after, CancellationToken cancel)
    {
        var area = AreaCode.TryParse(Area, out var asked) && db.Scope.Area.Contains(asked) ? asked : db.Scope.Area;
        Here = await db.AreaFacts.SingleOrDefaultAsync(a => a.Code == area, cancel);
        Below = await db.AreaFacts.Where(a => a.Parent == area).OrderBy(a => a.Code).ToListAsync(cancel);
        var homes = db.Households.Where(h => h.Until == null && h.Area >= area && h.Area <= area.Last);
        if (Q?.Trim() is { Length: > 0 } words)
        {
            var sound = Pinyin.Of(words);
            var upper = words.ToUpperInvariant();
            if (upper.StartsWith("H-", StringComparison.Ordinal)) homes = homes.Where(h => h.Code == upper);
            else
            {
                // By sound, so that 马 finds 馬 and "ma wen" finds 马文; any member, not only the head.
                var found = db.Members.Where(m => m.Until == null && m.NameSound == sound && m.Area >= area && m.Area <= area.Last).Select(m => m.HouseholdId);
                homes = homes.Where(h => h.BookNumber == upper || found.Contains(h.Id));
            }
        }
        else if (area.Level < AreaLevel.Township) return;
        var rows = await (from h in homes where after == null || h.Id > after orderby h.Id join a in db.Areas on h.Area equals a.Code
                          select new Row(h.Id, h.Code, h.HeadName, a.Name, h.VillageGroup)).Take(Size + 1).ToListAsync(cancel);
        Rows = [.. rows.Take(Size)];
        var shown = Rows.Select(r => r.Id).ToList();
        Statuses = (await db.HouseholdStatuses.Where(s => shown.Contains(s.HouseholdId) && s.Until == null).OrderBy(s => s.Since).ToListAsync(cancel)).ToLookup(s => s.HouseholdId, s => s.Status);
        More = rows.Count > Size ? Rows[^1].Id : null;
    }
}
