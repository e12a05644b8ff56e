using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Channels;

/// <summary>What channels offer.</summary>
internal static class ChannelServices
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddScoped<ChannelBook>().AddScoped<LineServing>().AddScoped<ImportBatch>().AddScoped<StartImportHandler>().AddScoped<BeginImportHandler>().AddScoped<WaitingLinesHandler>().AddScoped<PackingHandler>().AddScoped<SellerCodesHandler>().AddScoped<Out.FeedFiles>().AddScoped<Out.EnterWaybillsHandler>().AddScoped<Statements.TakeStatementHandler>().AddScoped<Statements.StatementBook>()
        .AddSingleton<ImportRunner>().AddSingleton<ImportBell>().AddHostedService<ImportWorker>()
        .AddScoped(s => new ImportOrders(s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<StartImportHandler>(), s.GetRequiredService<BeginImportHandler>(), s.GetRequiredService<ImportRunner>()));
}
