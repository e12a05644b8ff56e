using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Tests.Settlement.Bulk;

public sealed class BulkHostileTests
{
    private const string Line = "1,O-1,2026-11-21,taobao,S-1,L-1,1000,20.00,0\n";

    [Theory]
    [InlineData("goods", "20.001", "不是金额", "is not an amount")]
    [InlineData("goods", ".5", "不是金额", "is not an amount")]
    [InlineData("goods", "58.", "不是金额", "is not an amount")]
    [InlineData("goods", "-1", "不是金额", "is not an amount")]
    [InlineData("goods", "+1", "不是金额", "is not an amount")]
    [InlineData("goods", "1e3", "不是金额", "is not an amount")]
    [InlineData("goods", "\"1,000\"", "不是金额", "is not an amount")]
    [InlineData("goods", "５８", "不是金额", "is not an amount")]
    [InlineData("goods", " 58", "不是金额", "is not an amount")]
    [InlineData("goods", "1000000000000.01", "不是金额", "is not an amount")]
    [InlineData("goods", "99999999999999999999999999", "不是金额", "is not an amount")]
    [InlineData("freight", "x", "不是金额", "is not an amount")]
    [InlineData("grams", "1.5", "不是整数", "is not a whole number")]
    [InlineData("grams", "1000000000001", "不是整数", "is not a whole number")]
    [InlineData("grams", "1000000000000", "一千万亿元", "more than 10^15 yuan", "\"from\": \"programme\", \"fixed\": \"1000000000\", \"per\": \"kg\"")]
    [InlineData("day", "2026-02-29", "不是日期", "is not a day")]
    [InlineData("day", "2026-2-1", "不是日期", "is not a day")]
    [InlineData("day", "0000-01-01", "不是日期", "is not a day")]
    [InlineData("day", "", "不能为空", "must not be empty")]
    [InlineData("line", "", "不能为空", "must not be empty")]
    [InlineData("order", "", "不能为空", "must not be empty")]
    [InlineData("line", "intake:1", "留给记账用", "kept for postings")]
    [InlineData("line", "refund:1", "留给记账用", "kept for postings")]
    [InlineData("line", "lot:1", "留给记账用", "kept for postings")]
    [InlineData("lot", "L-9", "没有批次", "no lot")]
    [InlineData("lot", "", "必须写明批次", "must name its lot")]
    [InlineData("station", "a\"b", "中间出现了引号", "inside a cell without quotes")]
    [InlineData("station", "\"a\"b", "引号关闭之后", "follows the closing quote")]
    [InlineData("station", "a\rb", "单独的回车", "carriage return")]
    [InlineData("station", "a\0b", "空字符", "NUL")]
    [InlineData("station", "\"a\0b\"", "空字符", "NUL")]
    public void A_bad_cell_is_named_by_file_row_and_column_in_both_languages(string column, string cell, string zh, string en, string step = "\"rate\": \"0%\", \"of\": \"gross\"")
    {
        var columns = BulkFolder.LinesHeader.TrimEnd().Split(',');
        var cells = Line.TrimEnd().Split(',');
        cells[Array.IndexOf(columns, column)] = cell;
        using var folder = Example(BulkFolder.LinesHeader + Line.Replace("1,O-1", "0,O-0", StringComparison.Ordinal) + string.Join(',', cells) + "\n");
        folder.Scheme = BulkFolder.ExampleScheme.Replace("\"steps\": [", $"\"steps\": [ {{ \"to\": \"centre\", {step} }},", StringComparison.Ordinal);
        Refused(folder, $"LINES.csv:3:{column}", zh, en);
    }

    [Theory]
    [InlineData("1,O-1,2026-11-21,taobao,S-1,L-1,1000,20.00\n", "freight", "只有 8 格", "has 8 cells")]
    [InlineData("1,O-1,2026-11-21,taobao,S-1,L-1,1000,20.00,0,9,9\n", "freight", "有 11 格", "has 11 cells")]
    [InlineData("1,O-1,2026-11-21,\"taobao,S-1,L-1,1000,20.00,0\n2,O-2,2026-11-21,jd,S-1,L-1,1,1,0\n", "channel", "没有关闭", "not closed")]
    public void A_row_out_of_shape_is_named(string row, string column, string zh, string en)
    {
        using var folder = Example(BulkFolder.LinesHeader + row);
        Refused(folder, $"LINES.csv:2:{column}", zh, en);
    }

