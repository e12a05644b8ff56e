using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo import</c>: orders from another platform's file. 0: all in; 3: good rows in, bad ones listed; 1: nothing in.</summary>
internal static class ImportCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "CSV or XLSX as the platform exports it | 平台导出的订单文件" };
        var channel = new Option<string>("--channel") { Description = string.Join(", ", ImportOrders.Channels), Required = true };
        var county = new Option<string>("--county") { Description = "County code, six digits | 县代码", Required = true };
        var skip = new Option<bool>("--skip-bad") { Description = "Take the good orders although others have wrong rows | 跳过错行" };
        var command = new Command("import", "Take in orders from another platform's file | 导入其他平台的订单") { file, channel, county, skip };
        command.SetAction((parsed, cancel) => Session.Run(parsed, async (session, stop) =>
        {
            var path = parsed.GetValue(file)!;
            if (!AreaCode.TryParse(parsed.GetValue(county), out var code) || !await session.Db.AreaFacts.AnyAsync(a => a.Code == code && a.Level == AreaLevel.County, stop))
                return session.Refuse(new Refusal("command.no-county", Place.None, parsed.GetValue(county)!));
            if (!File.Exists(path)) return session.Refuse(new Refusal("command.no-file", Place.None, path));
            await using var stream = File.OpenRead(path);
            var outcome = await session.Services.GetRequiredService<ImportOrders>().Run(stream, Path.GetFileName(path), parsed.GetValue(channel)!, code, parsed.GetValue(skip), Console.IsErrorRedirected ? null : new Progress<int>(n => Console.Error.Write($"\r{n} ")), stop);
            if (!outcome.Ok(out var done, out var no)) return session.Refuse(no);
            foreach (var refused in done.Refused) session.Refuse(refused);
            if (!done.Committed) return session.Refuse(new Refusal("command.nothing-imported", Place.None, done.Refused.Count));
            session.Done(done.WasHere ? "command.imported-before" : "command.imported", done.Orders, done.Added, done.Changed, done.Unchanged, done.Waiting, done.LeftOut);
            return done.Refused.Count > 0 ? 3 : 0;
        }, cancel));
        return command;
    }
}
