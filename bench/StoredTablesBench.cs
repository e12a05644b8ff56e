using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Field;
using Shanhuo.Surveys.Tables;
using Shanhuo.Tests.Databases;
using Shanhuo.Web;

namespace Shanhuo.Bench;

/// <summary>Tables of stored responses: the first, which reads them from the database, and each after it.</summary>
internal static class StoredTablesBench
{
    private static readonly AreaCode County = AreaCode.Parse("620525");

    public static async Task<int> Run(Options options)
    {
        var rows = (int)options.Number("--rows", 100_000);
        var folder = Directory.CreateTempSubdirectory("shanhuo-surveys-").FullName;
        var database = BenchDatabase.Of(options, folder);
        try
        {
            await using var services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(folder, database.Connection, false), TimeProvider.System).BuildServiceProvider();
            await In(services, async s => await s.GetRequiredService<ShanhuoDb>().Database.EnsureCreatedAsync());
            var survey = await In(services, s => Fill(s, folder, rows));
            var clock = Stopwatch.StartNew();
            await Make(new(survey, null, "five"));
            var first = clock.ElapsedMilliseconds;
            var grown = new List<long>();
            for (var run = 0; run < 5; run++)
            {
                await In(services, s => Add(s, survey, rows + run));
                clock.Restart();
                await Make(new(survey, null, "routed", "five"));
                grown.Add(clock.ElapsedMilliseconds);
            }
            clock.Restart();
            await Make(new(survey, null, "five", null, null, AreaCode.Parse("620525100")));
            var area = clock.ElapsedMilliseconds;
            clock.Restart();
            await Make(new(survey, null, "five", null, null, AreaCode.Parse("620525100")));
            Report.Say($"{database.Name}, {rows:N0} stored responses of seven questions: the first table {first} ms; the first after each of five new responses {string.Join(", ", grown)} ms; of one township {area} ms, again {clock.ElapsedMilliseconds} ms; from then on:");
            var slowest = grown.Max();
            foreach (var (a, b, weight, rake) in new (string, string?, string?, bool)[] { ("five", null, null, false), ("many", null, null, false), ("routed", null, null, false), ("five", "twenty", null, false), ("twenty", "twenty2", null, false), ("many", "five", "w", false), ("twenty", "twenty2", "w", false), ("five", null, null, true), ("many", "five", null, true) })
            {
                var least = long.MaxValue;
                for (var run = 0; run < 5; run++)
                {
                    clock.Restart();
                    await Make(new(survey, null, a, b, weight, null, rake));
                    least = Math.Min(least, clock.ElapsedMilliseconds);
                }
                slowest = Math.Max(slowest, least);
                Report.Say($"{a,-8} {b,-8} {(weight is null ? "" : "weighted"),-9} {(rake ? "raked" : ""),-6} {least,6} ms");
            }
            Report.Say($"largest memory {Report.PeakMegabytes} MB");
            return slowest < 300 ? 0 : 1;

            Task<SafeTable> Make(TableRequest request) => In(services, async s => (await s.GetRequiredService<MakeTable>().Handle(request, Language.En, default)).Value);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, true);
        }
    }

    private static async Task<T> In<T>(IServiceProvider services, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = new Scope { Area = County, AccountId = 1, Role = Role.CountyOfficial };
        return await work(scope.ServiceProvider);
    }

    private static async Task<long> Fill(IServiceProvider s, string folder, int rows)
    {
        File.WriteAllText(Path.Combine(folder, "survey.csv"), "type,name,relevant\nselect_one a,five,\nselect_one t,twenty,\nselect_one t,twenty2,\nselect_multiple m,many,\ninteger,age,\ndecimal,w,\nselect_one a,routed,\"${age} > 40 and selected(${many}, 'm1')\"\n");
        File.WriteAllText(Path.Combine(folder, "choices.csv"), "list_name,name\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"a,a{i}\n")) + string.Concat(Enumerable.Range(0, 20).Select(i => $"t,t{i}\n")) + string.Concat(Enumerable.Range(0, 12).Select(i => $"m,m{i}\n")));
        File.WriteAllText(Path.Combine(folder, "settings.csv"), "form_title\nbench\n");
        var (survey, bad) = await s.GetRequiredService<PutSurvey>().Handle(new SentForm(Guid.NewGuid(), null, FormShelf.Zip(folder), "bench.zip"), default);
        if (survey is null) throw new InvalidOperationException(bad[0].ToString());
        survey.Margins = "question,option,population\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"five,a{i},{1000 + i}\n")) + string.Concat(Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"twenty,t{i},{5010 / 20.0}\n")));
        var (db, ids, chance) = (s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<Ids>(), new Random(1));
        await db.SaveChangesAsync();
        await db.InsertAll(Enumerable.Range(0, rows).Select(i => One(ids, survey.Id, i, chance)), default);
        return survey.Id;
    }

    private static async Task<int> Add(IServiceProvider s, long survey, int number)
    {
        var db = s.GetRequiredService<ShanhuoDb>();
        await db.InsertAll([One(s.GetRequiredService<Ids>(), survey, number, new Random(number))], default);
        return number;
    }

    private static Response One(Ids ids, long survey, int i, Random chance) => new()
    {
        County = County, Id = ids.Next(), RequestId = new Guid(i, 0, 0, new byte[8]), SurveyId = survey, Version = 1, Area = AreaCode.Parse($"6205251{i % 15:00}{200 + i % 17}"), ByAccountId = 1, Interviewer = "", Proxy = "", Day = new(2026, 11, 1),
        Source = ResponseSource.File, State = ResponseState.Complete, Answers = Answers(chance), RowKey = $"id:{i}",
    };

    private static string Answers(Random chance)
    {
        var many = new StringBuilder().AppendJoin(' ', Enumerable.Range(0, 12).Where(_ => chance.Next(4) == 0).Select(m => $"m{m}"));
        return FormattableString.Invariant($$"""{"five":"a{{chance.Next(5)}}","twenty":"t{{chance.Next(20)}}","twenty2":"t{{chance.Next(20)}}","many":"{{many}}","age":"{{chance.Next(16, 90)}}","w":"{{chance.Next(8, 80) / 8.0}}","routed":"a{{chance.Next(5)}}"}""");
    }
}
