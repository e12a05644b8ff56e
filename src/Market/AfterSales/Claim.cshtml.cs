using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.AfterSales;

/// <summary>What staff type about a claim.</summary>
internal sealed record DecisionForm
{
    /// <summary>Yuan for each line of the claim.</summary>
    public Dictionary<long, string?> Amounts { get; set; } = [];
    public string? Fault { get; set; }
    public bool Returns { get; set; }
    public string? Words { get; set; }
}

internal sealed class ClaimPage(ShanhuoDb db, ClaimBook book, DecideClaimHandler decide, TimeProvider clock) : PageModel
{
    [BindProperty] public DecisionForm Form { get; set; } = new();
    public ClaimView View { get; private set; } = null!;
    public DateOnly Today => clock.Today;
    public bool MayDecide => db.Scope.Role == Role.CountyStaff || db.Scope.Role == Role.CountyOfficial && View.Claim.FirstAccountId is not null;
    public bool MayPropose => db.Scope.Role is Role.Station or Role.Cooperative;
    public bool MayTakeBack => db.Scope.Role is Role.Station or Role.Cooperative or Role.CountyStaff;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        Form = new DecisionForm { Amounts = View.Lines.ToDictionary(l => l.Claimed.LineId, l => (string?)(l.Claimed.Granted ?? l.Claimed.Asked).ToString()), Fault = View.Claim.Fault, Returns = View.Claim.Returns };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, string? step, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        Refusal? no;
        switch (step)
        {
            case "propose" when MayPropose: no = await decide.Propose(id, Form.Words ?? "", cancel); break;
            case "refuse" when MayDecide: no = await decide.Refuse(id, Form.Words ?? "", cancel); break;
            case "back" or "spoiled" when MayTakeBack: no = await decide.TakeBack(id, step == "spoiled", cancel); break;
            case "grant" when MayDecide:
                var amounts = new Dictionary<long, Fen>();
                foreach (var (claimed, _) in View.Lines)
                {
                    var text = Form.Amounts.GetValueOrDefault(claimed.LineId);
                    if (!Fen.TryParseYuan(text, out var amount)) return this.Refuse(new Refusal("order.form-price", Place.Input($"Amounts[{claimed.LineId}]"), text ?? ""));
                    amounts[claimed.LineId] = amount;
                }
                no = await decide.Grant(new GrantClaim(id, amounts, Form.Fault is { Length: > 0 } fault ? fault : null, Form.Returns, Form.Words ?? ""), cancel);
                break;
            default: return Forbid();
        }
        if (no is null) return RedirectToPage(new { id });
        db.ChangeTracker.Clear();
        return await Load(id, cancel) ? this.Refuse(no) : NotFound();
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await book.One(id, cancel) is not { } view) return false;
        View = view;
        return true;
    }
}
