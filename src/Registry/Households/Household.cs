using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Households;

/// <summary>A household (户): the unit that hands in goods, is paid and is registered. What is null is unknown, never no and never zero.</summary>
/// <remarks>Each personal field has its entry in <see cref="Fields.RegisterFields"/>, which says what it is for, who sees it and how it is changed; fields of known households are written only through <see cref="Fields.RegisterBook"/>, which keeps their history.</remarks>
internal sealed class Household : IInArea
{
    public const string Table = "registry_households";

    public required long Id { get; init; }

    /// <summary>Public code, such as <c>H-000123</c>: the owner of its ledger account, never a name.</summary>
    public required string Code { get; init; }

    /// <summary>Village.</summary>
    public required AreaCode Area { get; set; }

    public required string HeadName { get; set; }

    /// <summary>Villagers' group (村民小组), as people call it.</summary>
    public string? VillageGroup { get; set; }

    /// <summary>Number of the household book (户口簿号), as printed, capitals and digits.</summary>
    public string? BookNumber { get; set; }

    /// <summary>Hash of the household's own code, with which it approves figures; null when it has none yet.</summary>
    public string? ApprovalCodeHash { get; set; }

    /// <summary>Phone, hidden (see <see cref="Secrets"/>).</summary>
    public string? PhoneHidden { get; set; }

    /// <summary>Since when the household allows its name on trace pages; null: it does not.</summary>
    public DateOnly? NameConsentSince { get; set; }

    /// <summary>Last day in the register, after a merge, or when its last member left; null: it stands.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>The household into which this one was merged.</summary>
    public long? MergedIntoId { get; set; }

    /// <summary>Grade of the house's safety: <c>a</c> safe to <c>d</c> must be left (JGJ 125).</summary>
    public string? Housing { get; set; }

    public bool? SafeWater { get; set; }

    /// <summary>Enough food and clothing the whole year (吃穿不愁).</summary>
    public bool? FoodAndClothing { get; set; }

    /// <summary>Farmland in hundredths of a mu (1 mu = 666.7 m²).</summary>
    public int? FarmlandCentimu { get; set; }

    /// <summary>Cattle and horses, heads.</summary>
    public int? Cattle { get; set; }

    /// <summary>Sheep and goats, heads.</summary>
    public int? Sheep { get; set; }

    /// <summary>A car, truck or farm vehicle that is driven.</summary>
    public bool? Vehicle { get; set; }

    /// <summary>A hardened road to the door.</summary>
    public bool? RoadToDoor { get; set; }

    /// <summary>Distance to the nearest pick-up point as people walk it, metres.</summary>
    public int? StationDistanceMetres { get; set; }

    public bool? Smartphone { get; set; }

    /// <summary>Signal at home: <c>none</c>, <c>weak</c> (comes and goes), <c>good</c>.</summary>
    public string? Signal { get; set; }

    public bool? Broadband { get; set; }

    /// <summary>What the household owes, fen.</summary>
    public Fen? Debt { get; set; }

    /// <summary>Readiness for e-commerce: somebody knows how to sell or to use a computer or phone for it.</summary>
    public bool? HasSkills { get; set; }

    /// <summary>Readiness: start-up money or a loan that is promised.</summary>
    public bool? HasFunds { get; set; }

    /// <summary>Readiness: knows what it would sell.</summary>
    public bool? HasIdea { get; set; }

    /// <summary>Readiness: wants to.</summary>
    public bool? HasWill { get; set; }
}

/// <summary>A dated fact about a household under a policy, such as being registered as poor; a household is not its poverty.</summary>
internal sealed class HouseholdStatus : IOfHousehold
{
    public required long Id { get; init; }
    public required long HouseholdId { get; init; }

    /// <summary><c>registered</c> (建档立卡), <c>exited</c> (脱贫), <c>monitored</c> (监测).</summary>
    public required string Status { get; init; }

    /// <summary>Of a monitored one: <c>unstable</c> (脱贫不稳定), <c>marginal</c> (边缘易致贫), <c>sudden</c> (突发严重困难); null: not said.</summary>
    public string? Category { get; init; }

    public required DateOnly Since { get; init; }
    public DateOnly? Until { get; set; }
}

/// <summary>Why a household is poor (致贫原因), one of several, dated.</summary>
internal sealed class PovertyCause : IOfHousehold, IInArea
{
    /// <summary>The causes of the national register: illness, disability, schooling, disaster, too little land, water, technique, labour, money, bad roads, marriage, own drive, other.</summary>
    public static IReadOnlyList<string> All { get; } = ["illness", "disability", "schooling", "disaster", "land", "water", "technique", "labour", "funds", "transport", "marriage", "drive", "other"];