    [Theory]
    [InlineData("", "LINES.csv", "文件是空的", "is empty")]
    [InlineData("line,order,day,channel,station,lot,grams,freight\n", "LINES.csv:1:goods", "缺少", "lacks the column")]
    [InlineData("line,order,day,channel,station,lot,grams,goods,freight,lot\n", "LINES.csv:1:lot", "出现了两次", "stands twice")]
    public void A_file_without_a_good_header_is_refused(string lines, string place, string zh, string en)
    {
        using var folder = Example(lines);
        Refused(folder, place, zh, en);
    }

    [Theory]
    [InlineData("L-1,H-1,0,A,1", "grams", "不是数量", "is not a quantity")]
    [InlineData("L-1,H-1,,A,1", "grams", "不是数量", "is not a quantity")]
    [InlineData("L-1,H-1,5,A,x", "price", "不是金额", "is not an amount")]
    [InlineData(",H-1,5,A,1", "lot", "不能为空", "must not be empty")]
    [InlineData("L-1,,5,A,1", "household", "不能为空", "must not be empty")]
    [InlineData("L-1,H-1,5,A,1,3", "grams", "克数应留空", "grams must be empty")]
    [InlineData("L-0,H-1,,A,1,3", "pieces", "另一种计量", "counts the other way")]
    [InlineData("L-1,H-1,,A,1,0", "pieces", "不是数量", "is not a quantity")]
    [InlineData("L-0,H-1,5,A,1,,V-1", "village", "要么每行都填", "on all its rows or on none")]
    [InlineData("L-0,H-1,5,A,1,,,S-2", "station", "同一批次各行应相同", "must have the same")]
    [InlineData("L-0,H-1,5,A,1,,,S-1,,,growers", "bought_by", "不能收购批次", "cannot buy a lot")]
    [InlineData("L-0,H-1,5,A,1,,,S-1,,,platform", "bought_by", "同一批次各行应相同", "must have the same")]
    public void A_bad_row_of_the_lots_always_stops(string row, string column, string zh, string en)
    {
        using var folder = Example(BulkFolder.LinesHeader + Line);
        folder.Lots = "lot,household,grams,grade,price,pieces,village,station,cooperative,enterprise,bought_by\nL-0,H-0,5,A,1,,,S-1,,,\n" + row + new string(',', 10 - row.Count(c => c == ',')) + "\n";
        Refused(folder, $"LOTS.csv:3:{column}", zh, en);
        Assert.Equal(BulkSettlement.Refused, folder.Run(skipBad: true));
    }

    [Theory]
    [InlineData("\"actual\": \"packaging\"", "LINES.csv:1:packaging")]
    [InlineData("\"fixed\": \"1\", \"per\": \"piece\"", "LINES.csv:1:pieces")]
    [InlineData("\"fixed\": \"1\", \"per\": \"line\", \"when\": { \"product\": [\"apple\"] }", "LINES.csv:1:product")]
    [InlineData("\"fixed\": \"1\", \"per\": \"line\", \"when\": { \"campaign\": [\"spring\"] }", "LINES.csv:1:campaign")]
    [InlineData("\"price\": \"contract\", \"ifShort\": { \"bearer\": \"platform\" }", "LOTS.csv:1:contract")]
    public void A_scheme_that_needs_a_column_the_file_lacks_is_refused(string step, string place)
    {
        using var folder = Example(BulkFolder.LinesHeader + Line);
        folder.Scheme = $$"""{ "name": "n", "steps": [ { "to": "centre", {{step}} }, { "to": "cooperative", "rest": true } ] }""";
        Refused(folder, place, "方案要用到", "The scheme needs the column");
    }

