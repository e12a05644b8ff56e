namespace Shanhuo.Registry.Contracts;

/// <summary>A file of households or persons, one a row, and how they were drawn. Columns are given by their names in the first row.</summary>
/// <param name="Data">CSV or XLSX.</param>
public abstract record SampleOptions(string Data)
{
    /// <summary>Column of weights, at least 0; null: all weigh 1. A row without one is left out and counted.</summary>
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

    /// <summary>Adds the least and greatest that unknown answers leave possible.</summary>
    public bool Bounds { get; init; }

    /// <summary>Name of the row for all.</summary>
    public string Total { get; init; } = "all";

    /// <summary>What the variance takes for clusters.</summary>
    internal virtual string? ClusterColumn => Cluster;
}

/// <summary>What <c>shanhuo measure</c> is asked to do.</summary>
/// <param name="Data">CSV or XLSX.</param>
/// <param name="Income">Column of incomes, yuan. Empty or NA: unknown, left out of the base and counted.</param>
/// <param name="Line">Poverty line, yuan, above 0. Poor is who has less.</param>
public sealed record MeasureOptions(string Data, string Income, double Line) : SampleOptions(Data)
{
    /// <summary>Prints the Lorenz curve at so many parts instead; 0: the measures.</summary>
    public int LorenzParts { get; init; }

    /// <summary>An earlier file of the same form: adds its measures, the change and its standard error.</summary>
    public string? Before { get; init; }

    /// <summary>The line of the earlier file; null: the same.</summary>
    public double? LineBefore { get; init; }

    /// <summary>Column by which the households of both files are the same; null: the samples are independent.</summary>
    public string? Panel { get; init; }

    internal override string? ClusterColumn => Cluster ?? Panel;
}

/// <summary>What <c>shanhuo measure mpi</c> is asked to do.</summary>
/// <param name="Data">CSV or XLSX.</param>
/// <param name="Indicators">Columns of 1 (deprived) and 0 with their weights, such as <c>school=1/6,water=1/18</c>; without weights all weigh the same.</param>
/// <param name="Cutoff">Poor is who is deprived in at least this share of the weights, such as <c>1/3</c>.</param>
public sealed record DeprivationOptions(string Data, string Indicators, string Cutoff) : SampleOptions(Data);
