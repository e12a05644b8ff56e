using Microsoft.AspNetCore.Mvc;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement.Statements;

internal sealed class PricePage(WhoMayRead door, CurrentScope current, GoodsReader goods) : StatementPage(door, current)
{
    public LotFact Lot { get; private set; } = null!;
    public ProductFact Product { get; private set; } = null!;
    public PriceBuildUp? Price { get; private set; }

    public async Task<IActionResult> OnGetAsync(string lot, long? id, CancellationToken cancel)
    {
        if (!await Open(id, "goods", cancel) || await goods.Lot(Household, lot, cancel) is not { } found) return NotFound();
        (Lot, Product, Price) = found;
        return Page();
    }
}
