using Shanhuo.Kernel;
using Shanhuo.Registry.Measures;

namespace Shanhuo.Registry.Contracts;

/// <summary>What <c>shanhuo measure</c> is asked to do. Columns are given by their names in the first row.</summary>
/// <param name="Data">CSV or XLSX, one household or person a row.</param>
/// <param name="Income">Column of incomes, yuan. Empty or NA: unknown, left out of the base and counted.</param>
/// <param name="Line">Poverty line, yuan, above 0. Poor is who has less.</param>
public sealed record MeasureOptions(string Data, string Income, double Line)
{
    /// <summary>Column of weights, at least 0; null: all weigh 1.</summary>
    public string? Weight { get; init; }

    /// <summary>Column of groups: a row for each in order, then one for all.</summary>
    public string? By { get; init; }

    /// <summary>Column of strata.</summary>
    public string? Strata { get; init; }

    /// <summary>Column of clusters (first stage), numbered within strata.</summary>
    public string? Cluster { get; init; }

    /// <summary>Column of the stratum's population in clusters, or of the share drawn (all at most 1).</summary>
    public string? Fpc { get; init; }

    /// <summary>Adds standard errors.</summary>
    public bool StandardErrors { get; init; }

    /// <summary>Adds the least and greatest that unknown incomes leave possible.</summary>
    public bool Bounds { get; init; }

    /// <summary>Prints the Lorenz curve at so many parts instead; 0: the measures.</summary>
    public int LorenzParts { get; init; }

    /// <summary>An earlier file of the same form: adds its measures, the change and its standard error.</summary>
    public string? Before { get; init; }

    /// <summary>The line of the earlier file.</summary>
    public double LineBefore { get; init; } = Line;

    /// <summary>Column by which the households of both files are the same; null: the samples are independent, unless clusters say otherwise.</summary>
    public string? Panel { get; init; }

    /// <summary>Name of the row for all.</summary>
    public string Total { get; init; } = "all";

    /// <summary>What the variance takes for clusters.</summary>
    internal string? ClusterColumn => Cluster ?? Panel;
}

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
        var faults = new MeasureFaults(new Texts([typeof(MeasureFigures).Assembly, typeof(Texts).Assembly]), language, error);
        try
        {
            return await new MeasureRun(options, faults).Run(output, cancel);
        }
        catch (OperationCanceledException)
        {
            faults.Note("measure.stopped");
            return 1;
        }
    }
}
