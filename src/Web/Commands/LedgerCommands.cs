using System.CommandLine;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo verify</c> checks the ledger against its hash chain; <c>shanhuo settle-due</c> settles what is due now, as the service does every minute.</summary>
internal static class LedgerCommands
{
    private static readonly Option<string?> County = new("--county") { Description = "Six digits; all counties without it | 县代码" };

    public static Command MakeVerify()
    {
        var head = new Option<string?>("--head") { Description = "NUMBER:HASH as printed on a pay-out file, statement or backup | 打印的链尾" };
        var rebuild = new Option<bool>("--rebuild") { Description = "First make balances and figures anew from the entries | 先按分录重建余额" };
        var command = new Command("verify", "Check the ledger and the trail of looks: exit code 1 names the first wrong entry | 校验账本和查看记录") { County, head, rebuild };
        command.SetAction((parsed, cancel) => Session.Run(parsed, async (session, stop) =>
        {
            LedgerHead? printed = null;
            if (parsed.GetValue(head) is { } text && !LedgerHead.TryParse(text, out printed)) return session.Refuse(new Refusal("ledger.bad-head", Place.Input("--head"), text));
            if (!(await Counties(session, parsed.GetValue(County), stop)).Ok(out var counties, out var no)) return session.Refuse(no);
            if (printed is not null && counties.Length != 1) return session.Refuse(new Refusal("ledger.head-of-one", Place.Input("--head")));
            var (audit, code) = (session.Services.GetRequiredService<LedgerAudit>(), 0);
            foreach (var county in counties)
            {
                if (parsed.GetValue(rebuild)) await audit.Rebuild(county, stop);
                var report = await audit.Verify(county, printed, Progress(session, "ledger.looked-at"), stop);
                Console.WriteLine(session.Say(report.First is null ? "ledger.sound" : "ledger.faulty", county, report.Entries, report.Head, report.Unsealed));
                if (report.First is { } fault) code = session.Refuse(fault.Words);
            }
            var trail = await session.Services.GetRequiredService<AuditTrail>().Verify(stop);
            if (trail.Fault is { } broken) code = session.Refuse(broken);
            else session.Done("trail.verified", trail.Sealed);
            return code;
        }, cancel));
        return command;
    }

    public static Command MakeSettleDue()
    {
        var command = new Command("settle-due", "Settle what is due, pay pools, seal | 结算到期订单") { County };
        command.SetAction((parsed, cancel) => Session.Run(parsed, async (session, stop) =>
        {
            if (!(await Counties(session, parsed.GetValue(County), stop)).Ok(out var counties, out var no)) return session.Refuse(no);
            var code = 0;
            foreach (var county in counties)
            {
                var report = await session.Services.GetRequiredService<LedgerRound>().Run(county, Progress(session, "ledger.settled"), stop);
                Console.WriteLine(session.Say("ledger.round", county, report.Lines, report.Refunds, report.Stuck.Count));
                foreach (var stuck in report.Stuck)
                {
                    session.Refuse(stuck);
                    code = 3;
                }
            }
            return code;
        }, cancel));
        return command;
    }

    private static async Task<Outcome<AreaCode[]>> Counties(Session session, string? named, CancellationToken cancel)
    {
        if (named is null) return await session.Services.GetRequiredService<LedgerRound>().Counties(cancel);
        if (!AreaCode.TryParse(named, out var county) || county.Level != AreaLevel.County) return new Refusal("ledger.bad-county", Place.Input("--county"), named);
        return new[] { county };
    }

    // Only where somebody looks on: progress has no place in a log file.
    private static Progress<long>? Progress(Session session, string key) => Console.IsErrorRedirected ? null : new Progress<long>(n => Console.Error.Write($"\r{session.Say(key, n)}"));
}
