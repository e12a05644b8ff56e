using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Whose account a role means on a line: the role with its owner where the line or its lot names one, else just the role.</summary>
internal static class LineAccounts
{
    /// <summary>The owner's public code, or empty.</summary>
    public static string Owner(SchemeRole role, LineFact line, LotFact lot) => role switch
    {
        SchemeRole.Platform => line.Channel,
        SchemeRole.Station => line.Station ?? "",
        SchemeRole.Host => line.Campaign ?? "",
        SchemeRole.Growers or SchemeRole.VillageFund => lot.Code,
        SchemeRole.IntakeStation => lot.IntakeStation ?? "",
        SchemeRole.Cooperative => lot.Cooperative ?? "",
        SchemeRole.Enterprise => lot.Enterprise ?? "",
        _ => "",
    };

    /// <summary>Whose account buys a lot at intake: no line, so no channel, is known yet.</summary>
    public static AccountName Buyer(SchemeRole buyer, LotFact lot) => new(buyer.Name(), buyer switch
    {
        SchemeRole.Cooperative => lot.Cooperative ?? "",
        SchemeRole.Enterprise => lot.Enterprise ?? "",
        _ => "",
    });
}
