using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Field;

/// <summary>Is an interview over?</summary>
internal enum ResponseState { Draft = 1, Complete = 2 }

/// <summary>How the answers came in.</summary>
internal enum ResponseSource { Browser = 1, File = 2, Paper = 3 }

/// <summary>One person's answers to one version of a questionnaire.</summary>
internal sealed class Response : IInCounty, IInArea
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }

    /// <summary>Made before it is sent, so that what is sent twice is stored once.</summary>
    public required Guid RequestId { get; init; }
    public required long SurveyId { get; init; }
    public required int Version { get; init; }

    /// <summary>Where the person lives: the village, or a larger area where it was not written down.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>Who asked in the browser, typed the paper in, or sent the file.</summary>
    public required long ByAccountId { get; init; }

    /// <summary>Who asked on paper; empty otherwise.</summary>
    public required string Interviewer { get; init; }

    /// <summary>The day of the interview.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Who answered for the person, such as a child; empty: the person.</summary>
    public required string Proxy { get; init; }
    public required ResponseSource Source { get; init; }
    public required ResponseState State { get; set; }

    /// <summary>Answers by name of question, in the form's order; see <see cref="AnswerBook"/>.</summary>
    public required string Answers { get; set; }

    /// <summary>Goes up with every page that is saved: of two that are sent at once the second is told.</summary>
    public int Revision { get; set; }

    /// <summary>What makes a row of a file the same row when it comes again; null for interviews.</summary>
    public string? RowKey { get; init; }
}

/// <summary>A file of answers that was sent in and waits to be taken in, or was.</summary>
internal sealed class ResponseFile : IInCounty, IInArea
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required long SurveyId { get; init; }
    public required int Version { get; init; }

    /// <summary>Where those lived whose row names no area.</summary>
    public required AreaCode Area { get; init; }
    public required DateOnly Day { get; init; }
    public required string FileName { get; init; }
    public required byte[] Content { get; init; }
    public required long ByAccountId { get; init; }

    /// <summary>Rows taken in; null: none yet.</summary>
    public int? Taken { get; set; }
}

internal sealed class ResponseTables : IEntityTypeConfiguration<Response>, IEntityTypeConfiguration<ResponseFile>
{
    public void Configure(EntityTypeBuilder<Response> table)
    {
        table.ToTable("surveys_responses");
        table.HasKey(r => new { r.County, r.Id });
        table.HasIndex(r => new { r.County, r.RequestId }).IsUnique();
        table.HasIndex(r => new { r.County, r.SurveyId, r.RowKey }).IsUnique();
        table.HasIndex(r => new { r.County, r.SurveyId, r.Version, r.State, r.Area }); // tables, and how many there are
        table.HasIndex(r => new { r.ByAccountId, r.State });                         // what I have not finished
        table.Property(r => r.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ResponseFile> table)
    {
        table.ToTable("surveys_files");
        table.HasKey(f => new { f.County, f.Id });
        table.HasIndex(f => new { f.County, f.SurveyId });
    }
}
