using System.CommandLine;
using System.Globalization;
using Shanhuo.Kernel;

namespace Shanhuo.Web.Commands;

/// <summary>The program's commands. Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 done but some rows were left out.</summary>
internal static class CommandLine
{
    public static readonly Option<string> Data = new("--data") { Description = "Folder of the embedded database, keys and files | 数据文件夹", DefaultValueFactory = _ => "var", Recursive = true };
    public static readonly Option<string> Lang = new("--lang") { Description = "zh or en, for what the command prints | 输出语言", DefaultValueFactory = _ => "", Recursive = true };

    public static async Task<int> Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("Shanhuo 山货: sells what households grow and splits every sale to the fen | 卖山里的货，把每笔钱分到每一分") { Data, Lang };
        root.Subcommands.Add(ServeCommand.Make());
        Command[] commands =
        [
            MigrateCommand.Make(), DemoCommand.Make(), UserCommand.Make(), HealthCommand.Make(), Backup.MakeBackup(), Backup.MakeRestore(),
            ImportCommand.Make(), SettleCommand.Make(), LedgerCommands.MakeSettleDue(), LedgerCommands.MakeVerify(),
            RegisterCommand.Make(), KeysCommand.Make(), MeasureCommand.Make(), SurveyCommand.Make(), AuditCommand.Make(),
        ];
        foreach (var command in commands) root.Subcommands.Add(command);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("shanhuo --help");
            return 2;
        }
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>The language of what is printed: --lang, else the environment's, else Chinese.</summary>
    public static Language LanguageOf(ParseResult parsed) => parsed.GetValue(Lang) is { Length: > 0 } chosen ? Of(chosen)
        : Of(Environment.GetEnvironmentVariable("LC_ALL") is { Length: > 0 } all ? all : Environment.GetEnvironmentVariable("LANG") ?? "");

    private static Language Of(string name) => name.StartsWith("en", StringComparison.OrdinalIgnoreCase) || name is "C" or "POSIX" || name.StartsWith("C.", StringComparison.Ordinal) ? Language.En : Language.Zh;
}
