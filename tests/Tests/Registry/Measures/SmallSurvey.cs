using System.Globalization;
using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Tests.Registry.Measures;

/// <summary>48 invented households in 12 villages of 3 strata, asked twice; five incomes are unknown and some stand at the line of 2995. R was given the same two files.</summary>
internal static class SmallSurvey
{
    public const string Now = """
        id,stratum,village,N,income,w,group
        h1,North,v1,20,2120,1,A
        h2,North,v1,20,4420,1,C
        h3,North,v1,20,3005,3.25,A
        h4,North,v1,20,4370,1,C
        h5,North,v2,20,2240,1,C
        h6,North,v2,20,4595,1.5,A
        h7,North,v2,20,,3.25,A
        h8,North,v2,20,4110,1.5,A
        h9,North,v3,20,3320,2,A
        h10,North,v3,20,4140,1,C
        h11,North,v3,20,3290,3.25,B
        h12,North,v3,20,3090,2,B
        h13,North,v4,20,3190,1.5,A
        h14,North,v4,20,3775,2,C
        h15,North,v4,20,2945,1,A
        h16,North,v4,20,5160,2,A
        h17,South,v1,12,5250,1,C
        h18,South,v1,12,5095,2,B
        h19,South,v1,12,3440,3.25,A
        h20,South,v1,12,,1,C
        h21,South,v2,12,4565,3.25,B
        h22,South,v2,12,3290,3.25,A
        h23,South,v2,12,2500,1.5,B
        h24,South,v2,12,2260,1,A
        h25,South,v3,12,3595,1.5,B
        h26,South,v3,12,5030,3.25,B
        h27,South,v3,12,5400,1.5,A
        h28,South,v3,12,5855,2,A
        h29,South,v4,12,2240,2,A
        h30,South,v4,12,4665,1,B
        h31,South,v4,12,3215,1,B
        h32,South,v4,12,3895,1,A
        h33,South,v5,12,3290,1,A
        h34,South,v5,12,,1,A
        h35,South,v5,12,7350,1.5,C
        h36,South,v5,12,4225,2,B
        h37,West,v1,30,2920,1,C
        h38,West,v1,30,6160,1.5,C
        h39,West,v1,30,5215,1,C
        h40,West,v1,30,2805,1,C
        h41,West,v2,30,7050,1.5,B
        h42,West,v2,30,4660,2,C
        h43,West,v2,30,1565,1.5,A
        h44,West,v2,30,3290,1.5,A
        h45,West,v3,30,3740,1,A
        h46,West,v3,30,5725,1.5,C
        h47,West,v3,30,3340,2,B
        h48,West,v3,30,2930,3.25,C
        """;

    public const string Before = """
        id,stratum,village,N,income,w,group
        h1,North,v1,20,2705,1,A
        h2,North,v1,20,4600,1,C
        h3,North,v1,20,2450,3.25,A
        h4,North,v1,20,,1,C
        h5,North,v2,20,2085,1,C
        h6,North,v2,20,3585,1.5,A
        h7,North,v2,20,3500,3.25,A
        h8,North,v2,20,3600,1.5,A
        h9,North,v3,20,4075,2,A
        h10,North,v3,20,3455,1,C
        h11,North,v3,20,2995,3.25,B
        h12,North,v3,20,2155,2,B
        h13,North,v4,20,2465,1.5,A
        h14,North,v4,20,3815,2,C
        h15,North,v4,20,2910,1,A
        h16,North,v4,20,3335,2,A
        h17,South,v1,12,6680,1,C
        h18,South,v1,12,5725,2,B
        h19,South,v1,12,5185,3.25,A
        h20,South,v1,12,,1,C
        h21,South,v2,12,5645,3.25,B
        h22,South,v2,12,2995,3.25,A
        h23,South,v2,12,2265,1.5,B
        h24,South,v2,12,1475,1,A
        h25,South,v3,12,2960,1.5,B
        h26,South,v3,12,5300,3.25,B
        h27,South,v3,12,4350,1.5,A
        h28,South,v3,12,4825,2,A
        h29,South,v4,12,1605,2,A
        h30,South,v4,12,4770,1,B
        h31,South,v4,12,2780,1,B
        h32,South,v4,12,3770,1,A
        h33,South,v5,12,2995,1,A
        h34,South,v5,12,1820,1,A
        h35,South,v5,12,8225,1.5,C
        h36,South,v5,12,2300,2,B
        h37,West,v1,30,3235,1,C
        h38,West,v1,30,2690,1.5,C
        h39,West,v1,30,3395,1,C
        h40,West,v1,30,1930,1,C
        h41,West,v2,30,6480,1.5,B
        h42,West,v2,30,5700,2,C
        h43,West,v2,30,820,1.5,A
        h44,West,v2,30,2995,1.5,A
        h45,West,v3,30,3380,1,A
        h46,West,v3,30,5530,1.5,C
        h47,West,v3,30,3830,2,B
        h48,West,v3,30,3155,3.25,C
        """;

    /// <summary>Writes texts to files of a new folder and gives their paths.</summary>
    public static string[] Files(params string[] texts)
    {
        var folder = Directory.CreateTempSubdirectory("shanhuo-measure-").FullName;
        return [.. texts.Select((text, i) =>
        {
            var path = Path.Combine(folder, $"{"ABC"[i]}.csv");
            File.WriteAllText(path, text);
            return path;
        })];
    }

    /// <summary>Runs the command: exit code, table, and what was said in English.</summary>
    public static async Task<(int Code, string Table, string Said)> Run(SampleOptions options, CancellationToken cancel = default)
    {
        using var output = new MemoryStream();
        var said = new StringWriter();
        var code = options is MeasureOptions measure
            ? await MeasureFigures.Run(measure, output, said, Language.En, cancel)
            : await MeasureFigures.Run((DeprivationOptions)options, output, said, Language.En, cancel);
        return (code, Encoding.UTF8.GetString(output.ToArray()), said.ToString());
    }

    /// <summary>A figure of the table by its row and column.</summary>
    public static double Figure(string table, string group, string column)
    {
        var lines = table.TrimEnd('\n').Split('\n').Select(l => l.Split(',')).ToArray();
        return double.Parse(lines.Single(l => l[0] == group)[Array.IndexOf(lines[0], column)], CultureInfo.InvariantCulture);
    }
}
