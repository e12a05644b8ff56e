using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Measures;

/// <summary>Writes the measures, a row a group and one for all.</summary>
internal sealed class MeasureTable(MeasureOptions options, GroupNames names, SampleDesign design, Sample sample, Sample? before)
{
    private double[] influence = [];

    public void Write(Stream output, CancellationToken cancel)
    {
        using var table = SheetWriter.BeginPlain(output, [.. Header().Select(name => new SheetColumn(name))]);
        foreach (var (name, now, then) in Groups(cancel)) table.Row([.. Row(name, now, then)]);
    }

    public void WriteLorenz(Stream output, CancellationToken cancel)
    {
        using var table = SheetWriter.BeginPlain(output, new SheetColumn("group"), new SheetColumn("p"), new SheetColumn("l"));
        foreach (var (name, now, _) in Groups(cancel))
        {
            var shares = Lorenz.Of(now.Incomes, now.Weights, options.LorenzParts);
            for (var part = 0; part < shares.Length; part++) table.Row(name, SheetValue.Figure((double)part / options.LorenzParts), SheetValue.Figure(shares[part]));
        }
    }

    private IEnumerable<(string Name, Households Now, Households? Then)> Groups(CancellationToken cancel)
    {
        if (options.By is not null)
            foreach (var group in names.InOrder())
            {
                cancel.ThrowIfCancellationRequested();
                yield return (names[group], sample.Of(group), before?.Of(group));
            }
        yield return (options.Total, sample.All(), before?.All());
    }

    private IEnumerable<string> Header() =>
    [
        "group", "n", "weighted_n", .. PovertyFigures.Names,
        .. options.StandardErrors ? PovertyFigures.Names.Select(m => $"se_{m}") : [],
        .. options.Bounds ? ["unknown", "weighted_unknown", .. PovertyFigures.Names.SelectMany(m => new[] { $"{m}_lo", $"{m}_hi" })] : Array.Empty<string>(),
        .. before is not null
            ? ["n_before", "weighted_n_before", .. PovertyFigures.Names.Select(m => $"{m}_before"), .. PovertyFigures.Names.Select(m => $"d_{m}"), .. PovertyFigures.Names.Select(m => $"se_d_{m}")]
            : Array.Empty<string>(),
    ];

    private List<SheetValue> Row(string name, Households now, Households? then)
    {
        var figures = PovertyFigures.Of(now.Incomes, now.Weights, options.Line);
        var row = new List<SheetValue> { name, now.N, SheetValue.Figure(now.Weight) };
        Add(m => figures[m]);
        if (options.StandardErrors) Add(m => Error(m, now, null));
        if (options.Bounds)
        {
            var (least, greatest) = Unknowns.Bound(now.Incomes, now.Weights, now.UnknownWeight, now.LeastUnknownWeight, options.Line);
            row.Add(now.UnknownN);
            row.Add(SheetValue.Figure(now.UnknownWeight));
            for (var m = 0; m < PovertyFigures.Count; m++) row.AddRange([SheetValue.Figure(least[m]), SheetValue.Figure(greatest[m])]);
        }
        if (then is not null)
        {
            var earlier = PovertyFigures.Of(then.Incomes, then.Weights, options.LineBefore ?? options.Line);
            row.AddRange([then.N, SheetValue.Figure(then.Weight)]);
            Add(m => earlier[m]);
            Add(m => figures[m] - earlier[m]);
            Add(m => Error(m, now, then));
        }
        return row;

        void Add(Func<int, double> figure)
        {
            for (var m = 0; m < PovertyFigures.Count; m++) row.Add(SheetValue.Figure(figure(m)));
        }
    }

    /// <summary>
    /// The standard error of a measure, or of its change: the influences of the earlier sample count negatively in the same clusters, so that households asked twice bring their covariance with them
    /// (Berger &amp; Priam (2016), Journal of the Royal Statistical Society A 179, in the stacked form that R's survey takes).
    /// </summary>
    private double Error(int measure, Households now, Households? then)
    {
        if (now.N == 0 || then is { N: 0 }) return double.NaN;
        Put(measure, now, options.Line, 1);
        if (then is not null) Put(measure, then, options.LineBefore ?? options.Line, -1);
        return Math.Sqrt(design.Take());
    }

    private void Put(int measure, Households of, double line, int sign)
    {
        if (influence.Length < of.Incomes.Length) influence = new double[of.Incomes.Length];
        var parts = influence.AsSpan(0, of.Incomes.Length);
        Influence.Of(measure, of.Incomes, of.Weights, line, parts);
        for (var i = 0; i < parts.Length; i++) design.Add(of.Clusters[i], sign * of.Weights[i] * parts[i]);
    }
}
