using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Field;
using Shanhuo.Surveys.Tables;

namespace Shanhuo.Surveys;

/// <summary>What people say when they are asked, and what the figures made of it can mean: questionnaires, interviews, tables, and the check of reported figures.</summary>
public sealed class SurveysModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services) => services
        .AddSingleton<FormShelf>().AddSingleton<SurveyColumnsKept>()
        .AddScoped<PutSurvey>().AddScoped<Interviews>().AddScoped<TakeFile>().AddScoped<SurveyData>().AddScoped<MakeTable>()
        .AddScoped<ISeedDemo, Demo.SurveysDemo>();

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
        [new("survey.title", "/surveys/field", "contract", Role.Station, Role.VillageCadre, Role.TownshipOfficial, Role.CountyStaff, Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.Households }];
}
