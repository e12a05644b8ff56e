using Shanhuo.Kernel;

namespace Shanhuo.Web.Layout;

/// <summary>The main menu of a person. What one does most stands first: at a station the goods, elsewhere the money.</summary>
internal static class Menu
{
    /// <summary>Entries for the role; for a stranger those that are open to all.</summary>
    public static List<MenuEntry> For(ModuleList modules, Scope scope) =>
        [.. (scope.Role == Role.Station ? modules.All.OrderBy(m => m is Market.MarketModule ? 0 : 1) : modules.All.Reverse()).SelectMany(m => m.Menu)
            .Where(e => scope.AccountId == 0 ? e.Roles.Length == 0 : e.Roles.Contains(scope.Role))];
}
