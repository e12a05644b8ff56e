using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Field;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Responses;

namespace Shanhuo.Surveys.Tables;

/// <summary>A table that somebody asks for.</summary>
/// <param name="SurveyId">Of which survey.</param>
/// <param name="Version">Null: the latest.</param>
/// <param name="Rows">Question of the rows.</param>
/// <param name="Columns">Question of the columns; null or empty: none.</param>
/// <param name="Weight">A number or a computed value of the form; null or empty: everybody counts once.</param>
/// <param name="Area">Null: all that the reader sees.</param>
/// <param name="Rake">Rake the weights to the survey's known margins?</param>
internal sealed record TableRequest(long SurveyId, int? Version, string Rows, string? Columns = null, string? Weight = null, AreaCode? Area = null, bool Rake = false);

/// <summary>Makes tables of stored responses, with small numbers hidden.</summary>
internal sealed class MakeTable(ShanhuoDb db, FormShelf forms, SurveyData data)
{
    /// <summary>The areas of which tables may be shown.</summary>
    public async Task<IReadOnlyList<AreaCode>> Areas(Survey survey, int version, Questionnaire form, CancellationToken cancel)
    {
        var whole = Whole(survey);
        return AreaGuard.Shown((await data.Read(survey.County, survey.Id, version, form, null, whole, cancel)).People, whole, survey.SmallBelow);
    }

    /// <returns>The table with what may be shown of it, or a refusal: <c>survey.unknown</c>, <c>table.…</c>, <c>design.…</c>, <c>rake.…</c>, <c>survey.few-people</c>, <c>survey.area-few</c>, <c>survey.two-repeats</c>, <c>survey.no-margins</c>.</returns>
    public async Task<Outcome<SafeTable>> Handle(TableRequest request, Language language, CancellationToken cancel)
    {
        if (await db.Surveys.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.SurveyId, cancel) is not { } survey) return new Refusal("survey.unknown");
        var number = request.Version ?? survey.Latest;
        if (await db.SurveyVersions.AsNoTracking().SingleOrDefaultAsync(v => v.SurveyId == survey.Id && v.Number == number, cancel) is not { } version) return new Refusal("survey.unknown");
        var form = await forms.Of(version, cancel);
        FormItem? repeat = null;
        foreach (var name in new[] { request.Rows, request.Columns, request.Weight }.Where(n => !string.IsNullOrEmpty(n)))
        {
            if (form.Find(name!) is not { } item) return new Refusal("table.no-question", Place.None, name!);
            if (StoredColumns.RepeatOf(item) is not { } around) continue;
            if (repeat is not null && repeat != around) return new Refusal("survey.two-repeats");
            repeat = around;
        }
        var areas = await Areas(survey, number, form, cancel);
        if (areas.Count == 0) return new Refusal("survey.few-people", Place.None, survey.SmallBelow);
        var area = request.Area ?? Whole(survey);
        if (!areas.Contains(area)) return new Refusal("survey.area-few", Place.Input("Area"), survey.SmallBelow);
        var columns = await data.Read(survey.County, survey.Id, number, form, repeat, area, cancel);
        if (!TableQuestion.Of(columns.Set, columns.Routing, request.Rows, language).Ok(out var rows, out var no)) return no;
        TableQuestion? across = null;
        if (!string.IsNullOrEmpty(request.Columns) && !TableQuestion.Of(columns.Set, columns.Routing, request.Columns, language).Ok(out across, out no)) return no;
        if (!Design(columns, request.Weight).Ok(out var design, out no)) return no;
        if (request.Rake)
        {
            if (survey.Margins is not { } margins) return new Refusal("survey.no-margins");
            if (!(await Raking.Read(new MemoryStream(Encoding.UTF8.GetBytes(margins)), "margins.csv", cancel)).Ok(out var known, out no) || !Raking.Rake(design, columns.Set, known).Ok(out design, out no)) return no;
        }
        if (!Tabulation.Make(rows, across, design, 0.95, cancel).Ok(out var table, out no)) return no;
        var safe = SafeTable.Of(table, survey.SmallBelow);
        return safe.IsRefused ? new Refusal("survey.few-people", Place.None, survey.SmallBelow) : safe;
    }

    private AreaCode Whole(Survey survey) => survey.County.Contains(db.Scope.Area) ? db.Scope.Area : survey.County;

    // What one person said several times is drawn together.
    private static Outcome<SampleDesign> Design(SurveyColumns columns, string? weight)
    {
        double[]? weights = null;
        if (!string.IsNullOrEmpty(weight))
        {
            if (!columns.Set.Answers.TryGetValue(weight, out var answers)) return new Refusal("table.no-answers", Place.None, weight);
            weights = new double[columns.Set.Count];
            for (var row = 0; row < weights.Length; row++)
            {
                weights[row] = answers.Value(row).ToNumber();
                if (!(weights[row] >= 0) || !double.IsFinite(weights[row])) return new Refusal("survey.weight-blank", Place.Input("Weight"), weight);
            }
            if (weights.Sum() <= 0) return new Refusal("design.weights-zero");
        }
        return SampleDesign.Of(columns.Set.Count, weights, null, columns.Responses, null);
    }
}
