using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry.Accounts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Runs;

namespace Shanhuo.Registry;

/// <summary>Areas, households, organisations, and the accounts of those who sign in.</summary>
public sealed class RegistryModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services)
    {
        AccountSetup.Add(services);
        services.AddScoped<AddAccountHandler>();
        services.AddSingleton<ApprovalCodeBrake>().AddScoped<ApprovalCodes>().AddScoped<CodeSlips>().AddScoped<HelpFor>().AddScoped<Organisations.SetPhoneHandler>();
        services.AddScoped<Households.Fields.RegisterBook>().AddScoped<AuditTrail>().AddHostedService<Trail.TrailRound>();
        services.AddSingleton<FeatureStore>().AddScoped<FeatureLoader>().AddScoped<WriteRuleHandler>().AddScoped<DecideRuleHandler>().AddScoped<RunRuleHandler>().AddScoped<ChooseWayHandler>();
        services.AddScoped<ISeedDemo, Demo.RegistryDemo>().AddScoped<ISeedDemo, Demo.TargetingDemo>();
    }

    /// <inheritdoc/>
    public override void MapEndpoints(IEndpointRouteBuilder routes) => AccountSetup.Map(routes);

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
    [
        new("menu.own-code", "/registry/households/owncode", "lock", Role.Household) { Group = MenuGroup.More },
        new("menu.code-slips", "/registry/households/slip", "lock", Role.CountyStaff, Role.CountyOfficial) { Group = MenuGroup.More },
        new("station.phone-menu", "/registry/organisations/phone", "phone", Role.Station) { Group = MenuGroup.More },
        new("targeting.title", "/registry/targeting", "filter", Role.TownshipOfficial, Role.CountyStaff, Role.CountyOfficial) { Group = MenuGroup.Households },
        new("areas.title", "/registry/areas", "map", Role.CountyStaff, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor, Role.Operator) { Group = MenuGroup.More },
        new("areas.title", "/registry/areas", "map") { Group = MenuGroup.More },
    ];
}
