using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Measures;

/// <summary>Reads one file of households, keeping of each what is measured, its weight, its group and its cluster.</summary>
/// <typeparam name="T">What is measured of a household.</typeparam>
/// <param name="options">The columns of the sample.</param>
/// <param name="measured">The columns that are measured.</param>
/// <param name="read">Reads them; what is wrong goes to the faults.</param>
/// <param name="names">Takes the groups.</param>
/// <param name="design">Takes strata and clusters.</param>
/// <param name="faults">Takes what is wrong.</param>
internal sealed class SampleReader<T>(SampleOptions options, IReadOnlyList<string> measured, Func<SheetRow, int[], T> read, GroupNames names, DesignBuilder design, MeasureFaults faults)
{
    private readonly List<T> values = [];
    private readonly List<double> weights = [];
    private readonly List<int> groups = [];
    private readonly List<int> clusters = [];

    /// <summary>Rows without a weight, which are left out altogether.</summary>
    public int WithoutWeight { get; private set; }

    /// <summary>Reads a file to its end; what is wrong goes to the faults.</summary>
    /// <param name="path">CSV or XLSX.</param>
    /// <param name="sample">Begins the names of strata where two samples are independent; "" else.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task Read(string path, string sample, CancellationToken cancel)
    {
        if (!(await SheetReader.OpenOwn(path, cancel)).Ok(out var sheet, out var no))
        {
            faults.Add(no);
            return;
        }
        Columns? columns = null;
        foreach (var outcome in sheet.Rows())
        {
            if (!outcome.Ok(out var row, out no)) faults.Add(no);
            else if (columns is null)
            {
                if ((columns = Columns.Find(row, options, measured, faults)) is null) return;
            }
            else
            {
                if ((row.Number & 4095) == 0) cancel.ThrowIfCancellationRequested();
                Add(row, columns, sample);
            }
        }
        if (columns is null && faults.Count == 0) faults.Add(new Refusal("sheet.empty", new Place { File = path }));
    }

    /// <summary>What was measured of each row that was kept.</summary>
    public T[] Values => [.. values];

    /// <summary>Weight, group and cluster of these rows. Without a weight column all weigh 1, or where the population is known what each stands for.</summary>
    /// <param name="shares">Share drawn of the stratum of each cluster; null: weights are as read.</param>
    public SampleRows Take(Func<int, double>? shares)
    {
        var weighed = weights.ToArray();
        if (shares is not null)
            for (var i = 0; i < weighed.Length; i++) weighed[i] = 1 / shares(clusters[i]);
        return new SampleRows(weighed, [.. groups], [.. clusters], names.Count);
    }

    private void Add(SheetRow row, Columns columns, string sample)
    {
        var before = faults.Count;
        var value = read(row, columns.Measured);
        var weight = 1d;
        if (columns.Weight >= 0)
        {
            var kind = MeasureNumber.Read(row[columns.Weight], out weight);
            if (kind == NumberKind.Wrong) faults.Add(new Refusal("measure.number", row.At(options.Weight!), row[columns.Weight].Text));
            else if (weight < 0) faults.Add(new Refusal("measure.weight-negative", row.At(options.Weight!), row[columns.Weight].Text));
            else if (kind == NumberKind.Unknown)
            {
                WithoutWeight++;
                return;
            }
        }
        var fpc = double.NaN;
        if (columns.Fpc >= 0 && (MeasureNumber.Read(row[columns.Fpc], out fpc) != NumberKind.Known || fpc <= 0)) faults.Add(new Refusal("measure.fpc", row.At(options.Fpc!), row[columns.Fpc].Text ?? ""));
        var stratum = Name(row, columns.Strata, options.Strata);
        var cluster = columns.Cluster >= 0 ? Name(row, columns.Cluster, options.ClusterColumn) : null;
        var group = columns.By >= 0 ? row[columns.By].Text ?? "" : "";
        if (columns.By >= 0 && group == options.Total) faults.Add(new Refusal("measure.total-taken", row.At(options.By!), group));
        if (faults.Count > before) return;
        values.Add(value);
        weights.Add(weight);
        groups.Add(names.NumberOf(group));
        clusters.Add(design.Add(sample + stratum, cluster, fpc, row, faults));
    }

    private string Name(SheetRow row, int column, string? name)
    {
        if (column < 0) return "";
        var text = row[column].Text;
        if (string.IsNullOrEmpty(text)) faults.Add(new Refusal("measure.no-name", row.At(name!)));
        return text ?? "";
    }

    /// <summary>Where the asked columns are; -1: not asked for.</summary>
    private sealed record Columns(int[] Measured, int Weight, int By, int Strata, int Cluster, int Fpc)
    {
        public static Columns? Find(SheetRow first, SampleOptions options, IReadOnlyList<string> measured, MeasureFaults faults)
        {
            var before = faults.Count;
            var columns = new Columns([.. measured.Select(One)], One(options.Weight), One(options.By), One(options.Strata), One(options.ClusterColumn), One(options.Fpc));
            return faults.Count == before ? columns : null;

            int One(string? name) => name is null ? -1 : ColumnFinder.Find(first, name, faults);
        }
    }
}
