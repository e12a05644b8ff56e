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
/// <param name="Roles">Who sees it.</param>
public sealed record MenuEntry(string TextKey, string Path, string Icon, params string[] Roles);

/// <summary>All modules of this installation, lowest first.</summary>
public sealed record ModuleList(IReadOnlyList<Module> All);
