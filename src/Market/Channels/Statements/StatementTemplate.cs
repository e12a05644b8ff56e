using Shanhuo.Market.Channels.Out;

namespace Shanhuo.Market.Channels.Statements;

/// <summary>How a platform's settlement file is read (data/channels/*-settlement.json).</summary>
/// <param name="Channel">Code of the channel.</param>
/// <param name="Verified">Were the names seen in a file of the platform?</param>
/// <param name="DeductionsBelowZero">What was kept stands with a minus.</param>
/// <param name="Number">Names of the column with the order's number.</param>
/// <param name="Day">Names of the column with the day on which the row was settled; a file need not have it.</param>
/// <param name="PaidOut">Names of the column with what reached the seller.</param>
/// <param name="Deductions">For each kind of <see cref="Deduction"/> the names of its column; a file need not have it.</param>
internal sealed record StatementTemplate(string Channel, bool Verified, bool DeductionsBelowZero, IReadOnlyList<string> Number, IReadOnlyList<string> Day, IReadOnlyList<string> PaidOut, IReadOnlyDictionary<string, IReadOnlyList<string>> Deductions)
{
    /// <summary>As shipped, by channel.</summary>
    public static IReadOnlyDictionary<string, StatementTemplate> Shipped { get; } = PlatformFiles.Read<StatementTemplate>("-settlement.json").ToDictionary(t => t.Channel, StringComparer.Ordinal);
}

/// <summary>For what a platform keeps money.</summary>
internal static class Deduction
{
    public const string Commission = "commission", Service = "service", Promotion = "promotion", Freight = "freight", Other = "other";

    /// <summary>All kinds, in the order shown.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Commission, Service, Promotion, Freight, Other];
}
