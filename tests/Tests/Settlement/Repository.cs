namespace Shanhuo.Tests.Settlement;

/// <summary>Where the files of the repository stand.</summary>
internal static class Repository
{
    /// <summary>The folder of Shanhuo.slnx, above the folder where the tests were built.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Shanhuo.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Shanhuo.slnx");
        return folder;
    }
}
