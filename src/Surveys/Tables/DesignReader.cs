using Shanhuo.Kernel;
using Shanhuo.Surveys.Responses;

namespace Shanhuo.Surveys.Tables;

/// <summary>Which columns of the data say how the people were chosen; null: there is no such column.</summary>
/// <param name="Weight">How many people a response stands for.</param>
/// <param name="Strata">The part of the population that was drawn from on its own.</param>
/// <param name="Cluster">What was drawn first, such as the village.</param>
/// <param name="Population">Number of clusters in the stratum (of people, where none are drawn first), the same in all its rows; at most 1: the fraction drawn.</param>
internal sealed record DesignColumns(string? Weight, string? Strata, string? Cluster, string? Population)
{
    public IReadOnlyCollection<string> Names => [.. new[] { Weight, Strata, Cluster, Population }.OfType<string>()];
}

/// <summary>Makes a design of the columns of the data. A blank weight, stratum or cluster is refused: nothing sound can be put in its place.</summary>
internal static class DesignReader
{
    /// <returns>The design, or <c>design.weight</c>, <c>design.weights-zero</c>, <c>design.blank</c>, <c>design.population</c>, <c>design.population-differs</c>, <c>design.lonely</c>.</returns>
    public static Outcome<SampleDesign> Read(ResponseSet responses, DesignColumns columns)
    {
        Place At(int row, string column) => Place.Cell(responses.File, responses.SheetRow(row), column);
        double[]? weights = null;
        if (columns.Weight is { } weight)
        {
            weights = new double[responses.Count];
            var texts = responses.Others[weight].Texts;
            for (var row = 0; row < weights.Length; row++)
                if (!AnswerCells.Number(texts[row], false, out weights[row]) || !(weights[row] >= 0)) return new Refusal("design.weight", At(row, weight), texts[row]);
            if (weights.Sum() <= 0) return new Refusal("design.weights-zero", new Place { File = responses.File, Column = weight });
        }
        foreach (var name in new[] { columns.Strata, columns.Cluster }.OfType<string>())
            if (responses.Others[name].Texts.IndexOf("") is >= 0 and var row) return new Refusal("design.blank", At(row, name), name);
        var sizes = new Dictionary<string, double>(StringComparer.Ordinal);
        var strata = columns.Strata is { } s ? responses.Others[s].Texts : null;
        if (columns.Population is { } population)
            for (var row = 0; row < responses.Count; row++)
            {
                var text = responses.Others[population].Texts[row];
                if (!AnswerCells.Number(text, false, out var size) || !(size > 0)) return new Refusal("design.population", At(row, population), text);
                if (sizes.TryAdd(strata?[row] ?? "", size)) continue;
                if (sizes[strata?[row] ?? ""] != size) return new Refusal("design.population-differs", At(row, population), text, sizes[strata?[row] ?? ""]);
            }
        var names = strata?.Distinct(StringComparer.Ordinal).ToList() ?? [""];
        double Fraction(int stratum, int drawn) => sizes[names[stratum]] is <= 1 and var part ? part : drawn / sizes[names[stratum]];
        var design = SampleDesign.Of(responses.Count, weights, strata, columns.Cluster is { } c ? responses.Others[c].Texts : null, columns.Population is null ? null : Fraction);
        for (var h = 0; h < names.Count; h++)
        {
            var place = new Place { File = responses.File, Column = columns.Strata ?? columns.Cluster ?? columns.Population };
            if (design.Fractions[h] > 1) return new Refusal("design.population-small", place with { Column = columns.Population }, names[h], sizes[names[h]], design.Drawn[h]);
            if (design.Drawn[h] < 2 && design.Fractions[h] < 1 && !design.IsPlain) return new Refusal("design.lonely", place, names[h]);
        }
        return design;
    }
}
