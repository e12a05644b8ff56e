using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Field;

/// <summary>A questionnaire that was sent in.</summary>
/// <param name="RequestId">Made by the page.</param>
/// <param name="SurveyId">Null: a new survey; else a new version of one.</param>
/// <param name="Content">The workbook.</param>
/// <param name="FileName">As the sender calls it.</param>
/// <param name="IsInvented">Are the answers to be made up?</param>
internal sealed record SentForm(Guid RequestId, long? SurveyId, byte[] Content, string FileName, bool IsInvented = false);

/// <summary>Takes questionnaires in, and opens them for answering.</summary>
internal sealed class PutSurvey(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <returns>The survey, or all that is wrong with the questionnaire, each with sheet and row.</returns>
    public async Task<(Survey? Survey, IReadOnlyList<Refusal> Bad)> Handle(SentForm sent, CancellationToken cancel)
    {
        if (db.Scope.County is not { Level: AreaLevel.County } county) return (null, [new("survey.no-county")]);
        if (await db.Surveys.SingleOrDefaultAsync(s => s.RequestId == sent.RequestId, cancel) is { } there) return (there, []);
        var (form, bad) = await XlsFormReader.Read(sent.Content, sent.FileName, cancel);
        if (form is null) return (null, bad);
        if (form.Items.FirstOrDefault(i => i.Kind == ItemKind.Repeat && i.Parent is { } around && StoredColumns.RepeatOf(around) is not null) is { } nested) return (null, [new("survey.repeat-in-repeat", nested.Place, nested.Name)]);
        if (!form.Items.Any(i => i.HasAnswer && i.Kind != ItemKind.Calculate)) return (null, [new("survey.no-question", new Place { File = sent.FileName })]);
        var hash = FormShelf.Hash(sent.Content);
        Survey? survey = null;
        if (sent.SurveyId is { } id)
        {
            if (await db.Surveys.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } known) return (null, [new("survey.unknown")]);
            survey = known;
            var latest = await db.SurveyVersions.SingleAsync(v => v.SurveyId == id && v.Number == known.Latest, cancel);
            if (latest.Hash == hash) return (known, []);
            if (latest.IsFrozen) known.Latest++;
            else
            {
                // Nobody was asked with it yet: it is mended, not kept.
                (latest.Workbook, latest.Hash, latest.FileName, latest.Day) = (sent.Content, hash, sent.FileName, clock.Today);
                db.Entry(latest).Property(v => v.IsFrozen).IsModified = true;
            }
            if (!latest.IsFrozen) return await Save(known, cancel);
        }
        survey ??= db.Surveys.Add(new Survey { County = county, Id = ids.Next(), RequestId = sent.RequestId, Name = form.Title.Length > 0 ? form.Title : Path.GetFileNameWithoutExtension(sent.FileName), FormId = form.Id, IsInvented = sent.IsInvented, ByAccountId = db.Scope.AccountId, Day = clock.Today }).Entity;
        db.SurveyVersions.Add(new SurveyVersion { County = survey.County, SurveyId = survey.Id, Number = survey.Latest, Workbook = sent.Content, Hash = hash, FileName = sent.FileName, Day = clock.Today });
        return await Save(survey, cancel);
    }

    /// <summary>Opens a survey in an area until a day; the same area again gets the new day.</summary>
    public async Task<Outcome<Done>> Open(long surveyId, AreaCode area, DateOnly until, CancellationToken cancel)
    {
        if (await db.Surveys.SingleOrDefaultAsync(s => s.Id == surveyId, cancel) is not { } survey) return new Refusal("survey.unknown");
        if (!db.Scope.Area.Contains(area) || !await db.AreaFacts.AnyAsync(a => a.Code == area, cancel)) return new Refusal("survey.area", Place.Input("Area"), area.ToString());
        if (until < clock.Today) return new Refusal("survey.until-past", Place.Input("Until"), until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        if (await db.SurveyOpenings.SingleOrDefaultAsync(o => o.SurveyId == surveyId && o.Area == area, cancel) is { } open) open.Until = until;
        else db.SurveyOpenings.Add(new SurveyOpening { County = survey.County, SurveyId = surveyId, Area = area, Until = until });
        await db.SaveChangesAsync(cancel);
        return new Done();
    }

    private async Task<(Survey?, IReadOnlyList<Refusal>)> Save(Survey survey, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return (survey, []);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return await db.Surveys.SingleOrDefaultAsync(s => s.RequestId == survey.RequestId, cancel) is { } first && first.Id != survey.Id ? (first, []) : (null, [new("survey.raced")]);
        }
    }
}
