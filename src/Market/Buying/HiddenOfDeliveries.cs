using Shanhuo.Kernel;

namespace Shanhuo.Market.Buying;

/// <summary>The hidden names, phones and addresses of buyers.</summary>
internal sealed class HiddenOfDeliveries(ShanhuoDb db, Secrets secrets) : IHoldHiddenFields
{
    public async Task<int> Renew(CancellationToken cancel) =>
        await db.Renew<Delivery>(secrets, d => d.NameHidden, d => Delivery.Binding("name", d.OrderId), Row, cancel)
        + await db.Renew<Delivery>(secrets, d => d.PhoneHidden, d => Delivery.Binding("phone", d.OrderId), Row, cancel)
        + await db.Renew<Delivery>(secrets, d => d.AddressHidden, d => Delivery.Binding("address", d.OrderId), Row, cancel);

    private static System.Linq.Expressions.Expression<Func<Delivery, bool>> Row(Delivery delivery)
    {
        var (county, order) = (delivery.County, delivery.OrderId);
        return r => r.County == county && r.OrderId == order;
    }
}
