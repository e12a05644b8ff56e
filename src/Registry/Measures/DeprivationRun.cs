using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Measures;

/// <summary>Reads deprivations, measures and writes once.</summary>
internal sealed class DeprivationRun(DeprivationOptions options, MeasureFaults faults)
{
    private string[] columns = [];

    public async Task<int> Run(Stream output, CancellationToken cancel)
    {
        if (!DeprivationText.Read(options.Indicators, options.Cutoff).Ok(out var asked, out var no))
        {
            faults.Add(no);
            return 2;
        }
        columns = asked.Names;
        var (names, builder) = (new GroupNames(), new DesignBuilder());
        var reader = new SampleReader<Deprived>(options, columns, ReadAnswers, names, builder, faults);
        await reader.Read(options.Data, "", cancel);
        var design = builder.Build(options.StandardErrors, faults);
        if (faults.Count > 0)
        {
            faults.End();
            return 1;
        }
        Func<int, double>? shares = options.Fpc is not null && options.Weight is null ? design.ShareOf : null;
        var answers = reader.Values;
        new DeprivationTable(options, asked.Names, asked.Weights, names, design, answers, reader.Take(shares)).Write(output, cancel);
        var known = answers.Count(a => a.Known == asked.Weights.Every);
        faults.Note("measure.base-mpi", Path.GetFileName(options.Data), answers.Length + reader.WithoutWeight, known, answers.Length - known, reader.WithoutWeight);
        faults.Note("measure.estimators-mpi", options.Cutoff);
        if (shares is not null) faults.Note("measure.weights-of-fpc");
        return 0;
    }

    private Deprived ReadAnswers(SheetRow row, int[] at)
    {
        var (known, lacks) = (0UL, 0UL);
        for (var j = 0; j < at.Length; j++)
        {
            var cell = row[at[j]];
            var kind = MeasureNumber.Read(cell, out var value);
            var answer = kind == NumberKind.Known ? value switch { 1 => true, 0 => false, _ => (bool?)null }
                : cell.Text?.ToUpperInvariant() switch { "是" or "YES" or "TRUE" => true, "否" or "NO" or "FALSE" => false, _ => null };
            if (answer is null && kind != NumberKind.Unknown) faults.Add(new Refusal("measure.deprived", row.At(columns[j]), cell.Text ?? ""));
            if (answer is not null) known |= 1UL << j;
            if (answer == true) lacks |= 1UL << j;
        }
        return new Deprived(known, lacks);
    }
}
