using Microsoft.AspNetCore.Mvc;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Statements;

internal sealed class GoodsPage(WhoMayRead door, CurrentScope current, GoodsReader goods) : StatementPage(door, current)
{
    private const int Size = 5;

    public IReadOnlyList<Delivery> Deliveries { get; private set; } = [];
    public int Number { get; private set; }
    public bool More { get; private set; }

    public async Task<IActionResult> OnGetAsync(long? id, CancellationToken cancel, int page = 1)
    {
        if (!await Open(id, "goods", cancel)) return NotFound();
        Number = Math.Clamp(page, 1, 10_000);
        (Deliveries, More) = await goods.Deliveries(Household, Number, Size, cancel);
        return Page();
    }
}
