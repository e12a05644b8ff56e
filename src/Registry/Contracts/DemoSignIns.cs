namespace Shanhuo.Registry.Contracts;

/// <summary>The sign-ins of the demo county, for the line that <c>serve --demo</c> prints and for the sign-in page.</summary>
public static class DemoSignIns
{
    /// <summary>The password of all of them.</summary>
    public const string Password = Demo.RegistryDemo.Password;

    /// <summary>Their names; each is also its role's.</summary>
    public static IReadOnlyList<string> Names { get; } = ["household", "station", "township", "cooperative", "staff", "staff2", "official", "official2", "province", "auditor", "operator"];
}
