namespace Shanhuo.Kernel;

/// <summary>Business days are days of China Standard Time (UTC+8, no summer time); instants are UTC milliseconds.</summary>
public static class Clock
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    extension(TimeProvider clock)
    {
        /// <summary>Today in China.</summary>
        public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(China).DateTime);

        /// <summary>Now, in milliseconds since 1970 UTC.</summary>
        public long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();
    }

    /// <summary>An instant as China's local time, for showing.</summary>
    public static DateTime ToChina(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToOffset(China).DateTime;
}
