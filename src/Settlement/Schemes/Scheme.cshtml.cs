using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes;

internal sealed class SchemePage(ShanhuoDb db, Say say, TimeProvider clock, CopyVersionHandler copy) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public long From { get; set; }

    public SchemeRecord Record { get; private set; } = null!;
    public List<SchemeVersion> Versions { get; private set; } = [];
    public SchemeVersion? Present { get; private set; }
    public Scheme? Scheme { get; private set; }
    public string Whom { get; private set; } = "";
    public string Channel => SchemeNames.Channel(Record, say);
    public string Use { get; private set; } = "";
    public bool MayWrite => SchemeAccess.MayWrite(db.Scope, Record);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var outcome = await copy.Handle(new CopyVersion(RequestId, From), cancel);
        if (outcome.Ok(out var version, out var no)) return RedirectToPage("/Settlement/Schemes/Edit", new { version.Id });
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await SchemeAccess.Readable(db).AsNoTracking().SingleOrDefaultAsync(s => s.Id == Id, cancel) is not { } record) return false;
        Record = record;
        var versions = db.SchemeVersions.AsNoTracking().Where(v => v.SchemeId == Id);
        // A draft is its writers' until it is put forward.
        if (!MayWrite && !SchemeAccess.MayDecide(db.Scope, record) && db.Scope.Role != Role.Auditor) versions = versions.Where(v => v.State == SchemeState.Proposed || v.State == SchemeState.Adopted);
        Versions = await versions.OrderByDescending(v => v.Number).Take(100).ToListAsync(cancel);
        Present = await SchemeInForce.Of(db, Id, clock.Today, cancel);
        if (Present is not null) Scheme = SchemeInForce.Read(Present);
        Whom = SchemeNames.Whom(record, await SchemeNames.Cooperatives(db, [record.CooperativeId], say, cancel), say);
        var key = SchemeUse.KeyOf(record.CooperativeId, record.Channel);
        var today = clock.Today;
        var use = await db.SchemeUses.AsNoTracking().Where(u => u.County == record.County && u.Key == key && u.Since <= today).OrderByDescending(u => u.Since).FirstOrDefaultAsync(cancel);
        if (use is null || Present is null) Use = say["scheme.not-in-force"];
        else if (use.SchemeId == Id) Use = say["scheme.is-used"];
        else Use = say["scheme.is-replaced", (await db.Schemes.AsNoTracking().SingleAsync(s => s.Id == use.SchemeId, cancel)).Code];
        return true;
    }
}
