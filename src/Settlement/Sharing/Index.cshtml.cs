using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;

namespace Shanhuo.Settlement.Sharing;

/// <summary>What an account got in a request, or gave back.</summary>
internal sealed record ShareRow(string Role, string Owner, Fen Amount, string Number, DateOnly Day, RequestState State, string? Why, long? AgainId);

/// <summary>Merchants that are paid out of buyers' payments, and what they got; newest first.</summary>
internal sealed class IndexPage(ShanhuoDb db, ShareMerchants merchants, SharePayments payments, ISharePayments institution, TimeProvider clock) : PageModel
{
    private const int Most = 50;

    [BindProperty] public MerchantForm Form { get; set; } = new();
    public IReadOnlyList<ShareMerchant> Merchants { get; private set; } = [];
    public IReadOnlyList<AccountName> Accounts { get; private set; } = [];
    public IReadOnlyList<ShareRow> Shares { get; private set; } = [];
    public IReadOnlyList<ShareRow> Returns { get; private set; } = [];

    /// <summary>Payments of which the institution would not unfreeze the rest.</summary>
    public IReadOnlyList<ShareRequest> Stuck { get; private set; } = [];
    public long MostPercent { get; private set; }
    public IReadOnlyList<KeptBy> Kept => institution.InUse();
    public bool MayWrite => db.Scope.Role == Role.CountyStaff;

    public bool MayDecide(ShareMerchant merchant) => merchant.State == PayeeState.Proposed && db.Scope.Role is Role.CountyStaff or Role.CountyOfficial && merchant.ByAccountId != db.Scope.AccountId;

    public string State(ShareMerchant merchant) => merchant.State == PayeeState.Approved && merchant.UsableFromMs > clock.NowMs ? "waiting" : merchant.State.ToString().ToLowerInvariant();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await Load(cancel);
        Form = new MerchantForm { RequestId = Guid.CreateVersion7() };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayWrite) return NotFound();
        if ((await merchants.Handle(new ProposeMerchant(Form.RequestId, Form.Account ?? "", Form.Merchant ?? "", Form.Name ?? ""), cancel)).Ok(out _, out var no)) return RedirectToPage();
        await Load(cancel);
        return this.Refuse(no, nameof(Form));
    }

    public async Task<IActionResult> OnPostDecideAsync(long id, bool approve, CancellationToken cancel)
    {
        if (db.Scope.Role is not (Role.CountyStaff or Role.CountyOfficial)) return NotFound();
        if ((await merchants.Handle(new DecideMerchant(id, approve), cancel)).Ok(out _, out var no)) return RedirectToPage();
        await OnGetAsync(cancel);
        return this.Refuse(no);
    }

    public async Task<IActionResult> OnPostAgainAsync(long id, CancellationToken cancel)
    {
        if (!MayWrite) return NotFound();
        await payments.Again(db.Scope.County, id, cancel);
        return RedirectToPage();
    }

    private async Task Load(CancellationToken cancel)
    {
        var county = db.Scope.County;
        MostPercent = institution.Sharing().Ok(out var sharing, out _) ? sharing.MostPpm / 10_000 : 0;
        Merchants = await db.ShareMerchants.AsNoTracking().Where(m => m.County == county && m.State != PayeeState.Refused).OrderBy(m => m.State).ThenByDescending(m => m.Id).Take(Most).ToListAsync(cancel);
        Accounts = await merchants.Accounts(cancel);
        var requests = db.ShareRequests;
        Shares = [.. (await (from share in db.PaidShares
                             join request in requests on new { share.County, Id = share.RequestId } equals new { request.County, request.Id }
                             where share.County == county
                             orderby share.RequestId descending
                             select new { share, request }).AsNoTracking().Take(Most).ToListAsync(cancel))
            .Select(r => Row(r.share.Role, r.share.Owner, r.share.Amount, r.request, r.share.Standing == ShareStanding.Failed ? RequestState.Failed : r.request.State, null))];
        var shares = db.PaidShares;
        Stuck = await requests.AsNoTracking().Where(r => r.County == county && r.State == RequestState.Failed && !shares.Any(s => s.County == county && s.RequestId == r.Id)).OrderByDescending(r => r.Id).Take(Most).ToListAsync(cancel);
        Returns = [.. (await db.ShareReturns.AsNoTracking().Where(r => r.County == county).OrderByDescending(r => r.Id).Take(Most).ToListAsync(cancel)).Select(r => Row(r.Role, r.Owner, r.Amount, r, r.State, r.State == RequestState.Failed ? r.Id : null))];
    }

    private static ShareRow Row(string role, string owner, Fen amount, Asking asking, RequestState state, long? again) => new(role, owner, amount, asking.Number, DateOnly.FromDateTime(Clock.ToChina(asking.DoneMs ?? asking.AtMs)), state, asking.Why, again);

    internal sealed class MerchantForm
    {
        public Guid RequestId { get; set; }
        public string? Account { get; set; }
        public string? Merchant { get; set; }
        public string? Name { get; set; }
    }
}
