using System.Text.RegularExpressions;
using Shanhuo.Kernel;
using Shanhuo.Web;

namespace Shanhuo.Tests.Architecture;

/// <summary>The shape of the house: which module may use which, and that each has one door.</summary>
public sealed partial class ModuleMapTests
{
    /// <summary>The map: a module and those it may use. Arrows only go down.</summary>
    private static readonly Dictionary<string, string[]> Map = new(StringComparer.Ordinal)
    {
        ["Kernel"] = [],
        ["Registry"] = ["Kernel"],
        ["Voice"] = ["Kernel", "Registry"],
        ["Surveys"] = ["Kernel", "Registry"],
        ["Market"] = ["Kernel", "Registry"],
        ["Settlement"] = ["Kernel", "Registry", "Voice", "Market"],
        ["Web"] = ["Kernel", "Registry", "Voice", "Surveys", "Market", "Settlement", "Migrations"],
    };

    [Fact]
    public void Every_module_uses_only_those_below_it()
    {
        foreach (var module in ShanhuoHost.Modules.All)
        {
            var name = Name(module);
            var used = module.Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(a => a.StartsWith("Shanhuo.", StringComparison.Ordinal)).Select(a => a["Shanhuo.".Length..]);
            Assert.Empty(used.Except(Map[name]).Select(other => $"{name} uses {other}"));
        }
    }

    [Fact]
    public void What_a_module_shows_lies_in_its_contracts_or_is_the_module_itself()
    {
        foreach (var module in ShanhuoHost.Modules.All.Where(m => Name(m) is not ("Kernel" or "Web")))
        {
            var open = module.Assembly.GetExportedTypes().Where(t => t != module.GetType() && t.Namespace?.StartsWith($"Shanhuo.{Name(module)}.Contracts", StringComparison.Ordinal) != true && t.DeclaringType is null);
            Assert.Empty(open.Select(t => t.FullName));
        }
    }

    [Fact]
    public void Ways_round_the_filters_of_area_and_role_are_few_and_say_why()
    {
        var uses = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs*", SearchOption.AllDirectories).Where(f => !f.EndsWith("ShanhuoDb.cs", StringComparison.Ordinal))
            .SelectMany(f => Bypass().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetRelativePath(Repository.Root, f)}: {m.Value}")).ToList();
        Assert.DoesNotContain(uses, u => u.Contains("IgnoreQueryFilters", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_reads_the_clock_of_the_machine_behind_the_clock_of_the_program()
    {
        var uses = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs*", SearchOption.AllDirectories).Where(f => Now().IsMatch(File.ReadAllText(f)));
        Assert.Empty(uses);
    }

    [Fact]
    public void No_text_of_a_page_stands_in_one_language_only()
    {
        var han = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cshtml", SearchOption.AllDirectories)
            .Where(f => File.ReadLines(f).Any(line => Han().IsMatch(line.Replace("中文", "", StringComparison.Ordinal))));
        Assert.Empty(han.Select(f => Path.GetRelativePath(Repository.Root, f)));
    }

    [Fact]
    public void Every_key_that_code_and_pages_name_has_its_text()
    {
        var texts = new Texts(ShanhuoHost.Modules.All.Select(m => m.Assembly));
        var named = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs*", SearchOption.AllDirectories)
            .SelectMany(f => Key().Matches(File.ReadAllText(f)).Select(m => (File: f, Key: m.Groups[1].Value)));
        Assert.Empty(named.Where(n => !texts.Has(n.Key)).Select(n => $"{Path.GetRelativePath(Repository.Root, n.File)}: {n.Key}").Distinct());
    }

    private static string Name(Module module) => module.Assembly.GetName().Name!["Shanhuo.".Length..];

    [GeneratedRegex(@"IgnoreQueryFilters\([^)]*\)|Unfiltered<\w+>\(")]
    private static partial Regex Bypass();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?(Now|Today)")]
    private static partial Regex Now();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"(?:\bT\[|new Refusal\(|session\.Say\(|session\.Done\()""([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)""(?! \+)")]
    private static partial Regex Key();
}

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Shanhuo.slnx")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not in the repository."));
}
