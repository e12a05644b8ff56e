using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Procedure;

internal sealed class NoticePage(ShanhuoDb db, Policies policies, TimeProvider clock, MakeObjectionHandler objects) : PageModel
{
    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public string? About { get; set; }
    [BindProperty] public string? Name { get; set; }
    public Notice? Notice { get; private set; }
    public KindRule Kind { get; private set; } = null!;
    public StepRule Step { get; private set; } = null!;
    public string Village { get; private set; } = "";
    public bool IsSent { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancel)
    {
        RequestId = Guid.CreateVersion7();
        await Load(code, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken cancel)
    {
        if (!await Load(code, cancel)) return Page();
        if ((await objects.Handle(new MakeObjection(RequestId, code, 0, Name, About), cancel)).Refused is { } no) return this.Refuse(no, "");
        IsSent = true;
        return Page();
    }

    // The last day over, nothing of it is shown any more; whoever kept the address is told so.
    private async Task<bool> Load(string code, CancellationToken cancel)
    {
        Response.Headers["X-Robots-Tag"] = "noindex";
        Notice = await Notices.Public(db, clock.Today).AsNoTracking().SingleOrDefaultAsync(n => n.Code == code, cancel);
        if (Notice is not { } notice) { Response.StatusCode = 404; return false; }
        Kind = policies.Of(notice.Policy, notice.Kind).Kind;
        Step = Kind.Steps.Single(s => s.Key == notice.Step);
        Village = await db.Areas.Where(a => a.Code == notice.Area).Select(a => a.Name).SingleOrDefaultAsync(cancel) ?? "";
        return true;
    }
}
