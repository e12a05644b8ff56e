using Shanhuo.Kernel;

namespace Shanhuo.Registry.Contracts;

/// <summary>What a household's account was credited from sales in a month.</summary>
/// <param name="HouseholdCode">Public code.</param>
/// <param name="Month">First day of the month.</param>
/// <param name="Amount">Fen; below zero where more was taken back than credited.</param>
public sealed record MonthlyReceipts(string HouseholdCode, DateOnly Month, Fen Amount);

/// <summary>Where monthly receipts of households come from: settlement, which lies above the register and answers it.</summary>
public interface IMonthlyReceipts
{
    /// <summary>The receipts of all households of a county; a month without any has no row.</summary>
    /// <param name="county">The county.</param>
    /// <param name="first">First day.</param>
    /// <param name="last">Last day.</param>
    /// <param name="cancel">Stops it.</param>
    Task<IReadOnlyList<MonthlyReceipts>> Of(AreaCode county, DateOnly first, DateOnly last, CancellationToken cancel);
}
