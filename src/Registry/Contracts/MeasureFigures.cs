using Shanhuo.Kernel;
using Shanhuo.Registry.Measures;

namespace Shanhuo.Registry.Contracts;

/// <summary>Poverty and inequality from a file of households, without a database.</summary>
public static class MeasureFigures
{
    /// <summary>Runs the command.</summary>
    /// <param name="options">The file and what of it is asked.</param>
    /// <param name="output">Takes the table, CSV in UTF-8; nothing when anything is refused.</param>
    /// <param name="error">Takes what is wrong, one line each, and the notes on base and estimators.</param>
    /// <param name="language">Of all that is said.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>The exit code: 0 done, 1 refused, 2 wrong usage.</returns>
    public static async Task<int> Run(MeasureOptions options, Stream output, TextWriter error, Language language, CancellationToken cancel)
    {
        return await Guarded(faults => new MeasureRun(options, faults).Run(output, cancel), error, language);
    }

    /// <summary>Multidimensional poverty (Alkire &amp; Foster 2011): as the other, with columns of deprivations instead of an income.</summary>
    public static async Task<int> Run(DeprivationOptions options, Stream output, TextWriter error, Language language, CancellationToken cancel)
    {
        return await Guarded(faults => new DeprivationRun(options, faults).Run(output, cancel), error, language);
    }

    private static async Task<int> Guarded(Func<MeasureFaults, Task<int>> run, TextWriter error, Language language)
    {
        var faults = new MeasureFaults(new Texts([typeof(MeasureFigures).Assembly, typeof(Texts).Assembly]), language, error);
        try
        {
            return await run(faults);
        }
        catch (OperationCanceledException)
        {
            faults.Note("measure.stopped");
            return 1;
        }
        catch (IOException e)
        {
            // Whoever read the table has gone, or a disk failed under the file.
            faults.Note("measure.broken", e.Message);
            return 1;
        }
    }
}
