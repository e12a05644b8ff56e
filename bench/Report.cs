using System.Diagnostics;
using System.Globalization;

namespace Shanhuo.Bench;

/// <summary>Times work and says it, beside a reference measured in the same run.</summary>
internal static class Report
{
    /// <summary>Processor seconds of this process, which other work on the machine does not disturb.</summary>
    public static double Cpu => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    /// <summary>The least processor seconds of some runs.</summary>
    public static double Best(int runs, Action work)
    {
        var best = double.MaxValue;
        for (var run = 0; run < runs; run++)
        {
            var before = Cpu;
            work();
            best = Math.Min(best, Cpu - before);
        }
        return best;
    }

    /// <summary>Largest memory of this process so far, in MB.</summary>
    public static long PeakMegabytes => Process.GetCurrentProcess().PeakWorkingSet64 >> 20;

    public static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
