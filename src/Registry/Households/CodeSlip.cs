using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Households;

/// <summary>A one-time slip (一次性凭条) with which a household that cannot sign in sets its own code. Issued by township or county, never by the village station that takes in its goods.</summary>
internal sealed class CodeSlip : IOfHousehold
{
    public required long Id { get; init; }
    public required long HouseholdId { get; init; }

    /// <summary>Hash of the number on the slip.</summary>
    public required string NumberHash { get; init; }
    public required long IssuedByAccountId { get; init; }
    public required long IssuedMs { get; init; }
    public required long ExpiresMs { get; init; }

    /// <summary>When the household set its code with it; null: not used.</summary>
    public long? UsedMs { get; set; }
}

internal sealed class CodeSlipTable : IEntityTypeConfiguration<CodeSlip>
{
    public void Configure(EntityTypeBuilder<CodeSlip> table)
    {
        table.ToTable("registry_code_slips");
        table.HasKey(s => s.Id);
        table.HasIndex(s => new { s.HouseholdId, s.IssuedMs });
    }
}
