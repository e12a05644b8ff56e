using System.Security.Cryptography;

namespace Shanhuo.Kernel;

/// <summary>Makes row ids in the program, so that rows of one change can name each other before they are saved, and so that ids of one process ascend.</summary>
/// <remarks>41 bits of milliseconds since 2024, 10 bits of a number drawn at start, 12 bits of a counter. Should two processes ever draw the same id, the primary key refuses the second and its whole change is tried again.</remarks>
public sealed class Ids(TimeProvider clock)
{
    private static readonly DateTimeOffset Epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly long node = RandomNumberGenerator.GetInt32(1024);
    private readonly Lock gate = new();
    private long last;

    /// <summary>A new id above zero.</summary>
    public long Next()
    {
        lock (gate)
        {
            var now = Math.Max(0, (long)(clock.GetUtcNow() - Epoch).TotalMilliseconds);
            // When the clock stands or goes back, the counter runs on into the next millisecond.
            var next = Math.Max(now << 12, last + 1);
            last = next;
            return ((next >> 12) << 22) | (node << 12) | (next & 0xFFF);
        }
    }

    /// <summary>When an id was given out, in Unix milliseconds.</summary>
    /// <param name="id">One of <see cref="Next"/>.</param>
    public static long TimeMs(long id) => Epoch.ToUnixTimeMilliseconds() + (id >> 22);

    /// <summary>No id given out at this instant or later is smaller.</summary>
    /// <param name="milliseconds">Unix milliseconds.</param>
    public static long FirstOf(long milliseconds) => Math.Max(0, milliseconds - Epoch.ToUnixTimeMilliseconds()) << 22;
}
