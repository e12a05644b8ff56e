using System.Collections.Concurrent;
using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Field;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Responses;

namespace Shanhuo.Surveys.Tables;

/// <summary>The complete responses of a version in an area, in columns. They never change; <see cref="With"/> makes new ones.</summary>
/// <param name="Set">A row each; of a repeat, a row for each time.</param>
/// <param name="Routing">Who was asked what.</param>
/// <param name="Responses">To which response a row belongs; null: each is its own.</param>
/// <param name="Areas">Where the person of a row lives.</param>
/// <param name="People">Responses by area.</param>
/// <param name="Count">Responses.</param>
internal sealed record SurveyColumns(ResponseSet Set, Routing Routing, IReadOnlyList<string>? Responses, IReadOnlyList<AreaCode> Areas, IReadOnlyDictionary<AreaCode, int> People, int Count)
{
    private static readonly Dictionary<string, string>?[] Once = [null];

    /// <summary>The last id among them.</summary>
    public required long LastId { get; init; }

    /// <summary>Interviews that were not over when these were read, with a lower id.</summary>
    public IReadOnlyList<long> Waiting { get; init; } = [];

    /// <summary>These and more responses.</summary>
    /// <param name="before">Null: none yet.</param>
    /// <param name="rows">More, none of which is among them.</param>
    /// <param name="form">Of the version.</param>
    /// <param name="repeat">A row for each time of it; null: a row for each response.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<SurveyColumns> With(SurveyColumns? before, IAsyncEnumerable<StoredRow> rows, Questionnaire form, FormItem? repeat, CancellationToken cancel)
    {
        var (columns, people, areas) = (new StoredColumns(form, repeat, before?.Set.Copy()), new Dictionary<AreaCode, int>(before?.People ?? new Dictionary<AreaCode, int>()), new List<AreaCode>(before?.Areas ?? []));
        var (of, read, last) = (repeat is null ? null : new List<string>(before?.Responses ?? []), before?.Count ?? 0, before?.LastId ?? 0);
        await foreach (var row in rows.WithCancellation(cancel))
        {
            var book = AnswerBook.Parse(row.Answers);
            people[row.Area] = people.GetValueOrDefault(row.Area) + 1;
            (read, last) = (read + 1, Math.Max(last, row.Id));
            IReadOnlyList<Dictionary<string, string>?> turns = repeat is null ? Once : book.Repeats.GetValueOrDefault(repeat.Name) ?? [];
            foreach (var turn in turns)
            {
                columns.Add(read, book.Answers, turn, row.Day);
                areas.Add(row.Area);
                of?.Add(read.ToString(CultureInfo.InvariantCulture));
            }
        }
        return new SurveyColumns(columns.Set, Routing.Follow(columns.Set, null, cancel, before?.Routing), of, areas, people, read) { LastId = last };
    }
}

/// <summary>A complete response as it is read.</summary>
internal sealed record StoredRow(long Id, AreaCode Area, DateOnly Day, string Answers);

/// <summary>Keeps columns in memory after the first table. A complete response never changes and is never taken away, so the columns are right as long as there are as many.</summary>
internal sealed class SurveyColumnsKept
{
    /// <summary>Responses kept at most, about 100 MB of a questionnaire of twenty questions.</summary>
    public const int MostResponses = 400_000;

    private readonly ConcurrentDictionary<(long Survey, int Version, string Repeat, AreaCode First, AreaCode Last), SurveyColumns> kept = new();

    public SurveyColumns? Find((long, int, string, AreaCode, AreaCode) key) => kept.GetValueOrDefault(key);

    public void Keep((long, int, string, AreaCode, AreaCode) key, SurveyColumns columns)
    {
        kept.TryRemove(key, out _);
        if (kept.Values.Sum(c => c.Count) + columns.Count > MostResponses) kept.Clear();
        if (columns.Count <= MostResponses) kept[key] = columns;
    }
}
