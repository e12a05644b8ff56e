using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Field;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Tables;

namespace Shanhuo.Tests.Surveys.Tables;

/// <summary>A survey with random answers of people in random villages: questions with one and with several answers, skipped, silent, and answered in places where nobody should.</summary>
internal sealed class RandomSurvey
{
    private const string Sheet = "type,name,relevant,calculation\nselect_one yn,gate,,\nselect_one a,one,${gate} = 'y',\nselect_one b,two,,\nselect_multiple a,many,${gate} = 'y',\nselect_multiple b,lot,,\ncalculate,sum,,\"if(${one} = 'a0', 'first', 'other')\"\n";
    private const string Choices = "list_name,name\nyn,y\nyn,n\na,a0\na,a1\na,a2\nb,b0\nb,b1\nb,b2\n";

    public static readonly AreaCode County = AreaCode.Parse("620525");

    public required Questionnaire Form { get; init; }
    public required IReadOnlyList<(StoredRow Row, Dictionary<string, string> Answers)> People { get; init; }

    public static async Task<RandomSurvey> Make(Random chance, int people, int villages)
    {
        var (form, bad) = await XlsFormReader.Read(Zip(), "f.zip", default);
        Assert.Empty(bad);
        // Skewed, so that some answers are rare, and here and there rarer still.
        var (rare, blank) = (chance.Next(2, 12), chance.Next(0, 30));
        string One(string list, string area) => $"{list}{(chance.Next(rare) > 0 ? 0 : chance.Next(area.Sum(c => c) % 2 == 0 ? 3 : 2))}";
        string Many(string list) => string.Join(' ', Enumerable.Range(0, 3).Where(i => chance.Next(i == 0 ? 2 : rare) == 0).Select(i => $"{list}{i}"));
        var all = new List<(StoredRow, Dictionary<string, string>)>();
        for (var i = 0; i < people; i++)
        {
            var village = chance.Next(chance.Next(1, villages + 1));
            var area = chance.Next(60) == 0 ? "620525" : $"6205251{village % 2:00}20{1 + village / 2}";
            var answers = new Dictionary<string, string>();
            void Say(string name, string value)
            {
                if (blank == 0 || chance.Next(blank) > 0) answers[name] = value;
            }
            Say("gate", chance.Next(10) == 0 ? "n" : "y");
            Say("one", One("a", area));
            Say("two", One("b", "x"));
            Say("many", Many("a"));
            Say("lot", Many("b"));
            all.Add((new StoredRow(i + 1, AreaCode.Parse(area), new DateOnly(2026, 11, 1), new AnswerBook { Answers = answers }.ToJson(form!)), answers));
        }
        return new RandomSurvey { Form = form!, People = all };
    }

    public Task<SurveyColumns> Columns(AreaCode area) => SurveyColumns.With(null, People.Select(p => p.Row).Where(r => area.Contains(r.Area)).ToAsyncEnumerable(), Form, null, default);

    public async Task<SafeTable> Table(AreaCode area, string rows, string? columns, int least) => Table(await Columns(area), rows, columns, least);

    public static SafeTable Table(SurveyColumns of, string rows, string? columns, int least) => SafeTable.Of(Tabulation.Make(Side(of, rows), columns is null ? null : Side(of, columns), SampleDesign.Plain(of.Set.Count), 0.95, default).Value, least);

    public static TableQuestion Side(SurveyColumns of, string name) => TableQuestion.Of(of.Set, of.Routing, name, Language.En).Value;

    /// <summary>The pattern of one person, decided from the answers alone and not by the program.</summary>
    public static Pattern PatternOf(Dictionary<string, string> answers, string rows, string? columns)
    {
        var gated = rows is "one" or "many";
        var gate = answers.GetValueOrDefault("gate");
        var said = answers.ContainsKey(rows);
        if (gated && gate == "n") return new(said ? LeftOut.AnsweredThoughNotAsked : LeftOut.NotAsked, 0, 0);
        if (gated && gate is null) return new(LeftOut.RoutingUnknown, 0, 0);
        if (columns is not null && columns is "one" or "many")
        {
            if (gate == "n") return new(LeftOut.ColumnNotAsked, 0, 0);
            if (gate is null) return new(LeftOut.ColumnUnknown, 0, 0);
        }
        if (columns is not null && !answers.ContainsKey(columns)) return new(LeftOut.ColumnUnknown, 0, 0);
        var across = columns is null ? 1 : Bits(answers[columns]);
        return said ? new(null, Bits(answers[rows]), across) : new(LeftOut.NoAnswer, 0, across);
    }

    private static int Bits(string answer) => answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(a => 1 << (a[^1] - '0'));

    private static byte[] Zip()
    {
        var folder = Directory.CreateTempSubdirectory("shanhuo-random-").FullName;
        try
        {
            foreach (var (name, text) in new[] { ("survey", Sheet), ("choices", Choices), ("settings", "form_title\nr\n") }) File.WriteAllText(Path.Combine(folder, name + ".csv"), text, new UTF8Encoding(false));
            return FormShelf.Zip(folder);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
