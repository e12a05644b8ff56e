using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Shanhuo.Kernel;

/// <summary>One module of the program: its services, endpoints and menu. Its tables and texts are found in its assembly. Read a module's class first.</summary>
public abstract class Module
{
    /// <summary>Where tables (IEntityTypeConfiguration), texts and pages are looked for.</summary>
    public Assembly Assembly => GetType().Assembly;

    /// <summary>What the module offers to others and to its own pages.</summary>
    public virtual void AddServices(IServiceCollection services) { }

    /// <summary>Endpoints that are not pages.</summary>
    public virtual void MapEndpoints(IEndpointRouteBuilder routes) { }

    /// <summary>Entries of the main menu, in order.</summary>
    public virtual IEnumerable<MenuEntry> Menu => [];
}

/// <summary>An entry of the main menu.</summary>
/// <param name="TextKey">Its text.</param>
/// <param name="Path">Address of the page.</param>
/// <param name="Icon">Name in icons.svg.</param>
/// <param name="Roles">Who sees it; none means that strangers find it too.</param>
public sealed record MenuEntry(string TextKey, string Path, string Icon, params string[] Roles)
{
    /// <summary>Under which word it stands.</summary>
    public MenuGroup Group { get; init; } = MenuGroup.Goods;
}

/// <summary>The words of the main menu, in their order: what people come to do. Texts are <c>menu.group-…</c>.</summary>
public enum MenuGroup
{
    /// <summary>From the scale to the sold line: intakes, prices, lots, agreements, orders, files of platforms.</summary>
    Goods,

    /// <summary>Who is paid what: pay-outs, cash, payees, statements.</summary>
    Money,

    /// <summary>How a sale is split, the close of a cooperative, ballots.</summary>
    Schemes,

    /// <summary>Who: households, changes to the register, procedure, targeting, surveys, measures.</summary>
    Households,

    /// <summary>Overviews, the journal, areas.</summary>
    Audit,

    /// <summary>What is seldom needed: on a household's page behind one tile, elsewhere at the end.</summary>
    More,
}

/// <summary>All modules of this installation, lowest first.</summary>
public sealed record ModuleList(IReadOnlyList<Module> All);
