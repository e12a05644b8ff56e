using Microsoft.AspNetCore.Authorization;

namespace Shanhuo.Kernel;

/// <summary>Who may call this page or endpoint. Every endpoint carries one of these or <see cref="OpenToAllAttribute"/>; a test fails on one that does not, and the host refuses it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AudienceAttribute : AuthorizeAttribute
{
    /// <summary>These roles.</summary>
    /// <param name="roles">Constants of <see cref="Role"/>.</param>
    public AudienceAttribute(params string[] roles) => Roles = string.Join(',', roles);
}

/// <summary>Anybody may call this, signed in or not: public pages, sign-in, static files.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAllAttribute : Attribute, IAllowAnonymous;

/// <summary>This page takes larger requests than others, files and all: videos.</summary>
/// <param name="megabytes">At most 90.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LargeFilesAttribute(int megabytes) : Attribute
{
    /// <summary>The largest request.</summary>
    public int Megabytes { get; } = megabytes;
}

/// <summary>Anybody who is signed in, in any role.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : AuthorizeAttribute;
