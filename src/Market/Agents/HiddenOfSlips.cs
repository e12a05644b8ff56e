using Shanhuo.Kernel;

namespace Shanhuo.Market.Agents;

/// <summary>The hidden phones of slips.</summary>
internal sealed class HiddenOfSlips(ShanhuoDb db, Secrets secrets) : IHoldHiddenFields
{
    public Task<int> Renew(CancellationToken cancel) => db.Renew<AgentSlip>(secrets, s => s.PhoneHidden, s => DraftOrderHandler.Binding(s.RequestId), s => { var (county, id) = (s.County, s.Id); return r => r.County == county && r.Id == id; }, cancel);
}
