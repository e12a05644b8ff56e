using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Payouts;

internal sealed class PayeePage(ShanhuoDb db, Payees payees, TimeProvider clock, Say say) : PageModel
{
    [BindProperty] public PayeeForm Form { get; set; } = new();
    public HouseholdFact Household { get; private set; } = null!;
    public IReadOnlyList<Payee> Rows { get; private set; } = [];
    public IReadOnlyList<MemberFact> Members { get; private set; } = [];
    public string? Revealed { get; private set; }
    public bool MayPropose => db.Scope.Role is Role.Station or Role.CountyStaff;
    public bool MayReveal => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial;

    public bool MayDecide(Payee payee) => MayReveal && payee.State == PayeeState.Proposed && payee.ByAccountId != db.Scope.AccountId;

    public string State(Payee payee) => payee.State switch
    {
        PayeeState.Proposed => say["payouts.payee-proposed"],
        PayeeState.Refused => say["payouts.payee-refused"],
        _ when payee.UsableFromMs > clock.NowMs => say["payouts.payee-waits"],
        _ => payee.Id == InUse ? say["payouts.payee-used"] : say["payouts.payee-before"],
    };

    public string Mark(Payee payee) => payee.State switch { PayeeState.Proposed => "wait", PayeeState.Refused => "stop", _ => payee.Id == InUse ? "ok" : payee.UsableFromMs > clock.NowMs ? "wait" : "warn" };

    public string? WaitsUntil(Payee payee) => payee.State == PayeeState.Approved && payee.UsableFromMs > clock.NowMs ? Clock.ToChina(payee.UsableFromMs.Value).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : null;

    private long? InUse => Rows.Where(p => p.State == PayeeState.Approved && p.UsableFromMs <= clock.NowMs).OrderByDescending(p => p.UsableFromMs).ThenByDescending(p => p.Id).Select(p => (long?)p.Id).FirstOrDefault();

    public async Task<IActionResult> OnGetAsync(long household, CancellationToken cancel)
    {
        Form = new PayeeForm { RequestId = Guid.CreateVersion7() };
        return await Load(household, cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(long household, CancellationToken cancel)
    {
        if (!MayPropose || !await Load(household, cancel)) return NotFound();
        if ((await payees.Handle(new ProposePayee(Form.RequestId, household, Form.Member, Form.Consent, Form.Bank ?? "", Form.Account ?? ""), cancel)).Ok(out _, out var no)) return LocalRedirect($"/settlement/payouts/payee/{household}");
        return this.Refuse(no);
    }

    public async Task<IActionResult> OnPostDecideAsync(long household, long payee, bool approve, CancellationToken cancel)
    {
        if (!MayReveal || !await Load(household, cancel) || Rows.All(p => p.Id != payee)) return NotFound();
        if ((await payees.Handle(new DecidePayee(payee, approve), cancel)).Ok(out _, out var no)) return LocalRedirect($"/settlement/payouts/payee/{household}");
        return this.Refuse(no, "");
    }

    public async Task<IActionResult> OnPostRevealAsync(long household, long payee, string? reason, CancellationToken cancel)
    {
        if (!MayReveal || !await Load(household, cancel) || Rows.All(p => p.Id != payee)) return NotFound();
        ModelState.Clear();
        Form = new PayeeForm { RequestId = Guid.CreateVersion7() };
        if (!(await payees.Handle(new RevealAccount(payee, reason ?? ""), cancel)).Ok(out var number, out var no)) return this.Refuse(no with { Where = Place.None });
        Revealed = number;
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == id, cancel) is not { } household) return false;
        Household = household;
        Rows = await db.Payees.AsNoTracking().Where(p => p.HouseholdId == id).OrderByDescending(p => p.AtMs).Take(10).ToListAsync(cancel);
        Members = await db.MemberFacts.Where(m => m.HouseholdId == id && m.Until == null && m.Relation != "head").OrderBy(m => m.Id).ToListAsync(cancel);
        return true;
    }

    internal sealed class PayeeForm
    {
        public Guid RequestId { get; set; }
        public long? Member { get; set; }
        public string? Consent { get; set; }
        public string? Bank { get; set; }
        public string? Account { get; set; }
    }
}
