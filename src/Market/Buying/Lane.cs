using System.Threading.Channels;

namespace Shanhuo.Market.Buying;

/// <summary>People who stand in line: served in order of arrival, as many at once as are waiting, so that a rush costs one commit for many.</summary>
/// <param name="together">Serves some in one transaction; null: somebody outside came between, nothing is done, try again.</param>
/// <param name="busy">The answer when it did not come about however often it was tried, or when too many wait.</param>
/// <param name="mostAtOnce">Most in one transaction.</param>
internal sealed class Lane<TAsk, TAnswer>(Func<IReadOnlyList<TAsk>, CancellationToken, Task<TAnswer[]?>> together, TAnswer busy, int mostAtOnce)
{
    /// <summary>Most who wait; the next is told so.</summary>
    public const int MostWaiting = 20_000;

    private const int Tries = 8;
    private readonly Channel<Waiting> line = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private Task? work;

    private sealed record Waiting(TAsk Ask, TaskCompletionSource<TAnswer> Answer);

    /// <summary>The answer when the turn comes.</summary>
    /// <param name="ask">What is wanted.</param>
    /// <param name="stop">Ends the lane; who still waits is told that it was stopped.</param>
    /// <param name="cancel">Stops the waiting, not what is waited for: it may be done all the same, and asking again tells.</param>
    public async Task<TAnswer> Stand(TAsk ask, CancellationToken stop, CancellationToken cancel)
    {
        lock (line) work ??= Task.Run(() => Serve(stop), CancellationToken.None);
        var waiting = new Waiting(ask, new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        return line.Writer.TryWrite(waiting) ? await waiting.Answer.Task.WaitAsync(cancel) : busy;
    }

    private async Task Serve(CancellationToken stop)
    {
        var batch = new List<Waiting>(mostAtOnce);
        try
        {
            while (await line.Reader.WaitToReadAsync(stop))
            {
                batch.Clear();
                while (batch.Count < mostAtOnce && line.Reader.TryRead(out var next)) batch.Add(next);
                if (!await All(batch, stop))
                    foreach (var one in batch) await One(one, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            line.Writer.TryComplete();
            foreach (var left in batch) left.Answer.TrySetCanceled(stop);
            while (line.Reader.TryRead(out var left)) left.Answer.TrySetCanceled(stop);
        }
    }

    // Together; where that fails for whatever reason, one by one, so that one's fault is not its neighbour's.
    private async Task<bool> All(List<Waiting> batch, CancellationToken stop)
    {
        if (batch.Count == 1) return false;
        try
        {
            if (await together([.. batch.Select(w => w.Ask)], stop) is not { } answers) return false;
            for (var i = 0; i < answers.Length; i++) batch[i].Answer.TrySetResult(answers[i]);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested) { return false; }
    }

    private async Task One(Waiting one, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await together([one.Ask], stop) is [var answer]) one.Answer.TrySetResult(answer);
                else if (attempt < Tries) continue;
                else one.Answer.TrySetResult(busy);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                if (attempt < Tries) continue;
                one.Answer.TrySetException(e);
                return;
            }
        }
    }
}
