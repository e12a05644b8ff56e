using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Genuine;

internal sealed class ShowPage(ShanhuoDb db, AnswerFakeHandler answer, Ids ids, TimeProvider clock, Secrets secrets) : PageModel
{
    [BindProperty] public FakeOutcome Outcome { get; set; }
    [BindProperty] public string? Words { get; set; }
    public FakeReport Report { get; private set; } = null!;
    public IReadOnlyList<FakeStep> Steps { get; private set; } = [];
    public IReadOnlyList<int> Photos { get; private set; } = [];
    public string? Seller { get; private set; }
    public string? Number { get; private set; }

    /// <summary>Shown once it was asked for.</summary>
    public string? Phone { get; private set; }
    public DateOnly Today => clock.Today;
    public bool MayAnswer => db.Scope.Role == Role.CountyStaff;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await Load(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        if (!MayAnswer) return Forbid();
        return await answer.Handle(new AnswerFake(id, Outcome, Words), cancel) is { } no ? this.Refuse(no, "") : RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostPhoneAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel) || Report.PhoneHidden is not { } hidden) return NotFound();
        if (!MayAnswer) return Forbid();
        db.Record(ids, clock, "look", "fake-report", 0, fields: "phone");
        await db.SaveChangesAsync(cancel);
        Phone = secrets.Reveal(hidden, FakeReport.Binding(id));
        return Page();
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await db.FakeReports.AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.Id == id, cancel) is not { } report) return false;
        Report = report;
        Steps = await db.FakeSteps.AsNoTracking().Where(s => s.County == county && s.ReportId == id).OrderBy(s => s.Id).ToListAsync(cancel);
        Photos = await db.FakePhotos.Where(p => p.County == county && p.ReportId == id).OrderBy(p => p.Number).Select(p => p.Number).ToListAsync(cancel);
        Seller = report.SellerId is null ? null : (await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == report.SellerId, cancel))?.Name;
        Number = report.OrderId is null ? null : await db.Orders.Where(o => o.County == county && o.Id == report.OrderId).Select(o => o.Number).SingleOrDefaultAsync(cancel);
        return true;
    }
}
