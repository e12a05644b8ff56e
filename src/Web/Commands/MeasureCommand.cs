using System.CommandLine;
using System.Globalization;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo measure</c>: poverty and inequality from a file of households, without a database.</summary>
internal static class MeasureCommand
{
    public static Command Make()
    {
        var data = new Option<string>("--data") { Description = "Households, one a row | 住户数据，每行一户 (.csv, .xlsx)", Required = true };
        var income = new Option<string>("--income") { Description = "Column of incomes, yuan | 收入列（元）", Required = true };
        var line = Yuan("--line", "Poverty line, yuan: poor is below it | 贫困线（元），低于为贫困");
        line.Required = true;
        var weight = Column("--weight", "weights | 权重");
        var by = Column("--by", "groups | 分组");
        var strata = Column("--strata", "strata | 层");
        var cluster = Column("--cluster", "clusters (first stage) | 群（第一阶段）");
        var fpc = Column("--fpc", "the stratum's population in clusters, or the share drawn | 本层群总数或抽样比");
        var errors = new Option<bool>("--se") { Description = "With standard errors | 加标准误" };
        var bounds = new Option<bool>("--bounds") { Description = "With what unknown incomes leave possible | 加收入不详时的上下界" };
        var lorenz = new Option<int>("--lorenz") { Description = "Print the Lorenz curve at N parts instead | 改为输出 N 等分的洛伦茨曲线" };
        var before = new Option<string?>("--before") { Description = "An earlier file: with the change and its standard error | 前一次的文件，加变化及其标准误" };
        var lineBefore = Yuan("--line-before", "Line of the earlier file | 前一次的贫困线");
        var panel = Column("--panel", "the same households in both files | 两次调查认同一户的编号");
        var total = new Option<string>("--total") { Description = "Name of the row for all | 合计行的名字", DefaultValueFactory = _ => "all" };
        var command = new Command("measure", "Poverty (FGT, Sen) and inequality (Gini) from a file | 由文件计算贫困与不平等指标") { data, income, line, weight, by, strata, cluster, fpc, errors, bounds, lorenz, before, lineBefore, panel, total };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var output = Console.OpenStandardOutput();
            var options = new MeasureOptions(parsed.GetValue(data)!, parsed.GetValue(income)!, parsed.GetValue(line))
            {
                Weight = parsed.GetValue(weight), By = parsed.GetValue(by), Strata = parsed.GetValue(strata), Cluster = parsed.GetValue(cluster), Fpc = parsed.GetValue(fpc),
                StandardErrors = parsed.GetValue(errors), Bounds = parsed.GetValue(bounds), LorenzParts = parsed.GetValue(lorenz),
                Before = parsed.GetValue(before), Panel = parsed.GetValue(panel), Total = parsed.GetValue(total)!,
                LineBefore = parsed.GetResult(lineBefore) is null ? null : parsed.GetValue(lineBefore),
            };
            return await MeasureFigures.Run(options, output, Console.Error, CommandLine.LanguageOf(parsed), cancel);
        });
        command.Subcommands.Add(MakeMpi());
        return command;
    }

    private static Command MakeMpi()
    {
        var data = new Option<string>("--data") { Description = "Households, one a row | 住户数据，每行一户 (.csv, .xlsx)", Required = true };
        var indicators = new Option<string>("--indicators") { Description = "Columns of 1 (deprived) and 0 with weights | 指标列（1 为缺）及权重: school=1/6,water=1/18", Required = true };
        var cutoff = new Option<string>("--cutoff") { Description = "Poor lacks at least this share | 缺到这个份额为贫困: 1/3", Required = true };
        var weight = Column("--weight", "weights | 权重");
        var by = Column("--by", "groups | 分组");
        var strata = Column("--strata", "strata | 层");
        var cluster = Column("--cluster", "clusters (first stage) | 群（第一阶段）");
        var fpc = Column("--fpc", "the stratum's population in clusters, or the share drawn | 本层群总数或抽样比");
        var errors = new Option<bool>("--se") { Description = "With standard errors | 加标准误" };
        var bounds = new Option<bool>("--bounds") { Description = "With what unknown answers leave possible | 加答案不详时的上下界" };
        var total = new Option<string>("--total") { Description = "Name of the row for all | 合计行的名字", DefaultValueFactory = _ => "all" };
        var command = new Command("mpi", "Multidimensional poverty (Alkire-Foster H, A, M0) | 多维贫困指标") { data, indicators, cutoff, weight, by, strata, cluster, fpc, errors, bounds, total };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var output = Console.OpenStandardOutput();
            var options = new DeprivationOptions(parsed.GetValue(data)!, parsed.GetValue(indicators)!, parsed.GetValue(cutoff)!)
            {
                Weight = parsed.GetValue(weight), By = parsed.GetValue(by), Strata = parsed.GetValue(strata), Cluster = parsed.GetValue(cluster), Fpc = parsed.GetValue(fpc),
                StandardErrors = parsed.GetValue(errors), Bounds = parsed.GetValue(bounds), Total = parsed.GetValue(total)!,
            };
            return await MeasureFigures.Run(options, output, Console.Error, CommandLine.LanguageOf(parsed), cancel);
        });
        return command;
    }

    private static Option<string?> Column(string name, string of) => new(name) { Description = $"Column of {of}" };

    private static Option<double> Yuan(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = given => double.TryParse(given.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan) ? yuan : double.NaN,
    };
}
