using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Field;
using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Tables;

/// <summary>A table that somebody asks for.</summary>
/// <param name="SurveyId">Of which survey.</param>
/// <param name="Version">Null: the latest.</param>
/// <param name="Rows">Question of the rows.</param>
/// <param name="Columns">Question of the columns; null or empty: none.</param>
/// <param name="Weight">A number or a computed value of the form; null or empty: everybody counts once.</param>
/// <param name="Area">Null: all that the reader sees.</param>
/// <param name="Rake">Rake the weights to the survey's known margins?</param>
/// <param name="Strata">What was drawn from on its own: a question, or <see cref="StoredDesign.Township"/>; null or empty: no strata.</param>
/// <param name="Cluster">What was drawn first: a question, or <see cref="StoredDesign.Village"/>; null or empty: each person was drawn alone.</param>
internal sealed record TableRequest(long SurveyId, int? Version, string Rows, string? Columns = null, string? Weight = null, AreaCode? Area = null, bool Rake = false, string? Strata = null, string? Cluster = null)
{
    public IEnumerable<string> Questions => new[] { Rows, Columns, Weight, Strata, Cluster }.OfType<string>().Where(n => n.Length > 0 && !n.StartsWith('@'));
}

/// <summary>Makes tables of stored responses, with small numbers hidden.</summary>
internal sealed class MakeTable(ShanhuoDb db, FormShelf forms, SurveyData data)
{
    /// <summary>The areas with enough people for tables; one table or another may still be refused.</summary>
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
        foreach (var name in request.Questions)
        {
            if (form.Find(name) is not { } item) return new Refusal("table.no-question", Place.None, name);
            if (StoredColumns.RepeatOf(item) is not { } around) continue;
            if (repeat is not null && repeat != around) return new Refusal("survey.two-repeats");
            repeat = around;
        }
        var areas = await Areas(survey, number, form, cancel);
        if (areas.Count == 0) return new Refusal("survey.few-people", Place.None, survey.SmallBelow);
        var area = request.Area ?? Whole(survey);
        if (!areas.Contains(area)) return new Refusal("survey.area-few", Place.Input("Area"), survey.SmallBelow);
        if (area != Whole(survey))
        {
            var all = await data.Read(survey.County, survey.Id, number, form, repeat, Whole(survey), cancel);
            if (!Sides(all).Ok(out var both, out var wrong)) return wrong;
            if (!AreaGuard.Allows(TableCounts.ByArea(both.Rows, both.Columns, all.Areas), areas, Whole(survey), area, survey.SmallBelow)) return new Refusal("survey.area-few", Place.Input("Area"), survey.SmallBelow);
        }
        var columns = await data.Read(survey.County, survey.Id, number, form, repeat, area, cancel);
        if (!Sides(columns).Ok(out var sides, out var no) || !StoredDesign.Of(columns, request).Ok(out var design, out no)) return no;
        if (request.Rake)
        {
            if (survey.Margins is not { } margins) return new Refusal("survey.no-margins");
            if (!(await Raking.Read(new MemoryStream(Encoding.UTF8.GetBytes(margins)), "margins.csv", cancel)).Ok(out var known, out no) || !Raking.Rake(design, columns.Set, known).Ok(out design, out no)) return no;
        }
        if (!Tabulation.Make(sides.Rows, sides.Columns, design, 0.95, cancel).Ok(out var table, out no)) return no;
        var safe = SafeTable.Of(table, survey.SmallBelow);
        return safe.IsRefused ? new Refusal("survey.few-people", Place.None, survey.SmallBelow) : safe;

        Outcome<TableSides> Sides(SurveyColumns of)
        {
            if (!TableQuestion.Of(of.Set, of.Routing, request.Rows, language).Ok(out var rows, out var missing)) return missing;
            if (string.IsNullOrEmpty(request.Columns)) return new TableSides(rows, null);
            return TableQuestion.Of(of.Set, of.Routing, request.Columns, language).Ok(out var across, out missing) ? new TableSides(rows, across) : missing;
        }
    }

    private AreaCode Whole(Survey survey) => survey.County.Contains(db.Scope.Area) ? db.Scope.Area : survey.County;

    private readonly record struct TableSides(TableQuestion Rows, TableQuestion? Columns);
}
