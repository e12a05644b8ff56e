using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Buying;

/// <summary>Where buyers stand in line: one lane a county, served in order of arrival, as many at once as are waiting. Another process, a file or a counter may sell from the same lots at the same time; the database counts for all.</summary>
internal sealed class CheckoutQueue(IServiceScopeFactory scopes) : IDisposable
{
    /// <summary>Most orders in one transaction.</summary>
    public const int MostAtOnce = 128;

    /// <summary>Most who wait in a lane; the next is told so.</summary>
    public const int MostWaiting = 20_000;

    private const int Tries = 8;
    private readonly ConcurrentDictionary<AreaCode, Lane> lanes = new();
    private readonly CancellationTokenSource stop = new();

    private sealed record Waiting(WebOrder Order, TaskCompletionSource<Outcome<Placed>> Answer);

    private sealed record Lane(Channel<Waiting> Line, Lazy<Task> Work);

    /// <summary>Places an order when its turn comes. The same request again gets the same answer.</summary>
    /// <param name="order">What the buyer wants.</param>
    /// <param name="cancel">Stops the waiting, not the order: it may be placed all the same, and asking again tells.</param>
    public async Task<Outcome<Placed>> Place(WebOrder order, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        var lane = lanes.GetOrAdd(order.County, county =>
        {
            var line = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
            return new Lane(line, new Lazy<Task>(() => Task.Run(() => Serve(county, line.Reader))));
        });
        _ = lane.Work.Value;
        var waiting = new Waiting(order, new TaskCompletionSource<Outcome<Placed>>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!lane.Line.Writer.TryWrite(waiting)) return new Refusal("market.busy");
        return await waiting.Answer.Task.WaitAsync(cancel);
    }

    /// <summary>Ends the lanes; who still waits is told that it was stopped.</summary>
    public void Dispose()
    {
        stop.Cancel();
        foreach (var lane in lanes.Values) lane.Line.Writer.TryComplete();
        stop.Dispose();
    }

    private async Task Serve(AreaCode county, ChannelReader<Waiting> line)
    {
        var cancel = stop.Token;
        var batch = new List<Waiting>(MostAtOnce);
        try
        {
            while (await line.WaitToReadAsync(cancel))
            {
                batch.Clear();
                while (batch.Count < MostAtOnce && line.TryRead(out var next)) batch.Add(next);
                await Serve(county, batch, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            foreach (var left in batch) left.Answer.TrySetCanceled(cancel);
            while (line.TryRead(out var left)) left.Answer.TrySetCanceled(cancel);
        }
    }

    private async Task Serve(AreaCode county, List<Waiting> batch, CancellationToken cancel)
    {
        // Together; where that fails for whatever reason, one by one, so that one order's fault is not its neighbour's.
        if (batch.Count > 1)
        {
            try
            {
                if (await Once(county, [.. batch.Select(w => w.Order)], cancel) is { } answers)
                {
                    for (var i = 0; i < answers.Length; i++) batch[i].Answer.TrySetResult(answers[i]);
                    return;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException) { }
        }
        foreach (var one in batch) await ServeOne(county, one, cancel);
    }

    private async Task ServeOne(AreaCode county, Waiting one, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await Once(county, [one.Order], cancel) is [var answer])
                {
                    one.Answer.TrySetResult(answer);
                    return;
                }
                if (attempt < Tries) continue;
                one.Answer.TrySetResult(new Refusal("market.busy"));
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (attempt < Tries) continue;
                one.Answer.TrySetException(e);
                return;
            }
        }
    }

    private async Task<Outcome<Placed>[]?> Once(AreaCode county, IReadOnlyList<WebOrder> orders, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = new Scope { Area = county, Role = Role.CountyStaff };
        return await scope.ServiceProvider.GetRequiredService<CheckoutBatch>().Do(county, orders, cancel);
    }
}
