using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Bulk;

/// <summary>A standing order as it is typed.</summary>
internal sealed record StandingForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public long OfferId { get; set; }
    public string? Units { get; set; }
    public DateOnly? PriceUntil { get; set; }
    public string? Ceiling { get; set; }
    public string? EveryDays { get; set; }
    public List<int> Weekdays { get; set; } = [];
    public DateOnly? From { get; set; }
    public DateOnly? Until { get; set; }
    public string? Freight { get; set; }
    public string? Deposit { get; set; }
    public string? Method { get; set; }

    /// <summary>The request, or the first field that cannot be read.</summary>
    public Outcome<WriteStanding> ToRequest(long quoteId)
    {
        if (!Numerals.TryParseFixed(Units, 0, out var units)) return Unread("Units", Units);
        var ceiling = Fen.Zero;
        if (Ceiling is { Length: > 0 } && !Fen.TryParseYuan(Ceiling, out ceiling)) return Unread("Ceiling", Ceiling);
        long every = 0;
        if (EveryDays is { Length: > 0 } && !Numerals.TryParseFixed(EveryDays, 0, out every)) return Unread("EveryDays", EveryDays);
        if (!Fen.TryParseYuan(string.IsNullOrWhiteSpace(Freight) ? "0" : Freight, out var freight)) return Unread("Freight", Freight);
        if (!QuotationForm.TryPercent(Deposit, out var deposit)) return Unread("Deposit", Deposit);
        if (From is not { } from || Until is not { } until) return new Refusal("standing.from-until", Place.Input("Until"), BulkRules.Shipped.MostStandingDays);
        return new WriteStanding(RequestId, quoteId, OfferId, (int)Math.Min(units, int.MaxValue), PriceUntil, Ceiling is { Length: > 0 } ? ceiling : null, (int)Math.Min(every, int.MaxValue), Weekdays.Where(w => w is > 0 and < 128).Aggregate(0, (a, b) => a | b), from, until, freight, deposit, Method ?? "");
    }

    private static Refusal Unread(string field, string? text) => new("offers.unread", Place.Input(field), text ?? "");
}

/// <summary>The seller writes a standing order for a bulk buyer.</summary>
internal sealed class NewStandingPage(ShanhuoDb db, QuoteBook book, WriteStandingHandler write) : PageModel
{
    [BindProperty] public StandingForm Form { get; set; } = new();
    public QuoteView View { get; private set; } = null!;
    public IReadOnlyList<Offer> OfTheDay { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await Load(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        var outcome = Form.ToRequest(id);
        return outcome.Ok(out var wish, out var no) && (await write.Handle(wish, cancel)).Ok(out var standing, out no) ? Redirect($"/market/bulk/standing?Of={standing.Id}") : this.Refuse(no!);
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await book.One(id, cancel) is not { Request.SellerId: { } seller } view) return false;
        View = view;
        var (county, product, kinds) = (db.Scope.County, view.Request.ProductId, WriteStandingHandler.MayRepeat);
        OfTheDay = await db.Offers.AsNoTracking().Where(o => o.County == county && o.ProductId == product && o.State == OfferState.Open && o.SellerId == seller && kinds.Contains(o.Kind)).OrderBy(o => o.Id).Take(50).ToListAsync(cancel);
        return true;
    }
}
