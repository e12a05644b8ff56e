using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Accounts;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Organisations;

namespace Shanhuo.Registry.Contracts;

/// <summary>What an organisation is.</summary>
public enum OrganisationKind
{
    /// <summary>The county's e-commerce centre (县中心).</summary>
    Centre,

    /// <summary>A township station (乡站).</summary>
    TownshipStation,

    /// <summary>A village station (村站).</summary>
    VillageStation,

    /// <summary>A farmers' specialised cooperative (农民专业合作社).</summary>
    Cooperative,

    /// <summary>An enterprise.</summary>
    Enterprise,

    /// <summary>A sales platform.</summary>
    Platform,

    /// <summary>A village collective (村集体经济组织).</summary>
    Collective,
}

/// <summary>An area as others see it.</summary>
public sealed record AreaFact
{
    /// <summary>12 digits.</summary>
    public required AreaCode Code { get; init; }

    /// <summary>One level up.</summary>
    public required AreaCode Parent { get; init; }

    /// <summary>Province to village.</summary>
    public required AreaLevel Level { get; init; }

    /// <summary>Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>Latin name, or null.</summary>
    public string? NameEn { get; init; }
}

/// <summary>A household as other modules may see it: no phone, no identity.</summary>
public sealed record HouseholdFact
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>Public code; owner of the ledger account <c>household/CODE</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Village.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>Name of the head; show only to those who serve the household.</summary>
    public required string HeadName { get; init; }

    /// <summary>Villagers' group, or null.</summary>
    public string? VillageGroup { get; init; }

    /// <summary>Since when its name may stand on trace pages; null: never.</summary>
    public DateOnly? NameConsentSince { get; init; }
}

/// <summary>An organisation as other modules see it.</summary>
public sealed record OrganisationFact
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>Public code; owner in ledger accounts.</summary>
    public required string Code { get; init; }

    /// <summary>What it is.</summary>
    public required OrganisationKind Kind { get; init; }

    /// <summary>Seat.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>Chinese name.</summary>
    public required string Name { get; init; }

    /// <summary>English name, or null.</summary>
    public string? NameEn { get; init; }

    /// <summary>The name in a language.</summary>
    public string NameIn(Language language) => language == Language.En ? NameEn ?? Name : Name;
}

/// <summary>A household's membership of a cooperative.</summary>
public sealed record MembershipFact
{
    /// <summary>The cooperative.</summary>
    public required long OrganisationId { get; init; }

    /// <summary>The household.</summary>
    public required long HouseholdId { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>Last day, or null.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>A dated status of a household (registered, exited, monitored).</summary>
public sealed record StatusFact
{
    /// <summary>The household.</summary>
    public required long HouseholdId { get; init; }

    /// <summary>The status.</summary>
    public required string Status { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>Last day, or null.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>How many people live in a household, as the register knows them.</summary>
public sealed record HouseholdSizeFact
{
    /// <summary>The household.</summary>
    public required long HouseholdId { get; init; }

    /// <summary>Members who have not left; a household of which no member is written down has no row, which means unknown, not zero.</summary>
    public required int Members { get; init; }
}

/// <summary>A household that allows its name on trace pages.</summary>
public sealed record ConsentedName
{
    /// <summary>The household.</summary>
    public required long HouseholdId { get; init; }

    /// <summary>Name of its head.</summary>
    public required string Name { get; init; }

    /// <summary>Since when it allows it.</summary>
    public required DateOnly Since { get; init; }
}

/// <summary>The register's facts, to be joined and grouped in the database by other modules; the reader's scope filters them.</summary>
public static class RegistryFacts
{
    extension(ShanhuoDb db)
    {
        /// <summary>All areas; public.</summary>
        public IQueryable<AreaFact> AreaFacts => db.Areas.Select(a => new AreaFact { Code = a.Code, Parent = a.Parent, Level = a.Level, Name = a.Name, NameEn = a.NameEn });

        /// <summary>The households in scope.</summary>
        public IQueryable<HouseholdFact> HouseholdFacts => db.Households.Select(h => new HouseholdFact { Id = h.Id, Code = h.Code, Area = h.Area, HeadName = h.HeadName, VillageGroup = h.VillageGroup, NameConsentSince = h.NameConsentSince });

        /// <summary>Every organisation: their names are public, so area does not hide them.</summary>
        public IQueryable<OrganisationFact> OrganisationFacts => db.Unfiltered<Organisation>("names of organisations are public").Select(o => new OrganisationFact { Id = o.Id, Code = o.Code, Kind = o.Kind, Area = o.Area, Name = o.Name, NameEn = o.NameEn });

        /// <summary>Memberships in scope.</summary>
        public IQueryable<MembershipFact> MembershipFacts => db.Memberships.Select(m => new MembershipFact { OrganisationId = m.OrganisationId, HouseholdId = m.HouseholdId, Since = m.Since, Until = m.Until });

        /// <summary>Statuses in scope.</summary>
        public IQueryable<StatusFact> StatusFacts => db.HouseholdStatuses.Select(s => new StatusFact { HouseholdId = s.HouseholdId, Status = s.Status, Since = s.Since, Until = s.Until });

        /// <summary>Sizes of the households in scope.</summary>
        public IQueryable<HouseholdSizeFact> HouseholdSizes => db.Members.Where(m => m.Until == null).GroupBy(m => m.HouseholdId).Select(g => new HouseholdSizeFact { HouseholdId = g.Key, Members = g.Count() });

        /// <summary>Households that allow their names on trace pages, for everybody.</summary>
        public IQueryable<ConsentedName> ConsentedNames => db.Unfiltered<Household>("these households allowed their names to be public").Where(h => h.NameConsentSince != null).Select(h => new ConsentedName { HouseholdId = h.Id, Name = h.HeadName, Since = h.NameConsentSince!.Value });
    }
}
