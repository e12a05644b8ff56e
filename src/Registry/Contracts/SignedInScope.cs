using System.Security.Claims;
using Shanhuo.Kernel;
using Shanhuo.Registry.Accounts;

namespace Shanhuo.Registry.Contracts;

/// <summary>Turns the signed-in person of a request into the scope that filters what it sees.</summary>
public static class SignedInScope
{
    /// <summary>The scope of these claims; <see cref="Scope.Nobody"/> when nobody is signed in.</summary>
    public static Scope Of(ClaimsPrincipal person) => AccountSetup.ScopeOf(person);

    /// <summary>A program that acts with a scope, signed in by another way than a person's cookie.</summary>
    /// <param name="scope">Its role, area and organisation.</param>
    /// <param name="scheme">How it was recognised.</param>
    public static ClaimsPrincipal PersonOf(Scope scope, string scheme) => AccountSetup.PersonOf(scope, scheme);
}
