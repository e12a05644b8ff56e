using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>What the close offers to its pages, and where they stand in the menu.</summary>
internal static class CloseServices
{
    public static IServiceCollection AddClose(this IServiceCollection services) =>
        services.AddScoped<CashBook>().AddScoped<CashPayees>().AddScoped<MemberAccounts>().AddScoped<CloseCooperative>().AddScoped<IHandle<BallotClosed>, PostVoted>().AddScoped<WorkersPool>();

    public static IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new("close.menu", "/settlement/close", "cooperative", Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("close.member-menu", "/settlement/close/member", "cooperative", Role.Household),
    ];
}
