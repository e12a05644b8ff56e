using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Bulk;

/// <summary>What selling in bulk offers.</summary>
internal static class BulkServices
{
    public static IServiceCollection AddBulk(this IServiceCollection services) => services
        .AddScoped<QuoteBook>().AddScoped<AskQuoteHandler>().AddScoped<WriteQuotationHandler>().AddScoped<AcceptQuotationHandler>().AddScoped<DeclineQuoteHandler>().AddScoped<AddPaperHandler>().AddScoped<Conclude>().AddSingleton<ContractText>()
        .AddScoped<WriteStandingHandler>().AddScoped<TurnStandingHandler>().AddSingleton<StandingRounds>().AddHostedService<StandingWorker>()
        .AddScoped<Channels.Units.UnitProgress>().AddScoped<Channels.Units.SetTargetsHandler>().AddScoped<Payments.TakeTransferHandler>().AddScoped<Campaigns.CampaignDesk>().AddScoped<Campaigns.CampaignReader>().AddScoped<IHoldHiddenFields, HiddenOfQuotes>();

    public static IEnumerable<MenuEntry> Menu =>
    [
        new("bulk.title", "/market/bulk", "contract", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial),
        new("campaign.menu", "/market/campaigns", "camera", Role.Cooperative, Role.CountyStaff, Role.CountyOfficial),
        new("transfer.title", "/market/payments/transfers", "money", Role.Cooperative, Role.CountyStaff) { Group = MenuGroup.More },
        new("units.title", "/market/channels/units", "chart", Role.CountyStaff, Role.CountyOfficial, Role.Auditor) { Group = MenuGroup.More },
    ];
}

/// <summary>Shows a signed paper to seller and staff; each look is on record.</summary>
internal static class ContractPapers
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/market/bulk/paper/{quote:long}/{number:int}", Show).WithMetadata(new AudienceAttribute(Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial));

    private static async Task<IResult> Show(long quote, int number, QuoteBook book, ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets, HttpContext http, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await book.Mine.Where(q => q.Id == quote).Select(q => q.ContractId).SingleOrDefaultAsync(cancel) is not { } contract || await db.ContractPapers.AsNoTracking().SingleOrDefaultAsync(p => p.County == county && p.ContractId == contract && p.Number == number, cancel) is not { } paper) return Results.NotFound();
        db.Record(ids, clock, "look", "contract-paper", 0, reason: quote.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(cancel);
        return KeptFile.Show(http, secrets.RevealFile(paper.Hidden, ContractPaper.Binding(contract, number)), paper.ContentType);
    }
}
