using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Schemes;

internal sealed class BeginPage(ShanhuoDb db, BeginSchemeHandler begin) : PageModel
{
    [BindProperty] public Fields Form { get; set; } = new();

    public List<OrganisationFact> Cooperatives { get; private set; } = [];
    public bool OnlyOwn => db.Scope.Role == Role.Cooperative;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Form.RequestId = Guid.CreateVersion7();
        Form.Model = 2;
        await Load(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var outcome = await begin.Handle(new BeginScheme(Form.RequestId, Form.Name ?? "", Form.NameEn ?? "", Form.CooperativeId, Form.Channel, Form.Model), cancel);
        if (outcome.Ok(out var version, out var no)) return RedirectToPage("/Settlement/Schemes/Edit", new { version.Id });
        await Load(cancel);
        return this.Refuse(no);
    }

    private async Task Load(CancellationToken cancel)
    {
        var (first, last, own) = (db.Scope.FirstArea, db.Scope.LastArea, db.Scope.OrganisationId);
        var all = db.OrganisationFacts.Where(o => o.Kind == OrganisationKind.Cooperative && o.Area >= first && o.Area <= last);
        Cooperatives = await (OnlyOwn ? all.Where(o => o.Id == own) : all).OrderBy(o => o.Code).Take(500).ToListAsync(cancel);
    }

    internal sealed class Fields
    {
        public Guid RequestId { get; set; }
        public string? Name { get; set; }
        public string? NameEn { get; set; }
        public long? CooperativeId { get; set; }
        public string? Channel { get; set; }
        public int Model { get; set; }
    }
}
