using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Reviews;

/// <summary>What buyers say of goods.</summary>
internal static class ReviewServices
{
    public static IServiceCollection AddReviews(this IServiceCollection services) => services.AddScoped<WriteReviewHandler>().AddScoped<TendReviewsHandler>();

    public static IEnumerable<MenuEntry> Menu => [new("review.title", "/market/reviews", "speaker", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial)];
}
