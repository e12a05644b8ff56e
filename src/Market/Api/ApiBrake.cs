using System.Collections.Concurrent;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Api;

/// <summary>Counts the requests of each key by the minute. Each process counts for itself; several let through as many times more.</summary>
internal sealed class ApiBrake(TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, (long Minute, int Count)> counts = new();

    /// <summary>Counts one more.</summary>
    /// <returns>Seconds until the next minute when it was one too many; null: go on.</returns>
    public int? TooMany(ApiKey key)
    {
        var now = clock.NowMs;
        var minute = now / 60_000;
        var (_, count) = counts.AddOrUpdate(key.Id, (minute, 1), (_, was) => was.Minute == minute ? (minute, was.Count + 1) : (minute, 1));
        return count > key.PerMinute ? (int)(60 - now / 1000 % 60) : null;
    }
}
