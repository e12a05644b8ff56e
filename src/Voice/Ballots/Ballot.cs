using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

/// <summary>A vote of an organisation's assembly, on paper: one paper for each member household that came.</summary>
internal sealed class Ballot : IInCounty, IOfOrganisation
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long OrganisationId { get; init; }
    public required string SubjectKind { get; init; }
    public required long SubjectId { get; init; }
    public required string SubjectPath { get; init; }
    public required string Text { get; init; }
    public required string TextEn { get; init; }
    public required BallotMatter Matter { get; init; }
    public required DateOnly NoticeDay { get; init; }
    public required DateOnly MeetingDay { get; init; }
    public required long ByAccountId { get; init; }

    /// <summary>SHA-256 of what is voted on, in hex; null where the subject cannot change.</summary>
    public string? SubjectHash { get; init; }

    /// <summary>Goes up with every step: of two people who take one at once, the second is told.</summary>
    public int Revision { get; set; }
    public BallotState State { get; set; }
    public BallotResult Result { get; set; }

    /// <summary>Rows of the roll; fixed when the meeting begins.</summary>
    public int Members { get; set; }

    /// <summary>Members who came; fixed when the box is opened.</summary>
    public int Present { get; set; }

    /// <summary>Papers in the box, numbered 1 to this; fixed when it is opened.</summary>
    public int Papers { get; set; }

    /// <summary>The counts of the result; zero before it is fixed.</summary>
    public int Yes { get; set; }
    public int No { get; set; }
    public int Abstained { get; set; }
    public int Spoiled { get; set; }
    public DateOnly? ClosedDay { get; set; }
    public long? ClosedByAccountId { get; set; }
}

/// <summary>A member household on the roll of a ballot. The roll says who came, never how anyone voted.</summary>
internal sealed class BallotVoter : IInCounty, IOfHousehold
{
    public required AreaCode County { get; init; }
    public required long BallotId { get; init; }
    public required long HouseholdId { get; init; }
    public bool IsPresent { get; set; }
}

/// <summary>What a paper says.</summary>
internal enum Choice { Yes = 1, No = 2, Abstain = 3, Spoiled = 4 }

/// <summary>One of the two people who enter the papers, each alone.</summary>
internal sealed class BallotCounter : IInCounty
{
    public required AreaCode County { get; init; }
    public required long BallotId { get; init; }

    /// <summary>1 or 2.</summary>
    public required int Place { get; init; }
    public required long AccountId { get; init; }
}

/// <summary>A paper as one of the two counters read it.</summary>
internal sealed class BallotPaper : IInCounty
{
    public required AreaCode County { get; init; }
    public required long BallotId { get; init; }

    /// <summary>1 or 2, as <see cref="BallotCounter.Place"/>.</summary>
    public required int Place { get; init; }

    /// <summary>Number written on the paper when the box is opened: 1, 2, 3…</summary>
    public required int Number { get; init; }
    public required Choice Choice { get; set; }

    /// <summary>What was read first, where a second look at the paper showed something else.</summary>
    public Choice? FirstChoice { get; set; }
}

internal sealed class BallotTables : IEntityTypeConfiguration<Ballot>, IEntityTypeConfiguration<BallotVoter>, IEntityTypeConfiguration<BallotCounter>, IEntityTypeConfiguration<BallotPaper>
{
    public void Configure(EntityTypeBuilder<Ballot> table)
    {
        table.ToTable("voice_ballots");
        table.HasKey(b => b.Id);
        table.HasIndex(b => new { b.SubjectKind, b.SubjectId }).IsUnique(); // a matter is put to the vote once; a new wording is a new matter
        table.HasIndex(b => new { b.County, b.MeetingDay });
        table.Property(b => b.Revision).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<BallotVoter> table)
    {
        table.ToTable("voice_ballot_voters");
        table.HasKey(v => new { v.County, v.BallotId, v.HouseholdId });
    }

    public void Configure(EntityTypeBuilder<BallotCounter> table)
    {
        table.ToTable("voice_ballot_counters");
        table.HasKey(c => new { c.County, c.BallotId, c.Place });
        table.HasIndex(c => new { c.County, c.BallotId, c.AccountId }).IsUnique(); // nobody counts against oneself
    }

    public void Configure(EntityTypeBuilder<BallotPaper> table)
    {
        table.ToTable("voice_ballot_papers");
        table.HasKey(p => new { p.County, p.BallotId, p.Place, p.Number });
    }
}
