using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shanhuo.Settlement.Pools;

namespace Shanhuo.Settlement.Close;

/// <summary>The fingerprint of a close: it stands in the question that the assembly votes on, and what is posted must have the same.</summary>
internal static class CloseHash
{
    /// <summary>SHA-256, in hex, over every figure of the close and of each member, one a line; members in ordinal order of code.</summary>
    /// <param name="cooperative">Public code.</param>
    /// <param name="close">Its own hash, ballot and state are left out.</param>
    /// <param name="shares">All of them, in any order.</param>
    public static string Of(string cooperative, CooperativeClose close, IEnumerable<CloseShare> shares)
    {
        var text = new StringBuilder();
        Line($"close {cooperative} {close.From:yyyy-MM-dd} {close.Until:yyyy-MM-dd} {close.ThroughEntryId}");
        Line($"terms {close.ReservePpm} {close.PatronagePpm} {close.WelfarePpm} {close.LabourPpm}");
        Line($"surplus {close.Income.Value} {close.Costs.Value} {close.PastLoss.Value} {close.LossCarried.Value}");
        Line($"division {close.Reserve.Value} {close.Distributable.Value} {close.Patronage.Value} {close.Welfare.Value} {close.Labour.Value} {close.ByAccount.Value}");
        Line($"together {close.MembersTrade.Value} {close.MembersHalfDays} {close.MembersAccount.Value} {close.OthersTrade.Value}");
        foreach (var s in shares.OrderBy(s => s.Code, Ordinal.Order))
            Line($"{s.Code} {s.Trade.Value} {s.HalfDays} {s.Capital.Value} {s.ReserveHeld.Value} {s.AidHeld.Value} {s.Account.Value} {s.Patronage.Value} {s.Labour.Value} {s.ByAccount.Value} {s.ReserveCredit.Value}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
