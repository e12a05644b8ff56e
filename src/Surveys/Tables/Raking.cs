using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Surveys.Responses;

namespace Shanhuo.Surveys.Tables;

/// <summary>How many people of the population gave an answer.</summary>
/// <param name="Question">A question with choices, one answer each.</param>
/// <param name="Option">Name of the choice.</param>
/// <param name="Population">People, above 0.</param>
/// <param name="At">Where it stands.</param>
internal sealed record KnownMargin(string Question, string Option, double Population, Place At);

/// <summary>To which category of each known margin a response belongs.</summary>
/// <param name="Categories">A list for each margin, a category for each response, from 0.</param>
internal sealed record RakedMargins(IReadOnlyList<int[]> Categories);

/// <summary>Weights that agree with known margins: raking ratio, which is iterative proportional fitting (Deming and Stephan 1940; Deville and Särndal 1992, JASA 87, 376-382, case 2). Equal to R survey's rake.</summary>
internal static class Raking
{
    /// <summary>Rounds through all margins at most.</summary>
    public const int MostRounds = 500;

    /// <summary>Every margin is met when the largest relative difference is at most this.</summary>
    public const double Near = 1e-10;

    /// <summary>Reads the margins: a CSV or workbook with the columns question, option, population.</summary>
    public static async Task<Outcome<IReadOnlyList<KnownMargin>>> Read(Stream stream, string file, CancellationToken cancel)
    {
        if (!(await SheetReader.Open(stream, file, cancel)).Ok(out var reader, out var no)) return no;
        var margins = new List<KnownMargin>();
        string[] names = ["question", "option", "population"];
        int[]? at = null;
        foreach (var read in reader.Rows())
        {
            cancel.ThrowIfCancellationRequested();
            if (!read.Ok(out var row, out no)) return no;
            if (at is null)
            {
                var header = row.Cells.Select(c => Numerals.Narrow(c.Text ?? "").ToLowerInvariant()).ToList();
                at = [.. names.Select(n => header.IndexOf(n))];
                for (var i = 0; i < at.Length; i++)
                    if (at[i] < 0) return new Refusal("rake.no-column", row.At(names[i]), names[i]);
                continue;
            }
            var population = row[at[2]].Text ?? "";
            if (!AnswerCells.Number(population, false, out var people) || !(people > 0)) return new Refusal("rake.population", row.At(names[2]), population);
            margins.Add(new(row[at[0]].Text ?? "", row[at[1]].Text ?? "", people, row.At(names[1])));
        }
        return margins.Count == 0 ? new Refusal("rake.empty", new Place { File = file }) : margins;
    }

    /// <summary>Rakes the weights of a design.</summary>
    /// <returns>The design with new weights, or <c>rake.question</c>, <c>rake.option</c>, <c>rake.option-twice</c>, <c>rake.nobody</c>, <c>rake.blank</c>, <c>rake.totals</c>, <c>rake.far</c>.</returns>
    public static Outcome<SampleDesign> Rake(SampleDesign design, ResponseSet responses, IReadOnlyList<KnownMargin> known)
    {
        var (categories, goals) = (new List<int[]>(), new List<double[]>());
        foreach (var margin in known.GroupBy(m => m.Question, StringComparer.Ordinal))
        {
            if (!Category(design, responses, margin.Key, [.. margin]).Ok(out var found, out var no)) return no;
            categories.Add(found.Of);
            goals.Add(found.Goals);
        }
        var totals = goals.Select(g => g.Sum()).ToArray();
        if (totals.Any(t => Math.Abs(t / totals[0] - 1) > 1e-6)) return new Refusal("rake.totals", known[0].At, string.Join(", ", known.Select(m => m.Question).Distinct().Zip(totals, (q, t) => FormattableString.Invariant($"{q} {t:0.##}"))));
        var weights = (double[])design.Weights.Clone();
        for (var round = 0; round < MostRounds; round++)
        {
            var furthest = 0.0;
            for (var m = 0; m < goals.Count; m++)
            {
                var sums = new double[goals[m].Length];
                for (var row = 0; row < weights.Length; row++) sums[categories[m][row]] += weights[row];
                for (var c = 0; c < sums.Length; c++)
                {
                    furthest = Math.Max(furthest, Math.Abs(sums[c] / goals[m][c] - 1));
                    sums[c] = goals[m][c] / sums[c];
                }
                for (var row = 0; row < weights.Length; row++) weights[row] *= sums[categories[m][row]];
            }
            if (!double.IsFinite(furthest)) break;
            if (furthest <= Near) return design.With(weights, new RakedMargins(categories));
        }
        return new Refusal("rake.far", known[0].At, MostRounds);
    }

    private static Outcome<(int[] Of, double[] Goals)> Category(SampleDesign design, ResponseSet responses, string question, IReadOnlyList<KnownMargin> margin)
    {
        if (!responses.Answers.TryGetValue(question, out var column) || column is not ChoiceColumn answers) return new Refusal("rake.question", margin[0].At, question);
        var choices = responses.Form.Find(question)!.Choices;
        var goals = new double[margin.Count];
        var categoryOf = Enumerable.Repeat(-1, choices.Count).ToArray();
        for (var i = 0; i < margin.Count; i++)
        {
            var choice = Enumerable.Range(0, choices.Count).FirstOrDefault(c => choices[c].Name == margin[i].Option, -1);
            if (choice < 0) return new Refusal("rake.option", margin[i].At, margin[i].Option, question);
            if (categoryOf[choice] >= 0) return new Refusal("rake.option-twice", margin[i].At, margin[i].Option, question);
            (categoryOf[choice], goals[i]) = (i, margin[i].Population);
        }
        var of = new int[responses.Count];
        var people = new int[margin.Count];
        for (var row = 0; row < of.Length; row++)
        {
            // Whose category is unknown cannot be given a share of it.
            if (answers.IsBlank(row) || categoryOf[answers.Chosen[row]] < 0)
                return new Refusal("rake.blank", margin[0].At, question, Enumerable.Range(0, of.Length).Count(r => answers.IsBlank(r) || categoryOf[answers.Chosen[r]] < 0));
            of[row] = categoryOf[answers.Chosen[row]];
            if (design.Weights[row] > 0) people[of[row]]++;
        }
        for (var i = 0; i < people.Length; i++)
            if (people[i] == 0) return new Refusal("rake.nobody", margin[i].At, margin[i].Option, question);
        return (of, goals);
    }
}
