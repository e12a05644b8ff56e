using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Areas;

/// <summary>A village that was split, merged or given a new code: from a day on its households lie in one of the villages that came of it. Where it became several there is a row for each.</summary>
internal sealed class AreaChange
{
    public required AreaCode From { get; init; }
    public required AreaCode To { get; init; }

    /// <summary>First day of the new division.</summary>
    public required DateOnly On { get; init; }
}

internal sealed class AreaChangeTable : IEntityTypeConfiguration<AreaChange>
{
    public void Configure(EntityTypeBuilder<AreaChange> table)
    {
        table.ToTable("registry_area_changes");
        table.HasKey(c => new { c.From, c.To });
    }
}