    public required long Id { get; init; }
    public required long HouseholdId { get; init; }
    public required AreaCode Area { get; set; }

    /// <summary>One of <see cref="All"/>.</summary>
    public required string Cause { get; init; }

    /// <summary>Is it the main one? One of a household at a time.</summary>
    public required bool IsMain { get; init; }
    public required DateOnly Since { get; init; }
    public DateOnly? Until { get; set; }
}

/// <summary>A household's income of one kind in one year, as it was stated or recorded outside this program. What the settlement paid out is not written here: it is read from the ledger and stands beside it.</summary>
internal sealed class HouseholdIncome : IOfHousehold, IInArea
{
    /// <summary>Kinds of the National Bureau of Statistics: wages, own business, property, transfers.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["wages", "business", "property", "transfers"];

    public required long Id { get; init; }
    public required long HouseholdId { get; init; }
    public required AreaCode Area { get; set; }
    public required int Year { get; init; }

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Receipts, fen, at least 0.</summary>
    public required Fen Gross { get; set; }

    /// <summary>Own production costs, fen, at least 0; null: not known, so net income is not known either, unless the kind has none.</summary>
    public required Fen? Costs { get; set; }

    /// <summary>Taken from a norm or guessed, not recorded.</summary>
    public required bool IsEstimate { get; set; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>A household allowed something, or took it back.</summary>
internal sealed class Consent : IOfHousehold
{
    public required long Id { get; init; }
    public required long HouseholdId { get; init; }

    /// <summary>The member it is about; null: the household.</summary>
    public long? MemberId { get; init; }

    /// <summary>For what: <c>register</c>, <c>name-on-trace</c>, <c>photo-on-trace</c>, <c>health-data</c>, <c>hand-over</c> to another office.</summary>
    public required string Purpose { get; init; }

    /// <summary>Version of the words that were read to it.</summary>
    public required string Wording { get; init; }

    /// <summary>How: <c>own-code</c>, <c>paper</c> (thumb or signature), <c>voice</c>.</summary>
    public required string Given { get; init; }

    /// <summary>Who gave it for a child under 14 (PIPL article 31).</summary>
    public string? Guardian { get; init; }
    public required long ByAccountId { get; init; }
    public required DateOnly Since { get; init; }

    /// <summary>Day on which it was taken back.</summary>
    public DateOnly? Until { get; set; }
}

internal sealed class HouseholdTables : IEntityTypeConfiguration<Household>, IEntityTypeConfiguration<HouseholdStatus>, IEntityTypeConfiguration<PovertyCause>, IEntityTypeConfiguration<HouseholdIncome>, IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Household> table)
    {
        table.ToTable(Household.Table);
        table.HasKey(h => h.Id);
        table.HasIndex(h => h.Code).IsUnique();
        table.HasIndex(h => new { h.Area, h.Id });
        table.HasIndex(h => h.BookNumber);
    }

    public void Configure(EntityTypeBuilder<HouseholdStatus> table)
    {
        table.ToTable("registry_household_statuses");
        table.HasKey(s => s.Id);
        table.HasIndex(s => s.HouseholdId);
    }

    public void Configure(EntityTypeBuilder<PovertyCause> table)
    {
        table.ToTable("registry_poverty_causes");
        table.HasKey(c => c.Id);
        table.HasIndex(c => new { c.HouseholdId, c.Cause }).IsUnique().HasFilter("until is null");
        table.HasIndex(c => c.HouseholdId).IsUnique().HasDatabaseName("ix_registry_poverty_causes_main").HasFilter("until is null and is_main");
        table.HasIndex(c => c.Area);
    }

    public void Configure(EntityTypeBuilder<HouseholdIncome> table)
    {
        table.ToTable("registry_incomes");
        table.HasKey(i => i.Id);
        table.HasIndex(i => new { i.HouseholdId, i.Year, i.Kind }).IsUnique();
        // Measures of a year add up from this index alone.
        table.HasIndex(i => new { i.Year, i.Area, i.HouseholdId, i.Gross, i.Costs });
    }

    public void Configure(EntityTypeBuilder<Consent> table)
    {
        table.ToTable("registry_consents");
        table.HasKey(c => c.Id);
        table.HasIndex(c => c.HouseholdId);
        table.HasIndex(c => new { c.HouseholdId, c.Purpose }).IsUnique().HasFilter("until is null and member_id is null");
    }
}
