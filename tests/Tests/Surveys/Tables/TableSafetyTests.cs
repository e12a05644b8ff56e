using Shanhuo.Kernel;
using Shanhuo.Surveys.Tables;

namespace Shanhuo.Tests.Surveys.Tables;

/// <summary>Whole tables as they are shown, of random surveys, held against elimination over every kind of person that can be.</summary>
public sealed class TableSafetyTests
{
    private const int Least = 5;
    private static readonly (string Rows, string? Columns)[] Pairs =
        [("one", null), ("many", null), ("two", "one"), ("one", "two"), ("many", "two"), ("two", "many"), ("one", "lot"), ("lot", "many"), ("many", "lot")];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_small_follows_from_the_cells_sums_bases_and_left_out_numbers_that_a_table_shows(int seed)
    {
        var chance = new Random(seed);
        var (tables, hiding, small) = (0, 0, 0);
        for (var run = 0; run < 40; run++)
        {
            var survey = await RandomSurvey.Make(chance, chance.Next(10, 250), 4);
            var columns = await survey.Columns(RandomSurvey.County);
            foreach (var (rows, across) in Pairs)
            {
                var safe = RandomSurvey.Table(columns, rows, across, Least);
                if (safe.IsRefused) continue;
                tables++;
                if (safe.AnyHidden) hiding++;
                var patterns = Pattern.Of(safe.Table);
                var people = Count(survey.People, patterns, rows, across);
                Assert.Equal(people.Sum(p => patterns[p.Key].Answered ? p.Value : 0), safe.Table.Counts.All);
                var known = new Knowledge();
                foreach (var shown in Knowledge.Shown(safe)) known.See([.. patterns.Select(shown)]);
                foreach (var (name, of) in Knowledge.Groups(safe.Table))
                {
                    var count = people.Sum(p => of(patterns[p.Key]) * p.Value);
                    if (count is <= 0 or >= Least) continue;
                    small++;
                    Assert.False(known.Tells([.. patterns.Select(of)]), $"run {run}, {rows} by {across}: {name} is {count}");
                }
            }
        }
        Assert.True(tables > 200 && hiding > 80 && small > 300, $"{tables} tables, {hiding} hide, {small} small numbers");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_small_follows_from_the_tables_of_all_areas_that_may_be_shown(int seed)
    {
        var chance = new Random(seed);
        var (parts, refused, small) = (0, 0, 0);
        for (var run = 0; run < 20; run++)
        {
            var survey = await RandomSurvey.Make(chance, chance.Next(100, 1500), chance.Next(2, 7));
            var all = await survey.Columns(RandomSurvey.County);
            var areas = AreaGuard.Shown(all.People, RandomSurvey.County, Least);
            foreach (var (rows, across) in Pairs)
            {
                var tables = TableCounts.ByArea(RandomSurvey.Side(all, rows), across is null ? null : RandomSurvey.Side(all, across), all.Areas);
                var shown = new Dictionary<AreaCode, SafeTable>();
                foreach (var area in areas)
                    if (AreaGuard.Allows(tables, areas, RandomSurvey.County, area, Least))
                    {
                        var safe = await survey.Table(area, rows, across, Least);
                        if (!safe.IsRefused) shown.Add(area, safe);
                    }
                    else refused++;
                if (!shown.TryGetValue(RandomSurvey.County, out var whole)) continue;
                parts += shown.Count - 1;
                var patterns = Pattern.Of(whole.Table);
                var villages = tables.Keys.ToList();
                var known = new Knowledge();
                foreach (var (area, safe) in shown)
                    foreach (var number in Knowledge.Shown(safe)) known.See(Over(villages.Select(area.Contains), patterns, number));
                foreach (var (big, _) in shown)
                    foreach (var inner in shown.Keys.Where(a => a != big && big.Contains(a)).Cast<AreaCode?>().Append(null))
                    {
                        bool Between(AreaCode a) => big.Contains(a) && inner?.Contains(a) != true;
                        var people = Count(survey.People.Where(p => Between(p.Row.Area)), patterns, rows, across);
                        foreach (var (name, of) in Knowledge.Groups(whole.Table))
                        {
                            var count = people.Sum(p => of(patterns[p.Key]) * p.Value);
                            if (count is <= 0 or >= Least) continue;
                            small++;
                            Assert.False(known.Tells(Over(villages.Select(Between), patterns, of)), $"run {run}, {rows} by {across}, {big} less {inner}: {name} is {count}");
                        }
                    }
            }
        }
        Assert.True(parts > 30 && refused > 50 && small > 500, $"{parts} parts, {refused} refused, {small} small numbers");
    }

    [Fact]
    public async Task A_question_put_to_few_in_a_village_has_no_table_where_the_difference_would_tell_of_them()
    {
        // 40 in each of two villages; three people in the second were not asked the question.
        var survey = await RandomSurvey.Make(new Random(1), 80, 2);
        var people = survey.People.Select((p, i) =>
        {
            var answers = new Dictionary<string, string> { ["gate"] = i is >= 40 and < 77 ? "n" : "y" };
            if (answers["gate"] == "y") answers["one"] = i % 2 == 0 ? "a0" : "a1";
            return (p.Row with { Area = AreaCode.Parse($"620525100{(i < 40 ? "201" : "202")}"), Answers = new Shanhuo.Surveys.Field.AnswerBook { Answers = answers }.ToJson(survey.Form) }, answers);
        }).ToList();
        var made = new RandomSurvey { Form = survey.Form, People = people };
        var all = await made.Columns(RandomSurvey.County);
        var areas = AreaGuard.Shown(all.People, RandomSurvey.County, Least);
        Assert.Equal(4, areas.Count);
        var tables = TableCounts.ByArea(RandomSurvey.Side(all, "one"), null, all.Areas);
        Assert.False(AreaGuard.Allows(tables, areas, RandomSurvey.County, AreaCode.Parse("620525100201"), Least));
        Assert.True(AreaGuard.Allows(TableCounts.ByArea(RandomSurvey.Side(all, "gate"), null, all.Areas), areas, RandomSurvey.County, AreaCode.Parse("620525100"), Least));
    }

    [Fact]
    public async Task Columns_that_grew_piece_by_piece_make_the_same_tables_as_columns_read_at_once()
    {
        var survey = await RandomSurvey.Make(new Random(5), 300, 5);
        SurveyColumns? grown = null;
        var (pieces, at) = (new[] { 1, 100, 1, 198 }, 0);
        foreach (var piece in pieces)
        {
            var before = grown;
            var counted = before?.Set.Count;
            grown = await SurveyColumns.With(before, survey.People.Skip(at).Take(piece).Select(p => p.Row).ToAsyncEnumerable(), survey.Form, null, default);
            Assert.Equal(counted, before?.Set.Count); // somebody may still read it
            at += piece;
        }
        var once = await survey.Columns(RandomSurvey.County);
        Assert.Equal((300, 300L, 300), (grown!.Count, grown.LastId, grown.Areas.Count));
        Assert.Equal(once.People.OrderBy(p => p.Key), grown.People.OrderBy(p => p.Key));
        foreach (var (rows, across) in Pairs.Append(("sum", "one")))
            Assert.Equal(RandomSurvey.Table(once, rows, across, 1).Table.Shares, RandomSurvey.Table(grown, rows, across, 1).Table.Shares);
    }

    private static Dictionary<int, int> Count(IEnumerable<(StoredRow Row, Dictionary<string, string> Answers)> people, IReadOnlyList<Pattern> patterns, string rows, string? columns)
    {
        var index = patterns.Select((p, i) => (p, i)).ToDictionary(p => p.p, p => p.i);
        return people.GroupBy(p => index[RandomSurvey.PatternOf(p.Answers, rows, columns)]).ToDictionary(g => g.Key, g => g.Count());
    }

    private static double[] Over(IEnumerable<bool> areas, IReadOnlyList<Pattern> patterns, Func<Pattern, double> of) => [.. areas.SelectMany(here => patterns.Select(p => here ? of(p) : 0))];
}
