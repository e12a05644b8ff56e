using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Field;
using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Tables;

/// <summary>Reads the responses that the reader may see.</summary>
internal sealed class SurveyData(ShanhuoDb db, SurveyColumnsKept kept)
{
    /// <param name="county">Of the survey.</param>
    /// <param name="surveyId">The survey.</param>
    /// <param name="version">Its version.</param>
    /// <param name="form">Of that version.</param>
    /// <param name="repeat">A row for each time of it; null: a row for each response.</param>
    /// <param name="area">Within what the reader sees.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<SurveyColumns> Read(AreaCode county, long surveyId, int version, Questionnaire form, FormItem? repeat, AreaCode area, CancellationToken cancel)
    {
        // Another reader's columns are another key: what is kept was read through the filters of just this area.
        var (first, last) = (area < db.Scope.FirstArea ? db.Scope.FirstArea : area, area.Last > db.Scope.LastArea ? db.Scope.LastArea : area.Last);
        var here = db.Responses.AsNoTracking().Where(r => r.County == county && r.Area >= first && r.Area <= last);
        var mine = here.Where(r => r.SurveyId == surveyId && r.Version == version);
        var complete = mine.Where(r => r.State == ResponseState.Complete);
        var key = (surveyId, version, repeat?.Name ?? "", first, last);
        var (count, known) = (await complete.CountAsync(cancel), kept.Find(key));
        if (known?.Count == count) return known;
        // As many as there are, and none twice: they are all. What came by another order of ids makes them too few, and all are read again.
        if (known is not null && await SurveyColumns.With(known, Since(known), form, repeat, cancel) is { } grown && grown.Count == count) return await Keep(grown);
        return await Keep(await SurveyColumns.With(null, complete.Select(r => new StoredRow(r.Id, r.Area, r.Day, r.Answers)).AsAsyncEnumerable(), form, repeat, cancel));

        async Task<SurveyColumns> Keep(SurveyColumns made)
        {
            made = made with { Waiting = await mine.Where(r => r.State == ResponseState.Draft && r.Id < made.LastId).Select(r => r.Id).ToListAsync(cancel) };
            kept.Keep(key, made);
            return made;
        }

        async IAsyncEnumerable<StoredRow> Since(SurveyColumns columns)
        {
            // By id alone, so that the few new rows are found by the key of the table and not among all of the survey.
            var (from, waiting) = (columns.LastId, columns.Waiting);
            await foreach (var r in here.Where(r => r.Id > from).Select(r => new { r.Id, r.Area, r.Day, Answers = r.SurveyId == surveyId && r.Version == version && r.State == ResponseState.Complete ? r.Answers : null }).AsAsyncEnumerable())
                if (r.Answers is not null) yield return new(r.Id, r.Area, r.Day, r.Answers);
            if (waiting.Count == 0) yield break;
            await foreach (var row in here.Where(r => waiting.Contains(r.Id) && r.State == ResponseState.Complete).Select(r => new StoredRow(r.Id, r.Area, r.Day, r.Answers)).AsAsyncEnumerable()) yield return row;
        }
    }
}
