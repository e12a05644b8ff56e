using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Payouts;

/// <summary>The hidden bank accounts of payees and pay-out lines.</summary>
internal sealed class HiddenOfPayouts(ShanhuoDb db, Secrets secrets) : IHoldHiddenFields
{
    public async Task<int> Renew(CancellationToken cancel) =>
        await db.Renew<Payee>(secrets, p => p.AccountHidden, p => Payee.Binding(p.Id), p => { var id = p.Id; return r => r.Id == id; }, cancel)
        + await db.Renew<PayoutLine>(secrets, l => l.AccountHidden, l => PayoutLine.Binding(l.FileId, l.Number), l => { var (county, file, number) = (l.County, l.FileId, l.Number); return r => r.County == county && r.FileId == file && r.Number == number; }, cancel);
}
