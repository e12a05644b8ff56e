using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Measures;

/// <summary>Writes H, A, M0 and the indicators, a row a group and one for all. The base is who answered every indicator.</summary>
internal sealed class DeprivationTable(DeprivationOptions options, string[] indicators, DeprivationWeights by, GroupNames names, SampleDesign design, Deprived[] answers, SampleRows rows)
{
    public void Write(Stream output, CancellationToken cancel)
    {
        string[] header =
        [
            "group", "n", "weighted_n", "h", "a", "m0", .. options.StandardErrors ? new[] { "se_h", "se_a", "se_m0" } : [],
            .. options.Bounds ? new[] { "unknown", "weighted_unknown", "h_lo", "h_hi", "m0_lo", "m0_hi" } : [],
            .. indicators.Select(i => $"censored_{i}"), .. indicators.Select(i => $"share_{i}"),
        ];
        using var table = SheetWriter.BeginPlain(output, [.. header.Select(name => new SheetColumn(name))]);
        if (options.By is not null)
            foreach (var group in names.InOrder())
            {
                cancel.ThrowIfCancellationRequested();
                table.Row([.. Row(names[group], rows.Of(group))]);
            }
        table.Row([.. Row(options.Total, rows.All())]);
    }

    private List<SheetValue> Row(string name, int[] chosen)
    {
        var known = chosen.Where(r => answers[r].Known == by.Every).ToArray();
        var weights = known.Select(r => rows.Weights[r]).ToArray();
        var figures = Deprivations.Of([.. known.Select(r => answers[r].Lacks)], weights, by);
        var row = new List<SheetValue> { name, weights.Count(w => w > 0), SheetValue.Figure(Sums.Of(weights)) };
        Add(figures.H, figures.A, figures.M0);
        if (options.StandardErrors) AddErrors(row, known, figures, Sums.Of(weights));
        if (options.Bounds)
        {
            var all = chosen.Select(r => rows.Weights[r]).ToArray();
            // Both H and M0 grow with every deprivation: least when what is unknown is not lacked, greatest when it is.
            var least = Deprivations.Of([.. chosen.Select(r => answers[r].Lacks)], all, by);
            var greatest = Deprivations.Of([.. chosen.Select(r => answers[r].Lacks | (by.Every & ~answers[r].Known))], all, by);
            row.Add(chosen.Count(r => rows.Weights[r] > 0 && answers[r].Known != by.Every));
            Add(Sums.Of(all) - Sums.Of(weights), least.H, greatest.H, least.M0, greatest.M0);
        }
        Add(figures.Censored);
        Add(figures.Shares);
        return row;

        void Add(params ReadOnlySpan<double> numbers)
        {
            foreach (var number in numbers) row.Add(SheetValue.Figure(number));
        }
    }

    private void AddErrors(List<SheetValue> row, int[] known, Deprivations figures, double all)
    {
        for (var measure = 0; measure < 3; measure++)
        {
            foreach (var r in known)
            {
                var (ofH, ofA, ofM0) = figures.InfluenceOf(answers[r].Lacks, all, by);
                design.Add(rows.Clusters[r], rows.Weights[r] * (measure == 0 ? ofH : measure == 1 ? ofA : ofM0));
            }
            var variance = design.Take();
            row.Add(SheetValue.Figure(all > 0 ? Math.Sqrt(variance) : double.NaN));
        }
    }
}
