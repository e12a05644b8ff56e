using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Cash;

internal sealed class IndexPage(ShanhuoDb db, CashBook book, CashDesk desk) : PageModel
{
    public IReadOnlyList<ToCollect> Collect { get; private set; } = [];
    public IReadOnlyList<ToHandBack> Back { get; private set; } = [];
    public long Me => db.Scope.AccountId;

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(long id, Guid requestId, string? step, string? amount, string? reference, CancellationToken cancel)
    {
        Refusal? no;
        CashPaper? paper = null;
        switch (step)
        {
            case "collect" when !Fen.TryParseYuan(amount, out _): no = new Refusal("order.form-price", Place.Input("Amount"), amount ?? ""); break;
            case "collect" when Fen.TryParseYuan(amount, out var yuan): (await desk.Collect(requestId, id, yuan, cancel)).Ok(out paper, out no); break;
            case "release": no = await desk.Release(id, cancel); break;
            case "back": (await desk.HandBack(requestId, id, reference, cancel)).Ok(out paper, out no); break;
            default: return BadRequest();
        }
        if (no is null) return Redirect(paper is null ? "/market/cash" : $"/market/cash/slip/{paper.Id}");
        db.ChangeTracker.Clear();
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel) => (Collect, Back) = (await book.Collect(cancel), await book.HandBack(cancel));
}
