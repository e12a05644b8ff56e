using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry.Accounts;
using Shanhuo.Registry.Assistance;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Monitoring;
using Shanhuo.Registry.Procedure;
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
        services.AddScoped<Households.Fields.RegisterBook>().AddScoped<IHoldHiddenFields, Households.HiddenOfRegister>();
        services.AddScoped<Households.ConsentBook>().AddScoped<Changes.AskChangeHandler>().AddScoped<Changes.DecideChangeHandler>().AddScoped<Duplicates.SuspicionFinder>();
        services.AddScoped<Files.RegisterImport>().AddScoped<Files.RegisterSheets>().AddScoped(s => new ImportRegister(s.GetRequiredService<Files.RegisterImport>(), s.GetRequiredService<Ids>()));
        services.AddScoped<AuditTrail>().AddHostedService<Trail.TrailRound>();
        services.AddSingleton<FeatureStore>().AddScoped<FeatureLoader>().AddScoped<WriteRuleHandler>().AddScoped<DecideRuleHandler>().AddScoped<RunRuleHandler>().AddScoped<ChooseWayHandler>();
        // A fault in the data stops the start, with its place.
        services.AddSingleton(_ => PolicyReader.Read(PolicyReader.Folder).Value).AddSingleton(_ => TriggerSet.Read(PolicyReader.Folder).Value);
        services.AddScoped<CaseBook>().AddScoped<OpenCaseHandler>().AddScoped<TakeStepHandler>().AddScoped<MakeObjectionHandler>().AddScoped<DecideObjectionHandler>().AddScoped<CaseReader>();
        services.AddScoped<FindWarnings>().AddScoped<ReportEventHandler>().AddScoped<CheckWarningHandler>().AddHostedService<WarningRound>();
        services.AddScoped<MakePlanHandler>().AddScoped<PlanWork>();
        services.AddScoped<Measures.Maps.PutBoundaries>().AddScoped<CountyForms.FormMeasures>().AddScoped<CountyForms.FillForm>();
        services.AddScoped<ISeedDemo, Demo.RegistryDemo>().AddScoped<ISeedDemo, Demo.ProcedureDemo>().AddScoped<ISeedDemo, Demo.TargetingDemo>();
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
        new("targeting.title", "/registry/targeting", "filter", Role.TownshipOfficial, Role.CountyStaff, Role.CountyOfficial) { Group = MenuGroup.Households },
        new("procedure.title", "/registry/procedure", "contract", Role.VillageCadre, Role.TownshipOfficial, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor) { Group = MenuGroup.Households },
        new("monitoring.title", "/registry/monitoring", "warn", Role.VillageCadre, Role.TownshipOfficial, Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.Households },
        new("assistance.title", "/registry/assistance", "hand-over", Role.VillageCadre, Role.TownshipOfficial, Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.Households },
        new("trail.title", "/registry/trail", "seal", Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.Audit },
        new("register.mine", "/registry/households/mine", "household", Role.Household) { Group = MenuGroup.More },
        new("procedure.notices", "/registry/procedure/notices", "info") { Group = MenuGroup.More },
        new("menu.own-code", "/registry/households/owncode", "lock", Role.Household) { Group = MenuGroup.More },
        new("menu.code-slips", "/registry/households/slip", "lock", Role.CountyStaff, Role.CountyOfficial) { Group = MenuGroup.More },
        new("station.phone-menu", "/registry/organisations/phone", "phone", Role.Station) { Group = MenuGroup.More },
        new("measures.title", "/registry/measures", "chart", Role.TownshipOfficial, Role.CountyStaff, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor) { Group = MenuGroup.Households },
        new("forms.title", "/registry/countyforms", "contract", Role.CountyStaff, Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.Households },
        new("areas.title", "/registry/areas", "map", Role.CountyStaff, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor, Role.Operator) { Group = MenuGroup.More },
        new("areas.title", "/registry/areas", "map") { Group = MenuGroup.More },
    ];
}
