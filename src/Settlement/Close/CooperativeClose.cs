using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Close;

/// <summary>Where a close stands.</summary>
internal enum CloseState
{
    /// <summary>Put to the assembly by the manager; nothing of it changes any more.</summary>
    Proposed,

    /// <summary>Carried by the assembly and posted.</summary>
    Confirmed,

    /// <summary>The vote was called off.</summary>
    Withdrawn,

    /// <summary>Not carried; the figures may be drawn up anew.</summary>
    VotedDown,

    /// <summary>Carried, but what is stored is not what was voted on; nothing was posted.</summary>
    Spoiled,
}

/// <summary>A cooperative's close of a period: the figures as its assembly votes on them, and as they are posted once it has carried them.</summary>
internal sealed class CooperativeClose : IInCounty, IOfOrganisation
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required long OrganisationId { get; init; }
    public required Guid RequestId { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }

    /// <summary>Parts per million of the surplus after past losses.</summary>
    public required int ReservePpm { get; init; }

    /// <summary>Parts per million of the distributable surplus.</summary>
    public required int PatronagePpm { get; init; }

    /// <summary>Parts per million of the distributable surplus.</summary>
    public required int WelfarePpm { get; init; }

    /// <summary>Parts per million of the distributable surplus.</summary>
    public required int LabourPpm { get; init; }
    public required Fen Income { get; init; }
    public required Fen Costs { get; init; }
    public required Fen PastLoss { get; init; }
    public required Fen LossCarried { get; init; }
    public required Fen Reserve { get; init; }
    public required Fen Distributable { get; init; }
    public required Fen Patronage { get; init; }
    public required Fen Welfare { get; init; }
    public required Fen Labour { get; init; }
    public required Fen ByAccount { get; init; }

    /// <summary>Trade of those who are no members, booked apart.</summary>
    public required Fen OthersTrade { get; init; }

    /// <summary>Trade of all members together.</summary>
    public required Fen MembersTrade { get; init; }

    /// <summary>All member accounts together.</summary>
    public required Fen MembersAccount { get; init; }

    /// <summary>Half days worked by all members together.</summary>
    public required long MembersHalfDays { get; init; }

    /// <summary>Last journal entry that is counted. What comes into the ledger later under a day of this period belongs to the next close.</summary>
    public required long ThroughEntryId { get; init; }

    /// <summary>SHA-256 of all its figures and shares, in hex (<see cref="CloseHash"/>): stands in the question that the assembly votes on.</summary>
    public required string FiguresHash { get; init; }

    /// <summary>The assembly's ballot.</summary>
    public required long BallotId { get; init; }
    public CloseState State { get; set; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
    /// <summary>Business day on which the vote ended; null: not yet.</summary>
    public DateOnly? DecidedDay { get; set; }

    public CloseTerms Terms => new(new Rate(ReservePpm), new Rate(PatronagePpm), new Rate(WelfarePpm), new Rate(LabourPpm));
}

/// <summary>A member's figures in a close.</summary>
internal sealed class CloseShare : IInCounty, IOfOrganisation, IOfHousehold
{
    public required AreaCode County { get; init; }
    public required long CloseId { get; init; }
    public required long OrganisationId { get; init; }
    public required long HouseholdId { get; init; }
    public required string Code { get; init; }
    public required Fen Trade { get; init; }
    public required int HalfDays { get; init; }

    /// <summary>The member account: <see cref="Capital"/>, <see cref="ReserveHeld"/> and <see cref="AidHeld"/> together.</summary>
    public required Fen Account { get; init; }

    /// <summary>Contributions of money and land-use rights.</summary>
    public required Fen Capital { get; init; }

    /// <summary>Share of the reserve of earlier years.</summary>
    public required Fen ReserveHeld { get; init; }

    /// <summary>Equal share of state aid and gifts.</summary>
    public required Fen AidHeld { get; init; }
    public required Fen Patronage { get; init; }
    public required Fen Labour { get; init; }
    public required Fen ByAccount { get; init; }
    public required Fen ReserveCredit { get; init; }

    public Fen Paid => Patronage + Labour + ByAccount;
}

internal sealed class CloseTables : IEntityTypeConfiguration<CooperativeClose>, IEntityTypeConfiguration<CloseShare>
{
    public void Configure(EntityTypeBuilder<CooperativeClose> table)
    {
        table.ToTable("settlement_closes");
        table.HasKey(c => new { c.County, c.Id });
        table.HasIndex(c => new { c.County, c.RequestId }).IsUnique();
        table.HasIndex(c => new { c.County, c.OrganisationId, c.Until });
        table.HasIndex(c => new { c.County, c.OrganisationId }).IsUnique().HasFilter("state = 0").HasDatabaseName("ix_settlement_closes_proposed"); // one vote at a time
        table.Ignore(c => c.Terms);
    }

    public void Configure(EntityTypeBuilder<CloseShare> table)
    {
        table.ToTable("settlement_close_shares");
        table.HasKey(s => new { s.County, s.CloseId, s.HouseholdId });
        table.HasIndex(s => new { s.County, s.HouseholdId });
        table.Ignore(s => s.Paid);
    }
}
