using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Measures.Maps;

/// <summary>The real outline of an area, as a county brought it in. There is one of an area; a newer one takes its place.</summary>
internal sealed class Boundary : IInArea
{
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Whose outline it is: county, township or village.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>Rings of longitude and latitude in hundred-thousandths of a degree, WGS84: numbers with blanks, rings with semicolons; inside an odd number of rings is inside.</summary>
    public required string Rings { get; init; }

    /// <summary>Where it comes from, as stated by who brought it.</summary>
    public required string Source { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class BoundaryTable : IEntityTypeConfiguration<Boundary>
{
    public void Configure(EntityTypeBuilder<Boundary> table)
    {
        table.ToTable("registry_boundaries");
        table.HasKey(b => b.Id);
        table.HasIndex(b => b.Area).IsUnique();
        table.HasIndex(b => new { b.RequestId, b.Area }).IsUnique();
        table.Property(b => b.Source).HasMaxLength(200);
    }
}
