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
        services.AddSingleton<ApprovalCodeBrake>().AddScoped<ApprovalCodes>().AddScoped<CodeSlips>().AddScoped<HelpFor>().AddScoped<Organisations.SetPhoneHandler>();
        services.AddScoped<Households.Fields.RegisterBook>().AddScoped<Files.RegisterImport>().AddScoped<Changes.AskChangeHandler>().AddScoped<Changes.DecideChangeHandler>().AddScoped(s => new ImportRegister(s.GetRequiredService<Files.RegisterImport>(), s.GetRequiredService<Ids>())).AddScoped<AuditTrail>().AddHostedService<Trail.TrailRound>();
        services.AddScoped<Measures.Maps.PutBoundaries>().AddScoped<CountyForms.FormMeasures>().AddScoped<CountyForms.FillForm>();
        services.AddScoped<ISeedDemo, Demo.RegistryDemo>();
    }

    /// <inheritdoc/>
    public override void MapEndpoints(IEndpointRouteBuilder routes) => AccountSetup.Map(routes);

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
    [
        new("register.title", "/registry/households", "household", Role.VillageCadre, Role.TownshipOfficial, Role.CountyStaff, Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.Households },
        new("change.title", "/registry/changes", "edit", Role.VillageCadre, Role.TownshipOfficial, Role.CountyStaff, Role.CountyOfficial) { Group = MenuGroup.Households },
        new("duplicate.title", "/registry/duplicates", "search", Role.TownshipOfficial, Role.CountyStaff, Role.CountyOfficial) { Group = MenuGroup.Households },
        new("register.files", "/registry/files", "upload", Role.CountyStaff, Role.CountyOfficial) { Group = MenuGroup.Households },
        new("trail.title", "/registry/trail", "seal", Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.Audit },
        new("register.mine", "/registry/households/mine", "household", Role.Household) { Group = MenuGroup.More },
        new("menu.own-code", "/registry/households/owncode", "lock", Role.Household) { Group = MenuGroup.More },
        new("menu.code-slips", "/registry/households/slip", "lock", Role.CountyStaff, Role.CountyOfficial) { Group = MenuGroup.More },
        new("station.phone-menu", "/registry/organisations/phone", "phone", Role.Station) { Group = MenuGroup.More },
        new("measures.title", "/registry/measures", "chart", Role.TownshipOfficial, Role.CountyStaff, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor) { Group = MenuGroup.Households },
        new("forms.title", "/registry/countyforms", "contract", Role.CountyStaff, Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.Households },
        new("areas.title", "/registry/areas", "map", Role.CountyStaff, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor, Role.Operator) { Group = MenuGroup.More },
        new("areas.title", "/registry/areas", "map") { Group = MenuGroup.More },
    ];
}
