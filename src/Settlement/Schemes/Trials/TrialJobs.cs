using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Schemes.Trials;

/// <summary>Trials over more lines than one request may take: they run beside the requests, say how far they are, and can be stopped. Kept in memory only, since a trial changes nothing and can be run again.</summary>
internal sealed class TrialJobs(IServiceScopeFactory services)
{
    private readonly ConcurrentDictionary<(long Account, long Version), TrialJob> jobs = new();

    /// <summary>The job of a person and version; null: there is none.</summary>
    public TrialJob? Find(long account, long version) => jobs.GetValueOrDefault((account, version));

    /// <summary>Begins a trial, unless one of this person and version is running.</summary>
    public TrialJob Begin(Scope person, long version, Scheme draft, Scheme? present, TrialScope orders, int lines)
    {
        if (Find(person.AccountId, version) is { IsRunning: true } running) return running;
        // Only the newest few are kept: their sums name households.
        foreach (var old in jobs.Where(j => !j.Value.IsRunning).OrderBy(j => j.Value.Number).SkipLast(20)) jobs.TryRemove(old.Key, out _);
        var job = new TrialJob(lines);
        jobs[(person.AccountId, version)] = job;
        job.Task = Task.Run(() => Run(job, person, new SideBySide(draft, present), orders));
        return job;
    }

    private async Task Run(TrialJob job, Scope person, SideBySide trial, TrialScope scope)
    {
        try
        {
            await using var inner = services.CreateAsyncScope();
            inner.ServiceProvider.GetRequiredService<CurrentScope>().Scope = person;
            var orders = inner.ServiceProvider.GetRequiredService<TrialOrders>();
            for (long? next = long.MaxValue; next is { } before;)
            {
                (var read, next) = await orders.Read(scope, before, TrialOrders.MostLines, job.Stopping);
                foreach (var order in read)
                {
                    trial.Add(order, orders.Lots);
                    job.Done += order.Count;
                }
            }
            job.Result = trial.Finish();
        }
        catch (OperationCanceledException)
        {
            job.WasStopped = true;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Beside the requests nobody else would see it: the page says that it failed, and the trial can be run again.
            job.Fault = fault;
        }
    }
}

/// <summary>A trial on its way.</summary>
internal sealed class TrialJob(int lines)
{
    private static long last;
    private readonly CancellationTokenSource stop = new();

    public long Number { get; } = Interlocked.Increment(ref last);

    /// <summary>Lines to try, as counted when it began.</summary>
    public int Lines { get; } = lines;

    /// <summary>Lines tried so far.</summary>
    public int Done { get; set; }
    public bool IsRunning => Task is { IsCompleted: false };
    public bool WasStopped { get; set; }
    public Exception? Fault { get; set; }
    public Comparison? Result { get; set; }
    public Task? Task { get; set; }
    public CancellationToken Stopping => stop.Token;

    public void Stop() => stop.Cancel();
}
