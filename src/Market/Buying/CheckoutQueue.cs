using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Buying;

/// <summary>Where buyers stand in line: a lane a county for orders, and one for payments. Another process, a file or a counter may sell from the same lots at the same time; the database counts for all.</summary>
internal sealed class CheckoutQueue(IServiceScopeFactory scopes) : IDisposable
{
    private const int MostAtOnce = 128;
    private readonly ConcurrentDictionary<AreaCode, Lane<WebOrder, Outcome<Placed>>> orders = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Lane<PaymentTold, Refusal?> payments = new((told, cancel) => scopes.In<Refusal?[]?>(null, async s => await s.GetRequiredService<TakePaymentHandler>().Handle(told, cancel)), new Refusal("market.busy"), MostAtOnce);

    /// <summary>Places an order when its turn comes. The same request again gets the same answer.</summary>
    public Task<Outcome<Placed>> Place(WebOrder order, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        return orders.GetOrAdd(order.County, county => new((batch, stopped) => scopes.In<Outcome<Placed>[]?>(county, s => s.GetRequiredService<CheckoutBatch>().Do(county, batch, stopped)), new Refusal("market.busy"), MostAtOnce)).Stand(order, stop.Token, cancel);
    }

    /// <summary>Takes a payment; see <see cref="TakePaymentHandler"/>.</summary>
    public Task<Refusal?> Pay(PaymentTold told, CancellationToken cancel) => payments.Stand(told, stop.Token, cancel);

    /// <summary>Ends the lanes.</summary>
    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }
}
