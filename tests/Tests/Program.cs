using Shanhuo.Tests.Processes;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Shanhuo.Tests;

/// <summary>Runs the tests; or, started by a test with the word <c>child</c>, does a piece of work as a process of its own that the test can kill.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [Child.Word, .. var rest] => Child.Run(rest),
        _ when args.Any(arg => arg is "-automated" or "@@") => ConsoleRunner.Run(args),
        _ => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
