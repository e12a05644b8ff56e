using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Tables;

/// <summary>How the people of a stored survey were chosen, by questions of its form and by where they live.</summary>
internal static class StoredDesign
{
    public const string Village = "@village", Township = "@township";

    /// <returns>The design, or <c>table.no-answers</c>, <c>survey.weight-blank</c>, <c>survey.area-unknown</c>, <c>survey.one-cluster</c>, <c>design.weights-zero</c>, <c>design.blank</c>, <c>design.lonely</c>.</returns>
    public static Outcome<SampleDesign> Of(SurveyColumns columns, TableRequest request)
    {
        if (!Weights(columns, request.Weight).Ok(out var weights, out var no)) return no;
        if (!Names(columns, request.Strata, "Strata").Ok(out var strata, out no) || !Names(columns, request.Cluster, "Cluster").Ok(out var clusters, out no)) return no;
        // What one person said several times is drawn together.
        var design = SampleDesign.Of(columns.Set.Count, weights.Of, strata.Of, clusters.Of ?? columns.Responses, null);
        if (strata.Of is null && clusters.Of is null) return design;
        var lonely = Enumerable.Range(0, design.Drawn.Count).FirstOrDefault(h => design.Drawn[h] < 2, -1);
        if (lonely < 0) return design;
        return strata.Of is null ? new Refusal("survey.one-cluster", Place.Input("Cluster")) : new Refusal("design.lonely", Place.Input("Strata"), strata.Of[Array.IndexOf(design.Strata, lonely)]);
    }

    private static Outcome<Column<double[]>> Weights(SurveyColumns columns, string? weight)
    {
        if (string.IsNullOrEmpty(weight)) return new Column<double[]>(null);
        if (!columns.Set.Answers.TryGetValue(weight, out var answers)) return new Refusal("table.no-answers", Place.None, weight);
        var weights = new double[columns.Set.Count];
        for (var row = 0; row < weights.Length; row++)
        {
            weights[row] = answers.Value(row).ToNumber();
            if (!(weights[row] >= 0) || !double.IsFinite(weights[row])) return new Refusal("survey.weight-blank", Place.Input("Weight"), weight);
        }
        return weights.Sum() <= 0 ? new Refusal("design.weights-zero") : new Column<double[]>(weights);
    }

    private static Outcome<Column<string[]>> Names(SurveyColumns columns, string? name, string input)
    {
        if (string.IsNullOrEmpty(name)) return new Column<string[]>(null);
        if (name is Village or Township)
        {
            var level = name == Village ? AreaLevel.Village : AreaLevel.Township;
            if (columns.Areas.Any(a => a.Level < level)) return new Refusal("survey.area-unknown", Place.Input(input));
            return new Column<string[]>([.. columns.Areas.Select(a => a.At(level).ToString())]);
        }
        if (!columns.Set.Answers.TryGetValue(name, out var answers)) return new Refusal("table.no-answers", Place.Input(input), name);
        var texts = new string[columns.Set.Count];
        for (var row = 0; row < texts.Length; row++)
        {
            if (answers.IsBlank(row)) return new Refusal("design.blank", Place.Input(input), name);
            texts[row] = answers.Value(row).ToText();
        }
        return new Column<string[]>(texts);
    }

    // Null: nothing was chosen.
    private readonly record struct Column<T>(T? Of) where T : class;
}
