using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Bulk;

/// <summary>The seller's or the buyer's no to a request that is not accepted yet; what was quoted for it is over.</summary>
internal sealed class DeclineQuoteHandler(ShanhuoDb db, TimeProvider clock, QuoteBook book)
{
    /// <summary>Says no.</summary>
    /// <param name="quoteId">The request.</param>
    /// <param name="why">2 to 300 characters; null: the buyer says no, and need not say why.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Refusal?> Handle(long quoteId, string? why, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (why is not null && why.Trim().Length is < 2 or > 300) return new Refusal("bulk.why", Place.Input("Why"));
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await book.Mine.Where(q => q.Id == quoteId && q.State < QuoteState.Accepted).ExecuteUpdateAsync(set => set.SetProperty(q => q.Versions, q => q.Versions), cancel) == 0) return new Refusal("bulk.over");
        var quote = await db.QuoteRequests.SingleAsync(q => q.County == county && q.Id == quoteId, cancel);
        (quote.State, quote.DeclinedWhy) = (QuoteState.Declined, why?.Trim());
        await book.EndOffers(quote, clock.NowMs, cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }
}
