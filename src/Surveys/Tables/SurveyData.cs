using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Field;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Responses;

namespace Shanhuo.Surveys.Tables;

/// <summary>The complete responses of a version in an area, in columns.</summary>
/// <param name="Set">A row each; of a repeat, a row for each time.</param>
/// <param name="Routing">Who was asked what.</param>
/// <param name="Responses">To which response a row belongs; null: each is its own.</param>
/// <param name="People">Responses by area.</param>
/// <param name="Count">Responses.</param>
internal sealed record SurveyColumns(ResponseSet Set, Routing Routing, IReadOnlyList<string>? Responses, IReadOnlyDictionary<AreaCode, int> People, int Count);

/// <summary>Keeps columns in memory after the first table. A complete response never changes, so the columns are right as long as there are as many.</summary>
internal sealed class SurveyColumnsKept
{
    /// <summary>Responses kept at most, about 100 MB of a questionnaire of twenty questions.</summary>
    public const int MostResponses = 400_000;

    private readonly ConcurrentDictionary<(long Survey, int Version, string Repeat, AreaCode First, AreaCode Last), SurveyColumns> kept = new();

    public SurveyColumns? Find((long, int, string, AreaCode, AreaCode) key, int count) => kept.TryGetValue(key, out var columns) && columns.Count == count ? columns : null;

    public void Keep((long, int, string, AreaCode, AreaCode) key, SurveyColumns columns)
    {
        if (kept.Values.Sum(c => c.Count) + columns.Count > MostResponses) kept.Clear();
        if (columns.Count <= MostResponses) kept[key] = columns;
    }
}

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
        var rows = db.Responses.AsNoTracking().Where(r => r.County == county && r.SurveyId == surveyId && r.Version == version && r.State == ResponseState.Complete && r.Area >= first && r.Area <= last);
        var key = (surveyId, version, repeat?.Name ?? "", first, last);
        var count = await rows.CountAsync(cancel);
        if (kept.Find(key, count) is { } known) return known;
        var (columns, of, people, read) = (new StoredColumns(form, repeat), repeat is null ? null : new List<string>(), new Dictionary<AreaCode, int>(), 0);
        await foreach (var row in rows.Select(r => new { r.Area, r.Day, r.Answers }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var book = AnswerBook.Parse(row.Answers);
            people[row.Area] = people.GetValueOrDefault(row.Area) + 1;
            read++;
            if (repeat is null) columns.Add(read, book.Answers, null, row.Day);
            else
                foreach (var turn in book.Repeats.GetValueOrDefault(repeat.Name) ?? [])
                {
                    columns.Add(read, book.Answers, turn, row.Day);
                    of!.Add(read.ToString(System.Globalization.CultureInfo.InvariantCulture));
                }
        }
        var made = new SurveyColumns(columns.Set, Routing.Follow(columns.Set, null, cancel), of, people, read);
        kept.Keep(key, made);
        return made;
    }
}
