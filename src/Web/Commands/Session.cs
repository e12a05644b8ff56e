using System.CommandLine;
using Shanhuo.Kernel;

namespace Shanhuo.Web.Commands;

/// <summary>What a command works with: the database as the program itself, the texts, and where to print.</summary>
internal sealed class Session(IServiceProvider services, Language language)
{
    public IServiceProvider Services => services;
    public Installation Installation => services.GetRequiredService<Installation>();
    public ShanhuoDb Db => services.GetRequiredService<ShanhuoDb>();
    public TimeProvider Clock => services.GetRequiredService<TimeProvider>();
    public Language Language => language;

    /// <summary>Runs a command's work and turns its end into an exit code.</summary>
    public static async Task<int> Run(ParseResult parsed, Func<Session, CancellationToken, Task<int>> work, CancellationToken cancel)
    {
        await using var root = new ServiceCollection().AddLogging().AddShanhuo(Installation.In(parsed.GetValue(CommandLine.Data)!), TimeProvider.System).BuildServiceProvider();
        await using var scope = root.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        return await work(new Session(scope.ServiceProvider, CommandLine.LanguageOf(parsed)), cancel);
    }

    /// <summary>Prints the text and ends with 0.</summary>
    public int Done(string key, params object[] arguments)
    {
        Console.WriteLine(Say(key, arguments));
        return 0;
    }

    /// <summary>Prints the refusal on standard error and ends with 1.</summary>
    public int Refuse(Refusal no)
    {
        Console.Error.WriteLine(services.GetRequiredService<Texts>().Say(language, no));
        return 1;
    }

    public string Say(string key, params object[] arguments) => services.GetRequiredService<Texts>().Say(language, key, arguments);
}