    [Fact]
    public void A_step_by_poor_is_refused_in_bulk_with_its_place()
    {
        using var folder = Example(BulkFolder.LinesHeader + Line);
        folder.Scheme = """{ "name": "n", "steps": [ { "to": "growers", "from": "programme", "rate": "5%", "of": "goods", "when": { "poor": true } }, { "to": "cooperative", "rest": true } ] }""";
        Refused(folder, "S.json:steps[0].when.poor", "带 poor 的步骤", "a step with poor");
    }

    [Fact]
    public void A_refused_scheme_names_every_fault_with_its_place()
    {
        using var folder = Example(BulkFolder.LinesHeader + Line);
        folder.Scheme = """{ "name": "n", "steps": [ { "to": "king", "rate": "101%", "of": "gross" }, { "to": "cooperative", "rest": true } ], "close": { "patronage": "59.9%" } }""";
        Refused(folder, "S.json:steps[0].to", "没有“king”这个角色", "no role “king”");
        Assert.Equal(["S.json:steps[0].to", "S.json:steps[0].rate", "S.json:close.patronage"], folder.Places);
        Assert.Contains("59.9% is under the legal floor of 60% (Law on Farmers' Specialised Cooperatives (revised 2017), article 44)", folder.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line,day,amount\n1,2026-11-22,0\n", "amount", "不是退款金额", "is not an amount to refund")]
    [InlineData("line,day,amount\n1,2026-11-22,\n", "amount", "不是退款金额", "is not an amount to refund")]
    [InlineData("line,day,amount\n1,2026-11-22,20.01\n", "amount", "超过了", "is beyond")]
    [InlineData("line,day,amount\n9,2026-11-22,1\n", "line", "没有结算过", "is settled")]
    [InlineData("line,day,amount\n,2026-11-22,1\n", "line", "不能为空", "must not be empty")]
    [InlineData("line,day,amount\n1,,1\n", "day", "不能为空", "must not be empty")]
    [InlineData("line,day,amount,fault\n1,2026-11-22,1,growers\n", "fault", "不能作为责任方", "cannot be named")]
    public void A_bad_refund_is_named(string refunds, string column, string zh, string en)
    {
        using var folder = Example(BulkFolder.LinesHeader + Line);
        folder.Refunds = refunds;
        Refused(folder, $"REFUNDS.csv:2:{column}", zh, en);
    }

    [Theory]
    [InlineData("line,amount\n1,5\n", "REFUNDS.csv:1:day", "缺少", "lacks the column")]
    [InlineData("", "REFUNDS.csv", "文件是空的", "is empty")]
    public void Refunds_without_a_good_header_stop_the_run_even_where_bad_rows_are_skipped(string refunds, string place, string zh, string en)
    {
        using var folder = Example(BulkFolder.LinesHeader + Line);
        folder.Refunds = refunds;
        Refused(folder, place, zh, en);
        Assert.Equal(BulkSettlement.Refused, folder.Run(skipBad: true));
    }

    [Fact]
    public void Text_that_is_not_utf8_is_named_by_its_cell()
    {
        using var folder = Example("");
        folder.WriteBytes("LINES.csv", [.. Encoding.UTF8.GetBytes(BulkFolder.LinesHeader), .. Encoding.UTF8.GetBytes("1,O-1,2026-11-21,"), 0xC4, 0xE3, .. Encoding.UTF8.GetBytes(",S-1,L-1,1000,20.00,0\n")]);
        Refused(folder, "LINES.csv:2:channel", "不是 UTF-8", "not UTF-8");
    }

    [Fact]
    public void A_row_without_end_and_a_million_columns_take_bounded_memory()
    {
        using var folder = Example(BulkFolder.LinesHeader + "1,O-1,\"" + new string('x', 3_000_000) + "\",,,,,,\n" + Line);
        Refused(folder, "LINES.csv:2:day", "超过 1048576 字节", "longer than 1048576 bytes");
        folder.Lines = string.Join(',', Enumerable.Range(0, 1_000_000)) + "\n";
        Refused(folder, "LINES.csv:1", "超过 1048576 字节", "longer than 1048576 bytes");
    }

    [Fact]
    public void A_missing_file_a_folder_and_an_output_that_cannot_be_written_are_said_to_be_so()
    {
        using var folder = Example(BulkFolder.LinesHeader + Line);
        using StringWriter output = new(), error = new();
        var options = new BulkOptions(folder.Path("S.json"), folder.Path("LOTS.csv"), folder.Path("LINES.csv"), null, folder.Path("none/P.csv"));
        Assert.Equal(BulkSettlement.Refused, BulkSettlement.Run(options, output, error, Language.En, CancellationToken.None));
        Assert.Contains("cannot be written", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(BulkSettlement.Refused, BulkSettlement.Run(options with { Lines = folder.Path("none.csv") }, output, error, Language.En, CancellationToken.None));
        Assert.Contains("none.csv: There is no such file", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(BulkSettlement.Refused, BulkSettlement.Run(options with { Lots = folder.Path("") }, output, error, Language.En, CancellationToken.None));
        Assert.Equal(BulkSettlement.WrongUsage, BulkSettlement.Run(options with { Out = folder.Path("LINES.csv") }, output, error, Language.En, CancellationToken.None));
        Assert.Equal(["LINES.csv", "LOTS.csv", "S.json"], folder.Files);
    }

    [Fact]
    public async Task Lines_from_a_pipe_are_refused_and_lots_from_one_are_taken()
    {
        using var folder = Example(BulkFolder.LinesHeader + Line);
        using StringWriter output = new(), error = new();
        var options = new BulkOptions(folder.Path("S.json"), folder.Path("pipe"), folder.Path("LINES.csv"), null, folder.Path("P.csv"));
        using (var make = System.Diagnostics.Process.Start("mkfifo", folder.Path("pipe"))) await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        var feeding = Task.Run(() => File.WriteAllText(folder.Path("pipe"), BulkFolder.ExampleLots), TestContext.Current.CancellationToken); // opening a pipe waits for its reader
        Assert.Equal(BulkSettlement.Settled, BulkSettlement.Run(options, output, error, Language.En, CancellationToken.None));
        await feeding;
        feeding = Task.Run(() => File.WriteAllText(folder.Path("pipe"), BulkFolder.LinesHeader + Line), TestContext.Current.CancellationToken);
        Assert.Equal(BulkSettlement.Refused, BulkSettlement.Run(options with { Lots = folder.Path("LOTS.csv"), Lines = folder.Path("pipe") }, output, error, Language.En, CancellationToken.None));
        await feeding;
        Assert.Contains("pipe: The lines must be a regular file", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_run_writes_nothing_and_leaves_nothing_behind()
    {
        using var folder = Example(BulkFolder.LinesHeader + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},O-{i},2026-11-21,taobao,S-1,L-1,1000,20.00,0\n")));
        using StringWriter output = new(), error = new();
        var options = new BulkOptions(folder.Path("S.json"), folder.Path("LOTS.csv"), folder.Path("LINES.csv"), null, folder.Path("P.csv"));
        Assert.Equal(BulkSettlement.Refused, BulkSettlement.Run(options, output, error, Language.Zh, new CancellationToken(canceled: true)));
        Assert.Contains("已停止", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["LINES.csv", "LOTS.csv", "S.json"], folder.Files);
    }

    private static BulkFolder Example(string lines) => new() { Scheme = BulkFolder.ExampleScheme, Lots = BulkFolder.ExampleLots, Lines = lines };

    private static void Refused(BulkFolder folder, string place, string zh, string en)
    {
        Assert.Equal(BulkSettlement.Refused, folder.Run(language: Language.Zh));
        Assert.StartsWith(place + ": ", folder.Errors, StringComparison.Ordinal);
        Assert.Contains(zh, folder.Errors.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(BulkSettlement.Refused, folder.Run(language: Language.En));
        Assert.StartsWith(place + ": ", folder.Errors, StringComparison.Ordinal);
        Assert.Contains(en, folder.Errors.Split('\n')[0], StringComparison.Ordinal);
        Assert.Null(folder.Postings);
    }
}
