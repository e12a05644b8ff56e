using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Api;

internal sealed record KeyForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public long OrganisationId { get; set; }
    public string? Name { get; set; }
    public int PerMinute { get; set; } = 120;
    public List<ApiRights> Rights { get; set; } = [];
}

internal sealed class IndexPage(ShanhuoDb db, MakeKeyHandler make, Say say) : PageModel
{
    private const int Most = 500;
    private static readonly OrganisationKind[] Kinds = [.. Enum.GetValues<OrganisationKind>().Where(k => MakeKeyHandler.RoleOf(k) is not null)];

    public static IReadOnlyList<ApiRights> AllRights { get; } = [.. Enum.GetValues<ApiRights>().Where(r => r != ApiRights.None)];

    [BindProperty] public KeyForm Form { get; set; } = new();
    [TempData] public string? Done { get; set; }

    /// <summary>The new key, on the answer to its form and on no page after it.</summary>
    public string? Made { get; private set; }
    public List<OrganisationFact> Organisations { get; private set; } = [];
    public List<ApiKey> Keys { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostMakeAsync(CancellationToken cancel)
    {
        var rights = Form.Rights.Aggregate(ApiRights.None, (sum, one) => sum | one);
        var outcome = await make.Handle(new MakeKey(Form.RequestId, Form.OrganisationId, Form.Name ?? "", rights, Form.PerMinute), cancel);
        await Load(cancel);
        if (!outcome.Ok(out var key, out var no)) return this.Refuse(no);
        Made = key;
        Response.Headers.CacheControl = "no-store";
        // Sent again by a reload it is refused: the key stands here once.
        ModelState.Clear();
        Form = new KeyForm();
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(long id, CancellationToken cancel)
    {
        if ((await make.Revoke(id, cancel)).Refused is { } no)
        {
            await Load(cancel);
            return this.Refuse(no);
        }
        Done = say["api.revoked-now"];
        return RedirectToPage();
    }

    public string NameOf(long organisation, Language language) => Organisations.Find(o => o.Id == organisation)?.NameIn(language) ?? "";

    private async Task Load(CancellationToken cancel)
    {
        var county = db.Scope.County;
        var last = county.Last;
        Organisations = await db.OrganisationFacts.Where(o => o.Area >= county && o.Area <= last && EF.Parameter(Kinds).Contains(o.Kind)).OrderBy(o => o.Code).Take(Most).ToListAsync(cancel);
        Keys = await db.ApiKeys.AsNoTracking().Where(k => k.County == county).OrderByDescending(k => k.Id).Take(Most).ToListAsync(cancel);
    }
}
