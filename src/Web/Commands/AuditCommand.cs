using System.CommandLine;
using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo audit figures</c>: what cannot be true in a table of reported figures, without a database. 0: audited; 1: the table is refused.</summary>
internal static class AuditCommand
{
    public static Command Make()
    {
        var data = new Option<string>("--data") { Description = "Table of reported figures, .csv or .xlsx | 报告数字表", Required = true };
        var figures = new Command("figures", "Find reported figures that cannot be true: one finding a row, rule,figures,reason,mend | 找出不可能成立的报告数字：每行一条，规则、数字、原因、改法") { data };
        figures.SetAction(async (parsed, cancel) =>
        {
            await using var output = Console.OpenStandardOutput();
            return await FigureAuditor.Run(parsed.GetValue(data)!, output, Console.Error, CommandLine.LanguageOf(parsed), cancel);
        });
        return new Command("audit", "Check what others report | 核查报告中的数字") { figures };
    }
}
