using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Schemes.Trials;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Settlement.Schemes;

/// <summary>What schemes need of the program.</summary>
internal static class SchemeServices
{
    public static IServiceCollection AddSchemes(this IServiceCollection services) => services
        .AddSingleton<SchemeModels>().AddSingleton<TrialJobs>()
        .AddScoped<IChooseScheme, ChooseScheme>().AddScoped<IHandle<BallotClosed>, AdoptVoted>()
        .AddScoped<BeginSchemeHandler>().AddScoped<CopyVersionHandler>().AddScoped<SaveDraftHandler>().AddScoped<ProposeVersionHandler>().AddScoped<DecideVersionHandler>()
        .AddScoped<TrialOrders>();

    /// <summary>Who finds schemes in the menu.</summary>
    public static MenuEntry Menu { get; } = new("scheme.menu", "/settlement/schemes", "split", Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.ProvinceOfficial, Role.Auditor);
}
