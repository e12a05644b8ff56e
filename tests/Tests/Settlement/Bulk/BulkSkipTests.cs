using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Tests.Settlement.Bulk;

public sealed class BulkSkipTests
{
    private const string Good = "2026-11-21,taobao,S-1,L-1,1000,20.00,0\n";

    [Fact]
    public void With_bad_rows_skipped_the_rest_is_settled_as_if_they_were_absent()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var season = new RandomSeason(seed);
            using var folder = new BulkFolder { Scheme = season.Scheme, Lots = season.LotsCsv, Lines = season.LinesCsv, Refunds = season.RefundsCsv };
            Assert.Equal(BulkSettlement.Settled, folder.Run());
            var clean = folder.Postings;

            var (lines, refunds, bad) = Spoil(season, new Random(seed));
            (folder.Lines, folder.Refunds) = (lines, refunds);
            Assert.Equal(BulkSettlement.Refused, folder.Run());
            Assert.Null(folder.Postings);
            Assert.Equal(["LINES.csv", "LOTS.csv", "REFUNDS.csv", "S.json"], folder.Files);
            var named = Rows(folder);
            Assert.Equal(BulkSettlement.SettledWithoutBad, folder.Run(skipBad: true));
            Assert.True(clean == folder.Postings, $"seed {seed}");
            Assert.Equal(bad, Rows(folder));
            Assert.Equal(bad, named);
        }
    }

    [Theory]
    [InlineData("1,O-1,x|2,O-2,|3,O-1,", "LINES.csv:2:day", "2,3")] // a bad row tears no order
    [InlineData("1,O-1,|2,O-2,|3,O-1,|4,O-1,|5,O-3,", "LINES.csv:4:order", "1,2,5")] // the later block is named once, at its first row
    [InlineData("1,O-1,|2,O-2,|3,O-1,|4,O-2,", "LINES.csv:4:order", "1,2,4")] // what is torn off tears no other
    [InlineData("1,O-1,|2,O-2,|1,O-1,", "LINES.csv:4:line", "1,2")]
    [InlineData("1,O-1,|1,O-2,|2,O-2,|1,O-3,", "LINES.csv:3:line LINES.csv:5:line", "1,2")]
    [InlineData("1,O-1,x|1,O-2,", "LINES.csv:2:day", "1")] // the double of a bad line is no double
    [InlineData("1,O-1,|2,O-2,|3,O-1,|3,O-3,", "LINES.csv:4:order", "1,2,3")]
    public void Doubles_and_torn_orders_are_judged_among_good_rows(string rows, string places, string settled)
    {
        var lines = rows.Split('|').Select(row => row.EndsWith(",x", StringComparison.Ordinal) ? row[..^1] + "2026-02-30" + Good[10..] : row + Good);
        using var folder = new BulkFolder { Scheme = BulkFolder.ExampleScheme, Lots = BulkFolder.ExampleLots, Lines = BulkFolder.LinesHeader + string.Concat(lines) };
        Assert.Equal(BulkSettlement.SettledWithoutBad, folder.Run(skipBad: true));
        Assert.Equal(places, string.Join(' ', folder.Places));
        Assert.Equal(settled, string.Join(',', folder.Postings!.Split('\n').Where(row => row.Contains(",buyer,", StringComparison.Ordinal)).Select(row => row.Split(',')[0])));
    }

    [Fact]
    public void A_refund_of_a_skipped_line_is_bad_and_so_is_one_beyond_what_is_left()
    {
        using var folder = new BulkFolder
        {
            Scheme = BulkFolder.ExampleScheme,
            Lots = BulkFolder.ExampleLots,
            Lines = BulkFolder.LinesHeader + "1,O-1," + Good + "2,O-2,2026-13-01" + Good[10..],
            Refunds = "line,day,amount\n2,2026-11-22,1\n1,2026-11-22,15\n1,2026-11-22,5.01\n1,2026-11-22,5\n",
        };
        Assert.Equal(BulkSettlement.SettledWithoutBad, folder.Run(skipBad: true, Language.Zh));
        Assert.Equal(["LINES.csv:3:day", "REFUNDS.csv:2:line", "REFUNDS.csv:4:amount"], folder.Places);
        Assert.Contains("退款 5.01 元超过了这一行还剩的 5.00 元", folder.Errors, StringComparison.Ordinal);
    }

    private static string[] Rows(BulkFolder folder) => [.. folder.Places.Where(place => place.Contains(".csv:", StringComparison.Ordinal)).Select(place => string.Join(':', place.Split(':').Take(2))).Distinct()];

    // Rows that are bad in every way, put between the good ones, with the places where they must be named.
    private static (string Lines, string Refunds, List<string> Bad) Spoil(RandomSeason season, Random chance)
    {
        var good = Records(season.LinesCsv);
        var (lines, bad) = (new List<string> { good[0] }, new List<string>());
        var lineAt = 0;
        foreach (var row in good.Skip(1))
        {
            lines.Add(row);
            if (chance.Next(3) > 0) continue;
            var line = season.Lines[chance.Next(lineAt + 1)];
            switch (chance.Next(5))
            {
                case 0: lines.Add(lines[1 + chance.Next(lines.Count - 1)]); break; // a double, of a good row or a bad one
                case 1: lines.Add($"O-any,{lines.Count}new,2026-11-21,,,no such lot,,,,,,,,,,,,"); break;
                case 2: lines.Add($"{line.Order},{lines.Count}new,2026-11-21,,,,,,5.,,,,,,,,,"); break;
                case 3: lines.Add($"{line.Order},a\"b"); break;
                default: lines.Add($"{line.Order},too,few"); break;
            }
            bad.Add($"LINES.csv:{lines.Count}");
            lineAt++;
        }
        if (bad.Count == 0)
        {
            lines.Add("x,y");
            bad.Add($"LINES.csv:{lines.Count}");
        }
        var refunds = Records(season.RefundsCsv);
        refunds.Add("no such line,1,,2026-12-01");
        bad.Add($"REFUNDS.csv:{refunds.Count}");
        return (string.Join('\n', lines) + "\n", string.Join('\n', refunds) + "\n", bad);
    }

    // Rows of a file whose cells may hold line breaks in quotes.
    private static List<string> Records(string csv)
    {
        var records = new List<string>();
        foreach (var line in csv.TrimEnd('\n').Split('\n'))
        {
            if (records.Count > 0 && records[^1].Count(c => c == '"') % 2 == 1) records[^1] += "\n" + line;
            else records.Add(line);
        }
        return records;
    }
}
