using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Areas;

/// <summary>Where a coordinate comes from.</summary>
internal enum CoordinateSource
{
    /// <summary>No coordinate is known.</summary>
    None,

    /// <summary>A gazetteer's point of the seat (GeoNames, CC BY 4.0).</summary>
    Gazetteer,

    /// <summary>Computed from the code, not a real place: never drawn as one.</summary>
    Synthetic,
}

/// <summary>A division of the country, province to village, as the National Bureau of Statistics lists it.</summary>
internal sealed class Area
{
    public required AreaCode Code { get; init; }

    /// <summary>Code of the area one level up; 0 for a province.</summary>
    public required AreaCode Parent { get; init; }

    public required AreaLevel Level { get; init; }

    public required string Name { get; init; }

    /// <summary>Name in Latin letters where a source gives one; else null and the Chinese name stands in English pages too.</summary>
    public string? NameEn { get; init; }

    /// <summary>Of a village unit: is it a residents' committee (居委会) and not a villagers' one?</summary>
    public bool IsResidentsCommittee { get; init; }

    /// <summary>Latitude in millionths of a degree, WGS84.</summary>
    public int? LatitudeMicro { get; init; }

    /// <summary>Longitude in millionths of a degree, WGS84.</summary>
    public int? LongitudeMicro { get; init; }

    public CoordinateSource Coordinates { get; init; }
}

internal sealed class AreaTable : IEntityTypeConfiguration<Area>
{
    public void Configure(EntityTypeBuilder<Area> table)
    {
        table.ToTable("registry_areas");
        table.HasKey(a => a.Code);
        table.HasIndex(a => a.Parent);
    }
}
