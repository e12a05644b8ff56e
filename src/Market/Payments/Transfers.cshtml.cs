using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

internal sealed class TransfersPage(ShanhuoDb db, TakeTransferHandler take, TimeProvider clock) : PageModel
{
    public IReadOnlyList<AwaitedTransfer> Rows { get; private set; } = [];
    public DateOnly Today => clock.Today;

    /// <summary>Is it this person's own word that waits for a second one?</summary>
    public bool IsMine(AwaitedTransfer row) => row.Said?.FirstAccountId == db.Scope.AccountId;

    public async Task OnGetAsync(CancellationToken cancel) => Rows = await take.Awaited(cancel);

    public async Task<IActionResult> OnPostAsync(long id, string? reference, string? amount, DateOnly? day, CancellationToken cancel)
    {
        var no = !Fen.TryParseYuan(amount, out var fen) ? new Refusal("offers.unread", Place.None, amount ?? "") : (await take.Say(id, reference, fen, day ?? DateOnly.MinValue, cancel)).Refused;
        if (no is null) return RedirectToPage();
        db.ChangeTracker.Clear();
        Rows = await take.Awaited(cancel);
        return this.Refuse(no with { Where = Place.None }, "");
    }
}
