using Shanhuo.Kernel;

namespace Shanhuo.Web.Layout;

/// <summary>The main menu of a person, by what people come to do.</summary>
internal static class Menu
{
    /// <summary>So many entries stand side by side; more of them are gathered under the words of <see cref="MenuGroup"/>.</summary>
    public const int MostSideBySide = 5;

    /// <summary>Entries for the role, in the order of their groups; for a stranger those that are open to all.</summary>
    public static List<MenuEntry> For(ModuleList modules, Scope scope) =>
        [.. Ordered(modules, scope).SelectMany(m => m.Menu)
            .Where(e => scope.AccountId == 0 ? e.Roles.Length == 0 : e.Roles.Contains(scope.Role)).OrderBy(e => e.Group)];

    /// <summary>The same under its words, empty ones left out.</summary>
    public static List<IGrouping<MenuGroup, MenuEntry>> Groups(IEnumerable<MenuEntry> entries) => [.. entries.GroupBy(e => e.Group)];

    /// <summary>The text of a group.</summary>
    public static string TextKey(MenuGroup group) => "menu.group-" + group.ToString().ToLowerInvariant();

    /// <summary>The entry of the page at an address: the longest path that the address begins with.</summary>
    public static MenuEntry? At(IEnumerable<MenuEntry> entries, string address) =>
        entries.Where(e => address == e.Path || address.StartsWith(e.Path + "/", StringComparison.Ordinal)).MaxBy(e => e.Path.Length);

    // A household wants its money first; those who work with goods meet them first, as the modules are stacked.
    private static IEnumerable<Module> Ordered(ModuleList modules, Scope scope) => scope.Role == Role.Household ? modules.All.Reverse() : modules.All;
}
