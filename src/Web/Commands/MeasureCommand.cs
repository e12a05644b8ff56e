using System.CommandLine;
using System.Globalization;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo measure</c> and <c>shanhuo measure mpi</c>: poverty and inequality from a file of households, without a database.</summary>
internal static class MeasureCommand
{
    public static Command Make()
    {
        var sample = new SampleColumns();
        var income = new Option<string>("--income") { Description = "Column of incomes, yuan | 收入列（元）", Required = true };
        var line = Yuan("--line", "Poverty line, yuan: poor is below it | 贫困线（元），低于为贫困");
        line.Required = true;
        var lorenz = new Option<int>("--lorenz") { Description = "Print the Lorenz curve at N parts instead | 改为输出 N 等分的洛伦茨曲线" };
        var before = new Option<string?>("--before") { Description = "An earlier file: with the change and its standard error | 前一次的文件，加变化及其标准误" };
        var lineBefore = Yuan("--line-before", "Line of the earlier file | 前一次的贫困线");
        var panel = SampleColumns.Column("--panel", "the same households in both files | 两次调查认同一户的编号");
        var command = new Command("measure", "Poverty (FGT, Sen) and inequality (Gini) from a file | 由文件计算贫困与不平等指标") { sample.Data, income, line, lorenz, before, lineBefore, panel };
        sample.AddTo(command);
        command.SetAction((parsed, cancel) => Run(parsed, (output, language) => MeasureFigures.Run(sample.Fill(parsed, new MeasureOptions(parsed.GetValue(sample.Data)!, parsed.GetValue(income)!, parsed.GetValue(line))
        {
            LorenzParts = parsed.GetValue(lorenz),
            Before = parsed.GetValue(before),
            Panel = parsed.GetValue(panel),
            LineBefore = parsed.GetResult(lineBefore) is null ? null : parsed.GetValue(lineBefore),
        }), output, Console.Error, language, cancel)));
        command.Subcommands.Add(MakeMpi());
        return command;
    }

    private static Command MakeMpi()
    {
        var sample = new SampleColumns();
        var indicators = new Option<string>("--indicators") { Description = "Columns of 1 (deprived) and 0 with weights | 指标列（1 为缺）及权重: school=1/6,water=1/18", Required = true };
        var cutoff = new Option<string>("--cutoff") { Description = "Poor lacks at least this share | 缺到这个份额为贫困: 1/3", Required = true };
        var command = new Command("mpi", "Multidimensional poverty (Alkire-Foster H, A, M0) | 多维贫困指标") { sample.Data, indicators, cutoff };
        sample.AddTo(command);
        command.SetAction((parsed, cancel) => Run(parsed, (output, language) => MeasureFigures.Run(
            sample.Fill(parsed, new DeprivationOptions(parsed.GetValue(sample.Data)!, parsed.GetValue(indicators)!, parsed.GetValue(cutoff)!)), output, Console.Error, language, cancel)));
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, Func<Stream, Kernel.Language, Task<int>> measure)
    {
        await using var output = Console.OpenStandardOutput();
        return await measure(output, CommandLine.LanguageOf(parsed));
    }

    // What is no number is NaN, which the rule refuses in the reader's language.
    private static Option<double> Yuan(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = given => double.TryParse(given.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan) ? yuan : double.NaN,
    };
}
