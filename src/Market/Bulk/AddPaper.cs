using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Bulk;

/// <summary>Keeps a signed paper beside a contract; sent again it is kept once.</summary>
internal sealed class AddPaperHandler(ShanhuoDb db, TimeProvider clock, Secrets secrets, QuoteBook book)
{
    public async Task<Refusal?> Handle(Guid requestId, long quoteId, Upload paper, CancellationToken cancel)
    {
        var county = db.Scope.County;
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await book.Mine.Where(q => q.Id == quoteId && q.ContractId != null).ExecuteUpdateAsync(set => set.SetProperty(q => q.Versions, q => q.Versions), cancel) == 0) return new Refusal("bulk.unknown");
        var contract = await db.QuoteRequests.Where(q => q.County == county && q.Id == quoteId).Select(q => q.ContractId!.Value).SingleAsync(cancel);
        if (await db.ContractPapers.AnyAsync(p => p.County == county && p.RequestId == requestId, cancel)) return null;
        var count = await db.ContractPapers.CountAsync(p => p.County == county && p.ContractId == contract, cancel);
        if (count >= BulkRules.Shipped.MostPapers) return new Refusal("bulk.papers", Place.Input("Paper"), BulkRules.Shipped.MostPapers);
        db.ContractPapers.Add(new ContractPaper { County = county, ContractId = contract, Number = count + 1, RequestId = requestId, ContentType = paper.ContentType, Hidden = secrets.HideFile(paper.Content, ContractPaper.Binding(contract, count + 1)), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }
}
