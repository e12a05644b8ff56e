using System.CommandLine;
using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo survey tabulate</c>: a table of a survey from files, without a database.</summary>
internal static class SurveyCommand
{
    public static Command Make() => new("survey", "Surveys | 问卷调查") { Tabulate() };

    private static Command Tabulate()
    {
        var form = new Option<string>("--form") { Description = "Questionnaire: XLSForm (.xlsx), or a folder with survey.csv and choices.csv | 问卷（XLSForm）", Required = true };
        var data = new Option<string>("--data") { Description = "Responses, a row each (.csv, .xlsx) | 答卷数据，每行一份", Required = true };
        var rows = new Option<string>("--rows") { Description = "Question of the rows | 表行的题目", Required = true };
        var columns = Column("--cols", "Question of the columns | 表列的题目");
        var weight = Column("--weight", "Column of weights | 权重列");
        var strata = Column("--strata", "Column of strata | 分层列");
        var cluster = Column("--cluster", "Column of what was drawn first, such as the village | 群（初级抽样单位）列");
        var population = Column("--fpc", "Column of the stratum's population, or of the fraction drawn | 该层总体数或抽样比例列");
        var rake = Column("--rake", "CSV of known margins (question, option, population) that the weights are raked to | 已知总体文件，权重校准到它");
        var level = new Option<double>("--level") { Description = "Level of the intervals | 置信水平", DefaultValueFactory = _ => 0.95 };
        var command = new Command("tabulate", "Counts, shares on their bases, errors and tests as CSV | 频数、各种基数的百分比、误差和检验（CSV）") { form, data, rows, columns, weight, strata, cluster, population, rake, level };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var output = Console.OpenStandardOutput();
            return await TabulateSurvey.Run(new TabulateOptions(parsed.GetValue(form)!, parsed.GetValue(data)!, parsed.GetValue(rows)!, parsed.GetValue(columns), parsed.GetValue(weight), parsed.GetValue(strata), parsed.GetValue(cluster), parsed.GetValue(population), parsed.GetValue(level)) { Rake = parsed.GetValue(rake) },
                output, Console.Error, CommandLine.LanguageOf(parsed), cancel);
        });
        return command;
    }

    private static Option<string?> Column(string name, string description) => new(name) { Description = description };
}
