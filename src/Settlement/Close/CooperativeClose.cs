using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Close;

/// <summary>Where a close stands.</summary>
internal enum CloseState
{
    /// <summary>Put forward by the manager, to be confirmed by somebody else.</summary>
    Proposed,

    /// <summary>Posted.</summary>
    Confirmed,

    /// <summary>Taken back before it was posted.</summary>
    Withdrawn,
}

/// <summary>A cooperative's close of a period: the figures as proposed, and as posted once confirmed.</summary>
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
    public CloseState State { get; set; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
    public long? ConfirmedByAccountId { get; set; }
    public long? ConfirmedMs { get; set; }

    /// <summary>Number and day of the assembly's resolution.</summary>
    public string? Resolution { get; set; }

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
    public required Fen Account { get; init; }
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
