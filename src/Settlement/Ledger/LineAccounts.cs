using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Schemes;
using Role = Shanhuo.Settlement.Schemes.Role;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Whose account a role means on a line: the role with its owner where the line or its lot names one, else just the role.</summary>
internal static class LineAccounts
{
    /// <summary>The owner's public code, or empty.</summary>
    public static string Owner(Role role, LineFact line, LotFact lot) => role switch
    {
        Role.Platform => line.Channel,
        Role.Station => line.Station ?? "",
        Role.Host => line.Campaign ?? "",
        Role.Growers or Role.VillageFund => lot.Code,
        Role.IntakeStation => lot.IntakeStation ?? "",
        Role.Cooperative => lot.Cooperative ?? "",
        Role.Enterprise => lot.Enterprise ?? "",
        _ => "",
    };

    /// <summary>Whose account buys a lot at intake: no line, so no channel, is known yet.</summary>
    public static AccountName Buyer(Role buyer, LotFact lot) => new(buyer.Name(), buyer switch
    {
        Role.Cooperative => lot.Cooperative ?? "",
        Role.Enterprise => lot.Enterprise ?? "",
        _ => "",
    });
}
