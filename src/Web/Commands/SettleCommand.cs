using System.CommandLine;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo settle</c>: the core on files, without a database.</summary>
internal static class SettleCommand
{
    public static Command Make()
    {
        var scheme = File("--scheme", "The scheme | 分配方案 (.json)");
        var lots = File("--lots", "Intakes by lot | 批次 (.csv)");
        var lines = File("--lines", "Sale lines | 销售行 (.csv)");
        var refunds = new Option<string?>("--refunds") { Description = "Refunds | 退款 (.csv)" };
        var output = File("--out", "Where the postings go | 分录输出 (.csv)");
        var skip = new Option<bool>("--skip-bad") { Description = "Settle the good rows, list the bad ones (exit code 3) | 跳过错行" };
        var command = new Command("settle", "Split sales in files to the fen | 按方案把销售文件分到每一分") { scheme, lots, lines, refunds, output, skip };
        command.SetAction((parsed, cancel) => Task.FromResult(BulkSettlement.Run(
            new BulkOptions(parsed.GetValue(scheme)!, parsed.GetValue(lots)!, parsed.GetValue(lines)!, parsed.GetValue(refunds), parsed.GetValue(output)!, parsed.GetValue(skip), !Console.IsErrorRedirected),
            Console.Out, Console.Error, CommandLine.LanguageOf(parsed), cancel)));
        return command;
    }

    private static Option<string> File(string name, string description) => new(name) { Description = description, Required = true };
}
