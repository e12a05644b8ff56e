using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Shipping;

/// <summary>What to fetch from the store, summed up: no names.</summary>
internal sealed class PickPage(PackingBook book) : PageModel
{
    [BindProperty(SupportsGet = true)] public long? Station { get; set; }
    [BindProperty(SupportsGet = true)] public string? Zone { get; set; }
    public IReadOnlyList<(Product Product, string Lot, string Grade, long Quantity, int Orders)> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        Rows = [.. (await book.Read(Station, Zone is { Length: > 0 } ? Zone : null, true, cancel)).Where(o => Leaves(o.Stays)).SelectMany(o => o.Lines).Where(l => l.Lot is not null)
            .GroupBy(l => (l.Product.Id, Lot: l.Lot!)).OrderBy(g => g.First().Product.Code, StringComparer.Ordinal).ThenBy(g => g.Key.Lot, StringComparer.Ordinal)
            .Select(g => (g.First().Product, g.Key.Lot, g.First().Line.Grade ?? "", g.Sum(l => l.Quantity), g.Select(l => l.Line.OrderId).Distinct().Count()))];

    // Goods that are only to be weighed are fetched for that.
    private static bool Leaves(Refusal? stays) => stays is null or { Code: "market.order-unweighed" };
}

/// <summary>A slip for each parcel, with name, phone and address: each order on it is on record as looked at.</summary>
internal sealed class PackPage(PackingBook book) : PageModel
{
    [BindProperty(SupportsGet = true)] public long? Station { get; set; }
    [BindProperty(SupportsGet = true)] public string? Zone { get; set; }
    public IReadOnlyList<PackOrder> Rows { get; private set; } = [];
    public Dictionary<long, Addressee> To { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Rows = [.. (await book.Read(Station, Zone is { Length: > 0 } ? Zone : null, true, cancel)).Where(o => o.Stays is null)];
        To = await book.Reveal(Rows, cancel);
    }
}

/// <summary>The form of a weight.</summary>
internal sealed record WeighForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();

    /// <summary>Kilograms, up to three decimals.</summary>
    public string? Grams { get; set; }
}

internal sealed class WeighPage(ShanhuoDb db, PackingBook book, WeighLineHandler weigh) : PageModel
{
    [BindProperty] public WeighForm Form { get; set; } = new();
    public PackOrder Order { get; private set; } = null!;
    public PackLine Line { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await Load(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        if (!Grams.TryParseKilograms(Form.Grams, out var grams)) return this.Refuse(new Refusal("weigh.text", Place.Input("Grams"), Form.Grams ?? ""));
        return await weigh.Handle(new WeighLine(Form.RequestId, id, grams.Value), cancel) is { } no ? this.Refuse(no) : Redirect("/market/shipping");
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        var order = await db.OrderLines.Where(l => l.County == db.Scope.County && l.Id == id).Select(l => (long?)l.OrderId).SingleOrDefaultAsync(cancel);
        if (order is not { } orderId || await book.One(orderId, cancel) is not { } found) return false;
        (Order, Line) = (found, found.Lines.Single(l => l.Line.Id == id));
        return true;
    }
}

/// <summary>A presale whose balance is open.</summary>
/// <param name="Order">Placed.</param>
/// <param name="Deposit">Paid.</param>
/// <param name="Balance">Asked; null: not yet.</param>
internal sealed record BalanceRow(Order Order, Payment Deposit, Payment? Balance);

internal sealed class BalancesPage(ShanhuoDb db, PackingBook book, AskBalanceHandler ask) : PageModel
{
    public IReadOnlyList<BalanceRow> Rows { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        Refusal? no = await book.Mine.AnyAsync(o => o.Id == id, cancel) ? (await ask.Handle(id, cancel)).Refused : new Refusal("market.order-unknown");
        if (no is null) return RedirectToPage();
        db.ChangeTracker.Clear();
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        var paid = db.Payments.Where(p => p.State == PaymentState.Paid);
        var orders = await (from o in book.Mine.AsNoTracking()
                            where o.State == OrderState.Placed && paid.Any(p => p.County == o.County && p.OrderId == o.Id && p.Part == PaymentPart.Deposit) && !paid.Any(p => p.County == o.County && p.OrderId == o.Id && p.Part == PaymentPart.Balance)
                            orderby o.PlacedDay, o.Id
                            select o).Take(PackingBook.Most).ToListAsync(cancel);
        var (county, ids) = (db.Scope.County, orders.Select(o => o.Id).ToList());
        if (ids.Count == 0) return;
        var payments = (await db.Payments.AsNoTracking().Where(p => p.County == county && ids.Contains(p.OrderId)).ToListAsync(cancel)).ToLookup(p => p.OrderId);
        Rows = [.. orders.Select(o => new BalanceRow(o, payments[o.Id].First(p => p.Part == PaymentPart.Deposit), payments[o.Id].FirstOrDefault(p => p.Part == PaymentPart.Balance)))];
    }
}
