using System.Diagnostics;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Responses;
using Shanhuo.Surveys.Tables;

namespace Shanhuo.Bench;

/// <summary>Tables of a large survey with strata, clusters and weights: reading once, then each table from memory.</summary>
internal static class TabulateBench
{
    public static async Task<int> Run(Options options)
    {
        var rows = (int)options.Number("--rows", 100_000);
        var folder = Directory.CreateTempSubdirectory("tabulate").FullName;
        try
        {
            Write(folder, rows);
            var clock = Stopwatch.StartNew();
            var (form, wrong) = await XlsFormReader.Read(folder, default);
            if (form is null) throw new InvalidOperationException(wrong[0].ToString());
            var (responses, bad) = await ResponseReader.Read(Path.Combine(folder, "data.csv"), form, ["w", "s", "c", "p"], default);
            if (responses is null) throw new InvalidOperationException(bad[0].ToString());
            Report.Say($"{responses.Count} responses read and checked in {clock.ElapsedMilliseconds} ms");
            var designs = new (string Name, DesignColumns Columns)[] { ("no design", new(null, null, null, null)), ("weights, 20 strata", new("w", "s", null, null)), ("weights, 20 strata, clusters", new("w", "s", "c", null)), ("weights, pairs as clusters", new("w", null, "p", null)) };
            foreach (var (name, columns) in designs)
                foreach (var (a, b) in new[] { ("five", (string?)null), ("many", null), ("routed", null), ("five", "twenty"), ("twenty", "twenty2"), ("many", "five"), ("many", "many2"), ("many", "twenty") })
                {
                    var least = long.MaxValue;
                    for (var run = 0; run < 5; run++)
                    {
                        clock.Restart();
                        var routing = Routing.Follow(responses, [.. new[] { a, b }.OfType<string>().Select(n => form.Find(n)!)], default);
                        var design = DesignReader.Read(responses, columns).Value;
                        var side = b is null ? null : TableQuestion.Of(responses, routing, b, Language.En).Value;
                        var table = Tabulation.Make(TableQuestion.Of(responses, routing, a, Language.En).Value, side, design, 0.95, default).Value;
                        TableWriter.Write(table, Stream.Null);
                        least = Math.Min(least, clock.ElapsedMilliseconds);
                    }
                    Report.Say($"{name,-32} {a,-8} {b,-8} {least,6} ms");
                }
            Report.Say($"largest memory {Report.PeakMegabytes} MB");
            return 0;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static void Write(string folder, int rows)
    {
        File.WriteAllText(Path.Combine(folder, "survey.csv"), "type,name,relevant,constraint\nselect_one a,five,,\nselect_one t,twenty,,\nselect_one t,twenty2,,\nselect_multiple m,many,,\nselect_multiple m,many2,,\ninteger,age,,. >= 16 and . <= 110\nselect_one a,routed,\"${age} > 40 and selected(${many}, 'm1')\",\n");
        File.WriteAllText(Path.Combine(folder, "choices.csv"), "list_name,name\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"a,a{i}\n")) + string.Concat(Enumerable.Range(0, 20).Select(i => $"t,t{i}\n")) + string.Concat(Enumerable.Range(0, 12).Select(i => $"m,m{i}\n")));
        var chance = new Random(1);
        using var data = new StreamWriter(Path.Combine(folder, "data.csv"));
        data.WriteLine("five,twenty,twenty2,many,many2,age,routed,w,s,c,p");
        for (var i = 0; i < rows; i++)
            data.WriteLine(FormattableString.Invariant($"a{chance.Next(5)},t{chance.Next(20)},t{chance.Next(20)},{Some()},{Some()},{chance.Next(16, 90)},a{chance.Next(5)},{chance.Next(8, 80) / 8.0},s{i % 20},c{i % 20}x{chance.Next(50)},{i / 2}"));

        string Some() => string.Join(' ', Enumerable.Range(0, 12).Where(_ => chance.Next(4) == 0).Select(m => $"m{m}"));
    }
}
