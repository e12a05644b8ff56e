using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Field;

/// <summary>A survey of a county: a questionnaire in one or more versions, and who asks where.</summary>
internal sealed class Survey : IInCounty
{
    public const int LeastPeople = 5;

    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Title in the form's Chinese and English; the same where it has one language.</summary>
    public required string Name { get; init; }

    /// <summary>The form's own id, empty if it has none.</summary>
    public required string FormId { get; init; }

    /// <summary>The latest version, from 1.</summary>
    public int Latest { get; set; } = 1;

    /// <summary>In tables, numbers of fewer people are hidden; 1: none.</summary>
    public int SmallBelow { get; set; } = LeastPeople;

    /// <summary>The answers are made up, and every page of them says so.</summary>
    public bool IsInvented { get; init; }

    /// <summary>CSV of known margins (question, option, population); null: none.</summary>
    public string? Margins { get; set; }
    public required long ByAccountId { get; init; }
    public required DateOnly Day { get; init; }
}

/// <summary>A questionnaire as it was sent in. Once somebody is being asked with it, it never changes.</summary>
internal sealed class SurveyVersion : IInCounty
{
    public required AreaCode County { get; init; }
    public required long SurveyId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>The workbook, or the zip of its CSV sheets.</summary>
    public required byte[] Workbook { get; set; }

    /// <summary>SHA-256 of it, in hex.</summary>
    public required string Hash { get; set; }
    public required string FileName { get; set; }
    public required DateOnly Day { get; set; }

    /// <summary>Has an interview begun? It is checked on every change, so that of a new questionnaire and a first interview at once only one is kept.</summary>
    public bool IsFrozen { get; set; }
}

/// <summary>An area in which a survey is asked, until a day.</summary>
internal sealed class SurveyOpening : IInCounty
{
    public required AreaCode County { get; init; }
    public required long SurveyId { get; init; }
    public required AreaCode Area { get; init; }

    /// <summary>The last day on which an interview can begin.</summary>
    public required DateOnly Until { get; set; }
}

internal sealed class SurveyTables : IEntityTypeConfiguration<Survey>, IEntityTypeConfiguration<SurveyVersion>, IEntityTypeConfiguration<SurveyOpening>
{
    public void Configure(EntityTypeBuilder<Survey> table)
    {
        table.ToTable("surveys_surveys");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.RequestId }).IsUnique();
        table.Property(s => s.Latest).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<SurveyVersion> table)
    {
        table.ToTable("surveys_versions");
        table.HasKey(v => new { v.County, v.SurveyId, v.Number });
        table.Property(v => v.IsFrozen).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<SurveyOpening> table)
    {
        table.ToTable("surveys_openings");
        table.HasKey(o => new { o.County, o.SurveyId, o.Area });
    }
}
