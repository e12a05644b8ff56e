using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shanhuo.Registry.Duplicates;

/// <summary>Somebody looked at two entries that might be one and found that they are two.</summary>
internal sealed class Adjudication
{
    /// <summary><c>member</c> or <c>household</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The smaller id.</summary>
    public required long FirstId { get; init; }
    public required long SecondId { get; init; }
    public required string Reason { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class AdjudicationTable : IEntityTypeConfiguration<Adjudication>
{
    public void Configure(EntityTypeBuilder<Adjudication> table)
    {
        table.ToTable("registry_adjudications");
        table.HasKey(a => new { a.Kind, a.FirstId, a.SecondId });
    }
}
