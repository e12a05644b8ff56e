using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.CountyForms;

/// <summary>A form that comes from above: a workbook whose cells name a measure, an area and a year.</summary>
internal sealed class CountyForm : IInArea
{
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Whose form it is; also the area of cells that name none.</summary>
    public required AreaCode Area { get; init; }
    public required string FileName { get; init; }

    /// <summary>As it came.</summary>
    public required byte[] Workbook { get; init; }
    public required long ByAccountId { get; init; }
    public required DateOnly Day { get; init; }
}

/// <summary>A form as it was filled once: never changed, only signed by somebody else.</summary>
internal sealed class FilledForm : IInArea
{
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required AreaCode Area { get; init; }
    public required long FormId { get; init; }

    /// <summary>Year of cells that name none.</summary>
    public required int Year { get; init; }
    public required byte[] Workbook { get; init; }

    /// <summary>SHA-256 of <see cref="Workbook"/>.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The cells with their values and bases, as JSON of <see cref="FilledCell"/>.</summary>
    public required string Values { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }

    /// <summary>Who signed it; never who filled it. Null: nobody yet.</summary>
    public long? SignedByAccountId { get; set; }
    public long? SignedAtMs { get; set; }
}

internal sealed class CountyFormTables : IEntityTypeConfiguration<CountyForm>, IEntityTypeConfiguration<FilledForm>
{
    public void Configure(EntityTypeBuilder<CountyForm> table)
    {
        table.ToTable("registry_county_forms");
        table.HasKey(f => f.Id);
        table.HasIndex(f => f.RequestId).IsUnique();
        table.HasIndex(f => f.Area);
        table.Property(f => f.FileName).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<FilledForm> table)
    {
        table.ToTable("registry_filled_forms");
        table.HasKey(f => f.Id);
        table.HasIndex(f => f.RequestId).IsUnique();
        table.HasIndex(f => new { f.FormId, f.AtMs });
        table.Property(f => f.SignedByAccountId).IsConcurrencyToken();
    }
}
