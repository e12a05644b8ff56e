using System.Linq.Expressions;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Bulk;

/// <summary>The hidden contacts of bulk buyers and the texts of their contracts.</summary>
internal sealed class HiddenOfQuotes(ShanhuoDb db, Secrets secrets) : IHoldHiddenFields
{
    public async Task<int> Renew(CancellationToken cancel) =>
        await db.Renew<QuoteRequest>(secrets, q => q.ContactHidden, q => QuoteRequest.Binding("contact", q.Id), Row, cancel)
        + await db.Renew<QuoteRequest>(secrets, q => q.PhoneHidden, q => QuoteRequest.Binding("phone", q.Id), Row, cancel)
        + await db.Renew<QuoteRequest>(secrets, q => q.AddressHidden, q => QuoteRequest.Binding("address", q.Id), Row, cancel)
        + await db.Renew<Contract>(secrets, c => c.ZhHidden, c => Contract.Binding("zh", c.Id), Row, cancel)
        + await db.Renew<Contract>(secrets, c => c.EnHidden, c => Contract.Binding("en", c.Id), Row, cancel);

    private static Expression<Func<QuoteRequest, bool>> Row(QuoteRequest quote)
    {
        var (county, id) = (quote.County, quote.Id);
        return r => r.County == county && r.Id == id;
    }

    private static Expression<Func<Contract, bool>> Row(Contract contract)
    {
        var (county, id) = (contract.County, contract.Id);
        return r => r.County == county && r.Id == id;
    }
}
