using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Payouts;

internal sealed class CashPage(ShanhuoDb db, CashAtStation cash, Say say) : PageModel
{
    [BindProperty] public AllowanceForm Form { get; set; } = new();
    public IReadOnlyList<(CashAllowance Allowance, string Station)> Rows { get; private set; } = [];
    public IReadOnlyList<OrganisationFact> Stations { get; private set; } = [];
    public bool IsStation => db.Scope.Role == Role.Station;
    public bool IsCounty => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial;

    public bool MayDecide(CashAllowance allowance) => IsCounty && allowance.ByAccountId != db.Scope.AccountId;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Form = new AllowanceForm { RequestId = Guid.CreateVersion7(), Days = "3" };
        await Load(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!IsCounty) return NotFound();
        Refusal? no = null;
        if (!Fen.TryParseYuan(Form.Amount, out var amount)) no = new Refusal("payouts.not-money", Place.Input("Amount"), Form.Amount ?? "");
        else if (!int.TryParse(Numerals.Narrow(Form.Days ?? ""), NumberStyles.None, CultureInfo.InvariantCulture, out var days)) no = new Refusal("payouts.allowance-days", Place.Input("Days"));
        else if ((await cash.Handle(new ProposeAllowance(Form.RequestId, Form.Station, amount, days), cancel)).Ok(out _, out no)) return LocalRedirect("/settlement/payouts/cash");
        await Load(cancel);
        return this.Refuse(no);
    }

    public async Task<IActionResult> OnPostDecideAsync(long allowance, bool release, CancellationToken cancel) =>
        await Act(async () => (await cash.Handle(new DecideAllowance(allowance, release), cancel)).Refused, cancel);

    public async Task<IActionResult> OnPostCloseAsync(long allowance, CancellationToken cancel) => await Act(async () => (await cash.Handle(new CloseAllowance(allowance), cancel)).Refused, cancel);

    private async Task<IActionResult> Act(Func<Task<Refusal?>> act, CancellationToken cancel)
    {
        if (!IsCounty) return NotFound();
        if (await act() is not { } no) return LocalRedirect("/settlement/payouts/cash");
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        var rows = await db.CashAllowances.AsNoTracking().OrderBy(a => a.State).ThenByDescending(a => a.AtMs).Take(30).ToListAsync(cancel);
        var ids = rows.Select(a => a.OrganisationId).ToList();
        var names = await db.OrganisationFacts.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        Rows = [.. rows.Select(a => (a, names[a.OrganisationId].NameIn(say.Language)))];
        var (first, last) = (db.Scope.FirstArea, db.Scope.LastArea);
        if (IsCounty) Stations = await db.OrganisationFacts.Where(o => (o.Kind == OrganisationKind.VillageStation || o.Kind == OrganisationKind.TownshipStation || o.Kind == OrganisationKind.Centre) && o.Area >= first && o.Area <= last).OrderBy(o => o.Code).ToListAsync(cancel);
    }

    internal sealed class AllowanceForm
    {
        public Guid RequestId { get; set; }
        public long Station { get; set; }
        public string? Amount { get; set; }
        public string? Days { get; set; }
    }
}
