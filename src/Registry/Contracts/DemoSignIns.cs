using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Accounts;

namespace Shanhuo.Registry.Contracts;

/// <summary>The sign-ins of the demo county, for the line that <c>serve --demo</c> prints and for the sign-in page.</summary>
public static class DemoSignIns
{
    /// <summary>The password of all of them.</summary>
    public const string Password = Demo.RegistryDemo.Password;

    /// <summary>The code with which the demo households approve figures and take cash.</summary>
    public const string Code = "2580";

    /// <summary>Their names: who one is, a digit for the second of a kind.</summary>
    public static IReadOnlyList<string> Names { get; } = ["household", "station", "township", "cooperative", "cadre", "cadre2", "town", "town2", "staff", "staff2", "official", "official2", "province", "auditor", "operator"];

    /// <summary>What one of them sees and by whom it is done, for the parts of the demo in which people act.</summary>
    /// <param name="db">With the demo's accounts.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="cancel">Stops it.</param>
    public static Task<Scope> ScopeOf(ShanhuoDb db, string name, CancellationToken cancel) =>
        db.Accounts.Where(a => a.UserName == name).Select(a => new Scope { AccountId = a.Id, Name = a.DisplayName, Role = a.Role, Area = a.ScopeArea, OrganisationId = a.OrganisationId, HouseholdId = a.HouseholdId }).SingleAsync(cancel);
}
