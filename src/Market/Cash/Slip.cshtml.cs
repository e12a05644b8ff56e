using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Cash;

internal sealed class SlipPage(ShanhuoDb db, CashBook book) : PageModel
{
    public CashPaper Paper { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await db.Unfiltered<CashPaper>("who handles an order's cash prints its slip").AsNoTracking().SingleOrDefaultAsync(p => p.County == county && p.Id == id, cancel) is not { } paper || !await book.IsMine(paper.OrderId, cancel)) return NotFound();
        Paper = paper;
        return Page();
    }
}
