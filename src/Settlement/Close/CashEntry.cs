using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Close;

/// <summary>What a line of the cash book is, in the words of the accounting system for farmers' specialised cooperatives (《农民专业合作社会计制度》, 财会〔2021〕37号, in force since 2023). The numbers are stored: never change one.</summary>
internal enum CashCategory
{
    /// <summary>经营收入.</summary>
    OperatingIncome = 1,

    /// <summary>投资收益.</summary>
    InvestmentIncome = 2,

    /// <summary>其他收入.</summary>
    OtherIncome = 3,

    /// <summary>经营支出.</summary>
    OperatingCosts = 11,

    /// <summary>税金及附加.</summary>
    Taxes = 12,

    /// <summary>管理费用.</summary>
    Management = 13,

    /// <summary>财务费用.</summary>
    Finance = 14,

    /// <summary>其他支出.</summary>
    OtherCosts = 15,

    /// <summary>Wages by day: an operating cost that is owed to a household, or paid to a worker from elsewhere.</summary>
    Wages = 21,

    /// <summary>Land rent by agreement and year: an operating cost that is owed to a household, or paid to the organisation that leases out the land.</summary>
    LandRent = 22,
}

/// <summary>What a category means for the book.</summary>
internal static class CashCategories
{
    extension(CashCategory category)
    {
        /// <summary>Does it come in?</summary>
        public bool IsIncome => (int)category < 10;
    }
}

/// <summary>A line of a cooperative's cash book. Append-only: what was wrong is undone by a counter-entry.</summary>
internal sealed class CashEntry : IInCounty, IOfOrganisation
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }
    public required long OrganisationId { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>1, 2, 3… in this book.</summary>
    public required int Number { get; init; }
    public required DateOnly Day { get; init; }
    public required CashCategory Category { get; init; }

    /// <summary>Above zero; below in a counter-entry.</summary>
    public required Fen Amount { get; init; }

    /// <summary>What for.</summary>
    public required string Note { get; init; }

    /// <summary>Who is owed it, for wages and rent: paid out like sales money. Null: the cooperative has paid it from its own till.</summary>
    public long? HouseholdId { get; init; }

    /// <summary>For wages: name of a worker of no household here; null where there is a household.</summary>
    public string? Worker { get; init; }

    /// <summary>For rent: the lease.</summary>
    public long? AgreementId { get; init; }

    /// <summary>For rent: which year of the lease, 1, 2, 3…; otherwise 0.</summary>
    public int RentYear { get; init; }

    /// <summary>For wages: half days worked; negative in a counter-entry. Counts for labour bonus and the workers' pool.</summary>
    public int HalfDays { get; init; }

    /// <summary>For wages: of a whole day.</summary>
    public Fen DayWage { get; init; }

    /// <summary>The entry that this one undoes; an entry is undone once.</summary>
    public long? CorrectsId { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class CashEntryTable : IEntityTypeConfiguration<CashEntry>
{
    public void Configure(EntityTypeBuilder<CashEntry> table)
    {
        table.ToTable("settlement_cash_entries");
        table.HasKey(e => new { e.County, e.Id });
        table.HasIndex(e => new { e.County, e.RequestId }).IsUnique();
        table.HasIndex(e => new { e.County, e.OrganisationId, e.Number }).IsUnique();
        table.HasIndex(e => new { e.County, e.OrganisationId, e.Day });
        table.HasIndex(e => new { e.County, e.CorrectsId }).IsUnique();
        table.HasIndex(e => new { e.County, e.AgreementId, e.RentYear });
    }
}
