using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry.Accounts;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry;

/// <summary>Areas, households, organisations, and the accounts of those who sign in.</summary>
public sealed class RegistryModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services)
    {
        AccountSetup.Add(services);
        services.AddScoped<AddAccountHandler>();
        services.AddSingleton<ApprovalCodeBrake>().AddScoped<ApprovalCodes>().AddScoped<CodeSlips>();
        services.AddScoped<ISeedDemo, Demo.RegistryDemo>();
    }

    /// <inheritdoc/>
    public override void MapEndpoints(IEndpointRouteBuilder routes) => AccountSetup.Map(routes);

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
    [
        new("areas.title", "/registry/areas", "map", Role.CountyStaff, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor, Role.Operator),
    ];
}
