using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Measures;

/// <summary>Reads, measures and writes once.</summary>
internal sealed class MeasureRun(MeasureOptions options, MeasureFaults faults)
{
    public async Task<int> Run(Stream output, CancellationToken cancel)
    {
        if (WrongUsage() is { } wrong)
        {
            faults.Add(wrong);
            return 2;
        }
        var (names, builder) = (new GroupNames(), new DesignBuilder());
        var isIndependent = options.Before is not null && options.Panel is null;
        var after = Reader();
        await after.Read(options.Data, isIndependent ? "2:" : "", cancel);
        SampleReader<double>? before = null;
        if (options.Before is not null)
        {
            before = Reader();
            await before.Read(options.Before, isIndependent ? "1:" : "", cancel);
        }
        var design = builder.Build(options.StandardErrors || options.Before is not null, faults);
        if (faults.Count > 0)
        {
            faults.End();
            return 1;
        }
        Func<int, double>? shares = options.Fpc is not null && options.Weight is null ? design.ShareOf : null;
        var sample = new Sample(after.Values, after.Take(shares));
        var sampleBefore = before is null ? null : new Sample(before.Values, before.Take(shares));
        var table = new MeasureTable(options, names, design, sample, sampleBefore);
        if (options.LorenzParts > 0) table.WriteLorenz(output, cancel); else table.Write(output, cancel);
        Say(after, sample, options.Data);
        if (before is not null) Say(before, sampleBefore!, options.Before!);
        faults.Note("measure.estimators", options.Line);
        if (shares is not null) faults.Note("measure.weights-of-fpc");
        if (options.Before is not null) faults.Note(isIndependent ? "measure.change-independent" : "measure.change-panel");
        return 0;

        SampleReader<double> Reader() => new(options, [options.Income], ReadIncome, names, builder, faults);
    }

    private double ReadIncome(SheetRow row, int[] columns)
    {
        var cell = row[columns[0]];
        if (MeasureNumber.Read(cell, out var income) == NumberKind.Wrong) faults.Add(new Refusal("measure.number", row.At(options.Income), cell.Text));
        return income;
    }

    private Refusal? WrongUsage() =>
        !IsLine(options.Line) || !IsLine(options.LineBefore ?? options.Line) ? new Refusal("measure.line")
        : (options.Panel is not null || options.LineBefore is not null) && options.Before is null ? new Refusal("measure.panel-alone")
        : options.LorenzParts is < 0 or > 10_000 ? new Refusal("measure.lorenz-parts")
        : options.LorenzParts > 0 && (options.Before is not null || options.StandardErrors || options.Bounds) ? new Refusal("measure.lorenz-alone")
        : null;

    private static bool IsLine(double line) => line > 0 && line <= MeasureNumber.Largest;

    private void Say(SampleReader<double> read, Sample sample, string file)
    {
        faults.Note("measure.base", Path.GetFileName(file), sample.Count + read.WithoutWeight, sample.Count - sample.Unknown, sample.Unknown, read.WithoutWeight);
        if (sample.Negative > 0) faults.Note("measure.negative", sample.Negative);
    }
}
