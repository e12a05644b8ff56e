using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Settlement.Statements;

internal sealed class PaymentsPage(WhoMayRead door, CurrentScope current, StatementReader statements, ShanhuoDb db) : StatementPage(door, current)
{
    private const int Size = 8;

    public IReadOnlyList<AccountMove> Moves { get; private set; } = [];

    /// <summary>Name of the goods by lot, in both languages.</summary>
    public Dictionary<long, (string Zh, string En)> Goods { get; private set; } = [];
    public long? Older { get; private set; }
    public bool IsFirst { get; private set; }

    public async Task<IActionResult> OnGetAsync(long? id, long? before, CancellationToken cancel)
    {
        if (!await Open(id, "payments", cancel)) return NotFound();
        IsFirst = before is null;
        var moves = await statements.Moves(Household, before, Size + 1, cancel);
        Moves = [.. moves.Take(Size)];
        Older = moves.Count > Size ? Moves[^1].EntryId : null;
        var (county, lots) = (Household.Area.County, Moves.Where(m => m.LotId != null).Select(m => m.LotId!.Value).Distinct().ToList());
        Goods = await db.LotFacts.Where(l => l.County == county && lots.Contains(l.Id)).Join(db.ProductFacts, l => l.ProductId, p => p.Id, (l, p) => new { l.Id, p.Name, p.NameEn }).ToDictionaryAsync(l => l.Id, l => (l.Name, l.NameEn), cancel);
        return Page();
    }
}
