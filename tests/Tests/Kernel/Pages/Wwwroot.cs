using System.Runtime.CompilerServices;

namespace Shanhuo.Tests.Kernel.Pages;

/// <summary>The style sheets and drawings as they stand in the sources.</summary>
internal static class Wwwroot
{
    public static string Read(string file) => File.ReadAllText(Path(file));

    public static string Path(string file) => System.IO.Path.Combine(Root(), file);

    private static string Root([CallerFilePath] string here = "")
    {
        var at = System.IO.Path.GetDirectoryName(here)!;
        return System.IO.Path.GetFullPath(System.IO.Path.Combine(at, "..", "..", "..", "..", "src", "Web", "wwwroot"));
    }
}
