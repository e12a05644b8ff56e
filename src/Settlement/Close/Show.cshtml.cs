using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Close;

internal sealed class ShowPage(ShanhuoDb db, CloseCooperative closing) : PageModel
{
    [BindProperty] public string? Resolution { get; set; }
    public CooperativeClose Close { get; private set; } = null!;
    public OrganisationFact Cooperative { get; private set; } = null!;
    public FiguresView Figures { get; private set; } = null!;
    public string? After { get; private set; }
    public bool MayConfirm => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial && Close.ByAccountId != db.Scope.AccountId;
    public bool MayWithdraw => db.Scope.Role != Role.Auditor;

    public async Task<IActionResult> OnGetAsync(long id, string? after, CancellationToken cancel) => await Load(id, after, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, null, cancel) || db.Scope.Role is not (Role.CountyStaff or Role.CountyOfficial)) return NotFound();
        return (await closing.Handle(new ConfirmClose(id, Resolution ?? ""), cancel)).Ok(out _, out var no) ? LocalRedirect($"/settlement/close/show/{id}") : this.Refuse(no, "");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, null, cancel) || !MayWithdraw) return NotFound();
        return (await closing.Handle(new WithdrawClose(id), cancel)).Ok(out _, out var no) ? LocalRedirect($"/settlement/close/show/{id}") : this.Refuse(no, "");
    }

    private async Task<bool> Load(long id, string? after, CancellationToken cancel)
    {
        if (await db.Closes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } close || await db.OpenCooperative(close.OrganisationId, cancel) is not { } cooperative) return false;
        (Close, Cooperative) = (close, cooperative);
        var from = after ?? "";
        var shares = await db.CloseShares.AsNoTracking().Where(s => s.County == close.County && s.CloseId == id && string.Compare(s.Code, from) > 0).OrderBy(s => s.Code).Take(FiguresView.MostRows + 1).ToListAsync(cancel);
        if (shares.Count > FiguresView.MostRows) After = shares[FiguresView.MostRows - 1].Code;
        var shown = shares.Select(s => s.HouseholdId).ToList();
        var names = (await db.MembersOf(close.OrganisationId).Where(m => shown.Contains(m.HouseholdId)).Select(m => new { m.HouseholdId, m.HeadName }).ToListAsync(cancel)).DistinctBy(m => m.HouseholdId).ToDictionary(m => m.HouseholdId, m => m.HeadName);
        Figures = FiguresView.Of(close, [.. shares.Take(FiguresView.MostRows).Select(s => new ShareView($"/settlement/close/member?cooperative={close.OrganisationId}&household={s.HouseholdId}", names.GetValueOrDefault(s.HouseholdId, ""), s.Code, s.Trade, s.Patronage, s.Labour, s.ByAccount, s.ReserveCredit))]);
        return true;
    }
}
