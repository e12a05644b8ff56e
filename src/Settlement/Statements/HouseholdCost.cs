using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Statements;

/// <summary>What a household spent to grow or make its goods, as it says itself: receipts are not income before this is taken off.</summary>
internal sealed class HouseholdCost : IInArea, IOfHousehold
{
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Village of the household.</summary>
    public required AreaCode Area { get; init; }
    public required long HouseholdId { get; init; }

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Above zero.</summary>
    public required Fen Amount { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Who wrote it down: the household itself, or staff for it.</summary>
    public required long ByAccountId { get; init; }
    public required bool BySelf { get; init; }

    /// <summary>Crossed out: it stays on record and no longer counts.</summary>
    public bool IsCrossedOut { get; set; }

    /// <summary>What money is spent on; also the ends of their text keys.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["seed", "fertiliser", "feed", "labour", "tools", "other"];
}

internal sealed class HouseholdCostTable : IEntityTypeConfiguration<HouseholdCost>
{
    public void Configure(EntityTypeBuilder<HouseholdCost> table)
    {
        table.ToTable("settlement_household_costs");
        table.HasKey(c => c.Id);
        table.HasIndex(c => c.RequestId).IsUnique();
        table.HasIndex(c => new { c.HouseholdId, c.Day });
    }
}
